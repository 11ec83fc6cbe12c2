"""What workbooks compute, against figures that were worked out by hand."""

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from calc import OFFICE, Cells, changed, filled, recalculated, values
from calc import sheets as places
from project import BASE, ROOT

from printables.chapters import owner
from printables.forms import formulas
from printables.forms.reading import PLACE, Library
from printables.workbooks import layout
from printables.workbooks.writing import workbook

if not OFFICE:
    pytest.skip("LibreOffice is not on this machine", allow_module_level=True)

FORWARD = datetime.date.today() + datetime.timedelta(days=400)
FIRE, POWER, DUST = "消防 Fire", "用电 Electricity", "粉尘 Dust"
GENERAL, MAJOR = "一般 General", "重大 Major"
PASSED, FAILED = "合格 Passed", "不合格 Failed"
# found, firm, spot, field, level, person, money, due, done, result, closed
HAZARDS = [
    (date(2026, 7, 6), "甲", "一车间", FIRE, GENERAL, "李", 100, date(2026, 7, 10), date(2026, 7, 9), PASSED, date(2026, 7, 10)),
    (date(2026, 7, 20), "甲", "一车间", FIRE, GENERAL, "李", 50, date(2026, 7, 25), date(2026, 7, 30), PASSED, date(2026, 7, 31)),
    (date(2026, 8, 3), "甲", "一车间", FIRE, MAJOR, "李", 900, date(2026, 8, 10), None, None, None),
    (date(2026, 8, 4), "乙", "仓库", POWER, GENERAL, None, None, FORWARD, None, None, None),
    (date(2026, 9, 1), "乙", "仓库", POWER, GENERAL, "王", 10, date(2026, 9, 30), date(2026, 9, 2), FAILED, None),
    (date(2026, 10, 5), "丙", "二车间", DUST, GENERAL, "赵", 20, FORWARD, date(2026, 10, 6), None, None),
]  # fmt: skip
# As people paste them: a row left empty, spaces behind a name, a day as text, and in another's column.
MESSY = [
    (None,) * 11,
    (date(2026, 7, 6), "甲 ", "一车间", FIRE, GENERAL, "李", 100, date(2026, 7, 10), date(2026, 7, 9), PASSED, date(2026, 7, 10)),
    (date(2026, 8, 6), " 甲", "一车间 ", FIRE, GENERAL, "李", "50元", date(2026, 8, 10), "8月9日", PASSED, "已改"),
    ("2026-07-07", "甲", "一车间", FIRE, GENERAL, "李", 7, date(2026, 7, 10), None, None, None),
    (None,) * 11,
    (date(2026, 7, 8), "甲二厂", "仓库", POWER, MAJOR, None, 30, "7月底", None, None, None),
]  # fmt: skip
ROUTE, DOOR, ALARM = "疏散通道 Route", "防火门 Fire door", "自动报警 Alarm"
NAMES = ("date", "enterprise", "spot", "sub-class", "due", "done-on")
DAY, DUE = date(2026, 7, 1), date(2026, 7, 15)
VISITS = [
    (DAY, "甲", "一楼", ROUTE, DUE, date(2026, 7, 10)),
    (DAY, "乙", "一楼", ROUTE, DUE, date(2026, 7, 20)),
    (DAY, "丙", "二楼", ROUTE, DUE, None),
    (date(2026, 8, 1), "甲", "一楼", ROUTE, DUE, None),
    (date(2026, 8, 1), "甲", "三楼", DOOR, DUE, None),
    (date(2026, 8, 1), "乙", "三楼", DOOR, DUE, None),
    (date(2026, 12, 1), "丁", "三楼", ALARM, DUE, None),
]  # fmt: skip
COLUMNS = ("found-on", "enterprise", "spot", "hazard-field", "level", "person-answerable", "money", "deadline", "done-on", "re-check-result", "closed-on")  # fmt: skip


