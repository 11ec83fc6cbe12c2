"""A page for every edition, which a phone can ask from the wall; the list and the feed of what must come down."""

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from hooks import build
from hooks.build import Build, Context
from printables.findings import Rejected
from printables.job import PDF, Job
from printables.languages import FACTS
from printables.layout.edition import FOLDER
from printables.production.cache import fingerprint
from printables.production.store import Store
from printables.publishing import recall
from printables.web.edition_pages import EditionPages


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the register before anything else is made."""
    build.of(config).register  # noqa: B018 (reads it)
    return config


def on_template_context(context: Context, template_name: str, config: MkDocsConfig) -> Context:
    """Tell the feed what has to come down."""
    return {**context, "recalled": recall.recalled(build.of(config).register)}


def on_post_build(config: MkDocsConfig) -> None:
    """Write a page for every edition that was issued or is printed now, and one for all of them.

    Serve goes without: these are for whoever scans a sheet on a wall.
    """
    this = build.of(config)
    if this.serving:
        return
    pages = EditionPages(
        site=Path(config.site_dir),
        templates=this.project.overrides,
        store=Store(this.project.kept("editions"), ".html"),
        addresses={file.src_uri: file.url for file in this.files.documentation_pages()},
        ending="" if config.use_directory_urls else "index.html",
        shared={
            "words": this.words,
            "languages": FACTS,
            "owner": this.owner,
            "favicon": config.theme["favicon"],
        },
    )
    pages.write(this.register, this.sheets, _print_lists(this, Path(config.site_dir)))


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
