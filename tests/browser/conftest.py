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
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CHROMIUM = Path(shutil.which("chromium") or "/usr/bin/chromium")
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
# All that make pages; sheets stands for what prints.
HOOKS = (
    "languages",
    "pages",
    "glossary",
    "chapters",
    "sheets",
    "views",
    "offline",
    "search",
    "theme",
)
SHEETS = """
from printables.web.racks import Rack, choices

def on_page_context(context, page, config, nav):
    context["campaigns"] = CAMPAIGNS
    up = "../" * page.url.count("/")
    shown = dict(language="zh-en", size="a3", size_name="A3", trim_mm=[297.0, 420.0],
        edition="2026-11-23", pages=1, bytes=84321, file_url=up + "x.pdf",
        picture_url=up + "assets/logo.svg", picture_size=[640, 905], larger=[], finished=[],
        ticket_url=up + "x-ticket.txt")
    context["printables"] = "slogan" in page.meta and [
        dict(shown, design="poster", design_name="A <b>", distance_m=3.0, chapter="topics/sample",
            larger=[dict(shown, size="a2", size_name="A2", finished=[
                dict(finishing="tiles-a3", file_url=up + "x-tiles-a3.pdf", bleed_mm=0),
                dict(finishing="shop", file_url=up + "x-shop.pdf", bleed_mm=3)])]),
        dict(shown, design="flyer", design_name="B", distance_m=0.5, pages=2, language="zh",
            chapter="topics/sample"),
    ]
    if page.meta.get("template") == "print.html":
        stock = [dict(item, chapter=name) for name in NAMES for item in [
            dict(shown, design="poster", design_name="A <b>", distance_m=3.0,
                larger=[dict(shown, size="a2", size_name="A2", finished=[
                    dict(finishing="tiles-a3", file_url=up + "x-tiles-a3.pdf", bleed_mm=0),
                    dict(finishing="shop", file_url=up + "x-shop.pdf", bleed_mm=3)])]),
            dict(shown, design="flyer", design_name="B", distance_m=0.5, language="zh"),
        ]]
        context["racks"] = [
            Rack(name, name, page.url, (name.partition("/")[0], name.partition("/")[0]),
                [item for item in stock if item["chapter"] == name])
            for name in NAMES]
        context["choices"] = choices(context["racks"], stock)
    return context

NAMES = ["topics/sample", "teams/confined-space"]
CAMPAIGNS = [
    dict(name=name, choice=(name, f"{name} <b>"), names=NAMES, designs=["poster"], title=f"{name} <b>", summary=name, first=first,
        last=last, when=f"{first}/{last}", runs=False, chapters=[], pack_url="x.zip")
    for name, first, last in [("june", "06-01", "06-30"), ("spring", "02-01", "03-15"),
        ("winter", "12-15", "01-15")]
]
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
    (at / "library").mkdir()
    for name in ("owner.yml", "library/synonyms.toml", "library/glossary.yml"):
        shutil.copy(ROOT / name, at / name)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"watch: .*\n", "", settings)
    hooks = "".join(f"  - hooks/{name}.py\n" for name in HOOKS)
    settings = re.sub(r"hooks:\n(  - .*\n)+", f"hooks:\n{hooks}", settings)
    (at / "hooks" / "sheets.py").write_text(SHEETS, encoding="utf-8")
    (at / "mkdocs.yml").write_text(settings, encoding="utf-8")
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


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    built = build(project)
    assert built.returncode == 0, built.stdout + built.stderr
    return project / "site"


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(Compressing, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


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
    page.set_default_timeout(5000)
    yield page
    page.close()
