"""A picture for each chapter, which chats show beside its address."""

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from printables.chapters.chapter import Chapter
from printables.production.store import Store
from printables.publishing import social_card

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
    store = Store(Path(config.config_file_path).parent / CARDS, ".png")
    for chapter in config.extra["collection"].chapters.values():
        html = social_card.compose(chapter, config.extra["owner"])
        store.put(
            social_card.STYLE + html, partial(social_card.print_card, html), site / place(chapter)
        )
    store.clear()
