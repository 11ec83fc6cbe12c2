"""A project with sample chapters, built once, served, and a real browser to open it."""

import functools
import gzip
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from project import once

from printables.chapters import glossary
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.languages import LANGUAGES
from printables.project import Project
from printables.web import documents, search_index

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# A loop, and how long it usually takes (ms) on the machine that is called usual.
LOOP = """() => {
    const began = performance.now();
    let sum = 0;
    for (let at = 0; at < 2e7; at++) sum = (sum * 31 + at) | 0;
    window.kept = sum;
    return performance.now() - began;
}"""
USUAL_MS = 180
PATIENCE_S = 20  # nothing takes so long, but where other processes have the processors
expect.set_options(timeout=PATIENCE_S * 1000)
# The one without windows opens a page in a fifth of the processor time: the other draws its tool bar for each.
CHROMIUM = Path(
    shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 740}
# What is copied of docs/: every page that is no chapter, and one real chapter.
PAGES = ("*.md", "*/*.md", "*/*/index.md", "*/teams/confined-space.md")
# All that make pages; sheets hands printing what nobody printed.
HOOKS = (
    "languages",
    "pages",
    "glossary",
    "sources",
    "scenes",
    "chapters",
    "campaigns",
    "sheets",
    "packs",
    "views",
    "emergencies",
    "news",
    "offline",
    "search",
    "publishing",
    "theme",
)
SHEETS = """
import io
from dataclasses import replace
from pathlib import Path
from PIL import Image
from hooks import build
from hooks.printing import on_page_context, on_post_build
from printables.chapters.campaign import Campaign, Dates
from printables.job import FINISHINGS, Finished, Order
from printables.production.cache import Kept

NAMES = {"topics/sample": ("样章", "Sample"), "teams/confined-space": ("有限空间作业", "Confined-space work")}
MADE = {"a3": ("tiles-a4", "shop"), "a2": ("tiles-a4", "tiles-a3", "shop")}
CAMPAIGNS = [("june", "06-01", "06-30"), ("spring", "02-01", "03-15"), ("winter", "12-15", "01-15")]

def on_files(files, config):
    this = build.of(config)
    this.campaigns = [
        Campaign(name, Dates.model_validate({"from": first, "to": last, "title": dict(zh=f"{name} <b>", en=f"{name} <b>"),
            "summary": dict(zh=name, en=name), "chapters": list(NAMES), "designs": ["poster"]}))
        for name, first, last in CAMPAIGNS]
    folder = this.project.kept("fake")
    this.sheets = dict(sheet for name, titles in NAMES.items() for sheet in [
        *(made(folder, name, titles, "poster", language, size, trim, 3.0) for language in ("zh", "en", "zh-en")
            for size, trim in (("a3", (297.0, 420.0)), ("a2", (420.0, 594.0)))),
        *(made(folder, name, titles, design, language, "a4", (210.0, 297.0), 0.5, 2)
            for design in ("flyer", "talk") for language in ("zh", "en"))])
    return files

def made(folder, name, titles, design, language, size, trim, distance, pages=1):
    title = titles[language == "en"]
    order = Order(name, title, language, design, size, trim, distance, "2026-11-23·0123abcd", "0123456789ab")
    folder = folder / order.stem
    folder.mkdir(parents=True, exist_ok=True)
    finished = tuple(Finished(each, 5, (210.0, 297.0) if "a4" in each else trim, 3 if each == "shop" else 0)
        for each in MADE.get(size, ()))
    picture = io.BytesIO()
    Image.new("RGB", (640, 905), "#b00000").save(picture, "WEBP")
    content = {".webp": picture.getvalue(), ".pdf": b"%PDF " + order.name.encode() * 2000}
    content |= {after.suffix: b"%PDF " + after.finishing.encode() + order.name.encode() * 3000 for after in finished}
    for suffix, written in content.items():
        (folder / f"sheet{suffix}").write_bytes(written)
    return order, Kept(picture_px=(640, 905), pages=pages, scales=(1.0,), fill=1.0, smallest_text_mm=9.0, layouts=1,
        finished=finished, folder=folder, lengths={suffix: len(written) for suffix, written in content.items()})
"""


NOTHING_PRINTED = """
from hooks import build

def on_files(files, config):
    build.of(config).sheets = {}
    return files
"""


