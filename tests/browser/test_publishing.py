"""The site on a server: in a folder below an IP address, with the headers of publish/, under its own policy."""

import fnmatch
import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PHONE, ROOT, Compressing
from playwright.sync_api import Browser, Page, expect

FOLDER = "office/safety/"
# Not 404.html: it is shown anywhere, so its links begin at the folder that `site` of owner.yml names.
KINDS = ("", "zh/", "zh/teams/confined-space/", "en/quiz/teams/", "zh/print/", "en/packs/june/", "zh/glossary/")  # fmt: skip


def rules() -> list[tuple[str, dict[str, str]]]:
    """What publish/_headers says: paths, and the headers of what matches."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in (ROOT / "publish" / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif line.startswith(" "):
            name, value = line.strip().split(": ", 1)
            found[-1][1][name] = value
    return found


def headers(path: str) -> dict[str, str]:
    said = [those for pattern, those in rules() if fnmatch.fnmatch(path, pattern)]
    return functools.reduce(lambda all_, those: {**all_, **those}, said, {})


class Hosting(Compressing):
    def end_headers(self) -> None:
        path = self.path.partition("?")[0].removeprefix(f"/{FOLDER}")
        for name, value in headers(f"/{path}").items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def hosted(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(site, root / FOLDER)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Hosting, directory=str(root))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{FOLDER}"
    server.shutdown()


def test_nothing_breaks_in_a_folder_under_the_policy(browser: Browser, hosted: str) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("response", lambda reply: wrong.append(reply.url) if reply.status >= 400 else None)
    for kind in KINDS:
        page.goto(hosted + kind, wait_until="load")
    page.goto(f"{hosted}zh/print/")
    page.locator(".card button").first.click()
    with page.expect_download():
        page.click(".basket .zip button")
    page.goto(f"{hosted}en/")
    page.click(".md-header__button[for=__search]")
    page.fill(".md-search__input", "ventilate")
    expect(page.locator(".found a").first).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.ready.then((it) => it.scope)") == hosted
    assert not wrong
    page.context.close()


def test_a_script_from_elsewhere_does_not_run(phone: Page, hosted: str) -> None:
    phone.goto(f"{hosted}zh/")
    phone.evaluate("""() => {
        const one = document.createElement("script");
        one.textContent = "window.run = true";
        document.body.append(one);
    }""")
    assert phone.evaluate("window.run") is None


def test_what_changes_is_asked_for_and_what_is_named_by_its_content_is_kept(site: Path) -> None:
    page = (site / "zh" / "index.html").read_text(encoding="utf-8")
    ours = re.findall(
        r'(?:src|href)="\.\./(assets/[a-z]+\.(?:js|css|[0-9a-f]{8}\.(?:js|css)))"', page
    )
    assert len(ours) >= 3 and all(re.search(r"\.[0-9a-f]{8}\.", name) for name in ours)
    for name in ours:
        assert (site / name).is_file() and "immutable" in headers(f"/{name}")["Cache-Control"]
    for name in ("zh/", "sw.js", "search/zh.js", "stock/sheets.js", "assets/logo.svg"):
        assert headers(f"/{name}")["Cache-Control"] == "no-cache"
    assert headers("/e/0123abcd/")["Cache-Control"] == "no-store"
    assert "Sitemap: https://" in (site / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_every_example_says_the_same(name: str) -> None:
    text = (ROOT / "publish" / name).read_text(encoding="utf-8")
    for _, said in rules():
        assert not [value for value in said.values() if value not in text]
