"""A picture for each chapter, which chats show beside its address."""

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from printables import card
from printables.chapter import Chapter
from printables.drawer import Drawer

CARDS = Path(".cache/cards")


def place(chapter: Chapter) -> str:
    """Path of a chapter's card below site/."""
    return f"cards/{chapter.language}/{chapter.name}.png"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the templates where cards will stand."""
    if not config.extra["serving"] and not config.extra.get("bundle"):
        config.extra["cards"] = place
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """Print the cards that the pages name."""
    if "cards" not in config.extra:
        return
    site = Path(config.site_dir)
    drawer = Drawer(Path(config.config_file_path).parent / CARDS, ".png")
    for chapter in config.extra["shelf"].chapters.values():
        html = card.compose(chapter, config.extra["owner"])
        drawer.put(card.STYLE + html, partial(card.print_card, html), site / place(chapter))
    drawer.clear()
