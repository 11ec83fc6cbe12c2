"""What is planned, printed and shown: sheets before the pages, a panel on each, the catalogue after."""

import atexit
import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from printables.findings import Finding
from printables.job import Order
from printables.layout import design
from printables.production import planning
from printables.production.cache import Cache, Kept
from printables.production.planning import Plan
from printables.production.store import Store
from printables.production.workers import Outcome, executor, print_all
from printables.publishing import catalogue, editions
from printables.publishing.editions import Register

LOGGER = logging.getLogger("mkdocs.printing")
PAGE_FIRST_S = 0.5  # while serving: until the browser has the page
PRESS, PLAN, TICKETS = Path(".cache/press"), Path(".cache/plan.json"), Path(".cache/tickets")

sheets: dict[Order, Kept] = {}
by_chapter: dict[str, list[Order]] = {}
refused: dict[str, list[Finding]] = {}  # while serving: why a job was not printed, by its key
waiting: list[Callable[[], None]] = []  # while serving: what to print once the pages are built
newest: dict[str, MkDocsConfig] = {}  # while serving: what the last build was made from
presses = threading.Lock()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Print everything, or say in one go all that stands in the way; serve prints meanwhile."""
    design.find.cache_clear()  # while serving, somebody may have changed one
    config.extra["sheets"], config.extra["by_chapter"] = sheets, by_chapter
    collection = config.extra["collection"]
    plan, clashes = _plan(config)
    findings = collection.findings + plan.findings + clashes
    if config.extra["serving"]:
        _serve(config, plan)
        findings += [found for key in plan.orders for found in refused.get(key, ())]
        collection.findings = findings  # the pages show them
        for found in sorted(set(findings)):
            LOGGER.error(found)
        return files
    outcome = plan.press(_cache(config), _pool())
    _tell(outcome)
    findings += outcome.findings
    if findings:
        raise PluginError("\n".join(["", *map(str, sorted(set(findings)))]))
    _lay_out(outcome.sheets)
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Hand a chapter's page the list of what was printed from it in its language."""
    language, _, rest = page.file.src_uri.partition("/")
    name, root = rest.removesuffix(".md").removesuffix("/index"), "../" * page.url.count("/")
    mine = [job for job in by_chapter.get(name, ()) if language in job.language.split("-")]
    mine.sort(key=lambda job: len(job.language))  # the page's own language, then both together
    shown = [_shown(job, sheets[job], root, language) for job in mine]
    context["printables"] = _gathered(shown)
    if page.meta.get("template") == "print.html":
        everything = [_shown(job, sheet, root, language) for job, sheet in sheets.items()]
        context["stock"] = _gathered(everything)
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Put the files and the catalogue where the site was emptied when the build began."""
    site, tickets = Path(config.site_dir), Store(_root(config) / TICKETS, ".txt")

    def write(text: str, path: Path) -> None:
        tickets.put(text, text.encode, path)

    lines = []
    for job, sheet in sheets.items():
        catalogue.deliver(job, sheet, (site / catalogue.place(job, "")).parent, write)
        lines += [json.dumps(entry, ensure_ascii=False) for entry in catalogue.entries(job, sheet)]
    tickets.clear()
    text = ",\n".join(lines)
    (site / "printables.json").write_text(f'{{"printables": [\n{text}\n]}}\n', encoding="utf-8")
    for work in waiting:
        timer = threading.Timer(PAGE_FIRST_S, work)
        timer.daemon = True
        timer.start()
    waiting.clear()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Build once more when sheets that were printed meanwhile are ready."""
    stamp = _stamp(config)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    server.watch(str(stamp))
    return server


