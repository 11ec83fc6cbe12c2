"""No line breaks within a measure, between a standard and its number, before the last few letters."""

import re

from markupsafe import Markup, escape

from printables.chapters.notation import UNITS
from printables.languages import HAN

UNIT = "|".join(UNITS.values())
MEASURE = re.compile(rf"(?<=\d) (?={UNIT}|[{HAN}])")
STANDARD = re.compile(r"\b[A-Z]{2,4}/[A-Z]\b")  # a line could break after the slash: GB/T, JGJ/T
NUMBERED = re.compile(
    r"\b([A-Z]{2,4}(?:/[A-Z])?|No\.|Orders?|Articles?|Clauses?|Part) (?=\d)", re.ASCII
)
LAST_WORDS = re.compile(r"(?<!\S)(\S{1,11}) (\S{1,8})$")
# Runs that no space holds together: a unit's own letters, the end of a Chinese text.
LONG = re.compile(rf"[\d.]+\u00a0(?:(?=[{HAN}])(?:{UNIT})|\w+/\w+)")
CLAUSE = re.compile(r"第[一二三四五六七八九十百]+[章条款项]")
GLOSS = re.compile(rf"\((?:[{HAN}]){{1,4}}\)")  # a Chinese word in English
LAST_HAN = re.compile(rf"[、，；（）“”《》{HAN}]{{2}}[{HAN}][）”》]*[。！？；]?$")


def hold(text: str) -> Markup:
    """Text that keeps numbers with their units, and more than one short word or character on its last line.

    Words are held by a no-break space: WeasyPrint breaks much too early before a long element that cannot break.
    """
    text = MEASURE.sub("\u00a0", text)
    text = NUMBERED.sub("\\1\u00a0", text)
    text = LAST_WORDS.sub("\\1\u00a0\\2", text)
    held, done = Markup(), 0
    for start, end in _runs(text):
        held += escape(text[done:start]) + Markup('<span class="held">{}</span>').format(
            text[start:end]
        )
        done = end
    return held + escape(text[done:])


def _runs(text: str) -> list[tuple[int, int]]:
    """Begin and end of the runs that stay on one line; overlapping runs are joined."""
    spans = (
        match.span()
        for pattern in (STANDARD, LONG, CLAUSE, GLOSS, LAST_HAN)
        for match in pattern.finditer(text)
    )
    runs: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if runs and start < runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], end)
        else:
            runs.append((start, end))
    return runs