class Book:
    """A workbook of this repository, and where its fields stand."""

    def __init__(self, code: str) -> None:
        library = Library(ROOT / PLACE)
        ledger = formulas.ledgers(library)[code]
        self.bytes = workbook(ledger, library.shelf, owner.load(BASE / "owner.yml"))
        self.pages = {page.code: page for page in layout.pages(ledger, library.shelf)}

    def address(self, code: str, name: str, row: int = 0) -> str:
        """The cell of a field: its box, or the one in a row, from 0, of its column."""
        cells = [cell for cell in self.pages[code].cells if cell.field and cell.field.name == name]
        return layout.xl_rowcol_to_cell(cells[row].row, cells[row].column)

    def typed(
        self, code: str, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
    ) -> dict[str, object]:
        return {
            self.address(code, name, number): value
            for number, row in enumerate(rows)
            for name, value in zip(names, row, strict=True)
            if value is not None
        }

    def boxes(self, code: str, **given: object) -> dict[str, object]:
        return {self.address(code, name.replace("_", "-")): value for name, value in given.items()}


Read = tuple[Book, dict[str, Cells]]


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """Workbooks with the samples, and four with nothing in them."""
    books = {code: Book(code) for code in ("1A", "12B", "9E", "14C")}
    entries = {
        "1A": {
            "1A": books["1A"].typed("1A", COLUMNS, HAZARDS),
            "1C": books["1A"].boxes("1C", period_from=date(2026, 7, 1), period_to=date(2026, 9, 30)),
            "1D": books["1A"].boxes("1D", year=2026, month=7),
        },
        "messy-1A": {
            "1A": books["1A"].typed("1A", COLUMNS, MESSY),
            "1C": books["1A"].boxes("1C", period_from=date(2026, 7, 1), period_to=date(2026, 9, 30), enterprise_counted="甲"),
            "1D": books["1A"].boxes("1D", year=2026, month=8),
        },
        "12B": {
            "12B": books["12B"].typed("12B", NAMES, VISITS),
            "12C": books["12B"].boxes("12C", period_from=date(2026, 7, 1), period_to=date(2026, 9, 30), firms_listed=40),
        },
    }  # fmt: skip
    files = {f"empty-{code}": book.bytes for code, book in books.items()}
    for name, sheets in entries.items():
        book = books[name.removeprefix("messy-")]
        named = {book.pages[each].name: cells for each, cells in sheets.items()}
        files[name] = filled(book.bytes, named)
    done = recalculated(files, tmp_path_factory.mktemp("office"))
    return {
        name: (book, {code: values(file, page.name) for code, page in book.pages.items()})
        for name, file in done.items()
        for book in [books[name.rpartition("-")[2]]]
    }


def test_a_ledger_is_printed_down_to_the_last_row_that_is_filled(tmp_path: Path) -> None:
    """The formula of the area stands in a cell of another sheet; of a ledger with little in it 20 rows are printed."""
    book = Book("1A")
    name, other = book.pages["1A"].name, book.pages["1C"].name
    with zipfile.ZipFile(io.BytesIO(book.bytes)) as archive:
        [area] = re.findall(r"Print_Area.*?>(.*?)<", archive.read("xl/workbook.xml").decode())
    cell, place = book.address("1C", "found"), places(book.bytes)[other]
    files = {}
    for row in (0, 29):
        file = filled(book.bytes, {name: {book.address("1A", "spot", row): "一车间"}})
        formula = rf'(<c r="{cell}".*?<f[^>]*>).*?(</f>)'
        files[str(row)] = changed(file, place, formula, rf"\1ROWS({area})\2")
    done = recalculated(files, tmp_path)
    assert [values(file, other)[cell] for file in done.values()] == [22, 32]


def column(read: Read, code: str, name: str, count: int) -> list[object]:
    return [read[1][code].get(read[0].address(code, name, row), "") for row in range(count)]


def test_a_ledger_says_where_each_hazard_stands(computed: dict[str, Read]) -> None:
    assert column(computed["1A"], "1A", "no", 7) == [1, 2, 3, 4, 5, 6, ""]
    assert column(computed["1A"], "1A", "status", 7) == [
        "已销号 Closed", "已销号 Closed", "逾期 Overdue", "未整改 Open", "逾期 Overdue", "待复查 Awaiting check", "",
    ]  # fmt: skip
    late = [(date.today() - due).days for due in (date(2026, 8, 10), date(2026, 9, 30))]
    assert column(computed["1A"], "1A", "days-overdue", 7) == ["", "", late[0], "", late[1], "", ""]
    assert column(computed["1A"], "1A", "repeat-times", 7) == [1, 2, 3, 1, 2, 1, ""]


