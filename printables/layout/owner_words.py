"""What a firm says in the boxes of a sheet, and in which words: all of it, or what there is room for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from printables.job import FIELD, Firm, Texts
from printables.languages import FACTS, LANGUAGES
from printables.layout.lettering import Paragraph, Room, Run, Setting, best

BETWEEN = " · "
BRACKETS = re.compile(r"\s*[（(][^）)]*[）)]")  # of a label: which hours, whose


def characters(firm: Firm, weight: str) -> str:
    """All that a firm may say in a weight: its names in bold, its numbers in black, what they are called in medium."""
    labels = [text for label, _ in firm.telephones for _, text in label]
    numbers = [text for _, shown in firm.telephones for _, texts in shown for text in texts]
    said = {
        "Bold": [*(text for _, text in (*firm.name, *firm.short)), BETWEEN],
        "Medium": [*labels, " ", BETWEEN, *(text for _, said in firm.filled for _, text in said)],
        "Black": [*numbers, *(FACTS[code].enumeration for code in LANGUAGES)],
    }
    return "".join(said[weight])


@lru_cache(1024)  # the boxes of a design are alike on all its sheets
def set_in(firm: Firm, kind: str, room: Room) -> tuple[Setting, bool]:
    """The words of a firm in a box of a kind, and whether they are whole; without lines if it has none."""
    ways = list(_ways(firm, kind, room.languages))
    if not ways:
        return Setting(1.0, ()), True
    number, setting = best([way for way, _ in ways], room)
    if kind.isdecimal():  # telephones are of one size
        others = (
            _ways(firm, str(each + 1), room.languages) for each in range(len(firm.telephones))
        )
        scales = [best([way for way, _ in other], room)[1].scale for other in others]
        setting = replace(setting, scale=min(setting.scale, max(1.0, min(scales))))
    return setting, ways[number][1]


def _ways(
    firm: Firm, kind: str, codes: Sequence[str]
) -> Iterator[tuple[tuple[Paragraph, ...], bool]]:
    """Ways to say it, the best first, and whether nothing is left out.

    A name stands in each language on lines of its own, or one behind the other; then the short one; then one language alone.
    So does what a register knows of the firm.
    """
    if kind.isdecimal():
        if int(kind) <= len(firm.telephones):
            yield from _telephone(*firm.telephones[int(kind) - 1], codes)
        return
    weight, named = "Bold", [firm.name, firm.short]
    if kind == "short":
        named.reverse()
    elif kind.startswith(FIELD):
        weight, named = "Medium", [dict(firm.filled).get(kind.removeprefix(FIELD), ())]
    spoken = [_said(dict(names), weight, codes) for names in named if names]
    for said in spoken:
        yield tuple((run,) for run in said), True
        if len(said) > 1:
            yield ((said[0], Run(BETWEEN, weight, codes[0]), *said[1:]),), True
    for said in spoken if len(codes) > 1 else ():
        yield ((said[0],),), kind == "short"


def _telephone(
    label: Texts, numbers: tuple[tuple[str, tuple[str, ...]], ...], codes: Sequence[str]
) -> Iterator[tuple[tuple[Paragraph, ...], bool]]:
    """A telephone on one line: called so in every language, in the first alone, without what stands in brackets, ..."""
    shown = dict(numbers)[codes[0]]
    every, first = _said(dict(label), "Medium", codes), _said(dict(label), "Medium", codes[:1])
    brief = [Run(BRACKETS.sub("", run.text), run.weight, run.language) for run in first]
    mark = FACTS[codes[0]].enumeration
    for said, count, is_whole in (
        (every, len(shown), True),
        (first, len(shown), True),
        (brief, len(shown), brief == first),
        (brief, 1, brief == first and len(shown) < 2),
    ):
        number = Run(mark.join(shown[:count]), "Black", codes[0])
        words = [Run(f"{run.text} ", run.weight, run.language) for run in said]
        yield ((*words, number) if shown else tuple(words),), is_whole


def _said(names: Mapping[str, str], weight: str, codes: Sequence[str]) -> list[Run]:
    """Names in the languages that are asked for, else in the one that there is; what is alike stands once."""
    found = [code for code in codes if code in names] or list(names)[:1]
    once = {names[code]: code for code in reversed(found)}
    return [Run(names[code], weight, code) for code in found if once[names[code]] == code]
