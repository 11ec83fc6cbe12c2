"""Events of campaigns: what matters now on the home page, and the packs to download."""

import datetime
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of, name_of, root_of
from printables.chapters.campaign import Campaign
from printables.job import Order
from printables.languages import LANGUAGES
from printables.production.cache import Kept
from printables.production.store import Store
from printables.publishing import packs
from printables.web.campaigns import in_turn, when

FOLDER = "packs"


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Campaigns for home and print centre; for a chapter or reader, the address of its pack."""
    this, root, name = build.of(config), root_of(page), name_of(page)
    if name in this.by_home:
        context["pack_url"] = _address(this, name, root)
    campaigns = in_turn(this.campaigns, datetime.date.today())
    context["campaigns"] = [_shown(this, each, page) for each in campaigns]
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Put a zip for each chapter and campaign into the site; preview and USB stick show the sheets themselves."""
    this = build.of(config)
    if this.serving or this.bundle:
        return
    site, store, sheets = (
        Path(config.site_dir),
        Store(this.project.kept("packs"), ".zip"),
        this.sheets,
    )

    def put(name: str, title: dict[str, str], mine: dict[Order, Kept]) -> None:
        store.put(packs.digest(title, mine), partial(packs.pack, title, mine), site / _place(name))

    for name, orders in this.by_home.items():
        titles = {order.language: order.title for order in orders}
        title = {language: titles.get(language, name) for language in LANGUAGES}
        put(name, title, {order: sheets[order] for order in orders})
    for each in this.campaigns:
        wanted = each.dates
        chosen = {
            order: sheet
            for order, sheet in sheets.items()
            if order.chapter in wanted.chapters and order.design in wanted.designs
        }
        put(each.name, wanted.title.model_dump(), chosen)
    store.clear()


def _place(name: str) -> str:
    return f"{FOLDER}/{name.replace('/', '-')}.zip"


def _address(this: Build, name: str, root: str) -> str:
    """Where a pack is; nowhere on a USB stick, which holds the sheets themselves."""
    return "" if this.bundle else f"{root}{_place(name)}"


def _shown(this: Build, campaign: Campaign, page: Page) -> dict[str, object]:
    """A campaign as a page shows it."""
    language, dates = language_of(page), campaign.dates
    chapters = (this.page(f"{language}/{name}.md") for name in dates.chapters)
    return {
        "name": campaign.name,
        "choice": (campaign.name, dates.title[language]),
        "names": dates.chapters,
        "designs": dates.designs,
        "title": dates.title[language],
        "summary": dates.summary[language],
        "first": dates.first,
        "last": dates.last,
        "when": when(dates.first, dates.last, language),
        "runs": campaign.days_until(datetime.date.today()) == 0,
        "chapters": [chapter for chapter in chapters if chapter],
        "pack_url": _address(this, campaign.name, root_of(page)),
    }
