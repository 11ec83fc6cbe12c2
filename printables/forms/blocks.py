"""Parts of a form → blocks of strips, which pages are made of: each strip has a least and a most height in mm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from printables.forms import typeface
from printables.forms.columns import BOX, PAD, Column
from printables.forms.form import Clause, Paper, Part, Placed
from printables.forms.shelf import MERGED, Field, Shelf
from printables.languages import Both

GAP = 3.0  # mm between blocks
SECTION = 6.8  # mm: the heading of a part
FRAME = 0.8  # mm: the lines around a table
INSET = 1.2  # mm: above and below the text of a row
OPTION_GAP = 4.0  # mm behind an option
JOINT = 2.0  # mm between the languages of an option
OPTION_LINE = 5.8  # mm
WIDER = 16  # half mm that a column of labels may be widened by
LABEL = (19.0, 44.0)  # mm: least and most width of a column of labels
BELOW = 0.8  # mm below a paragraph
POINT = 0.6  # mm between points, at least
RULE = 8.5  # mm: a line to write on
TIGHT, SPREADS = (
    0.7,
    2.6,
)  # of the height that a form asks for: what will do, and how far it may grow
WHOLE_LINE = ("long", "sketch", "several", "period")
TALL = ("long", "sketch")  # whose label stands at the top, as in a box higher than LOW mm
LOW = 12.0
NAMED = {"zh": 54, "en": 62}  # mm: a firm's name of 30 characters, or 66 letters, on two lines
DATED = {"date": 32, "time": 47}  # mm: room for day, month and year, or for the minute
BROAD = 90.0  # mm: room for any name beside another box
MOST_ABREAST = 3  # signatures
MOST_SIGNED = 1.6  # how many times a box for many signatures may grow
SIGN_PAD = (2.6, 4.6)  # mm: above and below what stands in a box to sign in, and at both its sides
SIGN_DATE = 4.4  # mm: the date at its foot
WRITING = 8.0  # mm: a line of handwriting, also that between a label and the date below it
LONG_LINES = 2  # that a long text has at least
INDENT = "＿＿"  # as wide as the indent of a paragraph
TOGETHER = 0.4  # of a page: what is not parted


@dataclass(frozen=True)
class Cell:
    """A box: `kind` is the type of its `field`, `said` what the form prints in it, `rows` its choices line by line."""

    kind: str
    field: str = ""
    label: Both | None = None
    said: Both | None = None
    options: tuple[Both, ...] = ()
    rows: tuple[tuple[Both, ...], ...] = ()
    span: int = 1
    number: int = 0


@dataclass(frozen=True)
class Strip:
    """What stays on one page, from `least` to `most` mm high; one that `leads` is never the last on a page."""

    least: float
    most: float
    cells: tuple[Cell, ...] = ()
    kind: str = "row"
    said: Both | None = None
    number: int = 0
    leads: bool = False


@dataclass(frozen=True)
class Block:
    """Strips below a head of `head` mm, which is repeated on each page. `whole`: on one page, if that has the room.

    A list whose choices are ticked has a row of `above` mm over the titles of its columns.
    """

    kind: str
    strips: tuple[Strip, ...]
    head: float = 0.0
    gap: float = GAP
    title: Both | None = None
    columns: tuple[Column, ...] = ()
    widths: tuple[float, ...] = ()
    across: int = 1
    above: float = 0.0
    breaks: bool = False
    whole: bool = False

    @property
    def breadth(self) -> int:
        """Number of columns of a list, each box of a choice counted."""
        return self.across * sum(len(c.options) if c.ticks else 1 for c in self.columns)


def label_width(fields: Sequence[Field], language: str) -> float:
    """Width in mm of the labels of a form, at which each takes one line in Chinese and two in English.

    It is the narrowest, or a little wider where that saves lines.
    """
    least, most = LABEL
    pad = 4.2

    def fits(label: float) -> bool:
        return all(
            typeface.lines(said, "label", label - pad, typeface.ROLES["label"][voice].em)
            <= (1 if code == "zh" and label < most - 8 else 2)
            for each in fields
            for code, voice, said in typeface.texts(each.title, language)
        )

    width = least
    while width < most and not fits(width):
        width += 0.5

    def height(more: float) -> float:
        room = width + more - pad
        return sum(typeface.height(each.title, "label", language, room) for each in fields)

    return width + min((step / 2 for step in range(WIDER + 1)), key=height)


def fields(
    part: Part, shelf: Shelf, paper: Paper, language: str, label: float, alone: Sequence[str]
) -> Block:
    """Boxes with a label, two abreast; what needs room, or is of the types `alone`, has a line of its own.

    Labels stand `label` mm wide at the left of the boxes, or above them if that is 0.
    """
    abreast = 2 if paper.pairs else 1
    half = paper.room / abreast - label
    rows: list[list[tuple[Field, float | None]]] = []
    open_row = False
    for placed in part.fields:
        each = shelf.fields[placed.field]
        is_alone = abreast == 1 or placed.height or (each.type in alone and half < BROAD)
        is_alone = is_alone or _needs_line(each, language, half, label)
        if open_row and not is_alone:
            rows[-1].append((each, None))
            open_row = False
        else:
            rows.append([(each, placed.height)])
            open_row = not is_alone
    strips = tuple(_pair(row, language, label, paper.room, abreast) for row in rows)
    head = (SECTION if part.title else 0.0) + FRAME
    widths = (label, half) * abreast
    whole = sum(strip.least for strip in strips) < paper.depth * TOGETHER
    return Block("fields", strips, head, title=part.title, widths=widths, whole=whole)


def _needs_line(each: Field, language: str, half: float, label: float) -> bool:
    if (each.type in WHOLE_LINE and (label or each.type != "long")) or half < DATED.get(
        each.type, 0
    ):
        return True
    if each.type == MERGED and half < NAMED[language.partition("-")[0]]:
        return True
    most = 1 if language == "zh" else 2
    return len(_option_rows(each.options, language, half)) > most


def _option_rows(
    options: Sequence[Both], language: str, room: float
) -> tuple[tuple[Both, ...], ...]:
    """Options with their boxes on as few lines of `room` mm as will do; the press would part them too early."""
    rows: list[list[Both]] = [[]]
    used = 0.0
    for option in options:
        width = BOX + OPTION_GAP + option_width(option, language)
        if rows[-1] and used + width - OPTION_GAP > room - PAD:
            rows.append([])
            used = 0.0
        rows[-1].append(option)
        used += width
    return tuple(map(tuple, rows))


def option_width(option: Both, language: str) -> float:
    """Width in mm of an option's name, its languages one behind the other."""
    label = typeface.ROLES["label"]
    said = typeface.texts(option, language)
    return sum(typeface.width(text, label[voice].em) for _, voice, text in said) + JOINT * (
        len(said) - 1
    )


