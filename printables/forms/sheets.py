"""A form on a page → its blocks, with as many empty rows as its number of pages allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from printables.findings import Rejected, finding
from printables.forms import blocks, columns, lists, pages, typeface
from printables.forms.blocks import Block
from printables.forms.columns import Column
from printables.forms.form import Form, Paper, Part, Placed
from printables.forms.pages import Page, Room
from printables.forms.reading import items
from printables.forms.shelf import Shelf
from printables.geometry import PT
from printables.languages import Both
from printables.words import WORDS

FEWEST = 0.6  # of the rows that a form asks for, where more would begin another page
MOST_FIXED = 6  # rows of a list that always has all it asks for, such as three gas tests
# A hand needs 150 mm for a firm's name: what has no line of its own gets one where that costs no page and no row.
ALONE = (("merged", "text"), ("merged",))
HEAD_PAD, RUNNING_HEAD = 6.4, 9.0  # mm
OWNER = 4.6  # mm: the owner's name on one line
OWNER_LINE = 3.66  # mm: a line of 9 pt, where the name needs several
NARROWEST = 75.0  # mm beside the code, where a long name takes three lines
SECOND_TITLE = 0.6  # of the first language's title
LEADING = 1.22
TITLE_SPACING = 1.07  # Han of a title are set apart
BOARD_TITLE = 2  # of another form's title, if it has the room on one line
BOARD_GAP = 4.0  # mm between the title of a board and what stands at its sides
COPY_GAP = 3.0  # mm between what shares a line
APART = " · "
EDITION = "2026-12-31·00000000"  # as wide as any


def _small(text: str) -> float:
    """Width in mm of a line of small type."""
    return typeface.width(text, typeface.ROLES["small"]["zh"].em)


@dataclass(frozen=True)
class Sheet:
    """A form in a language on a page: what pages and blocks are made from."""

    form: Form
    shelf: Shelf
    paper: Paper
    language: str
    source: str

    @property
    def title_pt(self) -> dict[str, float]:
        """Size of the title by voice, in pt."""
        first = self.paper.title
        if self.form.look == "board":
            return self._on_one_line(first * BOARD_TITLE)
        return {"zh": first, "en": first - 2, typeface.SECOND: max(first * SECOND_TITLE, 9.0)}

    def _on_one_line(self, most: float) -> dict[str, float]:
        """Size of the title by voice in pt, at most that of the first."""
        sizes = {}
        for code, voice in typeface.voices(self.language):
            em = self._title_room / typeface.width(self.form.title[code], TITLE_SPACING)
            sizes[voice] = min(em * PT, most)
            most = sizes[voice] * SECOND_TITLE
        return sizes

    @property
    def owner(self) -> float:
        """Height in mm of the owner's box in the head."""
        if self.form.look == "board":
            return OWNER_LINE * 2
        if not self.paper.is_narrow:
            return OWNER
        return OWNER_LINE * (3 if self._title_room < NARROWEST else 2)

    @property
    def copy(self) -> str:
        """Which copy this is: in all languages, or in the first where the others would part the title."""
        if self.form.copies == 1:
            return ""
        codes = self.language.split("-")
        full = APART.join(WORDS[code]["form_copy"].format(self.form.copies) for code in codes)
        if self._lines_of_title(self._room_beside(full)) == self._lines_of_title(self._title_room):
            return full
        return WORDS[codes[0]]["form_copy"].format(self.form.copies)

    @property
    def beside_copy(self) -> float:
        """Width in mm of the title in the last language: it ends before the number of the copy, its lines about equally long."""
        width = self._room_beside(self.copy)
        count = self._lines_of_title(width)
        while count[-1] > 1 and self._lines_of_title(width - 1) == count:
            width -= 1
        return width

    @property
    def _title_room(self) -> float:
        room = self.paper.room - self.paper.code - 3
        if self.form.look == "board":
            room -= BOARD_GAP + (self.sign + BOARD_GAP if self.sign else 0)
        return room

    @property
    def sign(self) -> float:
        """Width in mm of the sign before the title of a board that warns; 0 for none."""
        warns = self.form.look == "board" and self.form.tone == "warning"
        return self.paper.code if warns else 0

    def _room_beside(self, copy: str) -> float:
        return self._title_room - (_small(copy) + COPY_GAP if copy else 0)

    def _lines_of_title(self, last: float) -> list[int]:
        """Lines of the title in each language; the last one has `last` mm."""
        said = typeface.texts(self.form.title, self.language)
        rooms = [self._title_room] * (len(said) - 1) + [last]
        return [
            typeface.lines(text, "title", room, self.title_pt[voice] / PT * TITLE_SPACING)
            for (_, voice, text), room in zip(said, rooms, strict=True)
        ]

    @property
    def head(self) -> float:
        """Height in mm of the head of the first page."""
        if self.form.look == "board":
            return max(self._title_height, self.paper.code + 3) + self.owner + HEAD_PAD
        return max(self.owner + self._title_height + HEAD_PAD, self.paper.code + 3)

    @property
    def title_drop(self) -> float:
        """How many mm the title of a board stands below the top of its code, so that both are centred."""
        return max(self.paper.code + 3 - self._title_height, 0) / 2

    @property
    def _title_height(self) -> float:
        said = typeface.texts(self.form.title, self.language)
        counts = self._lines_of_title(self.beside_copy)
        return sum(
            count * self.title_pt[voice] / PT * LEADING
            for count, (_, voice, _) in zip(counts, said, strict=True)
        )

    def foot(self, code: str, number: int, pages: int) -> tuple[str, str]:
        """The line below a page, without the edition itself, and its number: in as many languages as there is room for."""
        codes = self.language.split("-")
        one = codes[:1]
        for titled, spoken in ((codes, codes), (codes, one), (one, codes), ([], codes), ([], one)):
            titles = [self.form.title[each] for each in titled]
            said = " ".join(dict.fromkeys([code, *titles]))
            line = f"{said} · {' '.join(WORDS[each]['edition'] for each in spoken)}"
            leaf = APART.join(WORDS[each]["form_page"].format(number, pages) for each in spoken)
            if _small(f"{line} {EDITION}") + COPY_GAP + _small(leaf) <= self.paper.room:
                break
        return line, leaf

    @property
    def room(self) -> Room:
        return Room(self.paper.depth - self.head, self.paper.depth - RUNNING_HEAD)


