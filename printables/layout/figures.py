"""What a sheet in two languages, which has no room for reasons, keeps of them: the sentences that say a number."""

import re
from collections.abc import Iterator, Sequence

from printables.chapters.chapter import Chapter
from printables.chapters.quantities import quantities
from printables.glyphs import width_em
from printables.layout.design import Design
from printables.legibility import em_floor

SENTENCE = re.compile(r"(?<=[。；！？])|(?<=[.;!?])\s+")
LAST = "。；.;"
INDENT, COMMAND, GAP = (
    2.0,
    1.25,
    1.0,
)  # of a point, in its smallest type: numeral, em of the command, gap behind it


def figures_of(design: Design, voices: Sequence[Chapter], number: int) -> list[tuple[str, bool]]:
    """In each of several languages the sentences with a number of the point `number`, from 0; whether they have room beside its command.

    Nothing where no language says one; a language that has it in words gives its whole reason.
    """
    if len(voices) < 2:
        return []
    items = [section.items[number] for voice in voices if (section := voice.section("points"))]
    found = [_figures(item.text) for item in items]
    if not any(found):
        return []
    texts = [(kept or item.text).rstrip(LAST) for kept, item in zip(found, items, strict=True)]
    rooms = _rooms_em(design, [voice.language for voice in voices])
    wide = (
        COMMAND * width_em(item.lead) + GAP + width_em(text, "Medium")
        for item, text in zip(items, texts, strict=True)
    )
    return [(text, each <= room) for text, each, room in zip(texts, wide, rooms, strict=True)]


def _figures(reason: str) -> str:
    """From the first sentence with a number to the last one."""
    ends = [0, *(each.end() for each in SENTENCE.finditer(reason)), len(reason)]
    said = [at for at in range(len(ends) - 1) if quantities(reason[ends[at] : ends[at + 1]])]
    return reason[ends[said[0]] : ends[said[-1] + 1]].strip() if said else ""


def _rooms_em(design: Design, codes: Sequence[str]) -> Iterator[float]:
    """Width of a point's lines, in the smallest em of each language."""
    first, *_ = ems = [em_floor(code, design.spec.distance_m) for code in codes]
    live = design.trim(design.spec.sizes[0])[0] - 2 * design.spec.margin_mm
    yield from ((live - INDENT * first) / em for em in ems)
