"""A picture for each chapter, which chats show beside its address."""

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context
from printables.chapters.chapter import Chapter
from printables.production.store import Store
from printables.publishing import social_card


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Tell a chapter's page where its card will stand."""
    this = build.of(config)
    if (chapter := this.chapter(page)) and _wanted(this):
        context["card"] = _place(chapter)
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Print the cards that the pages name."""
    this, site = build.of(config), Path(config.site_dir)
    if not _wanted(this):
        return
    store = Store(this.project.kept("cards"), ".png")
    for chapter in this.collection.chapters.values():
        html = social_card.compose(chapter, this.owner)
        make = partial(social_card.print_card, html)
        store.put(social_card.STYLE + html, make, site / _place(chapter))
    store.clear()


def _wanted(this: Build) -> bool:
    """Whether somebody can fetch cards: not from the preview, nor from a USB stick."""
    return not this.serving and not this.bundle


def _place(chapter: Chapter) -> str:
    """Path of a chapter's card below site/."""
    return f"cards/{chapter.language}/{chapter.name}.png"