def laid(sheet: Sheet) -> list[Page]:
    """The pages of a form; raises Rejected where a list is wider than its paper."""
    least = pages.count(list(_blocks(sheet, FEWEST)), sheet.room)
    share = 1.0
    while share > FEWEST and pages.count(list(_blocks(sheet, share)), sheet.room) > least:
        share -= 0.04
    paired = list(_blocks(sheet, share))
    most = pages.count(paired, sheet.room)
    roomy = (list(_blocks(sheet, share, alone)) for alone in ALONE)
    free = (found for found in roomy if pages.count(found, sheet.room) <= most)
    return pages.laid(next(free, paired), sheet.room)


def _blocks(sheet: Sheet, share: float, alone: Sequence[str] = ()) -> Iterator[Block]:
    """The blocks of a form with this share of its empty rows; fields of the types `alone` have a line of their own."""
    shelf, paper, language = sheet.shelf, sheet.paper, sheet.language
    named = [shelf.fields[each.field] for part in sheet.form.parts for each in part.fields]
    label = 0.0 if sheet.form.look == "board" else blocks.label_width(named, language)
    for number, part in enumerate(sheet.form.parts):
        for place, block in enumerate(_of_part(sheet, number, part, share, label, alone)):
            yield replace(block, breaks=True) if part.breaks and not place else block
    yield blocks.notes(_foot(sheet), paper, language)


def _of_part(
    sheet: Sheet, number: int, part: Part, share: float, label: float, alone: Sequence[str]
) -> Iterator[Block]:
    shelf, paper, language = sheet.shelf, sheet.paper, sheet.language
    if part.fields:
        yield blocks.fields(part, shelf, paper, language, label, alone)
    elif part.columns or part.sheets:
        yield from _lists(sheet, number, part, share)
    elif part.signatures:
        yield blocks.signatures(part, shelf, paper, language)
    elif part.text:
        yield blocks.text(part.text, paper, language)
    elif part.points:
        yield blocks.points(
            part, paper, language, "notice" if sheet.form.look == "board" else "point"
        )
    else:
        yield blocks.clauses(part, shelf, paper, language)


def _foot(sheet: Sheet) -> list[Both]:
    """What the form is and is not, its basis, and how long it is kept."""
    said = {
        code: f"{words['form_basis']}{sheet.form.source[code]}　"
        f"{words['form_keep']}{sheet.shelf.keeping[sheet.form.keep][code]}"
        for code, words in WORDS.items()
    }
    return [*filter(None, [sheet.form.note]), Both(**said)]


def _lists(sheet: Sheet, number: int, part: Part, share: float) -> Iterator[Block]:
    """A list, on one sheet or several, each with the choices that a hand writes below it."""
    asked = len(items(part, sheet.shelf))
    is_long = part.rows > MOST_FIXED and part.across == 1
    rows = max(asked, round(part.rows * share) if is_long else part.rows)
    for place, some in enumerate(_parted(sheet, number, part)):
        made = lists.listed(some, part, sheet.shelf, sheet.language, rows)
        yield replace(made, breaks=place > 0)
        if below := lists.legend(some, sheet.language, sheet.paper.room):
            yield below


def _parted(sheet: Sheet, number: int, part: Part) -> list[list[Column]]:
    room = sheet.paper.room / part.across
    if part.sheets:
        wanted = [_columns(sheet, part, places) for places in part.sheets]
        found = columns.joined(wanted, sheet.language, room)
    else:
        found = columns.parted(_columns(sheet, part, part.columns), sheet.language, room)
    if not found:
        values = {
            "number": number + 1,
            "page": sheet.paper.size.upper(),
            "language": sheet.language,
        }
        raise Rejected([finding("form-too-wide", sheet.source, **values)])
    return found


def _columns(sheet: Sheet, part: Part, places: Sequence[Placed]) -> list[Column]:
    """Columns with the texts that the form prints in them: an item stands in the first that is printed and not its own."""
    listed = items(part, sheet.shelf)
    also = {name for item in listed for name in item.also}
    made, is_first = [], True
    for placed in places:
        field = sheet.shelf.fields[placed.field]
        texts: list[Both] = []
        if field.name in also:
            texts = [item.also[field.name] for item in listed if field.name in item.also]
        elif field.is_printed and is_first:
            texts, is_first = [Both(zh=each.zh, en=each.en) for each in listed], False
        made.append(columns.column(field, texts, sheet.language, upright=not sheet.paper.turned))
    return made
