"""Citation checks: numbers and rules without a source, standards that were replaced."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from printables.chapters.prose import Block
from printables.chapters.quantities import quantities
from printables.checks.plain_language import RULES
from printables.findings import Finding, finding
from printables.languages import FACTS

# Roles whose every item is an instruction.
RULED = {"points", "steps", "never", "emergency", "checklist"}
SAYS_REPLACED = re.compile(
    r"废止|代替|替代|作废|不再|旧版|replace|abolish|withdraw|repeal|no longer", re.I
)


@cache
def replaced() -> list[tuple[re.Pattern[str], str, date]]:
    """Pattern of an old standard's number, the number to cite instead, and the day from which it counts."""
    entries = tomllib.loads((RULES / "standards.toml").read_text(encoding="utf-8"))["replaced"]
    return [
        (
            re.compile(entry["old"].replace(" ", r"\s?").replace("-", "[-–—]")),
            entry["new"],
            entry["from"],
        )
        for entry in entries
    ]


def outdated(path: Path, reviewed: date, lines: Iterator[tuple[int, str]]) -> Iterator[Finding]:
    """Standards in `lines` (line from 1, text; front matter included) that were replaced by the day of review."""
    for number, line in lines:
        for old, new, since in replaced():
            if reviewed >= since and (match := old.search(line)) and not SAYS_REPLACED.search(line):
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
