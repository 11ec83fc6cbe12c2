"""A page for every edition, which a phone can ask from the wall; the list and the feed of what must come down."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from printables.findings import Rejected
from printables.job import PDF, Job, Order, home
from printables.layout import design
from printables.layout.edition import number
from printables.press.sheet import Filed
from printables.production.cache import fingerprint
from printables.production.store import Store
from printables.publishing import catalogue, editions, recall
from printables.publishing.editions import Edition, Register
from printables.words import LANGUAGES

FOLDER, PAGES, LISTS = "e", Path(".cache/editions"), Path(".cache/lists")
TEMPLATES = ("edition.html", "editions.html")

Printed = Mapping[str, list[tuple[Order, Filed]]]  # by the edition's id

addresses: dict[str, str] = {}  # of pages by their source


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the register; hooks/printing.py asks it what is withdrawn."""
    try:
        config.extra["register"] = editions.load(_root(config) / editions.NAME)
    except Rejected as rejected:
        raise PluginError(str(rejected)) from None
    return config


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Remember where the chapters stand."""
    addresses.clear()
    addresses.update({file.src_uri: file.url for file in files.documentation_pages()})
    return env


def on_template_context(
    context: dict[str, Any], template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Tell the feed what has to come down."""
    return {**context, "recalled": recall.recalled(config.extra["register"])}


def on_post_build(config: MkDocsConfig) -> None:
    """Write a page for every edition that was issued or is printed now, and one for all of them.

    Serve goes without: these are for whoever scans a sheet on a wall.
    """
    if config.extra["serving"]:
        return
    register: Register = config.extra["register"]
    sheets: Mapping[Order, Filed] = config.extra["sheets"]
    printed = by_edition(sheets)
    now = {edition.id: edition for edition in editions.planned(sheets)}
    known: dict[str, Edition] = {**register.editions, **now}
    desk = Desk(config)
    for edition in known.values():
        desk.write("edition.html", f"{edition.id}/", _page(edition, register, printed))
    standing = {state: _by_title(known.values(), register, state) for state in ("current", "proof")}
    values = {
        "recalled": recall.recalled(register),
        "lists": _print_lists(config),
        "standing": standing,
        "leads": LANGUAGES,
    }
    desk.write("editions.html", "", values)
    desk.store.clear()


def _print_lists(config: MkDocsConfig) -> dict[str, str]:
    """Print what has to come down; the files' names by language."""
    store, names = Store(_root(config) / LISTS, PDF), {}
    for job in recall.jobs(config.extra["register"], config.extra["owner"]):
        name = names[job.language] = f"{FOLDER}/{recall.LIST}-{job.language}{PDF}"
        store.put(f"{fingerprint()} {job.key}", partial(_press, job), Path(config.site_dir) / name)
    store.clear()
    return names


def _press(job: Job) -> bytes:
    """The PDF of one job, printed in this process; WeasyPrint is loaded where there is a list to print."""
    from printables.press.print_job import print_sheet

    try:
        return print_sheet(job).pdf
    except Rejected as rejected:
        raise PluginError(str(rejected)) from None


class Desk:
    """Where pages are written that are no part of a reader; their templates escape what they are given."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.site = Path(config.site_dir)
        self.ending = "" if config.use_directory_urls else "index.html"
        folder = _root(config) / "overrides"
        loader = jinja2.FileSystemLoader(folder)
        self.environment = jinja2.Environment(
            loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, auto_reload=False
        )
        shared = {
            "words": config.extra["words"],
            "owner": config.extra["owner"],
            "favicon": config.theme["favicon"],
        }
        self.environment.globals |= shared
        templates = [(folder / name).read_text(encoding="utf-8") for name in TEMPLATES]
        self.look = hashlib.sha256(f"{templates} {shared} {self.ending}".encode()).hexdigest()
        self.store = Store(_root(config) / PAGES, ".html")

    def write(self, template: str, place: str, values: dict[str, Any]) -> None:
        """Write the page at e/`place`."""
        address = f"{FOLDER}/{place}"
        up = "../" * address.count("/")

        def render() -> bytes:
            page = self.environment.get_template(template).render(
                **values,
                url=lambda target: f"{up}{target}",
                page=lambda target: f"{up}{FOLDER}/{target}{self.ending}",
            )
            return page.encode()

        parts = f"{self.look} {template} {values}"
        self.store.put(parts, render, self.site / address / "index.html")


def by_edition(sheets: Mapping[Order, Filed]) -> Printed:
    """The sheets of this build; the sizes of one edition stand together."""
    printed: dict[str, list[tuple[Order, Filed]]] = defaultdict(list)
    for job, sheet in sheets.items():
        printed[number(job.edition)].append((job, sheet))
    return printed


def _page(edition: Edition, register: Register, printed: Printed) -> dict[str, Any]:
    """What the page of an edition shows; pictures and files only of a sheet that may hang."""
    state, newest = register.state(edition.id), register.current(edition.printable)
    shown = edition if state == "proof" else newest
    lead = edition.language.partition("-")[0]
    return {
        **_row(edition, state),
        "leads": (lead, *(code for code in LANGUAGES if code != lead)),
        "withdrawal": register.withdrawals.get(edition.id),
        "since": register.since(edition.id),
        "newest": newest,
        "shown": shown,
        "offered": [_offer(*each, lead) for each in printed.get(shown.id, ())] if shown else [],
        "chapters": {
            code: url
            for code in LANGUAGES
            if (url := _address(code, home(edition.chapter))) is not None
        },
    }


def _address(language: str, chapter: str) -> str | None:
    """The page of a chapter, or of a reader, which is a book's; it may be gone."""
    sources = (f"{language}/{chapter}.md", f"{language}/{chapter}/index.md")
    return next((addresses[uri] for uri in sources if uri in addresses), None)


def _offer(job: Order, sheet: Filed, language: str) -> dict[str, Any]:
    name = design.SHEET_NAMES[language].get(job.sheet, job.sheet.upper())
    return catalogue.entry(job, sheet) | {"sheet_name": name, "picture_px": sheet.picture_px}


def _row(edition: Edition, state: str) -> dict[str, Any]:
    return {"edition": edition, "state": state, "design": recall.called(edition.design)}


def _by_title(
    known: Iterable[Edition], register: Register, state: str
) -> list[tuple[editions.Both, list[dict[str, Any]]]]:
    """The editions that stand so, by chapter."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edition in sorted(known, key=lambda edition: edition.printable):
        if register.state(edition.id) == state:
            found[edition.chapter].append(_row(edition, state))
    return [(rows[0]["edition"].title, rows) for rows in found.values()]


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
