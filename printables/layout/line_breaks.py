"""No line breaks within a measure, a range, a standard's number or a Chinese phrase, nor before the last few letters."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from printables.chapters.notation import UNITS
from printables.languages import HAN
from printables.layout.phrases import boundaries

JOINER = "\u2060"  # draws nothing, and no line breaks beside it (UAX #14, class WJ); a PDF's text lacks it
UNIT = "|".join(UNITS.values())
MEASURE = re.compile(rf"(?<=\d) (?={UNIT}|[{HAN}])")
STANDARD = re.compile(r"\b[A-Z]{2,4}/[A-Z]\b")  # a line could break after the slash: GB/T, JGJ/T
NUMBERED = re.compile(
    r"\b([A-Z]{2,4}(?:/[A-Z])?|No\.|Orders?|Articles?|Clauses?|Part) (?=\d)", re.ASCII
)
# What a number leans on: a verb of one character, or what it is compared by.
COUNTED = re.compile(
    r"(?:不?(?:超过|低于|高于|少于|大于|小于|到|足)|至少|最多|[打罚每第满约过达离距深高宽厚长等或])[ \u00a0](?=\d)"
)
LAST_WORDS = re.compile(r"(?<![^ ])([^ ]{1,11}) (\S{1,8}|\S+\u00a0\d+)$")
# Runs that no space holds together: a unit's own letters, a clause, the end of a Chinese text.
LONG = re.compile(rf"[\d.]+\u00a0(?:(?=[{HAN}])(?:{UNIT})(?:[内后前]|以[上下]|左右)?|\w+/\w+)")
CLAUSE = re.compile(
    r"第(?:[一二三四五六七八九十百]+|\d+)[章条款项号](?:之[一二三四五六七八九十]+)?"
)
GLOSS = re.compile(rf"\((?:[{HAN}]){{1,4}}\)")  # a Chinese word in English
RANGE = re.compile(r"[\d.]+\s?[%℃]?[–~～][\d.]+")
NUMBERS = re.compile(
    r"\b\d{3,5}、\d{3,5}[。；]?$"
)  # 119、120 at the end, where the second would stand alone
PREFIX = re.compile(r"\b(?:non|pre|re|co|e)-(?=[a-z])")
LAST_HAN = re.compile(rf"(?:[{HAN}]{{1,2}}|[、，；（）“”《》])[{HAN}][）”》]*[。！？；]?$")
TIED = re.compile(r"[0-9A-Za-z]{2}|\u00a0|.\u00a0")  # where no line breaks as it is
PAIR = re.compile(f"(?<=[{HAN}])(?=[{HAN}])")


@lru_cache(5_000)  # designs and sizes set the same texts
def hold(text: str) -> Markup:
    """Text that keeps numbers with their units, and more than one short word or character on its last line.

    A joiner stands between the characters of what stays together: before a long element that cannot break, WeasyPrint
    breaks much too early.
    """
    text = MEASURE.sub("\u00a0", text)
    text = NUMBERED.sub("\\1\u00a0", text)
    text = COUNTED.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    text = LAST_WORDS.sub("\\1\u00a0\\2", text)
    joints = set(_joints(text))
    return escape("".join(JOINER * (at in joints) + each for at, each in enumerate(text)))


def clauses(text: str) -> list[str]:
    """A Chinese text in clauses, each with the mark that ends it; another text is one."""
    return re.split(r"(?<=[，；。：！？])(?=.)", text)


def _joints(text: str) -> Iterator[int]:
    """Indices of the characters before which a line could break, and must not."""
    ends = boundaries(text) | {number.start() for number in COUNTED.finditer(text)}
    yield from (pair.start() for pair in PAIR.finditer(text) if pair.start() not in ends)
    for pattern in (STANDARD, RANGE, NUMBERS, PREFIX, LONG, CLAUSE, GLOSS, LAST_HAN):
        for run in pattern.finditer(text):
            within = range(run.start() + 1, run.end())
            yield from (at for at in within if not TIED.match(text, at - 1))
