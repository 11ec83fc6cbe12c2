"""What is wrong with the items of a section: what they lack, and what they say twice."""

import re
from collections.abc import Iterator
from pathlib import Path

from printables.chapters.chapter import Item, Section
from printables.findings import Finding, finding

OPTIONS = range(2, 9)  # how many a question has: the letters of a paper are A to H
SEVERAL = re.compile("多选|[Mm]ore than one answer")  # in a question with several right answers


def wrong_items(path: Path, section: Section) -> Iterator[Finding]:
    """Items that lack what their role needs, and those that say the same."""
    for item in section.items:
        if item.lead or item.text:
            yield from _wrong(path, section.role, item)
        else:
            yield finding("item-empty", path, item.line)
    yield from _repeated(path, section.title, section.items)


def _wrong(path: Path, role: str, item: Item) -> Iterator[Finding]:
    if role == "points" and not (item.lead and item.text):
        yield finding("point-without-command", path, item.line)
    if role == "quiz" and not any(option.right for option in item.options):
        yield finding("quiz-without-answer", path, item.line)
    elif role == "quiz" and _many_right(item) and not SEVERAL.search(item.lead + item.text):
        yield finding("quiz-answers-many", path, item.line)
    elif role == "quiz" and len(item.options) not in OPTIONS:
        count, (least, most) = len(item.options), (OPTIONS[0], OPTIONS[-1])
        values = {"count": count, "least": least, "most": most}
        yield finding("quiz-options", path, item.line, **values)
    if role == "checklist" and not item.boxed:
        yield finding("checklist-without-box", path, item.line)
    if role == "quiz" and not item.explanation:
        yield finding("quiz-without-explanation", path, item.line)


def _repeated(path: Path, title: str, items: tuple[Item, ...]) -> Iterator[Finding]:
    """Items of a section, and options of a question, that an earlier one says already."""
    said: set[tuple[str, str]] = set()
    for item in items:
        if (item.lead, item.text) in said:
            yield finding("entry-twice", path, item.line, key=title, value=item.lead or item.text)
        said.add((item.lead, item.text))
        options = [option.text for option in item.options]
        for place, option in enumerate(options):
            if option in options[:place]:
                key = item.lead or item.text
                yield finding("entry-twice", path, item.line, key=key, value=option)


def _many_right(item: Item) -> bool:
    return sum(option.right for option in item.options) > 1
