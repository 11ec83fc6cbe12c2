"""Campaigns and packs: what matters now on the home page, and zips with everything to print."""

import datetime
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from printables.chapters import campaign
from printables.chapters.campaign import Campaign
from printables.job import Order
from printables.layout import design
from printables.production.cache import Kept
from printables.production.store import Store
from printables.publishing import packs
from printables.words import LANGUAGES

FOLDER = "packs"
LEAP = 2028  # a year that has every day

campaigns: list[Campaign] = []


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read campaigns/; the collection's findings carry what is wrong with them. The next one is first."""
    collection = config.extra["collection"]
    names = {name for _, name in collection.chapters}
    found, findings = campaign.read(Path("library/campaigns"), names, set(design.names()))
    collection.findings += findings
    today = datetime.date.today()
    campaigns[:] = sorted(found, key=lambda each: (each.days_until(today), each.name))
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Campaigns for home and print centre; for a chapter or reader, the address of its pack."""
    language, _, rest = page.file.src_uri.partition("/")
    name, root = rest.removesuffix(".md").removesuffix("/index"), "../" * page.url.count("/")
    if name in config.extra["by_chapter"]:
        context["pack_url"] = _address(name, root, config)
    pages = {file.src_uri: file.page for file in context["pages"]}
    context["campaigns"] = [
        _shown(each, language, pages) | {"pack_url": _address(each.name, root, config)}
        for each in campaigns
    ]
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Put a zip for each chapter and campaign into the site; preview and USB stick show the sheets themselves."""
    if config.extra["serving"] or config.extra.get("bundle"):
        return
    site, store = Path(config.site_dir), Store(Path(".cache/packs"), ".zip")
    sheets: dict[Order, Kept] = config.extra["sheets"]

    def put(name: str, title: dict[str, str], mine: dict[Order, Kept]) -> None:
        store.put(packs.digest(title, mine), partial(packs.pack, title, mine), site / _place(name))

    for name, jobs in config.extra["by_chapter"].items():
        title = _both({job.language: job.title for job in jobs}, name)
        put(name, title, {job: sheets[job] for job in jobs})
    for each in campaigns:
        wanted = each.dates
        chosen = {
            job: sheet
            for job, sheet in sheets.items()
            if job.chapter in wanted.chapters and job.design in wanted.designs
        }
        put(each.name, wanted.title.model_dump(), chosen)
    store.clear()


def _both(titles: dict[str, str], name: str) -> dict[str, str]:
    """A chapter's titles; while serve still prints, one language may not be there yet."""
    return {language: titles.get(language, name) for language in LANGUAGES}


def _place(name: str) -> str:
    return f"{FOLDER}/{name.replace('/', '-')}.zip"


def _address(name: str, root: str, config: MkDocsConfig) -> str:
    """Where a pack is; nowhere on a USB stick, which holds the sheets themselves."""
    return "" if config.extra.get("bundle") else f"{root}{_place(name)}"


def _shown(each: Campaign, language: str, pages: dict[str, Page | None]) -> dict[str, Any]:
    chapters = (pages.get(f"{language}/{name}.md") for name in each.dates.chapters)
    return {
        "name": each.name,
        "names": each.dates.chapters,
        "designs": each.dates.designs,
        "title": each.dates.title.model_dump().get(language, ""),
        "summary": each.dates.summary.model_dump().get(language, ""),
        "first": each.dates.first,
        "last": each.dates.last,
        "when": when(each.dates.first, each.dates.last, language),
        "runs": each.days_until(datetime.date.today()) == 0,
        "chapters": [page for page in chapters if page],
    }


def when(first: str, last: str, language: str) -> str:
    """Days as people write them: 6 月 1 日至 30 日, 15 June to 15 September."""
    begins, ends = (datetime.date(LEAP, *map(int, day.split("-"))) for day in (first, last))
    month = begins.month != ends.month  # said twice only where it changes
    if language == "zh":
        end = f"{ends.month} 月 {ends.day} 日" if month else f"{ends.day} 日"
        return f"{begins.month} 月 {begins.day} 日至 {end}"
    begin = f"{begins.day} {begins:%B}" if month else f"{begins.day}"
    return f"{begin} to {ends.day} {ends:%B}"
