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
from itertools import chain, islice, zip_longest
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of, name_of, root_of, session
from printables.job import Order
from printables.layout import design
from printables.press.sheet import PICTURE
from printables.production.cache import Cache, Kept
from printables.production.executors import executor, load_press
from printables.production.planning import Plan
from printables.production.store import Store
from printables.production.workers import Outcome, print_all
from printables.project import Prospect
from printables.publishing import catalogue, editions
from printables.publishing.thumbnail import small
from printables.web import offline, outlines, racks, stock
from printables.web.racks import Rack

LOGGER = logging.getLogger("mkdocs.printing")
POSTER, POSTERS = "poster", 6  # what home shows of all sheets: design and number
PAGE_FIRST_S = 0.5  # while serving: until the browser has the page


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the press while the chapters are read and planned, if one of them has changed."""
    if not session.serving and not os.environ.get("PRINT_EXECUTOR"):
        build.of(config).changed = load_press
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Print everything; serve prints when the pages are built."""
    design.find.cache_clear()  # while serving, somebody may have changed one
    this = build.of(config)
    prospect = _prospect(this)
    for note in editions.compare(prospect.editions, this.register).notes(this.register):
        LOGGER.info(note)
    this.findings += prospect.findings
    if this.serving:
        this.sheets = _printed_before(this, prospect.plan)
        this.findings += [
            found for key in prospect.plan.orders for found in session.refused.get(key, ())
        ]
        return files
    outcome = prospect.plan.press(_cache(this), _pool())
    _tell(outcome)
    this.findings += outcome.findings
    office = this.bundle is not None
    this.sheets = {
        order: offline.for_the_office(sheet) if office else sheet
        for order, sheet in outcome.sheets.items()
    }
    return files


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Hand a page what was printed from it in its language; home some posters, the print centre everything by chapter."""
    this, language, root = build.of(config), language_of(page), root_of(page)
    own = this.by_home.get(name_of(page), ())
    mine = [order for order in own if language in order.language.split("-")]
    mine.sort(key=lambda order: len(order.language))  # the page's own language, then both together
    context["printables"] = racks.gathered(
        racks.entry(order, this.sheets[order], root, language) for order in mine
    )
    if page.meta.get("template") == "home.html":
        posters = _posters(this, language)
        context["posters"] = [
            racks.entry(each, this.sheets[each], root, language) for each in posters
        ]
    if page.meta.get("template") == "print.html":
        stock = racks.gathered(
            racks.entry(order, sheet, root, language) for order, sheet in this.sheets.items()
        )
        context["racks"] = shown = _racks(this.navigations[language], stock)
        context["choices"] = racks.choices(shown, [item for rack in shown for item in rack.items])
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Put the files, the catalogue, the print centre's stock and the type of stamps where the site was emptied when the build began."""
    this, site = build.of(config), Path(config.site_dir)
    tickets = Store(this.project.kept("tickets"), ".txt")
    pictures = Store(this.project.kept("thumbnails"), catalogue.SMALL)

    def write(text: str, path: Path) -> None:
        tickets.put(text, text.encode, path)

    lines = []
    for order, lead in catalogue.leads(this.sheets).items():
        sheet, path = this.sheets[order], site / catalogue.place(order, catalogue.SMALL)
        catalogue.deliver(order, sheet, path.parent, write, pictured=order == lead)
        if order == lead:
            pictures.put(sheet.digest(PICTURE), partial(_thumbnail, sheet), path)
        picture = {"picture": catalogue.place(lead, PICTURE)}
        entries = catalogue.entries(order, sheet)
        lines += [json.dumps(entry | picture, ensure_ascii=False) for entry in entries]
    tickets.clear()
    pictures.clear()
    text = ",\n".join(lines)
    (site / "printables.json").write_text(f'{{"printables": [\n{text}\n]}}\n', encoding="utf-8")
    (site / stock.FOLDER).mkdir(exist_ok=True)
    (site / stock.PLACE).write_text(stock.script(this.sheets), encoding="utf-8")
    outlines.deliver(site, this.project.kept("outlines"))
    if session.waiting:
        timer = threading.Timer(PAGE_FIRST_S, session.waiting)
        timer.daemon = True
        timer.start()
        session.waiting = None


