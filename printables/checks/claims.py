"""What a chapter claims against what its sources say: figures that no cited clause holds, penalties that rest on practice."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from printables.chapters.bibliography import Bibliography, split
from printables.chapters.chapter import MARK, Chapter
from printables.chapters.prose import Block, unmarked
from printables.chapters.quantities import Quantity, quantities
from printables.findings import Finding, finding
from printables.languages import FACTS

MARKS = re.compile(rf"(?:{MARK.pattern}\s*)+")
DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Claim:
    """A text up to its marks: its quantities, the words in it that only a statute can say, and its line from 1."""

    line: int
    marks: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    statutory: str = ""


def claims(language: str, blocks: Iterable[Block]) -> tuple[Claim, ...]:
    """The claims of a chapter in reading order; a row of a table has the marks of the head, too."""
    return tuple(_claims(FACTS[language].statutory, blocks))


def _claims(statutory: re.Pattern[str], blocks: Iterable[Block]) -> Iterator[Claim]:
    head: tuple[str, ...] | None = None
    for block in blocks:
        if block.kind == "row":
            head = block.marks if head is None else head
            marks = tuple(dict.fromkeys(block.marks + head))
            parts = [(block.source, marks)] if marks else []
        else:
            head = None
            parts = list(_parts(block.source))
        for source, marks in parts:
            text = unmarked(source)
            word = statutory.search(text)
            yield Claim(block.line, marks, tuple(quantities(text)), word[0] if word else "")


def _parts(source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The text before each run of marks, and the marks; what stands behind the last is no claim."""
    begin = 0
    for run in MARKS.finditer(source):
        yield source[begin : run.start()], tuple(MARK.findall(run[0]))
        begin = run.end()


def unsupported(
    chapter: Chapter, told: Iterable[Claim], bibliography: Bibliography
) -> Iterator[Finding]:
    """Claims whose sources do not say them. All their marks stand in the bibliography.

    Where practice is among the marks, a figure may be our own. A document cited as a whole that does not say what
    chapters rest on cannot be held against anything.
    """
    for claim in told:
        kinds = {bibliography.documents[split(mark)[0]].kind for mark in claim.marks}
        if kinds == {"practice"} and claim.statutory:
            yield finding("statute-on-practice", chapter.path, claim.line, word=claim.statutory)
        if "practice" not in kinds and claim.quantities:
            yield from _foreign(chapter.path, claim, chapter.language, bibliography)


def _foreign(
    path: Path, claim: Claim, language: str, bibliography: Bibliography
) -> Iterator[Finding]:
    said = [bibliography.says(mark, language) for mark in claim.marks]
    if not all(said):
        return
    held = quantities(" ".join(said))
    named = {
        digits
        for mark in claim.marks
        for digits in DIGITS.findall(" ".join(bibliography.names(mark, language)))
    }
    for quantity in claim.quantities:
        digits = DIGITS.search(quantity.written)
        if digits and digits[0] in named:
            continue
        if not any(_agree(quantity, other) for other in held):
            marks = " ".join(f"[^{mark}]" for mark in claim.marks)
            values = {"number": quantity.written, "marks": marks}
            yield finding("number-not-in-source", path, claim.line, **values)


def _agree(one: Quantity, other: Quantity) -> bool:
    """The same figure; a unit is left out where the next figure names it: 20–30 m."""
    return one.value == other.value and (one.unit == other.unit or "" in (one.unit, other.unit))
