"""What a browser's printer makes of a page, and how its lines break."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser

CHAPTER = "teams/confined-space/"


@pytest.mark.parametrize(("language", "edition"), [("zh", "版次"), ("en", "Edition")])
def test_a_chapter_is_printed_on_few_pages_with_its_edition(
    browser: Browser, served: str, language: str, edition: str
) -> None:
    page = browser.new_page()
    page.goto(f"{served}{language}/{CHAPTER}")
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    said = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    assert len(document) <= 6
    assert f"{edition} 2026-" in said[-1] and f"/{language}/{CHAPTER}" in said[-1]
    assert "119" in said[-1]
    for button in page.locator("article button, .star, .share summary, .contents").all():
        page.emulate_media(media="print")
        assert not button.is_visible(), button.inner_text()
    page.close()


# Where each line of the text begins: the character, and the one before it.
LINES = """() => {
    const found = [];
    const walk = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let above = null, before = "";
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (!node.parentElement.checkVisibility() || node.parentElement.closest("svg, select, button")) continue;
        const block = node.parentElement.closest("li, p, h1, h2, h3, td, th, div, summary");
        for (let at = 0; at < node.length; at++) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect();
            if (!box.width || !node.data[at].trim()) continue;
            const turns = above && above.block === block && box.left < above.left && box.top > above.top + above.height / 2;
            if (turns) found.push([before, node.data[at], node.data.slice(Math.max(0, at - 12), at + 12), Boolean(node.parentElement.closest(".source"))]);
            above = { block, left: box.left, top: box.top, height: box.height };
            before = node.data[at];
        }
    }
    return found;
}"""
CLOSING = "，。、；：？！）》”％"


@pytest.mark.parametrize("width", [320, 360])
def test_no_line_begins_with_a_closing_mark_or_a_note(
    browser: Browser, served: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740})
    for kind in (CHAPTER, "topics/sample/", "", "print/", "teams/"):
        page.goto(f"{served}zh/{kind}")
        lines = page.evaluate(LINES)
        assert not [line for line in lines if line[1] in CLOSING]
        assert not [line for line in lines if line[3]]
        assert not [line for line in lines if line[0] == "–" and line[1].isdigit()]
    page.close()
