"""What is new: in plain words, by day, marked since the last visit; the feed tells the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import follow, serving
from playwright.sync_api import Page, expect
from test_measures import violations

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def issued(issued_site: Path) -> Iterator[str]:
    with serving(issued_site) as address:
        yield address


def test_the_page_says_what_changed_and_what_was_withdrawn(phone: Page, issued: str) -> None:
    phone.goto(f"{issued}en/")
    follow(phone.locator(".newest a"))
    expect(phone.locator(".news").first).to_be_visible()
    days = phone.locator(".news h2").all_inner_texts()
    assert days == sorted(days, reverse=True)
    assert days[-2:] == ["2026-03-03", "2025-03-02"] and "2026-06-07" in days
    told = phone.locator("article").inner_text()
    for words in (
        "Air first, <then test>",
        "Withdrawn",
        "The emergency number is wrong",
        "Reviewed",
    ):
        assert words in told
    phone.locator(".news li", has_text="Air first").locator("summary").click()
    follow(phone.get_by_role("link", name="dddddddd"))
    assert phone.url == f"{issued}e/dddddddd/"


def test_what_came_since_the_last_visit_is_marked(phone: Page, issued: str) -> None:
    phone.goto(f"{issued}zh/changes/")
    assert not phone.locator(".is-new").count()  # nobody was here before
    phone.evaluate("""localStorage.visit = '["2026-05-06", null]'""")
    phone.reload()
    marked = phone.locator(".is-new").evaluate_all("all => all.map((one) => one.dataset.day)")
    assert "2026-05-06" in marked and "2026-06-07" in marked and "2026-03-03" not in marked
    phone.goto(f"{issued}zh/")  # still the same visit
    expect(phone.locator(".newest b")).to_have_text(f"上次来过以后有 {len(marked)} 项")
    assert phone.locator(".chapters .is-new").count()


def test_lists_of_chapters_have_dates(site: Path) -> None:
    for place in ("zh", "zh/teams"):
        html = (site / place / "index.html").read_text(encoding="utf-8")
        assert re.search(r"审核日期 <time>\d{4}-\d\d-\d\d</time>", html), place


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_feed_tells_the_same_and_can_be_read(
    phone: Page, issued: str, issued_site: Path, language: str
) -> None:
    root = ElementTree.parse(issued_site / language / "feed.xml").getroot()
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    said = " ".join(entry.findtext(f"{ATOM}summary") or "" for entry in root.iter(f"{ATOM}entry"))
    assert len(ids) == len(set(ids)) > 5
    assert {"zh": "先通风 <再检测>", "en": "Air first, <then test>"}[language] in said
    for name in (f"{language}/feed.xml", "recall.xml"):
        phone.goto(issued + name)
        shown = phone.evaluate(
            "getComputedStyle(document.querySelector('entry')).borderTopWidth + getComputedStyle(document.querySelector('entry > id')).display"
        )
        assert shown != "0px" and shown.endswith("none")


def test_axe_finds_nothing_serious(phone: Page, issued: str) -> None:
    for place in ("zh/changes/", "en/topics/sample/", "zh/print/"):  # with the bars
        phone.goto(issued + place)
        assert not violations(phone), place
