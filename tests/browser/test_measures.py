"""How good a page is, measured: accessibility, weight, speed, narrow screens, thumbs, keys."""

import gzip
import importlib.util
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import slow_down, unhurried, until
from playwright.sync_api import Browser, Page, ViewportSize

CHAPTER = "teams/confined-space/"
VIEWED = [
    "emergency/",
    "changes/",
    f"both/{CHAPTER}",
    "quiz/teams/",
    "print/",
    "packs/teams-confined-space/",
    "signs/",
    "glossary/",
    "sources/",
    "translations/",
]
KINDS = ["", "teams/", CHAPTER, "topics/sample/", *VIEWED, "about/"]
GROUND = "[document.documentElement, document.body].map((e) => getComputedStyle(e).backgroundColor).join()"
KIB = 1024
ALL = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}, 'color-contrast': {enabled: false}}}"
# A scheme changes colours alone: everything else is the same in the dark.
COLOURS = "{resultTypes: ['violations'], runOnly: ['color-contrast']}"
# Elements of one kind (the same tags, classes and attributes, in the same place) have the same colours: three of each are enough.
HIDE_MORE = """(seen) => {
    const number = (text) => (seen.numbers[text] ??= seen.counts.push(0) - 1);
    const kind = (one, place) => {
        const own = number(`${place}>${one.localName}.${one.getAttribute("class")}[${one.getAttributeNames().sort()}]${one.getAttribute("style")}`);
        const parts = [...one.children].filter((part) => part.localName !== "wbr");
        const whole = number(`${own}(${[...new Set(parts.map((part) => kind(part, own)))].sort()})`);
        if (++seen.counts[whole] > 3) one.style.setProperty("display", "none", "important");
        return whole;
    };
    kind(document.body, "");
    return seen;
}"""

# Largest contentful paint (ms) and cumulative layout shift, as the browser itself counts them.
OBSERVE = """
window.paint = 0; window.shift = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.paint = entry.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""

REACHED = "article a, article button, article input, article select, article summary, footer a"
SHOWS = "one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && one.type !== 'radio'"


@cache
def axe() -> str:
    """The script of axe-core, from the package that carries it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found and found.origin
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, rules: str = "{resultTypes: ['violations']}") -> list[tuple[str, str]]:
    """What axe-core finds serious or worse: the rule, and where it is broken first."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    result = page.evaluate(f"axe.run(document, {rules})")
    return [
        (found["id"], found["nodes"][0]["html"][:200])
        for found in result["violations"]
        if found["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious(
    browser: Browser, served: str, width: int, language: str
) -> None:
    viewport: ViewportSize = {"width": width, "height": 800}
    context = browser.new_context(viewport=viewport, service_workers="block")
    page, wrong = context.new_page(), []
    seen: dict[str, object] = {"numbers": {}, "counts": []}
    for kind in [*(f"{language}/{kind}" for kind in KINDS), "", "404.html"]:
        page.emulate_media(color_scheme="light")
        page.goto(served + kind)
        light = page.evaluate(GROUND)
        wrong += [(kind, *found) for found in violations(page, ALL)]
        seen = page.evaluate(HIDE_MORE, seen)
        wrong += [(kind, "light", *found) for found in violations(page, COLOURS)]
        page.emulate_media(color_scheme="dark")
        if kind.startswith(language):  # the doors are black and coloured by day as well
            until(page, f"{GROUND} !== '{light}'")
        wrong += [(kind, "dark", *found) for found in violations(page, COLOURS)]
    context.close()
    assert not wrong


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("kind", "most"), [("", 170), (CHAPTER, 170), ("print/", 150)])
def test_a_page_is_light(
    phone: Page, served: str, site: Path, language: str, kind: str, most: int
) -> None:
    """All that loads before anybody scrolls, compressed as a server would."""
    asked: set[str] = set()
    phone.on("response", lambda reply: asked.add(reply.url.split("?")[0]))
    phone.goto(f"{served}{language}/{kind}", wait_until="load")
    files = [site / unquote(urlsplit(url).path).lstrip("/") for url in asked]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    assert len(files) > 5 and weight <= most * KIB
    assert not [file for file in files if file.parent.name == "search"]  # heavy, and for few
    assert not [file for file in files if file.suffix in {".woff", ".woff2", ".ttf", ".otf"}]


@pytest.mark.alone
def test_a_chapter_is_fast_on_a_slow_phone(browser: Browser, served: str) -> None:
    """1.6 Mbit/s, 150 ms, a processor four times slower."""
    assert unhurried(lambda: _loaded(browser, f"{served}zh/{CHAPTER}"), (2500, 0.05))


@pytest.mark.parametrize("kind", ["", "quiz/teams/", "print/", "packs/june/", "emergency/"])
def test_nothing_moves_while_a_page_comes(browser: Browser, served: str, kind: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    page.add_init_script(OBSERVE)
    page.goto(f"{served}zh/{kind}", wait_until="load")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.05
    context.close()


def _loaded(browser: Browser, address: str) -> tuple[float, float]:
    """Largest contentful paint and layout shift of a page that nothing of is known yet."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    page.add_init_script(OBSERVE)
    slow_down(page)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    paint, shift = page.evaluate("[window.paint, window.shift]")
    context.close()
    assert paint > 0
    return paint, shift


def test_home_lists_names_alone_on_a_phone(phone: Page, served: str) -> None:
    """All chapters of this project are three screens there; the lists behind the doors say more."""
    for place, is_shown in (("zh/", False), ("zh/teams/", True)):
        phone.goto(f"{served}{place}")
        for more in (".chapters__slogan", ".chapters__day"):
            assert phone.locator(more).first.is_visible() == is_shown


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


@pytest.mark.parametrize("kind", ["", CHAPTER, "quiz/teams/", "print/"])
def test_keys_reach_everything(phone: Page, served: str, kind: str) -> None:
    """Tab walks to every link, field and button that shows, and shows where it is."""
    phone.goto(f"{served}zh/{kind}")
    wanted = phone.evaluate(f"[...document.querySelectorAll('{REACHED}')].filter({SHOWS}).length")
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


def test_words_on_a_button_are_seen_under_the_pointer(phone: Page, served: str) -> None:
    """A button is a link that paints its own ground: hovered or not, its words are another colour."""
    for kind in ("", CHAPTER, "print/"):
        phone.goto(f"{served}zh/{kind}")
        for button in phone.locator("article a.button:visible, .jumps a, .doors__print").all()[:6]:
            button.hover()
            type_, ground = button.evaluate(
                "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
            )
            assert type_ != ground, button.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white(browser: Browser, served: str, scheme: str) -> None:
    """Printed in the dark scheme as in the light one, and legible with backgrounds left out."""
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{served}zh/{CHAPTER}")
    page.emulate_media(media="print")
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    clear = "rgba(0, 0, 0, 0)"
    assert page.eval_on_selector("body", colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    for part in (".field", ".role-emergency", ".role-emergency .call", ".foot"):
        assert page.eval_on_selector(part, colours) == ["rgb(0, 0, 0)", clear], part
    page.close()
