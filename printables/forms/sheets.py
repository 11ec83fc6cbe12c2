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
HEAD_PAD, RUNNING_HEAD = 7.0, 9.0  # mm
OWNER = {False: 4.6, True: 6.3}  # mm: one line, and two where the paper is narrow
SECOND_TITLE = 0.6  # of the first language's title
LEADING = 1.22


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
        return {"zh": first, "en": first - 2, typeface.SECOND: max(first * SECOND_TITLE, 9.0)}

    @property
    def owner(self) -> float:
        """Height in mm of the owner's box in the head."""
        return OWNER[self.paper.is_narrow]

    @property
    def head(self) -> float:
        """Height in mm of the head of the first page."""
        room = self.paper.room - self.paper.code - 3
        height = 0.0
        for _, voice, said in typeface.texts(self.form.title, self.language):
            em = self.title_pt[voice] / PT
            height += typeface.lines(said, room, em * 1.04) * em * LEADING
        return max(self.owner + height + HEAD_PAD, self.paper.code + 3)

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
    label = blocks.label_width(named, language)
    for number, part in enumerate(sheet.form.parts):
        for place, block in enumerate(_of_part(sheet, number, part, share, label, alone)):
            yield replace(block, breaks=True) if part.breaks and not place else block
    yield blocks.notes(_foot(sheet), paper, shelf, language)


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
        yield blocks.text(part.text, shelf, paper, language)
    elif part.points:
        yield blocks.points(part, paper, language)
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
        made.append(columns.column(field, texts, upright=not sheet.paper.turned))
    return made
