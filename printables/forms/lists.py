"""Lists → blocks: a row for each item that a form prints, and empty ones, below the titles of their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from printables.forms import typeface
from printables.forms.blocks import FRAME, INSET, SECTION, Block, Cell, Strip
from printables.forms.columns import PAD, TICK, Column, tick_widths
from printables.forms.form import Group, Item, Part
from printables.forms.shelf import Shelf
from printables.languages import LANGUAGES, Both

HEAD = 1.6  # mm: above and below a title
GROUP = 6.2  # mm: a heading within a list
TOGETHER = 2  # rows of a list that do not stand alone at the foot of a page
DOT = "\u00a0· "  # between choices: no line begins with it
SIGNED = 12.0  # mm: a row in which somebody signs
MOST_ROW = 1.7  # how many times a row of a list may grow


def listed(columns: Sequence[Column], part: Part, shelf: Shelf, language: str, rows: int) -> Block:
    """A list: a numbered row for each item, and empty ones up to `rows`."""
    signed = SIGNED if any(each.field.is_signed for each in columns) else 0.0
    height = max(part.height, signed, _boxes_height(columns, language))
    if all(each.ticks or each.field.type == "counter" for each in columns):
        height = TICK  # nothing is written
    strips = list(_rows(columns, part, shelf, language, rows, height))
    strips[:TOGETHER] = [replace(strip, leads=True) for strip in strips[:TOGETHER]]
    if part.across > 1:
        strips = _abreast(strips, part.across)
    above, own = _head_heights(columns, language)
    head = above + own + (SECTION if part.title else 0.0) + FRAME
    return Block(
        "list",
        tuple(strips),
        head,
        title=part.title,
        columns=tuple(columns),
        across=part.across,
        above=above,
        whole=part.across > 1,
    )


def _boxes_height(columns: Sequence[Column], language: str) -> float:
    """Least height in mm of a row whose cells have a box for each choice, one below the other."""
    return max((len(each.options) * 4.6 + 1.4 for each in columns if each.boxes), default=0.0)


def _rows(
    columns: Sequence[Column], part: Part, shelf: Shelf, language: str, rows: int, height: float
) -> Iterator[Strip]:
    number = 0
    for each in part.items:
        groups = shelf.lists[each] if isinstance(each, str) else (Group(items=(each,)),)
        for group in groups:
            if group.title:
                yield Strip(GROUP, GROUP, kind="group", said=group.title, leads=True)
            for item in group.items:
                number += 1
                yield _row(columns, number, language, height, item)
    for empty in range(number + 1, rows + 1):
        yield _row(columns, empty, language, height)


def _row(
    columns: Sequence[Column], number: int, language: str, height: float, item: Item | None = None
) -> Strip:
    """A row. An item stands in the first printed column for which it has no other text."""
    texts = dict(item.also) if item else {}
    own: Both | None = item
    cells, least = [], height
    for each in columns:
        text = texts.get(each.field.name)
        if text is None and each.field.is_printed:
            text, own = own, None
        if text:
            room = each.width - PAD + 0.4
            least = max(least, typeface.height(text, "item", language, room) + INSET)
        cells.append(Cell(each.field.type, said=text, options=each.options, number=number))
    return Strip(least, max(least, min(height * MOST_ROW, height + 9)), tuple(cells))


def _abreast(strips: list[Strip], across: int) -> list[Strip]:
    """Rows of several columns of a list: numbers run down each."""
    deep = -(-len(strips) // across)
    rows = []
    for at in range(deep):
        beside = strips[at::deep]
        cells = tuple(cell for strip in beside for cell in strip.cells)
        rows.append(Strip(max(s.least for s in beside), max(s.most for s in beside), cells))
    return rows


def title_height(each: Column, language: str) -> float:
    """Height in mm of the title of a column."""
    return typeface.height(each.field.title, "head", language, each.width - PAD + 0.4)


def _head_heights(columns: Sequence[Column], language: str) -> tuple[float, float]:
    """Heights in mm of the row above the titles of columns, with titles of ticked choices, and of the titles' own row.

    No title spans both: WeasyPrint's tags would lose the headers of the columns beside it.
    """
    above = own = titles = 0.0
    for each in columns:
        title = title_height(each, language) + HEAD
        if each.ticks:
            below = max(
                typeface.height(option, "head", language, wide - PAD + 0.8)
                for option, wide in zip(each.options, tick_widths(each, language), strict=True)
            )
            above, own = max(above, title), max(own, below + HEAD)
        else:
            titles = max(titles, title)
    return above, max(own, titles - above)


def legend(columns: Sequence[Column], language: str, room: float) -> Block | None:
    """The choices that a hand writes into a list, named below it."""
    strips = []
    for each in columns:
        if each.has_legend:
            text = Both(**{code: _named(each, code) for code in LANGUAGES})
            height = typeface.height(text, "small", language, room)
            strips.append(Strip(height, height, kind="legend", cells=(_legend_cell(each),)))
    return Block("legend", tuple(strips), gap=1.6) if strips else None


def _named(each: Column, code: str) -> str:
    return f"{each.field.title[code]}　{DOT.join(option[code] for option in each.options)}"


def _legend_cell(each: Column) -> Cell:
    return Cell("legend", label=each.field.title, options=each.options)
