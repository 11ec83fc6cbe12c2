"""A picture for each chapter, which chats show beside its address."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from printables.card import print_card
from printables.chapter import Chapter

CACHE = Path(".cache/cards")

serving = False


def place(chapter: Chapter) -> str:
    """Path of a chapter's card below site/."""
    return f"cards/{chapter.language}/{chapter.name}.png"


def on_startup(command: str, dirty: bool) -> None:
    """Remember `mkdocs serve`, whose pages nobody shares."""
    global serving
    serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the templates where cards will stand."""
    if not serving and not config.extra.get("bundle"):
        config.extra["cards"] = place
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """Print the cards that the pages name."""
    if "cards" not in config.extra:
        return
    cache = Path(config.config_file_path).parent / CACHE
    for chapter in config.extra["shelf"].chapters.values():
        target = Path(config.site_dir) / place(chapter)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(print_card(chapter, config.extra["owner"], cache))
