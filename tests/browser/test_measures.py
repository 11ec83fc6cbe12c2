"""How good a page is, measured: accessibility, weight, speed, narrow screens, thumbs, keys."""

import gzip
import importlib.util
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

CHAPTER = "teams/confined-space/"
KINDS = ["", "teams/", CHAPTER, f"both/{CHAPTER}", "quiz/teams/", "print/", "signs/", "about/"]
VIEWS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
KIB = 1024

# Largest contentful paint (ms) and cumulative layout shift, as the browser itself counts them.
OBSERVE = """
window.paint = 0; window.shift = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.paint = entry.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def axe() -> str:
    """The script of axe-core, from the package that carries it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found and found.origin
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_serious(
    browser: Browser, served: str, width: int, scheme: str, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        service_workers="block",
    )
    page, script, wrong = context.new_page(), axe(), []
    for kind in [*(f"{language}/{kind}" for kind in KINDS), "", "404.html"]:
        page.goto(served + kind)
        page.evaluate(script)
        result = page.evaluate(
            "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
        )
        for found in result["violations"]:
            if found["impact"] in {"serious", "critical"}:
                wrong.append((kind, found["id"], found["nodes"][0]["html"][:200]))
    context.close()
    assert not wrong


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_chapter_is_light(phone: Page, served: str, site: Path, language: str) -> None:
    """All that loads before anybody scrolls, compressed as a server would."""
    asked: set[str] = set()
    phone.on("response", lambda reply: asked.add(reply.url.split("?")[0]))
    phone.goto(f"{served}{language}/{CHAPTER}", wait_until="load")
    files = [site / unquote(urlsplit(url).path).lstrip("/") for url in asked]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    assert len(files) > 5 and weight <= 170 * KIB
    assert not [file for file in files if file.name == "search_index.json"]  # heavy, and for few
    assert not [file for file in files if file.suffix in {".woff", ".woff2", ".ttf", ".otf"}]


def test_a_chapter_is_fast_on_a_slow_phone(browser: Browser, served: str) -> None:
    """1.6 Mbit/s, 150 ms, a processor four times slower; the server here does not compress."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    page.add_init_script(OBSERVE)
    slow = context.new_cdp_session(page)
    slow.send("Network.enable")
    bytes_a_second = 1.6e6 / 8
    slow.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(f"{served}zh/{CHAPTER}", wait_until="load")
    page.wait_for_timeout(500)
    paint, shift = page.evaluate("[window.paint, window.shift]")
    context.close()
    assert 0 < paint <= 2500 and shift <= 0.05, (paint, shift)


def test_nothing_scrolls_sideways_at_320(phone: Page, served: str) -> None:
    """Which is also what 640 px show at 200 % zoom."""
    phone.set_viewport_size({"width": 320, "height": 640})
    for language in ("zh", "en"):
        for kind in KINDS:
            phone.goto(f"{served}{language}/{kind}")
            wide = phone.evaluate("document.scrollingElement.scrollWidth")
            assert wide <= 320, f"{language}/{kind} is {wide} px wide"


def test_console_stays_quiet(phone: Page, served: str) -> None:
    said: list[str] = []
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.on(
        "console",
        lambda line: said.append(line.text) if line.type in {"error", "warning"} else None,
    )
    for language in ("zh", "en"):
        for kind in KINDS:
            phone.goto(f"{served}{language}/{kind}", wait_until="load")
    assert not said


def test_keys_reach_everything(phone: Page, served: str) -> None:
    """Tab walks to every link, field and button that shows, and shows where it is."""
    phone.goto(f"{served}zh/{CHAPTER}")
    wanted = phone.evaluate("""() => [...document.querySelectorAll(
        'article a, article button, article input, article summary, footer a')]
        .filter((one) => one.offsetParent && !one.disabled && one.tabIndex >= 0 && one.type !== 'radio').length""")
    reached = set()
    for _ in range(wanted + 60):
        phone.keyboard.press("Tab")
        place = phone.evaluate("""() => {
            const one = document.activeElement;
            if (!one.closest('article, footer') || one.type === 'radio') return null;
            const ring = getComputedStyle(one).outlineStyle;
            return [[...document.querySelectorAll('*')].indexOf(one), ring !== 'none', one.outerHTML.slice(0, 80)];
        }""")
        if place:
            assert place[1], f"no ring around {place[2]}"
            reached.add(place[0])
    assert len(reached) >= wanted
