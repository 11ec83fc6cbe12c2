"""The pages of editions on a phone, with scripts off: what stands there is seen before anybody scrolls."""

from collections.abc import Iterator

import pytest
import wall
from conftest import PHONE
from playwright.sync_api import Browser, Page
from test_measures import violations
from wall import FRIDAY, RUNGS, issued, register, withdrawn

from printables.chapters.owner import Owner
from printables.job import Job
from printables.layout.edition import number

STATES = {
    "current": ("rgb(0, 105, 62)", "现行版"),
    "superseded": ("rgb(255, 201, 0)", "已有新版"),
    "withdrawn": ("rgb(176, 0, 0)", "Withdrawn"),
    "proof": ("rgb(255, 255, 255)", "Proof"),
}


@pytest.fixture(scope="module")
def pages(
    tmp_path_factory: pytest.TempPathFactory, base_jobs: dict[tuple[str, str], Job],
    base_owner: Owner,
) -> dict[str, str]:  # fmt: skip
    """The address of a page for every state, and that of the list."""
    site = tmp_path_factory.mktemp("wall")
    poster, flyer = base_jobs["poster", "zh"], base_jobs["flyer", "en"]
    old, bad = issued(poster, id="aaaaaaaa"), issued(flyer, id="bbbbbbbb")
    log = register(old, issued(poster, FRIDAY, RUNGS), bad, withdrawn(bad))
    wall.write(site, log, [poster, base_jobs["poster", "en"]], base_owner)
    ids = {
        "current": number(poster.edition),
        "superseded": old.id,
        "withdrawn": bad.id,
        "proof": number(base_jobs["poster", "en"].edition),
    }
    places = {state: f"e/{number}/index.html" for state, number in ids.items()}
    return {
        name: (site / place).as_uri() for name, place in (places | {"list": "e/index.html"}).items()
    }


@pytest.fixture(params=["light", "dark"])
def still(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A phone on which no script runs."""
    page = browser.new_page(
        viewport=PHONE, java_script_enabled=False, color_scheme=request.param
    )  # fmt: skip
    yield page
    page.close()


@pytest.mark.parametrize("state", STATES)
def test_the_state_fills_the_first_screen(still: Page, pages: dict[str, str], state: str) -> None:
    colour, word = STATES[state]
    still.goto(pages[state])
    head = still.locator("header.state")
    assert word in head.locator("h1").inner_text()
    assert head.evaluate("e => getComputedStyle(e).backgroundColor") == colour
    for part in ("h1", ".do", ".sheet"):
        box = head.locator(part).bounding_box()
        assert box and box["y"] + box["height"] < PHONE["height"] * 0.6
    size = head.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 40


@pytest.mark.parametrize("name", [*STATES, "list"])
def test_nothing_is_wider_than_the_phone(still: Page, pages: dict[str, str], name: str) -> None:
    still.goto(pages[name])
    wide = still.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious(
    browser: Browser, pages: dict[str, str], width: int, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    for name, address in pages.items():
        page.goto(address)
        found = violations(page)
        assert not found, (name, found)
    page.close()


@pytest.mark.parametrize("name", [*STATES, "list"])
def test_a_thumb_finds_every_link(still: Page, pages: dict[str, str], name: str) -> None:
    still.goto(pages[name])
    for link in still.locator(".button, .foot a").all():
        box = link.bounding_box()
        assert box and box["height"] >= 44


def test_on_paper_only_what_comes_down(still: Page, pages: dict[str, str]) -> None:
    still.goto(pages["list"])
    assert not still.locator(".box").first.is_visible()
    still.emulate_media(media="print")
    assert still.locator(".box").count() == 2
    assert all(box.is_visible() for box in still.locator(".box").all())
    assert not any(part.is_visible() for part in still.locator(".others").all())
    ground = still.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