def _plan(config: MkDocsConfig) -> tuple[Plan, list[Finding]]:
    """What is to be printed, without withdrawn editions, and what clashes; says what was not issued yet.

    While serving, what is new is left to those who print it: the page must not wait for it.
    """
    extra, memory = config.extra, _root(config) / PLAN
    plan = planning.plan(extra["collection"], extra["owner"], memory, from_memory=extra["serving"])
    register: Register = extra["register"]
    planned = editions.planned(plan.orders.values())
    for note in editions.compare(planned, register).notes(register):
        LOGGER.info(note)
    plan.take_down(register.withdrawals)
    return plan, editions.clashes(planned, register)


def _lay_out(found: dict[Order, Kept]) -> None:
    """Let pages and files be made of these sheets."""
    sheets.clear()
    sheets.update(found)
    by_chapter.clear()
    for order in found:
        by_chapter.setdefault(order.home, []).append(order)


def _serve(config: MkDocsConfig, plan: Plan) -> None:
    """Show what is cached; the rest is printed when the page is back."""
    newest.update(config=config)
    cache = _cache(config)
    kept = {key: cache.get(key, order.name) for key, order in plan.orders.items()}
    _lay_out({order: sheet for key, order in plan.orders.items() if (sheet := kept[key])})
    missing = any(sheet is None and key not in refused for key, sheet in kept.items())
    waiting[:] = [partial(_print, plan.complete)] if missing or not plan.complete else []


def _print(complete: bool) -> None:
    """Print what is missing of the newest texts; whoever saves again and again waits for the last one only."""
    with presses:
        config = newest["config"]
        extra, cache = config.extra, _cache(config)
        plan = planning.plan(extra["collection"], extra["owner"], _root(config) / PLAN)
        plan.take_down(extra["register"].withdrawals)
        keys = [key for key in plan.orders if key not in refused and cache.get(key) is None]
        outcome = print_all(plan.jobs(keys), cache)
    refused.update(outcome.failed)
    if outcome.report.printed:
        _tell(outcome)
    if outcome.report.printed or outcome.failed or not complete:
        _stamp(config).touch()  # another build shows what there is now


def _tell(outcome: Outcome) -> None:
    report = outcome.report
    counts = f"{report.printed} printed, {report.cached} cached, {report.failed} failed"
    layouts = report.layouts / max(report.printed, 1)
    LOGGER.info("Printables: %s; %.1f s, %.1f layouts a sheet", counts, report.seconds, layouts)
    report.file()


def _shown(job: Order, sheet: Kept, root: str, language: str) -> dict[str, Any]:
    shown, *finished = catalogue.entries(job, sheet)
    name = design.find(job.design).spec.name.model_dump()[language]
    return {
        **shown,
        "finished": [{**after, "file_url": root + str(after["file"])} for after in finished],
        "sheet_name": design.SHEET_NAMES[language].get(job.sheet, job.sheet.upper()),
        "printable": (job.chapter, job.design, job.language),
        "chapter": job.home,
        "design_name": f"{name} {job.volume}".rstrip(),
        "file_url": root + str(shown["file"]),
        "picture_url": root + str(shown["picture"]),
        "picture_size": sheet.picture_px,
    }


def _gathered(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a printable: its first sheet, the others as `larger`."""
    first: dict[editions.Printable, dict[str, Any]] = {}
    for entry in shown:
        if entry["printable"] in first:
            first[entry["printable"]]["larger"].append(entry)
        else:
            first[entry["printable"]] = {**entry, "larger": []}
    return list(first.values())


def _cache(config: MkDocsConfig) -> Cache:
    """The cache of this project; with PRINT_CACHE=off a new one, which goes when the build is over."""
    if os.environ.get("PRINT_CACHE") != "off":
        return Cache(_root(config) / PRESS)
    folder = tempfile.mkdtemp(prefix="press.", dir=_root(config) / PRESS.parent)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Cache(Path(folder))


def _pool() -> Callable[[int], Executor]:
    return partial(executor, os.environ.get("PRINT_EXECUTOR", ""))


def _stamp(config: MkDocsConfig) -> Path:
    return _root(config) / PRESS / "printed"


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