def _pair(
    row: list[tuple[Field, float | None]], language: str, label: float, room: float, abreast: int
) -> Strip:
    """A row of one or two labelled boxes."""
    box = room - label if len(row) == 1 else room / 2 - label
    least = most = 0.0
    for each, height in row:
        low, high = each.measures.height
        if height:
            low = max(height * TIGHT, WRITING)
            high = height * SPREADS if each.type in TALL else height
        if each.type == "long":
            low = max(low, LONG_LINES * WRITING)
        if each.options:
            low = max(low, len(_option_rows(each.options, language, box)) * OPTION_LINE + INSET)
        if label:
            low = max(low, typeface.height(each.title, "label", language, label - 4) + INSET)
        else:
            room = box - SIGN_PAD[1]
            is_beside = option_width(each.title, language) <= room
            above = _label_height(each.title, language, room, is_beside=is_beside) + INSET
            low, high = low + above, high + above
        least, most = max(least, low), max(most, high, low)
    span = abreast * 2 - 1 if len(row) == 1 else 1
    cells = tuple(
        Cell(
            each.type,
            field=each.name,
            label=each.title,
            rows=_option_rows(each.options, language, box),
            span=span,
        )
        for each, _ in row
    )
    is_tall = any(each.type in TALL or (height or 0) > LOW for each, height in row)
    return Strip(least, most, cells, kind="tall" if is_tall else "row")


