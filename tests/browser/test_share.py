"""How a page is handed on, and what a reader's device remembers."""

import pytest
from conftest import PHONE, follow
from playwright.sync_api import Browser, Page, expect

CHAPTER = "teams/confined-space/"


def test_links_are_copied(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}zh/{CHAPTER}?from=chat#how")
    page.locator("#never .anchor").click()
    expect(page.locator("#never .anchor")).to_have_attribute("data-copied", "已复制")
    copied = "navigator.clipboard.readText()"
    assert page.evaluate(copied) == f"{served}zh/{CHAPTER}#never"
    page.locator(".share summary").click()
    page.locator(".share__copy").click()
    expect(page.locator(".share__copy[data-copied]")).to_be_visible()
    address = page.evaluate(copied)
    assert address.startswith("https://") and address.endswith(f"/zh/{CHAPTER}")
    assert page.locator(".share__code svg").is_visible()
    context.close()


def test_a_page_without_a_clipboard_copies_all_the_same(phone: Page, served: str) -> None:
    phone.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    phone.add_init_script(
        "document.execCommand = () => { window.had = getSelection().toString(); }"
    )
    phone.goto(f"{served}en/{CHAPTER}")
    phone.locator("#never .anchor").click()
    assert phone.evaluate("had") == f"{served}en/{CHAPTER}#never"


def test_the_way_back_is_a_link(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/{CHAPTER}")
    follow(phone.locator(".field__kicker >> text=Reader for teams"))
    assert phone.url == f"{served}en/teams/"
    follow(phone.locator(".field__kicker a"))
    assert phone.url == f"{served}en/"


def test_contents_stay_at_hand_on_a_phone(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/{CHAPTER}")
    phone.mouse.wheel(0, 5000)
    phone.wait_for_timeout(300)
    contents = phone.locator(".contents")
    contents.locator("summary").click()
    contents.get_by_text("出事了").click()
    expect(contents).not_to_have_attribute("open", "")
    top = phone.locator("#emergency").bounding_box()
    bar = contents.bounding_box()
    assert top and bar and bar["y"] + bar["height"] <= top["y"] < 200  # not below the bar


def test_stars_reader_and_language_are_remembered(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/{CHAPTER}")
    phone.click(".star")
    expect(phone.locator(".star")).to_have_attribute("aria-pressed", "true")
    phone.goto(served)  # comes from elsewhere, and is led on
    expect(phone.locator(".doors a").first).to_contain_text("Last read")
    assert phone.url == f"{served}en/"
    follow(phone.locator(".starred a"))
    assert phone.url == f"{served}en/{CHAPTER}"
    phone.click(".star")
    phone.goto(f"{served}en/")
    assert not phone.locator(".starred").is_visible()


def test_the_size_of_type_is_remembered(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/{CHAPTER}")
    size = "parseFloat(getComputedStyle(document.querySelector('.role-points li')).fontSize)"
    before = phone.evaluate(size)
    phone.click(".foot__size button[value='1']")
    phone.click(".foot__size button[value='1']")
    phone.goto(f"{served}zh/")
    phone.goto(f"{served}zh/{CHAPTER}")
    assert phone.evaluate(size) == pytest.approx(before * 1.3, abs=0.2)
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_a_button_at_the_top_leads_to_sharing(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/{CHAPTER}")
    phone.locator(".jumps").get_by_text("把本页给同事").click()
    expect(phone.locator(".share__copy")).to_be_in_viewport()
