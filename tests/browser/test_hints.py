"""Hints of the glossary: opened by tap and by keyboard, never past the edge of a phone, links where no script runs."""

from pathlib import Path

import pytest
from conftest import PHONE, follow
from playwright.sync_api import Browser, Page, expect

CHAPTERS = ("teams/confined-space/", "both/teams/confined-space/")


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_hint_opens_within_the_screen_of_a_phone(
    phone: Page, served: str, language: str, chapter: str
) -> None:
    phone.goto(f"{served}{language}/{chapter}")
    words = phone.locator("a.term")
    assert words.count() > 5
    for place in range(words.count()):
        word = words.nth(place)
        phone.keyboard.press("Escape")  # the one before may stand over this word
        word.click()
        shown = phone.locator(".hint")
        expect(shown).to_have_count(1)
        expect(shown.locator("[data-hint=means]")).to_have_text(
            word.get_attribute("data-means") or ""
        )
        box = shown.bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], word.inner_text()
        assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], word.inner_text()


def test_a_tap_opens_the_word_in_both_languages_and_a_tap_elsewhere_closes_it(
    phone: Page, served: str
) -> None:
    phone.goto(f"{served}en/{CHAPTERS[0]}")
    phone.locator("a.term", has_text="confined space").click()
    twin = phone.locator(".hint [data-hint=twin]")
    expect(twin).to_have_text("有限空间")
    assert twin.get_attribute("lang") == "zh"
    phone.locator(".hint [data-hint=means]").click()  # in the panel: it stays
    expect(phone.locator(".hint")).to_have_count(1)
    phone.locator(".role h2").first.click()
    expect(phone.locator(".hint")).to_have_count(0)


def test_the_keyboard_opens_a_hint_reaches_its_link_and_comes_back(
    phone: Page, served: str
) -> None:
    phone.goto(f"{served}en/{CHAPTERS[0]}")
    word = phone.locator("a.term").first
    word.focus()
    for key in ("Enter", "Space"):
        phone.keyboard.press(key)
        expect(word).to_have_attribute("aria-expanded", "true")
        expect(word).to_be_focused()
        phone.keyboard.press("Tab")
        expect(phone.locator(".hint a").first).to_be_focused()
        phone.keyboard.press("Escape")
        expect(phone.locator(".hint")).to_have_count(0)
        expect(word).to_be_focused()
        expect(word).to_have_attribute("aria-expanded", "false")
    phone.keyboard.press("Enter")
    for _ in range(phone.locator(".hint a").count() + 1):  # out of the panel
        phone.keyboard.press("Tab")
    expect(phone.locator(".hint")).to_have_count(0)


def test_a_hint_leads_to_the_law_and_the_sign_of_its_term(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/{CHAPTERS[0]}")
    phone.locator("a.term", has_text="confined space").click()
    links = phone.locator(".hint a")
    assert [link.split(":")[0] for link in links.all_inner_texts()] == [
        "Glossary", "Rests on", "Sign",
    ]  # fmt: skip
    ways = links.evaluate_all("all => all.map((one) => one.href)")
    assert ways[1:] == [f"{served}en/sources/#gb46768", f"{served}en/signs/#W041"]
    for way in ways:
        phone.goto(way)
        expect(phone.locator(":target")).to_be_attached()


def test_a_hint_in_a_checklist_ticks_nothing(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/topics/sample/")
    word = phone.locator(".role-checklist a.term").first
    word.click()
    phone.locator(".hint [data-hint=means]").click()
    assert not phone.locator(".role-checklist :checked").count()


def test_without_a_script_a_hint_is_a_link_to_the_sentence(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}en/{CHAPTERS[0]}")
    word = page.locator("a.term").first
    means = word.get_attribute("data-means") or ""
    follow(word)
    expect(page.locator("li:target")).to_contain_text(means)
    page.close()


def test_hints_work_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site.as_uri()}/zh/{CHAPTERS[0]}index.html")
    page.locator("a.term").first.click()
    expect(page.locator(".hint")).to_be_visible()
    page.close()


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_mark_opens_what_its_clause_says_within_the_screen_of_a_phone(
    phone: Page, served: str, language: str, chapter: str
) -> None:
    phone.goto(f"{served}{language}/{chapter}")
    marks = phone.locator("a.source[role=button]")
    assert marks.count() > 20
    seen = set()
    for place in range(marks.count()):
        mark = marks.nth(place)
        entry = (mark.get_attribute("href") or "").removeprefix("#")
        if entry in seen:
            continue
        seen.add(entry)
        mark.click()
        shown = phone.locator(".hint")
        listed = phone.locator(f"[id='{entry}']")
        says = listed.get_attribute("data-means") or ""
        assert len(says) > 5
        expect(shown.locator("[data-hint=means]")).to_have_text(says)
        expect(shown.locator("a")).to_have_count(1)
        box = shown.bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], says
        assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], says


def test_the_keyboard_opens_a_mark_and_its_link_leads_to_the_clause(
    phone: Page, served: str
) -> None:
    phone.goto(f"{served}en/{CHAPTERS[0]}")
    mark = phone.locator("a.source").first
    says = phone.locator(mark.get_attribute("href") or "").get_attribute("data-means") or ""
    mark.focus()
    phone.keyboard.press("Space")
    expect(mark).to_have_attribute("aria-expanded", "true")
    phone.keyboard.press("Tab")
    expect(phone.locator(".hint a")).to_be_focused()
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    expect(phone.locator("li:target")).to_contain_text(says)
    assert "/en/sources/#" in phone.url


def test_without_a_script_a_mark_leads_to_the_list_and_that_to_the_clause(
    browser: Browser, served: str
) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}zh/{CHAPTERS[0]}")
    follow(page.locator("a.source").first)
    entry = page.locator("em:target")
    says = entry.get_attribute("data-means") or ""
    follow(entry.locator("a.back"))
    expect(page.locator("a.source").first).to_be_in_viewport()
    page.go_back()
    follow(entry.locator("a:not(.back)"))
    expect(page.locator("li:target")).to_contain_text(says)
    page.close()


def test_on_the_quiz_of_a_reader_a_mark_leads_to_the_page_that_lists_its_source(
    phone: Page, served: str
) -> None:
    phone.goto(f"{served}en/quiz/teams/")
    assert phone.locator("a.source").count() > 0
    assert phone.locator("a.source[role=button]").count() == 0