@functools.cache
def compressed(path: Path, written_ns: int) -> bytes:
    """A file as servers send it; hundreds of pages ask for the same ones, `written_ns` tells whether it is the same."""
    return gzip.compress(path.read_bytes(), 6)


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Sends text compressed, as the servers do that people publish with; silent."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix not in {".html", ".css", ".js", ".json", ".svg"} or not path.is_file():
            return super().do_GET()
        body = compressed(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def make_project(at: Path) -> Path:
    """This project with its pages, a real chapter, the sample, and sheets that nobody prints."""
    for name in ("hooks", "overrides", "printables"):
        shutil.copytree(ROOT / name, at / name, ignore=shutil.ignore_patterns("__pycache__"))
    for page in PAGES:
        for path in (ROOT / "docs").glob(page):
            target = at / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shutil.copytree(HERE / "chapters", at / "docs", dirs_exist_ok=True)
    shutil.copytree(ROOT / "library" / "sources", at / "library" / "sources")
    shutil.copytree(HERE / "sources", at / "library" / "sources", dirs_exist_ok=True)
    shutil.copy(HERE / "sights.toml", at / "library")
    text = "".join(path.read_text(encoding="utf-8") for path in at.glob("docs/**/*.md"))
    text += (HERE / "sights.toml").read_text(encoding="utf-8")
    (at / "library" / "scenes").mkdir()
    named = set(re.findall(r'\bscene ?= ?"?([a-z0-9-]+)', text))
    for path in (ROOT / "library" / "scenes").iterdir():
        if path.stem in named:  # one page shows all there are
            shutil.copy(path, at / "library" / "scenes")
    for name in ("owner.yml", "library/synonyms.toml", "library/glossary.yml"):
        shutil.copy(ROOT / name, at / name)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"watch: .*\n", "", settings)
    hooks = "".join(f"  - hooks/{name}.py\n" for name in HOOKS)
    settings = re.sub(r"hooks:\n(  - .*\n)+", f"hooks:\n{hooks}", settings)
    (at / "hooks" / "sheets.py").write_text(SHEETS, encoding="utf-8")
    (at / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return at


def make_issued(at: Path) -> Path:
    """The project, with a register: of what was issued one sheet was replaced, and one is withdrawn."""
    make_project(at)
    shutil.copy(HERE / "editions.jsonl", at)
    settings = (at / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("  - hooks/views.py", "  - hooks/editions.py\n  - hooks/views.py")
    (at / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (at / "hooks" / "sheets.py").write_text(SHEETS + NOTHING_PRINTED, encoding="utf-8")
    return at


def build(project: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Build with the settings of mkdocs.yml alone, so that its `strict` is what is tested."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-d", "site"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "NO_MKDOCS_2_WARNING": "1", **settings},
        capture_output=True,
        text=True,
    )


def _built(project: Path) -> None:
    built = build(project)
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The site of the project; tests read it."""
    return once(shared / "browsed", lambda at: _built(make_project(at))) / "site"


@pytest.fixture(scope="session")
def issued_site(shared: Path) -> Path:
    """The site of a project with a register; tests read it."""
    return once(shared / "issued", lambda at: _built(make_issued(at))) / "site"


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address at which a site is served meanwhile."""
    handler = functools.partial(Compressing, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def slow_down(page: Page) -> None:
    """A bad network, 1.6 Mbit/s and 150 ms, and a processor that is four times slower than usual here.

    What this machine does meanwhile is reckoned with: a phone is as slow whatever tests it.
    """
    loops = sorted(page.evaluate(LOOP) for _ in range(5))
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    speed = 1.6e6 / 8  # bytes a second
    slow.send("Network.emulateNetworkConditions", {"offline": False, "latency": 150, "downloadThroughput": speed, "uploadThroughput": speed})  # fmt: skip
    rate = max(1.0, 4 * USUAL_MS / loops[2])
    slow.send("Emulation.setCPUThrottlingRate", {"rate": rate})


def unhurried(measure: Callable[[], tuple[float, ...]], limits: tuple[float, ...]) -> bool:
    """Whether what is measured stays within its limits.

    Where it does not the first time, the middle of three counts, as other work on this machine slows one or the other.
    """
    measured = [measure()]
    if any(value > limit for value, limit in zip(measured[0], limits, strict=True)):
        measured += [measure(), measure()]
    middle = [median(values) for values in zip(*measured, strict=True)]
    print(measured)  # shown when the test fails
    return all(value <= limit for value, limit in zip(middle, limits, strict=True))


def follow(link: Locator) -> None:
    """Tap a link and wait until its page has come whole: a tap alone returns as soon as the address has changed."""
    with link.page.expect_navigation():
        link.click()


def until(page: Page, true: str, seconds: float = PATIENCE_S) -> None:
    """Wait until this is true in the page, whose policy lets Playwright's own waiting not evaluate a text."""
    for _ in range(round(seconds * 20)):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {true}")


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def real_index(real_collection: Collection, real_owner: Owner) -> dict[str, str]:
    """The scripts with what the search knows of this project's own pages, by name; no site is built for them."""
    project = Project(ROOT)
    terms, synonyms = glossary.read(project.glossary_file), project.synonyms()
    found = [
        search_index.indexes(
            language, real_collection, terms, synonyms, real_owner, search_index.directory
        )
        for language in LANGUAGES
    ]
    if papers := documents.read(project.library):
        for language, made in zip(LANGUAGES, found, strict=True):
            made[language]["pages"] += papers.found(language, search_index.directory)
    return {name: text for made in found for name, text in search_index.scripts(made).items()}


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    fonts = tmp_path_factory.mktemp("fonts")
    settings = (
        f"<fontconfig><dir>{ROOT}/printables/fonts</dir><cachedir>{fonts}</cachedir></fontconfig>"
    )
    (fonts / "fonts.conf").write_text(settings)
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts / "fonts.conf")}
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=QUIET, env=environment
        )
        yield opened
        opened.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=PHONE)
    page.set_default_timeout(PATIENCE_S * 1000)
    yield page
    page.close()
