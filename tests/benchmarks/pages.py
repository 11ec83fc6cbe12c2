"""What a phone loads of each kind of page before anybody scrolls, how much it lays out, and how high the page stands."""

import functools
import gzip
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

from printables.languages import LANGUAGES
from printables.web.offline import TEXT

KINDS = (
    "",
    "teams/",
    "teams/confined-space/",
    "managers/legal-duties/",
    "both/teams/confined-space/",
    "emergency/",
    "print/",
    "packs/teams/",
    "quiz/teams/",
    "documents/",
    "documents/permits/",
    "glossary/",
    "sources/",
    "signs/",
    "scenes/",
    "changes/",
)
KIB = 1024
PHONE_PX = {"width": 360, "height": 740}
FONTS = Path(__file__).resolve().parents[2] / "printables" / "fonts"
LAID_OUT = """() => {
    const root = document.documentElement;
    return [root.querySelectorAll("*").length, root.scrollHeight / innerHeight];
}"""


class Silent(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


def rows(work: Path, site: Path) -> Iterator[dict[str, str]]:
    """A row for each kind of page in each language, set with the fonts of this project; `work` is a folder to use."""
    work.mkdir(parents=True, exist_ok=True)
    settings = work / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{work}</cachedir></fontconfig>", encoding="utf-8"
    )
    handler = functools.partial(Silent, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu"],
            env={**os.environ, "FONTCONFIG_FILE": str(settings)},
        )
        for language in LANGUAGES:
            for kind in KINDS:
                if (site / language / kind / "index.html").is_file():
                    yield _row(browser, site, server.server_port, f"{language}/{kind}")
        browser.close()
    server.shutdown()


def _row(browser: Browser, site: Path, port: int, place: str) -> dict[str, str]:
    context = browser.new_context(viewport=PHONE_PX, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    asked: set[str] = set()
    page.on("response", lambda reply: asked.add(urlsplit(reply.url).path))
    page.goto(f"http://127.0.0.1:{port}/{place}", wait_until="load")
    page.wait_for_timeout(300)
    elements, screens = page.evaluate(LAID_OUT)
    context.close()
    weight = sum(_sent(site / unquote(path).lstrip("/")) for path in asked)
    return {
        "Page": place,
        "KiB": f"{weight / KIB:.0f}",
        "requests": str(len(asked)),
        "elements": str(elements),
        "screens": f"{screens:.1f}",
    }


def _sent(path: Path) -> int:
    """Bytes of a file as servers send it, text compressed."""
    path = path / "index.html" if path.is_dir() else path
    content = path.read_bytes()
    return len(gzip.compress(content, 6) if path.suffix in TEXT else content)
