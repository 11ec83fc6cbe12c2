"""Columns of a list: how wide each is, by its type and title, and on how many sheets they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from printables.forms import typeface
from printables.forms.shelf import Field
from printables.languages import Both

PAD = 2.8  # mm: both sides of a cell, its lines, and a little to spare
TICK = 7.0  # mm: a column with a box
BOX, SMALL_BOX = 4.8, 4.2  # mm: a box and the gap behind it, and one in a list
SPACE = 0.9  # mm between languages on a line
MOST_BOXED = 19.0  # mm: a box with its name; what is longer stands in the legend
HEAD_LINES = 3
LITTLE = 3.0  # mm that a column may be widened by, so that its title has one line
KEYS = 2  # columns repeated on each sheet
MOST_TICKS, MOST_BOXES = 3, 2  # choices that have a column each, or a box each in every row
ONE_LINE = 62.0  # mm: a printed text has one line, if it is no wider
HAND = 3.6  # mm: a Han character as a hand writes it
MOST_SHEETS = 3


@dataclass(frozen=True)
class Column:
    """A column of a list; `ticks` is True where each choice has a column of boxes, `boxes` where they stand in each row."""

    field: Field
    texts: tuple[Both, ...] = ()
    ticks: bool = False
    boxes: bool = False
    width: float = 0.0

    @property
    def options(self) -> tuple[Both, ...]:
        return self.field.options

    @property
    def has_legend(self) -> bool:
        """True if its choices are named below the list, for the hand to write one."""
        return bool(self.options) and not (self.ticks or self.boxes)


def column(field: Field, texts: Sequence[Both], language: str, *, upright: bool) -> Column:
    """A column before its width is known; on upright sheets few choices have a column each, on others a box each.

    No box stands before a name that is long in all languages of the sheet: a legend tells what a hand may write.
    """
    few = field.options if field.type != "several" else ()
    letters = all(len(option["en"]) == 1 for option in few)
    ticks = upright and 0 < len(few) <= (MOST_TICKS + 1 if letters else MOST_TICKS)
    boxes = not upright and 0 < len(few) <= MOST_BOXES and _boxed(few, language) <= MOST_BOXED
    return Column(field, tuple(texts), ticks, boxes)


def _boxed(options: Sequence[Both], language: str) -> float:
    """Width in mm of boxes one below the other, with their names in all languages of the sheet."""
    faces = typeface.ROLES["small"]
    names = (
        sum(
            typeface.width(said, faces[voice].em) + (SPACE if at else 0)
            for at, (_, voice, said) in enumerate(typeface.texts(option, language))
        )
        for option in options
    )
    return SMALL_BOX + max(names)


def _needs(each: Column, language: str) -> tuple[float, float]:
    """Least and ideal width in mm."""
    measures = each.field.measures
    least, ideal = measures.least, measures.ideal
    head = typeface.narrowest(each.field.title, "head", language, HEAD_LINES) + PAD
    if each.ticks:
        widths = tick_widths(each, language)
        least = ideal = sum(widths)
        one, two = (typeface.narrowest(each.field.title, "head", language, n) + PAD for n in (1, 2))
        head = one if one <= least + LITTLE else two
    elif each.boxes:
        least = PAD + _boxed(each.options, language)
        ideal = least + 2
    elif each.has_legend:
        longest = max(len(option["zh"]) for option in each.options)
        least = max(least, min(HAND * min(longest, 5) + PAD, 24))
        ideal = least + 4
    elif each.texts:
        least, two, one = (
            max(typeface.narrowest(text, "item", language, most) for text in each.texts) + PAD
            for most in (3, 2, 1)
        )
        ideal = max(two, min(one, ONE_LINE))
    return max(least, head), max(ideal, head)


def _lines(option: Both) -> int:
    """Lines that the name of a choice may take above its boxes: one for short Chinese ones, which part badly."""
    return 1 if len(option["zh"]) < 4 and len(option["en"]) < 8 else 2


def tick_widths(each: Column, language: str) -> list[float]:
    """Widths in mm of the columns of boxes, which fill their column."""
    least = [
        max(TICK, typeface.narrowest(option, "head", language, _lines(option)) + PAD - 0.8)
        for option in each.options
    ]
    spare = max(each.width - sum(least), 0) / len(least)
    return [width + spare for width in least]


def fitted(columns: Sequence[Column], language: str, room: float) -> list[Column] | None:
    """The columns with widths that fill `room` mm, or None where even the least are too wide."""
    needs = [_needs(each, language) for each in columns]
    spare = room - sum(least for least, _ in needs)
    if spare < 0:
        return None
    wanted = sum(ideal - least for least, ideal in needs)
    share = min(1.0, spare / wanted) if wanted else 0.0
    widths = [least + (ideal - least) * share for least, ideal in needs]
    grow = [0.0 if each.ticks else each.field.measures.grow for each in columns]
    grow = grow if sum(grow) else [1.0] * len(columns)
    left = max(room - sum(widths), 0)
    return [
        replace(each, width=width + left * part / sum(grow))
        for each, width, part in zip(columns, widths, grow, strict=True)
    ]


def written(columns: Sequence[Column]) -> list[Column]:
    """The columns without boxes: the hand writes its choice."""
    return [replace(each, ticks=False, boxes=False) for each in columns]


def parted(columns: Sequence[Column], language: str, room: float) -> list[list[Column]] | None:
    """The columns on as few sheets as will do, about equally full, the first KEYS repeated; None if none will do.

    Boxes are left out where that saves a sheet.
    """
    for one in (columns, written(columns)):
        if whole := fitted(one, language, room):
            return [whole]
    keys, rest = list(columns[:KEYS]), list(columns[KEYS:])
    weights = [_needs(each, language)[0] for each in rest]
    for count in range(2, MOST_SHEETS + 1):
        sheets = [fitted(keys + some, language, room) for some in _even(rest, weights, count)]
        if all(sheets):
            return [sheet for sheet in sheets if sheet]
    return None


def _even(rest: list[Column], weights: list[float], count: int) -> list[list[Column]]:
    """`rest` in `count` runs of about equal weight."""
    runs: list[list[Column]] = [[] for _ in range(count)]
    total, done = sum(weights), 0.0
    for each, weight in zip(rest, weights, strict=True):
        runs[min(int((done + weight / 2) / total * count), count - 1)].append(each)
        done += weight
    return [run for run in runs if run]


def joined(
    sheets: Sequence[Sequence[Column]], language: str, room: float
) -> list[list[Column]] | None:
    """Sheets as an editor parted them, two in one where the paper is wide enough; None where one is too wide."""
    done: list[list[Column]] = []
    for sheet in sheets:
        both = [*done[-1], *sheet[KEYS:]] if done else list(sheet)
        if done and (wide := fitted(both, language, room)):
            done[-1] = wide
        elif one := fitted(sheet, language, room):
            done.append(one)
        else:
            return None
    return done
