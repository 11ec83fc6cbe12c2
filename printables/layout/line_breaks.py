"""No line breaks within a measure, a range, a standard's number or a Chinese phrase, nor before the last few letters; a command breaks once."""

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from printables.chapters.notation import UNITS
from printables.glyphs import width_em
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
    r"(?:不?(?:超过|低于|高于|少于|大于|小于|到|足)|至少|最多|大约|[相间]距|距离|[打罚每第满约过达离距深高宽厚长等或])[ \u00a0](?=\d)"
)
# A line that ends so says the opposite.
NEGATED = re.compile(r"\b([Nn]o|[Nn]ot|[Nn]ever|[Dd]on't|[Cc]annot) (?=\w{1,9}\b)")
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
LAST_PAIR = re.compile(rf"[{HAN}]{{2}}[^\w\s]*$")
HYPHENED = re.compile(r"[A-Za-z]-[A-Za-z]")
TIED = re.compile(r"[0-9A-Za-z]{2}|\u00a0|.\u00a0")  # where no line breaks as it is
PAIR = re.compile(f"(?<=[{HAN}])(?=[{HAN}])")
CLAUSE_END = re.compile(r"[，、：；？](?!$)|[,:;?] ")
# How much longer the lines of a command may be that end with clauses than those that words end, or what a dictionary parts.
WORD, PHRASE = 1.25, 1.5
# The weight of a reason, and the em of one that has room on two lines of every sheet.
REASON, TWO_LINES = "Medium", 30.0
EVEN = "Bold"  # the weight of what is set on even lines


@lru_cache(5_000)  # designs and sizes set the same texts
def hold(text: str) -> Markup:
    """Text that keeps numbers with their units, and more than one short word or character on its last line.

    A joiner stands between the characters of what stays together: before a long element that cannot break, WeasyPrint
    breaks much too early.
    """
    text = LAST_WORDS.sub("\\1\u00a0\\2", _measured(text))
    return _joined(text, set(_joints(text, (NUMBERS, LAST_HAN))))


@lru_cache(5_000)
def hold_reason(text: str) -> Markup:
    """A reason below its command: one line, or two about even ones, which end with a clause where they can."""
    return hold_command(text) if width_em(text, REASON) <= TWO_LINES else hold(text)


@lru_cache(5_000)
def hold_even(text: str, most_em: float) -> Markup:
    """A text on two about even lines if they have room in `most_em`, else as `hold` holds it."""
    is_short = width_em(text, EVEN) <= most_em
    fits = all(width_em(half.rstrip(), EVEN) <= most_em for half in halves(text))
    return hold_command(text) if fits and not is_short else hold(text)


@lru_cache(5_000)
def words(text: str) -> Markup:
    """Text that parts between words wherever it must, for boxes with room for a word or two: a column's title."""
    text = _measured(text)
    return _joined(text, set(_joints(text, (LAST_PAIR, HYPHENED), narrow=True)))


def _measured(text: str) -> str:
    """Text with its measures and numbers each in one piece, and a negation with what it denies."""
    text = NUMBERED.sub("\\1\u00a0", MEASURE.sub("\u00a0", text))
    text = NEGATED.sub("\\1\u00a0", text)
    return COUNTED.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def _joined(text: str, joints: Container[int]) -> Markup:
    return escape("".join(JOINER * (at in joints) + each for at, each in enumerate(text)))


def halves(command: str) -> tuple[str, ...]:
    """The two lines of a command that has no room on one; a clause each where they are about even, else words or phrases.

    One line if it has no place to break.
    """
    text = _measured(command)
    places = dict.fromkeys(boundaries(text), PHRASE)
    places |= {space.end(): WORD for space in re.finditer(" ", text)}
    places |= {end.end(): 1.0 for end in CLAUSE_END.finditer(text)}
    if not places:
        return (text,)

    def cost(at: int) -> float:
        return places[at] * max(width_em(text[:at].rstrip()), width_em(text[at:]))

    at = min(sorted(places), key=cost)
    return text[:at], text[at:]


@lru_cache(5_000)
def hold_command(command: str) -> Markup:
    """A command that breaks between its halves only."""
    lines = (re.sub(r" (?=\S)", "\u00a0", line) for line in halves(command))
    return Markup().join(
        _joined(line, {at for at in range(1, len(line)) if not TIED.match(line, at - 1)})
        for line in lines
    )


def clauses(text: str) -> list[str]:
    """A Chinese text in clauses, each with the mark that ends it; another text is one."""
    return re.split(r"(?<=[，；。：！？])(?=.)", text)


def _joints(text: str, last: Sequence[re.Pattern[str]], narrow: bool = False) -> Iterator[int]:
    """Indices of the characters before which a line could break, and must not; `last` are the runs that end a text."""
    ends = boundaries(text, narrow) | {number.start() for number in COUNTED.finditer(text)}
    yield from (pair.start() for pair in PAIR.finditer(text) if pair.start() not in ends)
    for pattern in (STANDARD, RANGE, PREFIX, LONG, CLAUSE, GLOSS, *last):
        for run in pattern.finditer(text):
            within = range(run.start() + 1, run.end())
            yield from (at for at in within if not TIED.match(text, at - 1))
