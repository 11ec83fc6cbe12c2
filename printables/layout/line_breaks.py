"""No line breaks within a measure, a standard's number or a Chinese phrase, nor before the last few letters."""

import re
from collections.abc import Iterator, Sequence
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
LAST_WORDS = re.compile(r"(?<!\S)(\S{1,11}) (\S{1,8})$")
# Runs that no space holds together: a unit's own letters, a clause, the end of a Chinese text.
LONG = re.compile(rf"[\d.]+\u00a0(?:(?=[{HAN}])(?:{UNIT})|\w+/\w+)")
CLAUSE = re.compile(
    r"第(?:[一二三四五六七八九十百]+|\d+)[章条款项号](?:之[一二三四五六七八九十]+)?"
)
GLOSS = re.compile(rf"\((?:[{HAN}]){{1,4}}\)")  # a Chinese word in English
LAST_PAIR = re.compile(rf"[{HAN}]{{2}}[^\w\s]*$")
HYPHENED = re.compile(r"[A-Za-z]-[A-Za-z]")
LAST_HAN = re.compile(rf"[、，；（）“”《》{HAN}]{{2}}[{HAN}][）”》]*[。！？；]?$")
TIED = re.compile(r"[0-9A-Za-z]{2}|\u00a0|.\u00a0")  # where no line breaks as it is
PAIR = re.compile(f"(?<=[{HAN}])(?=[{HAN}])")


@lru_cache(5_000)  # designs and sizes set the same texts
def hold(text: str) -> Markup:
    """Text that keeps numbers with their units, and more than one short word or character on its last line.

    A joiner stands between the characters of what stays together: before a long element that cannot break, WeasyPrint
    breaks much too early.
    """
    return _tied(LAST_WORDS.sub("\\1\u00a0\\2", _measured(text)), LAST_HAN)


@lru_cache(5_000)
def words(text: str) -> Markup:
    """Text that parts between words wherever it must, for boxes with room for a word or two: a column's title."""
    return _tied(_measured(text), LAST_PAIR, HYPHENED)


def _measured(text: str) -> str:
    """Text that keeps numbers with what is counted."""
    return NUMBERED.sub("\\1\u00a0", MEASURE.sub("\u00a0", text))


def _tied(text: str, *runs: re.Pattern[str]) -> Markup:
    joints = set(_joints(text, runs))
    return escape("".join(JOINER * (at in joints) + each for at, each in enumerate(text)))


def _joints(text: str, runs: Sequence[re.Pattern[str]]) -> Iterator[int]:
    """Indices of the characters before which a line could break, and must not."""
    phrases = boundaries(text)
    yield from (pair.start() for pair in PAIR.finditer(text) if pair.start() not in phrases)
    for pattern in (STANDARD, LONG, CLAUSE, GLOSS, *runs):
        for run in pattern.finditer(text):
            within = range(run.start() + 1, run.end())
            yield from (at for at in within if not TIED.match(text, at - 1))