def signatures(part: Part, shelf: Shelf, paper: Paper, language: str) -> Block:
    """Boxes to sign in, two or three abreast, `beside` where the languages of all labels in a row share a line.

    One with a height has a line of its own, for many to sign.
    """
    apart = [placed for placed in part.signatures if not placed.height]
    abreast = min(len(apart), MOST_ABREAST if len(apart) != 4 and paper.pairs else 2)
    if paper.room < 130:
        abreast = min(abreast, 2)
    rows: list[list[Placed]] = []
    for placed in part.signatures:
        if placed.height or not rows or rows[-1][0].height or len(rows[-1]) == abreast:
            rows.append([])
        rows[-1].append(placed)
    strips = tuple(_signed(row, max(abreast, 2), shelf, paper, language) for row in rows)
    return Block("signatures", strips, FRAME, whole=True)


def _signed(
    row: Sequence[Placed], abreast: int, shelf: Shelf, paper: Paper, language: str
) -> Strip:
    """A row of boxes to sign in."""
    height, signed = row[0].height, [shelf.fields[placed.field] for placed in row]
    room = paper.room / (1 if height else abreast) - SIGN_PAD[1]
    low, high = (height, height * MOST_SIGNED) if height else signed[0].measures.height
    cells = tuple(Cell(each.type, label=each.title) for each in signed)
    is_beside = all(option_width(each.title, language) <= room for each in signed)
    said = max(_label_height(each.title, language, room, is_beside=is_beside) for each in signed)
    low = max(low, SIGN_PAD[0] + said + WRITING + SIGN_DATE)
    return Strip(low, max(low, high), cells, kind="beside" if is_beside else "below")


def _label_height(label: Both, language: str, room: float, *, is_beside: bool) -> float:
    """Height in mm of a label, its languages on one line or one below the other."""
    if is_beside:
        return typeface.ROLES["label"][language.partition("-")[0]].line
    return typeface.height(label, "label", language, room)


def text(said: Both, paper: Paper, language: str) -> Block:
    """Paragraphs, the languages one below the other."""
    return Block("text", tuple(_paragraphs(said, paper.room, language, "said")), gap=3.0)


def _paragraphs(said: Both, room: float, language: str, role: str) -> Iterator[Strip]:
    """A strip for each paragraph of each language; its text stands in `said` in that language alone."""
    for code, voice in typeface.voices(language):
        face = typeface.ROLES[role][voice]
        for paragraph in said[code].strip().split("\n\n"):
            plain = paragraph.replace("**", "")
            height = typeface.lines(INDENT + plain, role, room, face.em) * face.line + BELOW
            own = Both(zh=paragraph, en=paragraph)
            yield Strip(height, height + 2, kind=code, said=own)


def points(part: Part, paper: Paper, language: str, role: str) -> Block:
    """Numbered sentences below a heading, in the type of a role."""
    strips = []
    for number, point in enumerate(part.points, 1):
        height = typeface.height(point, role, language, paper.room - 8) + POINT
        strips.append(Strip(height, height + 9, kind="point", said=point, number=number))
    head = SECTION if part.title else 0.0
    return Block("points", tuple(strips), head, title=part.title, whole=True)


def clauses(part: Part, shelf: Shelf, paper: Paper, language: str) -> Block:
    """Headings, each with its text or with lines to write on."""
    strips: list[Strip] = []
    for number, clause in enumerate(part.clauses, 1):
        title = shelf.fields[clause.field].title
        heading = Strip(
            SECTION,
            SECTION + 2,
            kind="heading",
            said=title,
            number=number if len(part.clauses) > 1 else 0,
            leads=True,
        )
        strips += [heading, *_below(clause, paper, language)]
    whole = sum(strip.least for strip in strips) < paper.depth * TOGETHER
    return Block("clauses", tuple(strips), gap=2.0, whole=whole)


def _below(clause: Clause, paper: Paper, language: str) -> list[Strip]:
    found = []
    if clause.text:
        found += list(_paragraphs(clause.text, paper.room, language, "said"))
    lines = [Strip(RULE, RULE + 3, kind="line") for _ in range(clause.lines)]
    if len(lines) > 1:
        lines[0] = replace(lines[0], leads=True)
    return found + lines


def notes(said: Sequence[Both], paper: Paper, language: str) -> Block:
    """The foot of a form: what it is and is not, its basis, how long it is kept."""
    strips = [strip for note in said for strip in _paragraphs(note, paper.room, language, "small")]
    tight = tuple(replace(strip, most=strip.least) for strip in strips)
    return Block("notes", tight, head=1.6, gap=3.0, whole=True)
