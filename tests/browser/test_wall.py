"""The pages of editions on a phone, with scripts off: what stands there is seen before anybody scrolls."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import wall
from conftest import PHONE
from playwright.sync_api import Browser, Page
from test_measures import violations
from wall import FRIDAY, RUNGS, issued, register, withdrawn

from printables.chapters.owner import Owner
from printables.job import Job
from printables.layout.edition import number

YESTERDAY = date.today() - timedelta(days=1)
LAST = date(2100, 1, 31)  # of the rules behind the sheet whose page is called "ending"
STATES = {
    "current": ("rgb(0, 105, 62)", "现行版"),
    "superseded": ("rgb(255, 201, 0)", "已有新版"),
    "withdrawn": ("rgb(176, 0, 0)", "Withdrawn"),
    "checking": ("rgb(255, 201, 0)", "正在核对"),
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
    addresses = {
        name: (site / place).as_uri() for name, place in (places | {"list": "e/index.html"}).items()
    }
    for name, until in (("checking", YESTERDAY), ("ending", LAST)):
        other = tmp_path_factory.mktemp(name)
        wall.write(other, log, [poster], base_owner, until=until)
        addresses[name] = (other / places["current"]).as_uri()
    return addresses


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
    head = still.locator("header.state:visible")
    assert word in head.locator("h1").inner_text()
    assert head.evaluate("e => getComputedStyle(e).backgroundColor") == colour
    for part in ("h1", ".do", ".sheet"):
        box = head.locator(part).first.bounding_box()
        assert box and box["y"] + box["height"] < PHONE["height"] * (
            0.9 if state == "checking" else 0.6
        )
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


@pytest.mark.parametrize(
    ("now", "state"),
    [("2100-01-31T23:50:00", "current"), ("2100-02-01T00:10:00", "checking")],
    ids=["last-day", "day-after"],
)
def test_from_the_day_on_a_page_says_by_itself_that_its_rule_is_over(
    browser: Browser, pages: dict[str, str], now: str, state: str
) -> None:
    page = browser.new_page(viewport=PHONE, timezone_id="Asia/Shanghai")
    page.clock.set_fixed_time(datetime.fromisoformat(f"{now}+08:00"))
    page.goto(pages["ending"])
    [head] = page.locator("header.state:visible").all()
    assert state in (head.get_attribute("class") or "").split()
    assert "2100-02-01" in page.locator("main").inner_text()
    if state == "checking":
        told = head.inner_text()
        assert "《梯子安全使用规范》，2100-02-01 起已被代替；内容正在核对。" in told
        assert "“Safe use of ladders”, was replaced on 2100-02-01; it is being checked." in told
    page.close()


def test_without_a_script_the_end_of_a_rule_is_written_down(
    still: Page, pages: dict[str, str]
) -> None:
    still.goto(pages["ending"])
    assert still.locator("header.current").is_visible()
    assert not still.locator("header.checking").is_visible()
    assert "GB 12142-2030" in still.locator("main").inner_text()
