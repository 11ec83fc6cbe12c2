"""Whether two twins say the same: keys, sections, items, marks, numbers, telephones, links."""

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
    """Where two twins do not say the same: keys, sources, ids, roles, items, marks."""
    found = []

    def compare(what: str, here: object, there: object, line: int = 1) -> None:
        if here != there:
            own, others = _apart(here, there)
            values = {"what": what, "here": _shown(own), "there": _shown(others)}
            found.append(finding("twin-differs", mine.path, line, twin=its.path, **values))

    for key in EQUAL_KEYS:
        compare(key, getattr(mine.front, key), getattr(its.front, key))
    compare("sources", [s.id for s in mine.front.sources], [s.id for s in its.front.sources])
    mine_outline, its_outline = (
        [f"#{s.id} .{s.role}" if s.role else f"#{s.id}" for s in twin.sections]
        for twin in (mine, its)
    )
    compare("sections", mine_outline, its_outline)
    if mine_outline == its_outline:
        for section, twin in zip(mine.sections, its.sections, strict=True):
            items, others = section.items, twin.items
            compare(f"#{section.id}", f"{len(items)} ×", f"{len(others)} ×", section.line)
            for item, other in zip(items, others, strict=False):
                compare(f"#{section.id} [^…]", item.marks, other.marks, item.line)
                right, its_right = ([o.right for o in i.options] for i in (item, other))
                compare(f"#{section.id} [x]", right, its_right, item.line)
    return found


@dataclass(frozen=True)
class Said:
    """Numbers and telephones of an item of a section, or (number 0) of what stands before its items."""

    section: str
    number: int
    line: int
    quantities: tuple[Quantity, ...]
    telephones: tuple[str, ...]


def said(blocks: Iterable[Block]) -> tuple[Said, ...]:
    """What every item of a chapter says in numbers."""
    spoken: dict[tuple[str, int], Said] = {}
    for block in blocks:
        place = block.section, block.number
        before = spoken.get(place, Said(*place, block.line, (), ()))
        spoken[place] = replace(
            before,
            quantities=(*before.quantities, *quantities(block.text)),
            telephones=(*before.telephones, *sorted(call[0] for call in telephones(block.text))),
        )
    return tuple(spoken.values())


def numbers(its: Iterable[Said], mine: Iterable[Said], path: Path, twin: Path) -> Iterator[Finding]:
    """Where `mine`, the file at `path`, gives other numbers, units or telephones than its twin."""
    others = {(said.section, said.number): said for said in its}
    for said in mine:
        other = others.get((said.section, said.number))
        if other is None:
            continue
        if not _same(said.quantities, other.quantities):
            here = _list(_beyond(said.quantities, other.quantities))
            there = _list(_beyond(other.quantities, said.quantities))
            yield finding("twin-numbers", path, said.line, twin=twin, here=here, there=there)
        called, calls = Counter(said.telephones), Counter(other.telephones)
        if called != calls:
            here, there = _list((called - calls).elements()), _list((calls - called).elements())
            yield finding("twin-numbers", path, said.line, twin=twin, here=here, there=there)


def links(its: Iterable[str], mine: Iterable[str], path: Path, twin: Path) -> Iterator[Finding]:
    """Where one twin leads to a page of the project that the other does not."""
    here, there = (Counter(map(_target, side)) for side in (mine, its))
    if here != there:
        more, missing = _list((here - there).elements()), _list((there - here).elements())
        yield finding("twin-links", path, twin=twin, here=more, there=missing)


def _target(link: str) -> str:
    """A link without the language in it: `../../zh/teams/x.md` leads where `en/teams/x.md` does."""
    return IN_A_LANGUAGE.sub(r"\1", link)


def _same(mine: tuple[Quantity, ...], its: tuple[Quantity, ...]) -> bool:
    """The same values, each with the same units where both languages write one."""
    if Counter(q.value for q in mine) != Counter(q.value for q in its):
        return False
    for value in {q.value for q in mine}:
        units = [
            Counter(q.unit for q in side if q.value == value and q.unit) for side in (mine, its)
        ]
        if units[0].total() == units[1].total() and units[0] != units[1]:
            return False
    return True


def _beyond(mine: tuple[Quantity, ...], its: tuple[Quantity, ...]) -> Iterator[str]:
    """What one side gives more often than the other: values or, where these are the same, units."""
    values = [Counter(q.value for q in side) for side in (mine, its)]
    by_unit = values[0] == values[1]
    left = Counter((q.value, q.unit if by_unit else "") for q in its)
    for quantity in mine:
        key = quantity.value, quantity.unit if by_unit else ""
        if left[key]:
            left[key] -= 1
        else:
            yield quantity.shown


def _apart(here: object, there: object) -> tuple[object, object]:
    """Two lists, what both hold as "…"; whole where they hold the same in another order, or are none."""
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


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(str, value)) + "]"
    return str(value)
