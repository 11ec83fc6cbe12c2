"""Where lines end on a phone: never before a closing mark, nor within a number and what belongs to it; and how one gets along a long page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

PAGES = ["", "teams/confined-space/", "topics/sample/", "emergency/", "sources/", "glossary/", "print/", "both/teams/confined-space/"]  # fmt: skip
LONG = ["teams/confined-space/", "sources/", "both/teams/confined-space/", "quiz/teams/", "scenes/"]
# The lines of every paragraph, item, cell and heading, as the browser has set them.
LINES = r"""() => {
    const BLOCKS = "p, li, td, th, h1, h2, h3";
    const found = [];
    for (const one of document.querySelectorAll("article details")) one.open = true;
    for (const block of document.querySelectorAll(`article :is(${BLOCKS}), .field :is(${BLOCKS})`)) {
        const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const lines = [];
        let below = -Infinity;
        while (texts.nextNode()) {
            const text = texts.currentNode;
            if (text.parentElement.closest(BLOCKS) !== block || text.parentElement.closest(".source")) continue;
            for (let at = 0; at < text.length; at += 1) {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                const [box] = range.getClientRects();
                if (!box?.width) continue;
                if (box.top >= below - 4) lines.push("");
                below = Math.max(below, box.bottom - 3);
                lines[lines.length - 1] += text.data[at];
            }
        }
        found.push(...lines.slice(1).map((line, at) => [lines[at], line]));
    }
    return found;
}"""
TORN = [
    (r"", r"[。，；、：！？）”]"),
    (r"[\d万元亿%]\s*[–～-]", r"\d"),
    (r"\d", r"\s*(?:[–～%]|m\b|次|分钟|秒|米|万|元|天|小时|人)"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_tears_a_number_or_begins_with_a_mark(
    phone: Page, served: str, language: str
) -> None:
    wrong, seen = [], 0
    for page in PAGES:
        phone.goto(f"{served}{language}/{page}")
        lines = phone.evaluate(LINES)
        seen += len(lines)
        wrong += [
            (page, end, begin)
            for end, begin in lines
            for before, behind in TORN
            if re.search(f"(?:{before})\\s*$", end) and re.match(behind, begin)
        ]
    assert seen > 100 and not wrong


@pytest.mark.parametrize("page", LONG)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_page_has_a_list_to_jump_by(site: Path, language: str, page: str) -> None:
    html = (site / language / page / "index.html").read_text(encoding="utf-8")
    _, _, rest = html.partition('<details class="contents')
    named = re.findall(r'href="#([^"]+)"', rest.partition("</details>")[0])
    assert named
    assert set(named) <= set(re.findall(r' id="([^"]+)"', html))


def test_a_jump_leads_below_the_list_that_stays(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/sources/")
    phone.locator(".contents summary").click()
    phone.locator(".contents__in a").nth(3).click()
    heading = phone.locator("h3:target")
    expect(heading).to_be_in_viewport()
    bar, place = phone.locator(".contents").bounding_box(), heading.bounding_box()
    assert bar and place and place["y"] >= bar["y"] + bar["height"]
