"""Pages → an .xlsx file: formats, lists to choose from, frozen titles, page set-up; no macros, the same bytes twice."""

import io
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from printables import files
from printables.chapters.owner import Owner
from printables.forms.formulas import Ledger
from printables.forms.shelf import Field, Shelf
from printables.words import WORDS
from printables.workbooks.layout import OPEN, Cell, Page, both, pages

SUFFIX = ".xlsx"
ROOMS = ("forms", "workbooks")  # the code that turns forms into cells
FACE = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
BORDER = {"border": 1, "border_color": "#999999"}
GREY, WRONG = "#F1F2F0", "#F6C7C0"
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 16, "bold": True},
    "section": {"font_size": 11, "bold": True},
    "head": {**BORDER, "bold": True, "bg_color": GREY, "text_wrap": True, "align": "center"},
    "label": {**BORDER, "bold": True, "bg_color": GREY, "text_wrap": True},
    "item": {**BORDER, "bg_color": GREY, "text_wrap": True},
    "note": {"text_wrap": True, "valign": "top", "font_color": "#444444"},
    "filled": {**BORDER, "text_wrap": True},
    "sum": {**BORDER, "bg_color": "#F7F7F5", "align": "center"},
    "figure": {**BORDER, "bg_color": "#F7F7F5", "align": "center"},
}
PAPERS = {"a4": 9, "a3": 8}  # as Excel counts them
FIRST_DAY = date(2000, 1, 1)
CENTRED = ("date", "time", "counter", "yes-no", "yes-no-na")
MARGINS_IN = {"left": 0.6, "right": 0.4, "top": 0.7, "bottom": 0.7}
MM_A_CHARACTER = 1.95  # at 100 %, which no print goes far below: it would be too small to read
LEAST_SCALE = 0.9
FEWEST = 20  # rows of a ledger that are printed, filled or not
SAID = ("sheet_grey", "sheet_red", "sheet_printed")
CHOICES, NOTES = "选项 Choices", "说明 Notes"


