"""Words of a chapter's file that no sheet and no book prints: whatever was written and is not parsed is found here."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from printables.chapters.chapter import LISTED, ROLES, SCENE, Section
from printables.chapters.prose import unmarked
from printables.chapters.table_typos import RULE
from printables.findings import Finding, finding, part

MOST_SHOWN = 40
OPENING = re.compile(r"\s*(?:(?:[-*+]|\d+\.)\s+|>\s?)*(?:\[[ xX]\]\s+)?")
HEADING = re.compile(r"##(?!#)")
PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")  # shown on pages only
ADDRESS = re.compile(r" {0,3}\[(?!\^)[^\]]+\]: *<?(?:https?:|mailto:|tel:|#|[\w./-]+\.[a-z]+\b)")


def lost(
    path: Path, body: str, first_line: int, sections: tuple[Section, ...]
) -> Iterator[Finding]:
    """A finding for each line of the Markdown `body` with words that are missing from what its section prints."""
    here: Section | None = None
    place, text = 0, ""
    by_line = {section.line: section for section in sections}
    for number, line in enumerate(body.split("\n"), first_line):
        if HEADING.match(line) and number in by_line:
            here = by_line[number]
            place, text = 0, _printed(here)
            continue
        words = _letters(_read(line))
        if not words or (here and here.role and here.role not in ROLES):
            continue
        found = text.find(words, place)
        if found >= 0:
            place = found + len(words)
        elif not (
            here and here.role == "quiz" and words in text
        ):  # reasons may come before answers
            shown = unmarked(_read(line)).strip()
            kept = part(_kept(here))
            yield finding("text-lost", path, number, here=shown[:MOST_SHOWN], kept=kept)


def _read(line: str) -> str:
    """A line without what makes it an item, a rule or an address."""
    if RULE.fullmatch(line) or ADDRESS.match(line) or line.startswith("!!!"):
        return ""
    return SCENE.sub("", PICTURE.sub("", OPENING.sub("", line, count=1)))


def _printed(section: Section) -> str:
    """The letters and figures of all that is printed of a section, in reading order."""
    if section.role in LISTED:
        texts: Iterator[str] = chain.from_iterable(
            (item.lead, item.text, *(option.text for option in item.options), item.explanation)
            if section.role == "quiz"
            else (item.lead, item.text)
            for item in section.items
        )
    elif section.role:
        texts = iter(section.paragraphs)
    else:
        rows = (row for passage in section.passages for row in passage.rows)
        texts = chain.from_iterable(rows)
    return _letters("".join(texts))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unmarked(text)))


def _kept(section: Section | None) -> str:
    if section is None:
        return "kept-sections"
    if section.role in LISTED:
        return "kept-items"
    return "kept-paragraphs" if section.role else "kept-passages"
