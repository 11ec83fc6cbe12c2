"""Ledger → Pages: the cells of each sheet of a workbook, with their formulas."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from printables.forms.form import Form, Item, Paper, Part, Workbook, rules
from printables.forms.formulas import REFERENCE, Ledger, chosen, columns, resolved, whole
from printables.forms.reading import items
from printables.forms.shelf import Field, Shelf
from printables.languages import Both

ROWS = 300  # of a ledger, ready to be filled
MOST_NAME = 31  # characters of a sheet's name (ECMA-376)
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
LINE = 18  # pt
CHARACTER = 2.1  # mm: a digit, by which columns are measured
OPEN = 2  # columns that stay in sight, and on each printed page
HEADS = 3  # lines of a title


def both(text: Both) -> str:
    """A text in all languages, on one line: 一般 General; once where they are the same."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"


@dataclass(frozen=True)
class Cell:
    """A cell that says `text`, holds a formula, or is to be filled by the type of `field`; rows and columns from 0."""

    row: int
    column: int
    kind: str
    text: str = ""
    field: Field | None = None
    formula: str = ""
    until: int = 0  # the last column, where it is wider than one


@dataclass
class Page:
    """A sheet: cells, heights of rows in pt, widths of columns in characters.

    `head` is the row of a ledger's titles, `printed` the last of its columns that paper has: others only compute.
    """

    name: str
    title: str
    code: str
    paper: Paper
    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    head: int | None = None
    printed: int = 0

    @property
    def rows(self) -> int:
        return max(cell.row for cell in self.cells) + 1


@dataclass(frozen=True)
class Table:
    """A list on a sheet: its columns by name, the row of its titles, and how many rows stand below."""

    columns: dict[str, int]
    head: int
    rows: int

    def range(self, name: str) -> str:
        """Absolute address of all cells of a column."""
        column = xl_col_to_name(self.columns[name], col_abs=True)
        return f"{column}${self.head + 2}:{column}${self.head + 1 + self.rows}"


def pages(ledger: Ledger, shelf: Shelf) -> list[Page]:
    """The sheets of a workbook: the ledger, then those that compute from it."""
    first = _Sheet(ledger.code, ledger.form, shelf)
    others = [_Sheet(code, form, shelf) for code, form in ledger.counted.items()]
    for sheet in (first, *others):
        sheet.place()
    kept = first.tables[0]

    def kept_in(name: str, *, inside: bool) -> str:
        return kept.range(name) if inside else f"'{first.page.name}'!{kept.range(name)}"

    for sheet in (first, *others):
        sheet.compute(partial(kept_in, inside=sheet is first))
    return [sheet.page for sheet in (first, *others)]


