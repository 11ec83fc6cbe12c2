"""Differences between twins: keys, sections, items, marks, numbers, telephones, links."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from printables.chapters.chapter import Chapter
from printables.chapters.prose import Block
from printables.chapters.quantities import Quantity, quantities
from printables.chapters.telephones import telephones
from printables.findings import Finding, finding
from printables.languages import LANGUAGES

MOST_SHOWN = 12
IN_A_LANGUAGE = re.compile(rf"(^|/)(?:{'|'.join(LANGUAGES)})/")
EQUAL_KEYS = ("tone", "signs", "prints", "order", "critical", "reviewed", "draft")


def differences(its: Chapter, mine: Chapter) -> list[Finding]:
    """Findings, on `mine`, for keys, sources, ids, roles, items and marks that differ from those of `its`."""
    findings = []

    def compare(what: str, here: object, there: object, line: int = 1) -> None:
        if here != there:
            own, others = _without_shared(here, there)
            values = {"what": what, "here": _text(own), "there": _text(others)}
            findings.append(finding("twin-differs", mine.path, line, twin=its.path, **values))

    for key in EQUAL_KEYS:
        compare(key, getattr(mine.front, key), getattr(its.front, key))
    here, there = (sorted({mark for mark, _ in twin.marks}) for twin in (mine, its))
    compare("sources", here, there)
    mine_outline, its_outline = (
        [f"#{s.id} .{s.role}" if s.role else f"#{s.id}" for s in twin.sections]
        for twin in (mine, its)
    )
    compare("sections", mine_outline, its_outline)
    if mine_outline == its_outline:
        for section, twin in zip(mine.sections, its.sections, strict=True):
            items, others = section.items, twin.items
            compare(f"#{section.id}", f"{len(items)} ×", f"{len(others)} ×", section.line)
            if len(items) != len(others):
                continue  # one is missing, and nobody knows which
            for item, other in zip(items, others, strict=True):
                compare(f"#{section.id} [^…]", item.marks, other.marks, item.line)
                scenes = item.scene or "—", other.scene or "—"
                compare(f"#{section.id} {{scene=…}}", *scenes, item.line)
                right, its_right = ([o.right for o in i.options] for i in (item, other))
                compare(f"#{section.id} [x]", right, its_right, item.line)
    return findings


@dataclass(frozen=True)
class Figures:
    """Numbers and telephones of item `number` (from 1) of a section; those before its items have number 0."""

    section: str
    number: int
    line: int
    quantities: tuple[Quantity, ...]
    telephones: tuple[str, ...]


def figures(blocks: Iterable[Block]) -> tuple[Figures, ...]:
    """The figures of every item of a chapter, in reading order."""
    by_item: dict[tuple[str, int], Figures] = {}
    for block in blocks:
        item = block.section, block.number
        before = by_item.get(item, Figures(*item, block.line, (), ()))
        by_item[item] = replace(
            before,
            quantities=(*before.quantities, *quantities(block.text)),
            telephones=(*before.telephones, *sorted(call[0] for call in telephones(block.text))),
        )
    return tuple(by_item.values())


def numbers(
    its: Iterable[Figures], mine: Iterable[Figures], path: Path, twin: Path
) -> Iterator[Finding]:
    """Findings for items of `mine`, the file at `path`, with other numbers, units or telephones than the twin's."""
    its, mine = list(its), list(mine)
    others = {(item.section, item.number): item for item in its}
    items = Counter(item.section for item in mine), Counter(item.section for item in its)
    for item in mine:
        other = others.get((item.section, item.number))
        if other is None or items[0][item.section] != items[1][item.section]:
            continue  # where an item is missing, nobody knows which
        if not _same(item.quantities, other.quantities):
            here = _list(_lacking(item.quantities, other.quantities))
            there = _list(_lacking(other.quantities, item.quantities))
            yield finding("twin-numbers", path, item.line, twin=twin, here=here, there=there)
        calls, other_calls = Counter(item.telephones), Counter(other.telephones)
        if calls != other_calls:
            here = _list((calls - other_calls).elements())
            there = _list((other_calls - calls).elements())
            yield finding("twin-numbers", path, item.line, twin=twin, here=here, there=there)


def links(its: Iterable[str], mine: Iterable[str], path: Path, twin: Path) -> Iterator[Finding]:
    """A finding on the file at `path` where its links, apart from the language in them, differ from its twin's."""
    here, there = (Counter(map(_target, side)) for side in (mine, its))
    if here != there:
        more, missing = _list((here - there).elements()), _list((there - here).elements())
        yield finding("twin-links", path, twin=twin, here=more, there=missing)


def _target(link: str) -> str:
    """A link without the language in it: `../../zh/teams/x.md` → `../../teams/x.md`."""
    return IN_A_LANGUAGE.sub(r"\1", link)


def _same(mine: tuple[Quantity, ...], its: tuple[Quantity, ...]) -> bool:
    """True if the values are the same, and their units too where both languages write one."""
    if Counter(q.value for q in mine) != Counter(q.value for q in its):
        return False
    for value in {q.value for q in mine}:
        units = [
            Counter(q.unit for q in side if q.value == value and q.unit) for side in (mine, its)
        ]
        if units[0].total() == units[1].total() and units[0] != units[1]:
            return False
    return True


def _lacking(mine: tuple[Quantity, ...], its: tuple[Quantity, ...]) -> Iterator[str]:
    """Quantities of `mine`, as written, that `its` lacks; units count only where all values are the same."""
    values = [Counter(q.value for q in side) for side in (mine, its)]
    by_unit = values[0] == values[1]
    left = Counter((q.value, q.unit if by_unit else "") for q in its)
    for quantity in mine:
        key = quantity.value, quantity.unit if by_unit else ""
        if left[key]:
            left[key] -= 1
        else:
            yield quantity.written


def _without_shared(here: object, there: object) -> tuple[object, object]:
    """Two lists with "…" for their shared entries; unchanged if only their order differs, or if not lists."""
    if isinstance(here, list) and isinstance(there, list):
        more = [each for each in here if each not in there]
        missing = [each for each in there if each not in here]
        if more or missing:
            shared = ["…"] * (len(more) < len(here))
            return [*shared, *more], [*shared, *missing]
    return here, there


def _list(words: Iterable[str]) -> str:
    listed = list(words)
    return ", ".join(listed[:MOST_SHOWN] + ["…"] * (len(listed) > MOST_SHOWN)) or "—"


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(str, value)) + "]"
    return str(value)