def _thumbnail(sheet: Kept) -> bytes:
    return small(sheet.picture)


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Build once more when sheets that were printed meanwhile are ready."""
    stamp = _stamp(build.of(config))
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    server.watch(str(stamp))
    project = build.of(config).project
    for path in (project.register_file, project.root / "library"):  # a fork may begin without
        if path.exists():
            server.watch(str(path))
    return server


def _prospect(this: Build, *, whole: bool = False) -> Prospect:
    """What is to be printed; while serving, what is new is left to those who print it: the page must not wait for it."""
    from_memory = this.serving and not whole
    return this.project.prospect(
        this.collection, this.owner, this.register, from_memory=from_memory
    )


def _printed_before(this: Build, plan: Plan) -> dict[Order, Kept]:
    """What is cached; the rest is printed when the page is back."""
    session.newest = this
    cache = _cache(this)
    kept = {key: cache.get(key, order.name) for key, order in plan.orders.items()}
    missing = any(sheet is None and key not in session.refused for key, sheet in kept.items())
    session.waiting = partial(_print, plan.complete) if missing or not plan.complete else None
    return {order: sheet for key, order in plan.orders.items() if (sheet := kept[key])}


def _print(complete: bool) -> None:
    """Print what is missing of the newest texts; whoever saves again and again waits for the last one only."""
    with session.presses:
        if (this := session.newest) is None:
            return
        cache, plan = _cache(this), _prospect(this, whole=True).plan
        keys = [key for key in plan.orders if key not in session.refused and cache.get(key) is None]
        outcome = print_all(plan.jobs(keys), cache)
    session.refused.update(outcome.failed)
    if outcome.report.printed or outcome.report.stamped:
        _tell(outcome)
    if outcome.report.printed or outcome.report.stamped or outcome.failed or not complete:
        _stamp(this).touch()  # another build shows what there is now


def _tell(outcome: Outcome) -> None:
    report = outcome.report
    counts = f"{report.printed} printed, {report.stamped} stamped, {report.cached} cached, {report.failed} failed"
    layouts = report.layouts / max(report.printed, 1)
    LOGGER.info("Printables: %s; %.1f s, %.1f layouts a sheet", counts, report.seconds, layouts)
    report.file()


def _posters(this: Build, language: str) -> list[Order]:
    """Some posters in a language: of each reader's first chapter, then of the second ones, and so on."""
    readers = []
    for section in this.navigations[language].items:
        names = [name_of(child) for child in section.children or () if isinstance(child, Page)]
        readers.append([order for name in names for order in _poster(this, name, language)])
    return list(islice(filter(None, chain.from_iterable(zip_longest(*readers))), POSTERS))


def _poster(this: Build, name: str, language: str) -> list[Order]:
    """A chapter's poster in its first size, where it has one."""
    own = this.by_home.get(name, ())
    return [each for each in own if (each.design, each.language) == (POSTER, language)][:1]


def _racks(nav: Navigation, stock: list[racks.Entry]) -> list[Rack]:
    """The printables of every chapter and reader, in the order of the navigation."""
    found = []
    for section in nav.items:
        for child in section.children or ():
            if isinstance(child, Page):
                name = name_of(child)
                reader = (name.partition("/")[0], section.title or "")
                items = [item for item in stock if item["chapter"] == name]
                if items:
                    found.append(Rack(name, child.title or "", child.url, reader, items))
    return found


def _cache(this: Build) -> Cache:
    """The cache of this project; with PRINT_CACHE=off a new one, which goes when the build is over."""
    press = this.project.press
    if os.environ.get("PRINT_CACHE") != "off":
        return Cache(press)
    press.parent.mkdir(parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="press.", dir=press.parent)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Cache(Path(folder))


def _pool() -> Callable[[int], Executor]:
    return partial(executor, os.environ.get("PRINT_EXECUTOR", ""))


def _stamp(this: Build) -> Path:
    return this.project.kept("printed")
