"""Whether two twins say the same: keys, sections, items, marks, numbers, telephones, links."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from printables.chapters.chapter import Chapter
from printables.chapters.prose import Block
from printables.chapters.quantities import Quantity, quantities, telephones
from printables.findings import Finding, finding

MOST_SHOWN = 12
EQUAL_KEYS = ("tone", "signs", "prints", "order", "critical", "reviewed", "draft")


def differences(zh: Chapter, en: Chapter) -> list[Finding]:
    """Where two twins do not say the same: keys, sources, ids, roles, items, marks."""
    found = []

    def compare(what: str, here: object, there: object, line: int = 1) -> None:
        if here != there:
            mine, its = _apart(here, there)
            values = {"what": what, "here": _shown(mine), "there": _shown(its)}
            found.append(finding("twin-differs", en.path, line, twin=zh.path, **values))

    for key in EQUAL_KEYS:
        compare(key, getattr(en.front, key), getattr(zh.front, key))
    compare("sources", [s.id for s in en.front.sources], [s.id for s in zh.front.sources])
    mine_outline, its_outline = (
        [f"#{s.id} .{s.role}" if s.role else f"#{s.id}" for s in twin.sections] for twin in (en, zh)
    )
    compare("sections", mine_outline, its_outline)
    if mine_outline == its_outline:
        for mine, its in zip(en.sections, zh.sections, strict=True):
            compare(f"#{mine.id}", f"{len(mine.items)} ×", f"{len(its.items)} ×", mine.line)
            for item, other in zip(mine.items, its.items, strict=False):
                compare(f"#{mine.id} [^…]", item.marks, other.marks, item.line)
                right, its_right = ([o.right for o in i.options] for i in (item, other))
                compare(f"#{mine.id} [x]", right, its_right, item.line)
    return found


@dataclass(frozen=True)
class Said:
    """Numbers and telephones of an item of a section, or (number 0) of what stands before its items."""

    section: str
    number: int
    line: int
    quantities: tuple[Quantity, ...]
    telephones: tuple[str, ...]


def said(blocks: Iterable[Block], language: str) -> tuple[Said, ...]:
    """What every item of a chapter says in numbers."""
    spoken: dict[tuple[str, int], Said] = {}
    for block in blocks:
        place = block.section, block.number
        before = spoken.get(place, Said(*place, block.line, (), ()))
        spoken[place] = replace(
            before,
            quantities=(*before.quantities, *quantities(block.text, language)),
            telephones=(*before.telephones, *sorted(telephones(block.text).elements())),
        )
    return tuple(spoken.values())


def numbers(zh: Iterable[Said], en: Iterable[Said], path: Path, twin: Path) -> Iterator[Finding]:
    """Where the English gives other numbers, units or telephones than the Chinese."""
    others = {(said.section, said.number): said for said in zh}
    for mine in en:
        its = others.get((mine.section, mine.number))
        if its is None:
            continue
        if not _same(mine.quantities, its.quantities):
            here = _list(_beyond(mine.quantities, its.quantities))
            there = _list(_beyond(its.quantities, mine.quantities))
            yield finding("twin-numbers", path, mine.line, twin=twin, here=here, there=there)
        if (called := Counter(mine.telephones)) != (other := Counter(its.telephones)):
            here, there = _list((called - other).elements()), _list((other - called).elements())
            yield finding("twin-numbers", path, mine.line, twin=twin, here=here, there=there)


def links(zh: Iterable[str], en: Iterable[str], path: Path, twin: Path) -> Iterator[Finding]:
    """Where one twin leads to a page of the project that the other does not."""
    mine, its = (Counter(map(_target, side)) for side in (en, zh))
    if mine != its:
        here, there = _list((mine - its).elements()), _list((its - mine).elements())
        yield finding("twin-links", path, twin=twin, here=here, there=there)


def _target(link: str) -> str:
    """A link without the language in it: `../../zh/teams/x.md` leads where `en/teams/x.md` does."""
    return re.sub(r"(^|/)(?:zh|en)/", r"\1", link)


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
