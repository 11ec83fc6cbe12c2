"""Events of packs: a page of links to all sheets of a chapter, a reader or a campaign; a script makes a zip of them."""

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of, name_of, root_of
from printables.chapters.chapter import pack_name
from printables.job import Order
from printables.languages import LANGUAGES
from printables.web import racks
from printables.web.racks import Rack


@event_priority(-50)  # when it is known what is printed
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every pack; the preview shows sheets where they belong, as they come."""
    this = build.of(config)
    for language in () if this.serving else LANGUAGES:
        say = this.words[language]
        for name, title in [*_homes(this, files, language), *_campaigns(this, language)]:
            shown = {"title": say["pack_of"].format(title), "summary": say["pack_what"]}
            files.append(build.view(config, _uri(language, name), template="pack.html", **shown))
    return files


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Hand a pack its sheets, and a chapter or reader the address of its pack."""
    this, language, name = build.of(config), language_of(page), name_of(page)
    context["pack"] = this.page(_uri(language, name))
    if page.meta.get("template") == "pack.html":
        context["racks"] = list(_racks(this, page, name.partition("/")[2]))
        context["books"] = _books(this, page, name.partition("/")[2])
    if page.meta.get("template") == "print.html":
        homes = list(_homes(this, this.files, language))
        context["packs"] = {name: pack for name, _ in homes if (pack := this.page(_uri(language, name)))}  # fmt: skip
    return context


def _homes(this: Build, files: Files, language: str) -> Iterator[tuple[str, str]]:
    """Every page of a language of which something is printed, and its title."""
    for name, orders in this.by_home.items():
        if _page_of(files, language, name):
            kit = this.documents and this.documents.title(name, language)
            titles = {order.language: order.title for order in orders}
            yield name, kit or titles.get(language, orders[0].title)


def _campaigns(this: Build, language: str) -> Iterator[tuple[str, str]]:
    for campaign in this.campaigns:
        yield campaign.name, campaign.dates.title[language]


def _racks(this: Build, page: Page, pack: str) -> Iterator[Rack]:
    """The sheets of a pack by the page that shows them, those in the page's own language first."""
    language, root = language_of(page), root_of(page)
    for name, title in _homes(this, this.files, language):
        orders = [order for order in this.by_home[name] if pack in _packs(this, order)]
        orders.sort(key=lambda order: order.language.partition("-")[0] != language)
        items = [racks.entry(order, this.sheets[order], root, language) for order in orders]
        if items and (file := _page_of(this.files, language, name)):
            parts = list(this.documents.parts(name, language)) if this.documents else []
            for paper, home, called in parts:
                own = [item for item in items if item["chapter"] == home]
                if own:
                    yield Rack(home, called, f"{file.url}#{paper.code}", ("", ""), own)
            if not parts:
                yield Rack(name, title, file.url, ("", ""), items)


def _books(this: Build, page: Page, pack: str) -> list[tuple[str, str]]:
    """Address and title of each workbook of a kit."""
    if this.documents is None:
        return []
    found: dict[str, str] = {}
    for name in (name for name in this.by_home if pack_name(name) == pack):
        for paper, _, title in this.documents.parts(name, language_of(page)):
            if paper.workbook:
                found.setdefault(root_of(page) + paper.workbook, title)  # the ledger's own
    return list(found.items())


def _packs(this: Build, order: Order) -> set[str]:
    """The packs that hold a sheet."""
    campaigns = {
        campaign.name
        for campaign in this.campaigns
        if order.chapter in campaign.dates.chapters and order.design in campaign.dates.designs
    }
    return campaigns | {pack_name(this.home(order))}


def _page_of(files: Files, language: str, name: str) -> File | None:
    """The page of a chapter, or of a reader."""
    uris = (f"{language}/{name}.md", f"{language}/{name}/index.md")
    return next((files.src_uris[uri] for uri in uris if uri in files.src_uris), None)


def _uri(language: str, name: str) -> str:
    return f"{language}/packs/{pack_name(name)}.md"
