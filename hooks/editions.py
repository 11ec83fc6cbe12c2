"""A page for every edition, which a phone can ask from the wall; the list and the feed of what must come down."""

import datetime
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, name_of
from printables.findings import Rejected
from printables.job import PDF, Job, home
from printables.languages import FACTS, LANGUAGES
from printables.layout.edition import FOLDER
from printables.production.cache import fingerprint
from printables.production.store import Store
from printables.publishing import law_watch, recall
from printables.web.edition_pages import EditionPages


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the register before anything else is made."""
    build.of(config).register  # noqa: B018 (reads it)
    return config


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Tell home, print centre and chapters which sheets are withdrawn; the preview has no pages for them."""
    this, name = build.of(config), name_of(page)
    ending = "index.html" if this.bundle else ""
    context["editions_url"] = f"{FOLDER}/{ending}"
    everywhere = page.meta.get("template") in {"home.html", "print.html"}
    if not this.serving:
        context["withdrawn"] = [
            {
                "edition": row.edition,
                "design": row.design,
                "url": f"{FOLDER}/{row.edition.id}/{ending}",
            }
            for row in recall.recalled(this.register)
            if row.state == "withdrawn" and (everywhere or home(row.edition.chapter) == name)
        ]
    return context


def on_template_context(context: Context, template_name: str, config: MkDocsConfig) -> Context:
    """Tell the feed what has to come down, and what is being checked."""
    this, today = build.of(config), datetime.date.today()
    checking = law_watch.checking(this.collection, this.library, this.register, today)
    called = {each.edition.design: recall.called(each.edition.design) for each in checking}
    recalled = recall.recalled(this.register)
    return {**context, "recalled": recalled, "checking": checking, "called": called}


def on_post_build(config: MkDocsConfig) -> None:
    """Write a page for every edition that was issued or is printed now, and one for all of them.

    Serve goes without: these are for whoever scans a sheet on a wall.
    """
    this, owner = build.of(config), build.of(config).owner
    if this.serving:
        return
    pages = EditionPages(
        site=Path(config.site_dir),
        templates=this.project.overrides,
        store=Store(this.project.kept("editions"), ".html"),
        addresses={file.src_uri: file.url for file in this.files.documentation_pages()},
        readers=_readers(this),
        ending="" if config.use_directory_urls else "index.html",
        shared={
            "words": this.words,
            "languages": FACTS,
            "owner": {"name": owner.name, "mail": owner.mail, "colours": owner.colours},
            "favicon": config.theme["favicon"],
        },
        collection=this.collection,
        library=this.library,
        today=datetime.date.today(),
    )
    pages.write(this.register, this.sheets, _print_lists(this, Path(config.site_dir)))


def _readers(this: Build) -> dict[str, dict[str, str]]:
    """Titles of the readers of which a sheet has to come down, by folder and language; a reader that is gone has its folder's name."""
    chapters = (row.edition.chapter for row in recall.recalled(this.register))
    titles = {}
    for reader in sorted({home(chapter).partition("/")[0] for chapter in chapters}):
        pages = {code: this.page(f"{code}/{reader}/index.md") for code in LANGUAGES}
        titles[reader] = {code: str(page.title if page else reader) for code, page in pages.items()}
    return titles


def _print_lists(this: Build, site: Path) -> dict[str, str]:
    """Print what has to come down; the files' names by language."""
    store, names = Store(this.project.kept("lists"), PDF), {}
    for job in recall.jobs(this.register, this.owner):
        name = names[job.language] = f"{FOLDER}/{recall.LIST}-{job.language}{PDF}"
        store.put(f"{fingerprint()} {job.key}", partial(_press, job), site / name)
    store.clear()
    return names


def _press(job: Job) -> bytes:
    """The PDF of one job, printed in this process; WeasyPrint is loaded where there is a list to print."""
    from printables.press.print_job import print_sheet

    try:
        return print_sheet(job).pdf
    except Rejected as rejected:
        raise PluginError(str(rejected)) from None