def workbook(ledger: Ledger, shelf: Shelf, owner: Owner) -> bytes:
    """The file of a ledger and of what computes from it."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    form = ledger.form
    book.set_properties(
        {
            "title": both(form.title),
            "author": both(owner.name),
            "created": datetime.combine(form.reviewed, datetime.min.time()),
        }
    )
    book.set_calc_mode("auto")
    made = pages(ledger, shelf)
    writer = _Writer(book)
    for page in made:
        writer.write(page)
    writer.notes(ledger, shelf)
    writer.choices()
    book.close()
    return out.getvalue()


def digest(ledger: Ledger, shelf: Shelf, owner: Owner) -> str:
    """Text that differs for two workbooks with different bytes; much quicker than making them."""
    return f"{files.digest(ROOMS)} {version('xlsxwriter')} {ledger} {shelf} {owner.name} {WORDS}"


class _Writer:
    """A workbook that is being written; formats and lists of choices are made once each."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[str, str], Format] = {}
        self._lists: dict[tuple[str, ...], str] = {}
        self._wrong = book.add_format({"bg_color": WRONG})

    def write(self, page: Page) -> None:
        """A sheet with its cells, widths and page set-up."""
        sheet = self._book.add_worksheet(page.name)
        for column, width in page.widths.items():
            sheet.set_column(column, column, width)
        for row, height in page.heights.items():
            sheet.set_row(row, height)
        for cell in page.cells:
            self._cell(sheet, cell)
        self._checks(sheet, page)
        self._paper(sheet, page)

    def _cell(self, sheet: Worksheet, cell: Cell) -> None:
        look = self._look(cell)
        if cell.until > cell.column:
            sheet.merge_range(cell.row, cell.column, cell.row, cell.until, "", look)
        if cell.formula and cell.kind == "figure":  # one that goes through a whole column
            sheet.write_array_formula(
                cell.row, cell.column, cell.row, cell.column, f"{{{cell.formula}}}", look, ""
            )
        elif cell.formula:
            sheet.write_formula(cell.row, cell.column, cell.formula, look, "")
        elif cell.text:
            sheet.write_string(cell.row, cell.column, cell.text, look)
        else:
            sheet.write_blank(cell.row, cell.column, None, look)

    def _look(self, cell: Cell) -> Format:
        """The format of a cell; what computes has no format of text, in which Excel would show the formula."""
        shown = cell.field.measures.cell if cell.field else "General"
        if cell.formula and shown == "@":
            shown = "General"
        centred = bool(cell.field and cell.field.type in CENTRED)
        key = cell.kind, f"{shown} {centred}"
        if key not in self._formats:
            look = {**FACE, **LOOKS[cell.kind], "num_format": shown}
            self._formats[key] = self._book.add_format(
                look | ({"align": "center"} if centred else {})
            )
        return self._formats[key]

    def _checks(self, sheet: Worksheet, page: Page) -> None:
        """What may be typed: a day, a number, one of the choices; one rule for all cells below one another.

        A rule does not stop what is pasted: what formulas leave out is marked.
        """
        for first, last, found in _runs(page):
            rule = self._rule(found)
            if rule:
                cells = (first.row, first.column, last.row, last.column)
                sheet.data_validation(*cells, rule)
                cell = xlsxwriter.utility.xl_rowcol_to_cell(first.row, first.column)
                wrong = f"ISTEXT({cell})"
                if rule["validate"] == "list":
                    wrong = f'AND({cell}<>"",COUNTIF({rule["source"][1:]},{cell})=0)'
                marked = {"type": "formula", "criteria": f"={wrong}", "format": self._wrong}
                sheet.conditional_format(*cells, marked)

    def _rule(self, found: Field) -> dict[str, Any] | None:
        rule: dict[str, Any]
        if found.options and found.type != "several":
            said, rule = "sheet_choose", {"validate": "list", "source": f"={self._list(found)}"}
        elif found.type in ("date", "time"):
            said, rule = "sheet_date", {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
        elif found.type == "number":
            said, rule = "sheet_number", {"validate": "decimal", "criteria": ">=", "value": 0}
        else:
            return None
        message = "\n".join(words[said] for words in WORDS.values())
        return {**rule, "error_title": both(found.title)[:32], "error_message": message}

    def _list(self, found: Field) -> str:
        """The name of a list of choices, which stands on a sheet of its own: a rule holds 255 characters."""
        options = tuple(map(both, found.options))
        return self._lists.setdefault(options, f"choices_{len(self._lists) + 1}")

    def _paper(self, sheet: Worksheet, page: Page) -> None:
        """Titles that stay in sight and are printed again; paper, and as many pages across as can be read."""
        paper = page.paper
        wide = 1
        if page.head is not None:
            sheet.freeze_panes(page.head + 1, OPEN)
            sheet.repeat_rows(page.head)
            sheet.repeat_columns(0, OPEN - 1)
            sheet.autofilter(page.head, 0, page.rows - 1, max(page.widths))
            self._book.define_name(f"'{page.name}'!_xlnm.Print_Area", _filled(page))
            widths = (page.widths[column] for column in range(page.printed + 1))
            width = sum(widths) * MM_A_CHARACTER * LEAST_SCALE
            wide = -int(-width // (max(paper.trim) - 25))
        if page.head is not None or paper.turned:
            sheet.set_landscape()
        sheet.set_paper(PAPERS.get(paper.size, 9))
        sheet.fit_to_pages(wide, 0)
        sheet.set_margins(**MARGINS_IN)
        sheet.set_header(f"&L{_plain(page.title)}")
        sheet.set_footer(f"&L{page.code}&R&P / &N")

    def notes(self, ledger: Ledger, shelf: Shelf) -> None:
        """A sheet of what the forms say at their foot: what they are, their basis, how long they are kept."""
        sheet = self._book.add_worksheet(NOTES)
        sheet.set_column(0, 0, 100)
        look = self._book.add_format({**FACE, "text_wrap": True, "valign": "top"})
        lines = [words[said] for said in SAID for words in WORDS.values()]
        for code, form in {ledger.code: ledger.form, **ledger.counted}.items():
            lines += ["", f"{code} {both(form.title)}"]
            for language, words in WORDS.items():
                note = [form.note[language].replace("**", "")] if form.note else []
                basis = words["form_basis"] + form.source[language]
                lines += [*note, basis, words["form_keep"] + shelf.keeping[form.keep][language]]
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, look)
        sheet.set_paper(PAPERS["a4"])
        sheet.fit_to_pages(1, 0)

    def choices(self) -> None:
        """The lists of choices, on a hidden sheet, each with its name."""
        if not self._lists:
            return
        sheet = self._book.add_worksheet(CHOICES)
        for column, (options, name) in enumerate(self._lists.items()):
            for row, option in enumerate(options):
                sheet.write_string(row, column, option)
            top, end = (
                xlsxwriter.utility.xl_rowcol_to_cell(row, column, True, True)
                for row in (0, len(options) - 1)
            )
            self._book.define_name(name, f"='{CHOICES}'!{top}:{end}")
        sheet.hide()


def _filled(page: Page) -> str:
    """Formula of the area that is printed: down to the last row in which anything stands, FEWEST at least.

    LibreOffice takes all rows for it.
    """
    assert page.head is not None
    name, last = f"'{page.name}'!", (page.rows - 1, page.printed)
    rows = f"{name}{xl_range_abs(page.head + 1, 0, *last)}"
    column = f"{name}{xl_range_abs(0, page.printed, *last)}"
    fewest = page.head + 1 + FEWEST
    return f'={name}$A$1:INDEX({column},MAX({fewest},SUMPRODUCT(MAX(({rows}<>"")*ROW({rows})))))'


def _runs(page: Page) -> list[tuple[Cell, Cell, Field]]:
    """The first and last of cells to be filled that stand below one another and hold the same field."""
    found: list[tuple[Cell, Cell, Field]] = []
    filled = [cell for cell in page.cells if cell.kind == "filled" and not cell.formula]
    for cell in sorted(filled, key=lambda cell: (cell.column, cell.row)):
        before = found[-1] if found else None
        if not cell.field:
            continue
        if (
            before
            and before[2] == cell.field
            and before[1].column == cell.column
            and before[1].row == cell.row - 1
        ):
            found[-1] = (before[0], cell, cell.field)
        else:
            found.append((cell, cell, cell.field))
    return found


def _plain(text: str) -> str:
    """A text for a header, in which & begins a code."""
    return text.replace("&", "&&")
