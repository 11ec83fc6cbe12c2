"""How soon a page answers a finger or a key, as the browser itself counts it, on a processor four times slower."""

import pytest
from conftest import PHONE, slow_down
from playwright.sync_api import Browser
from test_search import WATCH

# As many printables as this project has: each chapter's shelf sixty times, as volumes of a book are named.
STOCK = """{
    let stock;
    Object.defineProperty(window, "stock", { get: () => stock, set: (given) => {
        stock = given;
        for (const [name, shelf] of Object.entries(given.shelves)) for (let at = 1; at < 60; at++) given.shelves[`${name}.${at}`] = shelf;
    }});
}"""
SELECTS = [f"select[name={name}] ArrowDown" for name in ("size", "design", "language", "chapter")]
ACTS = {
    "print/": [
        *SELECTS,
        ".ready__talk",
        "[name=all]",
        ".card__do button",
        ".unit > summary",
        "[name=empty]",
    ],
    "teams/confined-space/": [
        ".task-list-item label",
        ".quiz__check",
        ".role-quiz .options input",
        ".quiz__check",
        ".unit > summary",
        ".star",
    ],
    "quiz/teams/": [
        "button[value='10']",
        ".quiz__stage .options input",
        ".quiz__stage .quiz__check",
        ".quiz__next",
        ".quiz__stop",
    ],
}


@pytest.mark.alone
@pytest.mark.parametrize("kind", ACTS)
def test_a_tap_is_answered_at_once(browser: Browser, served: str, kind: str) -> None:
    """200 ms are wanted, and kept on a quiet machine; the limit leaves room for slower ones. What takes longer once but not always waits for other work."""
    took = answered(browser, f"{served}zh/{kind}", ACTS[kind])
    for _ in range(2):
        if max(took) > 200:
            took = list(map(min, took, answered(browser, f"{served}zh/{kind}", ACTS[kind])))
    assert max(took) <= 320, dict(zip(ACTS[kind], took, strict=True))


def answered(browser: Browser, address: str, acts: list[str]) -> list[float]:
    """ms until the page is painted after each of the acts: a key in a field, or a tap."""
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.add_init_script(WATCH + STOCK)
    page.goto(address, wait_until="load")
    slow_down(page)
    took = []
    for act in acts:
        one, _, key = act.partition(" Arrow")
        place = page.locator(one).first
        place.scroll_into_view_if_needed()
        page.wait_for_timeout(150)
        page.evaluate("slowest.length = 0")
        place.press(f"Arrow{key}") if key else place.click()
        page.wait_for_timeout(350)
        took.append(max(page.evaluate("slowest"), default=0))
    context.close()
    return took
