"""What is planned, printed and shown: sheets before the pages, a panel on each, the catalogue after."""

import json
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from printables import book, catalogue, design, editions, layout
from printables.cache import Cache
from printables.editions import Register
from printables.findings import Finding
from printables.job import Job
from printables.sheet import Sheet
from printables.works import Outcome, executor, print_all

LOGGER = logging.getLogger("mkdocs.printing")
PRESS = Path(".cache/press")

serving = False
sheets: dict[Job, Sheet] = {}
presses = threading.Lock()


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global serving
    serving = command == "serve"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Print everything, or say in one go all that stands in the way; serve prints meanwhile."""
    config.extra["sheets"] = sheets
    shelf = config.extra["shelf"]
    jobs, unplanned = layout.plan(shelf.twins(), config.extra["owner"])
    books, unbound = book.plan(shelf.docs, shelf.twins(), config.extra["owner"])
    jobs, clashes = _may_hang(jobs + books, config)
    findings = shelf.findings + unplanned + unbound + clashes
    if serving:
        _serve(config, jobs)
        for found in sorted(set(findings)):
            LOGGER.error(found)
        return files
    outcome = print_all(jobs, _cache(config), _pool())
    findings += outcome.findings
    if findings:
        raise PluginError("\n".join(["", *map(str, sorted(set(findings)))]))
    sheets.clear()
    sheets.update(outcome.sheets)
    _tell(outcome)
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Hand a chapter's page the list of what was printed from it in its language."""
    language, _, rest = page.file.src_uri.partition("/")
    name, root = rest.removesuffix(".md").removesuffix("/index"), "../" * page.url.count("/")
    mine = [job for job in sheets if job.chapter == name and language in job.language.split("-")]
    mine.sort(key=lambda job: len(job.language))  # the page's own language, then both together
    shown = [_shown(job, sheets[job], root, language) for job in mine]
    context["printables"] = _gathered(shown)
    if page.meta.get("template") == "print.html":
        everything = [_shown(job, sheet, root, language) for job, sheet in sheets.items()]
        context["stock"] = _gathered(everything)
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files and the catalogue; the site folder was emptied when the build began."""
    site = Path(config.site_dir)
    for job, sheet in sheets.items():
        catalogue.deliver(job, sheet, (site / catalogue.place(job, "")).parent)
    entries = [entry for job, sheet in sheets.items() for entry in catalogue.entries(job, sheet)]
    text = json.dumps({"printables": entries}, ensure_ascii=False, indent=1)
    (site / "printables.json").write_text(text + "\n", encoding="utf-8")


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Build once more when sheets that were printed meanwhile are ready."""
    stamp = _stamp(config)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    server.watch(str(stamp))
    return server


def _may_hang(jobs: list[Job], config: MkDocsConfig) -> tuple[list[Job], list[Finding]]:
    """The jobs but for withdrawn editions; says what was not issued yet."""
    register: Register = config.extra["register"]
    planned = editions.planned(jobs)
    for note in editions.compare(planned, register).notes(register):
        LOGGER.info(note)
    hanging = [job for job in jobs if editions.number(job.edition) not in register.withdrawals]
    return hanging, editions.clashes(planned, register)


def _serve(config: MkDocsConfig, jobs: list[Job]) -> None:
    """Show what is cached; print the rest while the page is already back."""
    cache = _cache(config) or Cache(_root(config) / PRESS)
    sheets.clear()
    for job in jobs:
        if sheet := cache.get(job):
            sheets[job] = sheet
    missing = [job for job in jobs if job not in sheets]
    if missing:
        threading.Thread(target=_print, args=(config, cache, missing), daemon=True).start()


def _print(config: MkDocsConfig, cache: Cache, jobs: list[Job]) -> None:
    with presses:  # a second change waits for the sheets of the first
        outcome = print_all(jobs, cache)
    for found in outcome.findings:
        LOGGER.error(found)
    if outcome.report.printed:
        _tell(outcome)
        _stamp(config).touch()


def _tell(outcome: Outcome) -> None:
    report = outcome.report
    LOGGER.info(
        "Printables: %d printed, %d cached, %.1f s", report.printed, report.cached, report.seconds
    )
    if path := os.environ.get("PRINT_REPORT"):
        Path(path).write_text(json.dumps(report.as_dict()) + "\n", encoding="utf-8")


def _shown(job: Job, sheet: Sheet, root: str, language: str) -> dict[str, Any]:
    shown, *finished = catalogue.entries(job, sheet)
    return {
        **shown,
        "finished": [{**after, "file_url": root + str(after["file"])} for after in finished],
        "sheet_name": design.SHEET_NAMES[language].get(job.sheet, job.sheet.upper()),
        "design_name": design.find(job.design).spec.name.model_dump()[language],
        "file_url": root + str(shown["file"]),
        "picture_url": root + str(shown["picture"]),
        "picture_size": sheet.picture_px,
    }


def _gathered(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a chapter, design and language: its first sheet, the others as `larger`."""
    first: dict[tuple[str, str, str], dict[str, Any]] = {}
    for entry in shown:
        place = entry["chapter"], entry["design"], entry["language"]
        if place in first:
            first[place]["larger"].append(entry)
        else:
            first[place] = {**entry, "larger": []}
    return list(first.values())


def _cache(config: MkDocsConfig) -> Cache | None:
    return None if os.environ.get("PRINT_CACHE") == "off" else Cache(_root(config) / PRESS)


def _pool() -> Callable[[int], Executor]:
    return partial(executor, os.environ.get("PRINT_EXECUTOR", ""))


def _stamp(config: MkDocsConfig) -> Path:
    return _root(config) / PRESS / "printed"


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
