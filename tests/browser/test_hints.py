"""Hints of the glossary: opened by tap and by keyboard, never past the edge of a phone, links where no script runs."""

from pathlib import Path

import pytest
from conftest import PHONE
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
        expect(phone.locator(".hint a")).to_be_focused()
        phone.keyboard.press("Escape")
        expect(phone.locator(".hint")).to_have_count(0)
        expect(word).to_be_focused()
        expect(word).to_have_attribute("aria-expanded", "false")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")  # out of the panel
    expect(phone.locator(".hint")).to_have_count(0)


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
    word.click()
    expect(page.locator("li:target")).to_contain_text(means)
    page.close()


def test_hints_work_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site.as_uri()}/zh/{CHAPTERS[0]}index.html")
    page.locator("a.term").first.click()
    expect(page.locator(".hint")).to_be_visible()
    page.close()