class _Sheet:
    """A form while it is laid out: what is written, then what is computed."""

    def __init__(self, code: str, form: Form, shelf: Shelf) -> None:
        name = f"{code} {form.title.zh}".translate(FORBIDDEN)[:MOST_NAME].strip()
        paper = max((rules().pages[page] for page in form.pages), key=lambda paper: paper.trim)
        self.form, self.shelf = form, shelf
        self.is_ledger = form.is_ledger
        self._book = form.workbook or Workbook()
        self.page = Page(name, both(form.title), code, paper)
        self.boxes: dict[str, str] = {}
        self.tables: list[Table] = []
        self._fillable: list[tuple[Cell, Table | None]] = []
        self._row = 0

    def place(self) -> None:
        """Place the parts one below the other; signatures and words are for paper, and so is what heads a ledger's sheets."""
        self._write(0, "title", self.page.title)
        self.page.heights[0] = 30
        self._row = 1
        for part in self.form.parts:
            if part.fields and not self.is_ledger:
                self._fields(part)
            elif columns(part):
                self._list(part)
            elif part.clauses and not self.is_ledger:
                self._clauses(part)
        if self.form.note and not self.is_ledger:
            self._row += 1
            self._write(0, "note", f"{self.form.note.zh}\n{self.form.note.en}".replace("**", ""), 7)
            self.page.heights[self._row] = 4 * LINE

    def compute(self, kept: Callable[[str], str]) -> None:
        """Give every cell its formula, if it has one; `kept` is the address of a column of the ledger."""
        book = self._book
        for cell, table in self._fillable:
            formula = ""
            if cell.field and cell.field.name in book.formulas:
                refer = partial(self._refer, cell, table, kept)
                formula = "=" + resolved(whole(book.formulas[cell.field.name], book), refer)
            elif cell.field and cell.field.type == "counter" and table:
                formula = self._counter(cell, table)
            kind = cell.kind if not formula else "sum" if self.is_ledger else "figure"
            self.page.cells.append(
                Cell(cell.row, cell.column, kind, "", cell.field, formula, cell.until)
            )

    def _counter(self, cell: Cell, table: Table) -> str:
        """The number of the row, once anything stands in it."""
        ends = (
            xl_rowcol_to_cell(cell.row, at, col_abs=True)
            for at in (cell.column + 1, len(table.columns) - 1)
        )
        return f'=IF(SUMPRODUCT(--({":".join(ends)}<>""))=0,"",ROW()-{table.head + 1})'

    def _refer(
        self, cell: Cell, table: Table | None, kept: Callable[[str], str], name: str, mark: str
    ) -> str:
        """A reference of a formula as an address or a text."""
        if mark.startswith("|"):
            option = chosen(self.shelf, name, mark[1:])
            assert option, name  # `wrong` has told
            return f'"{both(option)}"'
        if mark == "[]":
            return kept(name)
        if table and name in table.columns:
            column = table.columns[name]
            if mark == "^":
                letter = xl_col_to_name(column, col_abs=True)
                return f"{letter}${table.head + 1}:{letter}{cell.row}"
            return str(xl_rowcol_to_cell(cell.row, column, col_abs=True))
        return self.boxes[name]

    def _write(self, column: int, kind: str, text: str, until: int = 0) -> None:
        self.page.cells.append(Cell(self._row, column, kind, text, until=until))

    def _widen(self, column: int, characters: float) -> None:
        self.page.widths[column] = max(self.page.widths.get(column, 0), characters)

    def _fields(self, part: Part) -> None:
        self._row += bool(self.tables)  # a line between them and a list
        if part.title:
            self._write(0, "section", both(part.title))
            self._row += 1
        for placed in part.fields:
            found = self.shelf.fields[placed.field]
            self._write(0, "label", both(found.title))
            self._widen(0, 26)
            self._widen(1, 30)
            is_long = found.type == "long"
            cell = Cell(self._row, 1, "filled", field=found, until=7 if is_long else 0)
            self._fillable.append((cell, None))
            self.boxes[found.name] = xl_rowcol_to_cell(self._row, 1, row_abs=True, col_abs=True)
            if is_long:
                self.page.heights[self._row] = 4 * LINE
            self._row += 1

    def _clauses(self, part: Part) -> None:
        for clause in part.clauses:
            title = self.shelf.fields[clause.field].title
            self._row += 1
            self._write(0, "label", both(title))
            blank = Cell(self._row, 1, "filled", field=self.shelf.fields[clause.field], until=7)
            self._fillable.append((blank, None))
            self.page.heights[self._row] = max(clause.lines, 2) * LINE
        self._row += 1

    def _list(self, part: Part) -> None:
        names = columns(part) + [each.field for each in self._book.also]
        fields = [self.shelf.fields[name] for name in dict.fromkeys(names)]
        if not self.is_ledger:
            self._row += 1
        if part.title:
            self._write(0, "section", both(part.title))
            self._row += 1
        printed = items(part, self.shelf)
        rows = ROWS if self.is_ledger else max(part.rows, len(printed))
        table = Table({each.name: at for at, each in enumerate(fields)}, self._row, rows)
        self.tables.append(table)
        self.page.heights[self._row] = HEADS * 14
        if self.is_ledger:
            self.page.head = self._row
            self.page.printed = len(columns(part)) - 1
        for at, each in enumerate(fields):
            self._write(at, "head", f"{each.title.zh}\n{each.title.en}")
            self._widen(at, _width(each, self._answers(each)))
        for number in range(rows):
            self._row += 1
            item = printed[number] if number < len(printed) else None
            self._fillable += [(cell, table) for cell in self._cells(fields, item)]
        self._row += 1

    def _answers(self, each: Field) -> list[Both]:
        """The choices of a field, or those that its formula gives."""
        formula = whole(self._book.formulas.get(each.name, ""), self._book)
        given = [(name, mark) for name, mark in REFERENCE.findall(formula) if mark.startswith("|")]
        found = [chosen(self.shelf, name, mark[1:]) for name, mark in given]
        return [*each.options, *filter(None, found)]

    def _cells(self, fields: list[Field], item: Item | None) -> Iterator[Cell]:
        """The cells of a row; an item is written where its column is printed."""
        own: Both | None = item
        for at, each in enumerate(fields):
            text = item.also.get(each.name) if item else None
            if text is None and each.is_printed:
                text, own = own, None
            if text:
                self._write(at, "item", both(text))
            else:
                yield Cell(self._row, at, "filled", field=each)


def _width(each: Field, answers: Sequence[Both]) -> float:
    """Width of a column in characters: for its type, its longest choice, and its title on a few lines."""
    heads = [each.title.zh, *each.title.en.replace("/", "/ ").split()]
    choice = max((_characters(both(option)) for option in answers), default=0)
    head = max(map(_characters, heads[1:]))
    chinese = _characters(each.title.zh) / 2
    least = max(each.measures.ideal / CHARACTER, head + 2, chinese + 2, min(choice + 3, 24))
    return max(least, _characters(each.title.en) / (HEADS - 1) + 2)


def _characters(text: str) -> int:
    return sum(1 if ord(character) < 0x2E80 else 2 for character in text)