def test_a_quarter_is_counted_from_the_ledger(computed: dict[str, Read]) -> None:
    assert column(computed["1A"], "1C", "found", 2) == [4, 1]
    assert column(computed["1A"], "1C", "fixed-count", 2) == [2, 0]
    assert column(computed["1A"], "1C", "rate", 2) == [0.5, 0]
    assert column(computed["1A"], "1C", "still-overdue", 2) == [1, 1]
    assert column(computed["1A"], "1C", "money-spent", 1) == [1060]
    assert column(computed["1A"], "1C", "found-now", 3) == [0, 3, 2]
    assert column(computed["1A"], "1C", "share", 3) == [0, 0.6, 0.4]
    assert column(computed["1A"], "1C", "repeated-hazard", 3) == [
        f"甲 · 一车间 · {FIRE}",
        f"乙 · 仓库 · {POWER}",
        "",
    ]
    assert column(computed["1A"], "1C", "times", 3) == [3, 2, ""]


def test_a_month_is_counted_and_an_empty_base_gives_an_empty_rate(
    computed: dict[str, Read],
) -> None:
    fire, power = 1, 2  # rows of the fields
    for name, wanted in {
        "found-this-month": [2, 0], "due-this-month": [2, 0], "due-and-closed": [2, 0],
        "rectification-rate": [1, ""], "on-time-rate": [0.5, ""], "overdue": [1, 1], "repeats": [1, 0],
    }.items():  # fmt: skip
        assert [column(computed["1A"], "1D", name, 3)[row] for row in (fire, power)] == wanted, name


def test_visits_show_weak_points_common_problems_and_repeaters(computed: dict[str, Read]) -> None:
    made = computed["12B"]
    assert column(made, "12B", "repeated-hazard", 4) == ["", "", "", "是 Yes"]
    assert column(made, "12C", "firms-visited", 1) == [3]
    assert column(made, "12C", "coverage", 1) == [0.075]
    assert column(made, "12C", "on-time-rate", 1) == [0.5]
    assert column(made, "12C", "found-now", 7) == [4, 0, 2, 0, 0, 0, 0]
    assert column(made, "12C", "firms-with-it", 3) == [3, 0, 2]
    assert column(made, "12C", "is-common", 3) == ["是 Yes", "", ""]
    assert column(made, "12C", "weak-point", 5) == [ROUTE, DOOR, "", "", ""]
    assert column(made, "12C", "repeater", 3) == ["甲", "", ""]
    assert column(made, "12C", "times", 3) == [1, "", ""]


def test_messy_rows_are_counted_right_or_not_at_all(computed: dict[str, Read]) -> None:
    """One firm alone: neither the one whose name begins alike, nor what was found on no day."""
    messy = computed["messy-1A"]
    assert column(messy, "1C", "found", 2) == [2, 0]
    assert column(messy, "1C", "fixed-count", 2) == [1, 0]
    assert column(messy, "1C", "rate", 2) == [0.5, ""]
    assert column(messy, "1C", "money-spent", 1) == [100]
    assert column(messy, "1C", "found-now", 3) == [0, 2, 0]
    assert column(messy, "1C", "repeated-hazard", 2) == [f"甲 · 一车间 · {FIRE}", ""]
    assert column(messy, "1D", "rectification-rate", 2) == ["", 0]
    assert column(messy, "1A", "status", 3) == ["", "已销号 Closed", "逾期 Overdue"]
    shown = [value for read in messy[1].values() for value in read.values()]
    assert [value for value in shown if str(value).startswith(("#", "Err"))] == []


def test_nothing_typed_gives_no_error_and_no_rate(computed: dict[str, Read]) -> None:
    for name in ("empty-1A", "empty-12B", "empty-9E", "empty-14C"):
        book, read = computed[name]
        for code, shown in read.items():
            assert [value for value in shown.values() if str(value).startswith("#")] == []
            rates = [
                cell
                for cell in book.pages[code].cells
                if cell.formula and cell.field and cell.field.type == "rate"
            ]
            assert {
                shown.get(layout.xl_rowcol_to_cell(cell.row, cell.column), "") for cell in rates
            } <= {""}
