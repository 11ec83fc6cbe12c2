"""The wall and the site: a number is typed or scanned, known or not, and the site says what is withdrawn."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PHONE, serving, until
from playwright.sync_api import Browser, Page, expect
from test_measures import violations


@pytest.fixture(scope="module")
def issued(issued_site: Path) -> Iterator[str]:
    with serving(issued_site) as address:
        yield address


@pytest.mark.parametrize(
    "typed", ["dddddddd", " DDDD dddd", "2026-01-02·DDDDDDDD", "2026-01-02dddddddd"]
)
def test_a_number_that_is_typed_leads_to_its_edition(phone: Page, issued: str, typed: str) -> None:
    phone.goto(f"{issued}e/")
    phone.fill(".check input", typed)
    phone.press(".check input", "Enter")
    expect(phone).to_have_url(f"{issued}e/dddddddd/")


@pytest.mark.parametrize("typed", ["d", "ddddddde", "2026-01-02", "张三", '"]'])
def test_a_number_that_nobody_issued_is_not_to_be_trusted(
    phone: Page, issued: str, typed: str
) -> None:
    phone.goto(f"{issued}e/")
    phone.fill(".check input", typed)
    phone.click(".check button")
    told = phone.locator(".unknown")
    for words in ("不要相信这张纸", "Do not trust this sheet", "交给安全员", "safety officer"):
        expect(told).to_contain_text(words)
    assert phone.url == f"{issued}e/"


def test_without_a_script_the_list_tells(browser: Browser, issued: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{issued}e/")
    assert not page.locator(".check:visible, .choose:visible").count()
    assert "needs JavaScript" in (page.locator("noscript").text_content() or "")
    page.close()


def test_the_take_down_list_by_reader_and_year(phone: Page, issued: str) -> None:
    phone.goto(f"{issued}e/")
    rows = phone.locator(".row:visible")
    expect(rows).to_have_count(2)
    assert "Test reader" in phone.locator(".choose").inner_text()
    assert "{}" not in phone.locator("body").inner_text()
    phone.select_option("[name=reader]", "topics")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Sample")
    phone.select_option("[name=year]", "2026")
    expect(rows).to_have_count(1)
    phone.select_option("[name=reader]", "teams")
    expect(rows).to_contain_text("Confined-space work")


def test_every_foot_leads_there(issued_site: Path) -> None:
    for page in issued_site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        foot = html[html.index("<footer") :]
        up = (
            "/"
            if page.name == "404.html"
            else "../" * len(page.relative_to(issued_site).parts[:-1])
        )
        assert page.parent.name == "e" or f'href="{up}e/"' in foot, page


def test_a_bar_tells_what_is_withdrawn(issued_site: Path) -> None:
    def bar(place: str) -> str:
        html = (issued_site / place / "index.html").read_text(encoding="utf-8")
        found = re.search(r'<div class="withdrawn">.*?</div>', html, re.DOTALL)
        return found[0] if found else ""

    for language in ("zh", "en"):
        for place in ("", "print"):
            assert re.search(r'href="(\.\./)+e/"', bar(f"{language}/{place}")), place
        own = bar(f"{language}/topics/sample")
        assert 'href="../../../e/bbbbbbbb/"' in own and "2026-01-02·bbbbbbbb" in own
        assert not bar(f"{language}/teams/confined-space")  # replaced, not withdrawn
        assert not bar(f"{language}/glossary")


@pytest.mark.parametrize(
    ("asked", "face"),
    [("e/eeeeeeee/", "sheet"), ("e/x", "sheet"), ("e/EEEEEEEE/", "sheet"), ("zh/x/", "page")],
)
def test_an_unknown_code_is_not_a_page_that_moved(
    phone: Page, issued: str, issued_site: Path, asked: str, face: str
) -> None:
    """As servers answer with 404.html."""
    missing = (issued_site / "404.html").read_text(encoding="utf-8")
    phone.route(
        "**/*", lambda route: route.fulfill(status=404, body=missing, content_type="text/html")
    )
    phone.goto(f"{issued}{asked}")
    for door in phone.locator(".door").all():
        expect(door.locator(f".face--{face}")).to_be_visible()
        expect(door.locator(".face:visible")).to_have_count(1)
    if face == "sheet":
        assert phone.locator(".door").first.get_attribute("href") == "/e/"
        assert phone.title() == "不要相信这张纸 · Do not trust this sheet"
        expect(phone.locator(".door[lang=en]")).to_contain_text("Do not trust this sheet")
    assert not violations(phone)


def test_a_code_in_capitals_leads_to_its_edition(
    phone: Page, issued: str, issued_site: Path
) -> None:
    missing = (issued_site / "404.html").read_text(encoding="utf-8")
    phone.route(
        "**/e/DDDDDDDD/",
        lambda route: route.fulfill(status=404, body=missing, content_type="text/html"),
    )
    phone.goto(f"{issued}e/DDDDDDDD/")
    expect(phone).to_have_url(f"{issued}e/dddddddd/")


def test_offline_a_sheet_cannot_be_checked_and_a_page_is_not_said_to_be_missing(
    browser: Browser, issued_site: Path
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    with serving(issued_site) as address:
        page.goto(f"{address}zh/")
        page.evaluate("navigator.serviceWorker.ready")
        until(page, "Boolean(navigator.serviceWorker.controller)")
    context.set_offline(True)
    for asked, face in (
        ("e/dddddddd/", "unchecked"),
        ("e/DDDDDDDD/", "unchecked"),
        ("en/both/x/", "offline"),
    ):
        page.goto(f"{address}{asked}")
        expect(page.locator(f".door[lang=zh] .face--{face}")).to_be_visible()
        expect(page.locator(".face:visible")).to_have_count(2)
        assert page.title().startswith(page.locator(".face:visible strong").first.inner_text())
    page.goto(f"{address}zh/emergency/")
    expect(page.locator(".sight").first).to_be_attached()
    under = "[...document.querySelectorAll('.sights__all a')].at(-1).getBoundingClientRect().bottom"
    assert page.locator(".offline").bounding_box()["y"] >= page.evaluate(under)  # type: ignore[index]
    context.close()


def test_from_a_sheet_s_page_one_gets_home_and_to_what_to_do_now(issued_site: Path) -> None:
    for page in issued_site.glob("e/**/index.html"):
        html = page.read_text(encoding="utf-8")
        up = "../" * len(page.relative_to(issued_site).parts[:-1])
        for place in ("zh/", "en/", "zh/emergency/", "en/emergency/"):
            assert f'href="{up}{place}"' in html[html.index("<footer") :], page


def test_editions_that_stand_are_folded_by_chapter(phone: Page, issued: str) -> None:
    phone.goto(f"{issued}e/")
    group = phone.locator(".others details").first
    expect(group.locator("a").first).to_be_hidden()
    group.locator("summary").click()
    expect(group.locator("a").first).to_be_visible()
