"""Citation checks: numbers and rules without a source, standards that were replaced."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from printables.chapters.bibliography import Bibliography
from printables.chapters.prose import Block
from printables.chapters.quantities import quantities
from printables.checks.plain_language import RULES
from printables.findings import Finding, finding
from printables.languages import FACTS, LANGUAGES

# Roles whose every item is an instruction.
RULED = {"points", "steps", "never", "emergency", "checklist"}
NUMBERED = re.compile(r"[A-Z].*\d|\d ?号")
SAYS_REPLACED = re.compile(
    r"废止|代替|替代|作废|不再|旧版|replace|abolish|withdraw|repeal|no longer", re.I
)


Replaced = tuple[
    re.Pattern[str], str, date
]  # an old number, what to cite instead, and from when on


def replaced(bibliography: Bibliography) -> list[Replaced]:
    """What must not be cited any more: as documents of the bibliography say, and standards.toml of what it does not hold."""
    return [*_listed(), *_succeeded(bibliography)]


@cache
def _listed() -> list[Replaced]:
    entries = tomllib.loads((RULES / "standards.toml").read_text(encoding="utf-8"))["replaced"]
    return [(_loose(entry["old"]), entry["new"], entry["from"]) for entry in entries]


def _succeeded(bibliography: Bibliography) -> Iterator[Replaced]:
    for document in bibliography.documents.values():
        since = document.since
        new = " · ".join(dict.fromkeys(document.named(code) for code in LANGUAGES))
        if since is None:
            continue
        for old in document.replaces:
            earlier = bibliography.documents.get(old)
            numbers = [old]
            if earlier:
                numbers = [earlier.number[code] for code in LANGUAGES] if earlier.number else []
            for number in {part for each in numbers for part in each.split(" · ")}:
                yield (
                    _loose(rf"(?<![A-Za-z0-9]){re.escape(number)}(?!\d)".replace(r"\ ", " ")),
                    new,
                    since,
                )


def _loose(pattern: str) -> re.Pattern[str]:
    """A space may be left out, and the hyphen be any dash."""
    return re.compile(re.sub(r"\\?-", "[-–—]", pattern.replace(" ", r"\s?")))


def names(text: str) -> Iterator[tuple[int, str]]:
    """The lines, from 1, that may name a law or standard by its number."""
    for number, line in enumerate(text.split("\n"), 1):
        if NUMBERED.search(line):
            yield number, line


def outdated(
    path: Path, reviewed: date, lines: Iterable[tuple[int, str]], known: Iterable[Replaced]
) -> Iterator[Finding]:
    """Standards in `lines` (line from 1, text) that were replaced by the day of review."""
    counted = [(old, new) for old, new, since in known if reviewed >= since]
    for number, line in lines:
        for old, new in counted:
            if (match := old.search(line)) and not SAYS_REPLACED.search(line):
                yield finding("standard-replaced", path, number, old=match[0], new=new)


def unsourced(path: Path, language: str, blocks: list[Block]) -> Iterator[Finding]:
    """Numbers and rules with no `[^id]` behind them."""
    answered = {(b.section, b.number) for b in blocks if b.kind == "reason" and b.marks}
    cited = {b.section for b in blocks if b.marks}
    for block in blocks:
        if block.marks or block.kind == "heading" or block.role == "talk":
            continue
        if block.role == "quiz":
            if block.kind == "reason" and (block.section, block.number) not in answered:
                yield finding("rule-unsourced", path, block.line)
            continue
        if block.kind == "item" and block.role in RULED:
            yield finding("rule-unsourced", path, block.line)
        elif block.kind == "row" and block.section in cited:
            continue  # a mark beside the table covers its rows
        elif numbers := quantities(block.text):
            yield finding("number-unsourced", path, block.line, number=numbers[0].written)
        elif block.role != "case" and FACTS[language].duty.search(block.text):
            yield finding("rule-unsourced", path, block.line)
