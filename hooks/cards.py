"""A picture for each page, which chats show beside its address, and one of all that a chapter says."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of, name_of
from printables.chapters.chapter import Chapter
from printables.files import digest
from printables.languages import LANGUAGES
from printables.production import planning
from printables.production.store import Store
from printables.publishing import long_picture, social_card
from printables.publishing.social_card import Card

VIEWS = ("both/", "quiz/")  # pages that show another one's text, and its card


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Tell a page where its card will stand."""
    this = build.of(config)
    if build.is_served(this):  # else nobody can fetch them
        context["card"] = _place(language_of(page), _shown(this, page))
        context["long_picture"] = _long(page) if this.chapter(page) else None
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Print the cards and the long pictures that the pages name."""
    this, site = build.of(config), Path(config.site_dir)
    if not build.is_served(this):
        return
    store, long = (Store(this.project.kept("cards"), kind) for kind in (".png", ".webp"))
    looks = digest(long_picture.ROOMS)
    for language in LANGUAGES:
        for page in this.navigations[language].pages:
            html = social_card.compose(_card(this, page), this.owner)
            make = partial(social_card.print_card, html)
            place = site / _place(language, name_of(page))
            store.put(social_card.STYLE + html, make, place)
            if chapter := this.chapter(page):
                parts, compose = _long_picture(this, chapter, page)
                long.put(f"{looks} {parts}", compose, site / _long(page))
    store.clear()
    long.clear()


def _long_picture(this: Build, chapter: Chapter, page: Page) -> tuple[str, Callable[[], bytes]]:
    """What a chapter's picture is made of, and how; composed only where it is printed, as scenes take long to draw."""
    words, address = this.words[chapter.language], page.canonical_url or ""
    scenes = planning.drawn(this.collection.docs, [chapter])
    owner = this.owner
    shown = (owner.name[chapter.language], owner.emergency, owner.colours)  # not its telephones
    own = (this.collection.digest(chapter), scenes, shown, words["picture_of"], address)

    def make() -> bytes:
        return long_picture.print_picture(long_picture.compose(chapter, owner, words, address))

    return repr(own), make


def _card(this: Build, page: Page) -> Card:
    if chapter := this.chapter(page):
        return social_card.of_chapter(chapter)
    language = language_of(page)
    title = Markup(page.title).unescape()
    return social_card.of_page(title, this.words[language]["site"], language)


def _shown(this: Build, page: Page) -> str:
    """The page whose card a page takes: its own where it stands in the navigation, else that of what it shows, or of home."""
    language, name = language_of(page), name_of(page)
    for view in VIEWS:
        name = name.removeprefix(view)
    known = {name_of(each) for each in this.navigations[language].pages}
    return name if name in known else "index"


def _long(page: Page) -> str:
    """Path of a chapter's long picture below site/."""
    return f"cards/{language_of(page)}/{name_of(page)}-long.webp"


def _place(language: str, name: str) -> str:
    """Path of a page's card below site/."""
    return f"cards/{language}/{name}.png"
