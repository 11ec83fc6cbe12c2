"""Workbooks as files: what each cell takes, how it is printed, and that nothing in them acts by itself."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from calc import filled
from project import BASE, ROOT, edit

from printables.chapters import owner
from printables.chapters.owner import Owner
from printables.findings import Finding
from printables.firms import table
from printables.forms import formulas
from printables.forms.formulas import Ledger
from printables.forms.reading import PLACE, Library
from printables.workbooks import layout
from printables.workbooks.writing import workbook


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(ROOT / PLACE)


@pytest.fixture(scope="module")
def ledgers(library: Library) -> dict[str, Ledger]:
    return formulas.ledgers(library)


@pytest.fixture(scope="module")
def publisher() -> Owner:
    return owner.load(BASE / "owner.yml")


@pytest.fixture(scope="module")
def hazards(library: Library, ledgers: dict[str, Ledger], publisher: Owner) -> dict[str, str]:
    """The files inside of 1A, by name."""
    file = workbook(ledgers["1A"], library.shelf, publisher)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_nothing_is_wrong_with_the_workbooks_of_this_repository(library: Library) -> None:
    assert list(formulas.wrong(library)) == []


def test_statistics_stand_in_the_workbook_of_their_ledger(ledgers: dict[str, Ledger]) -> None:
    assert list(ledgers["1A"].counted) == ["1C", "1D"]
    assert list(ledgers["12B"].counted) == ["12C"]
    assert {"1C", "1D", "12C"} & ledgers.keys() == set()


def test_the_same_workbook_has_the_same_bytes(
    library: Library, ledgers: dict[str, Ledger], publisher: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = workbook(ledgers["9E"], library.shelf, publisher)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert workbook(ledgers["9E"], library.shelf, publisher) == first


def test_nothing_in_a_workbook_acts_by_itself(hazards: dict[str, str]) -> None:
    assert [name for name in hazards if "vba" in name.lower() or "macro" in name.lower()] == []
    assert not any("externalLink" in name or "connections" in name for name in hazards)


def test_titles_stay_in_sight_and_are_printed_on_every_page(hazards: dict[str, str]) -> None:
    ledger = hazards["xl/worksheets/sheet1.xml"]
    assert 'topLeftCell="C3" activePane="bottomRight" state="frozen"' in ledger
    assert 'paperSize="8"' in ledger and 'orientation="landscape"' in ledger
    assert "'1A 隐患排查治理台账'!$A:$B,'1A 隐患排查治理台账'!$2:$2" in hazards["xl/workbook.xml"]


def test_a_cell_takes_a_day_or_one_of_the_choices(hazards: dict[str, str]) -> None:
    ledger = hazards["xl/worksheets/sheet1.xml"]
    rules = dict(re.findall(r'<dataValidation type="(\w+)".*?sqref="([A-Z]+)3:', ledger))
    assert {"list", "date", "decimal"} <= rules.keys()
    named = re.findall(r'name="choices_\d+">(.*?)<', hazards["xl/workbook.xml"])
    assert len(named) == len(set(named)) >= 6
    assert "yyyy-mm-dd" in hazards["xl/styles.xml"]


def test_columns_that_only_compute_are_not_printed(
    ledgers: dict[str, Ledger], library: Library, hazards: dict[str, str]
) -> None:
    page, *_ = layout.pages(ledgers["1A"], library.shelf)
    last = {cell.column for cell in page.cells if cell.field and cell.field.name == "days-overdue"}
    assert last == {page.printed}
    column = layout.xl_col_to_name(page.printed)
    area = f"$A$1:INDEX('{page.name}'!${column}$1:${column}${page.rows},MAX(22,"
    assert area in hazards["xl/workbook.xml"]


def test_what_is_pasted_and_not_counted_is_marked(hazards: dict[str, str]) -> None:
    marks = re.findall(r"<formula>(ISTEXT|AND)\(", hazards["xl/worksheets/sheet1.xml"])
    rules = re.findall(r"<dataValidation ", hazards["xl/worksheets/sheet1.xml"])
    assert len(marks) == len(rules)


def test_a_column_is_as_wide_as_what_its_formula_says(
    ledgers: dict[str, Ledger], library: Library
) -> None:
    page, *_ = layout.pages(ledgers["1A"], library.shelf)
    status = next(cell for cell in page.cells if cell.field and cell.field.name == "status")
    assert page.widths[status.column] > len("待复查 Awaiting check") + 3


def test_the_register_of_firms_is_a_list_to_merge(
    library: Library, ledgers: dict[str, Ledger], publisher: Owner, tmp_path: Path
) -> None:
    ledger = ledgers["4C"]
    [page] = layout.pages(ledger, library.shelf)
    typed = {
        "enterprise": "宏远机床厂",
        "grid": "3 号网格",
        "unified-social-credit-code": "91430000MA0000000X",
    }
    cells = {
        name: next(c for c in page.cells if c.field and c.field.name == name) for name in typed
    }
    addresses = {
        layout.xl_rowcol_to_cell(c.row, c.column): typed[name] for name, c in cells.items()
    }
    path = tmp_path / "register.xlsx"
    path.write_bytes(filled(workbook(ledger, library.shelf, publisher), {page.name: addresses}))
    [row], findings = table.read(path)
    assert findings == []
    assert (row["name_zh"], row["grid"]) == (typed["enterprise"], typed["grid"])
    assert row["unified-social-credit-code"] == typed["unified-social-credit-code"]


def test_no_text_begins_a_formula(tmp_path: Path, publisher: Owner, library: Library) -> None:
    """A title with = is a text; so is what somebody types into a cell of text."""
    title = '{zh = "=HYPERLINK(1)", en = "=1+1"}'
    folder = tmp_path / "forms"
    (folder / "shared").mkdir(parents=True)
    for path in (*library.shared_files, ROOT / PLACE / "14D.toml"):
        where = folder / ("shared" if path in library.shared_files else "") / path.name
        where.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    text = (folder / "14D.toml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("title = "))
    edit(folder / "14D.toml", line, f"title = {title}")
    small = Library(folder)
    file = workbook(formulas.ledgers(small)["14D"], small.shelf, publisher)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "=HYPERLINK(1) =1+1" in archive.read("xl/sharedStrings.xml").decode()
    assert all(formula.startswith("IF(SUMPRODUCT") for formula in re.findall("<f>(.*?)</f>", sheet))


def test_columns_are_wide_enough_for_their_titles(
    ledgers: dict[str, Ledger], library: Library
) -> None:
    for ledger in ledgers.values():
        for page in layout.pages(ledger, library.shelf):
            for cell in (cell for cell in page.cells if cell.kind == "head"):
                _, english = cell.text.split("\n")
                longest = max(map(len, english.replace("/", "/ ").split()))
                assert page.widths[cell.column] > longest, cell.text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{contest-team}", "{contest-teams}", "no field `contest-teams`. Write instead: contest-team"),
        ("{total[]}", "{totals[]}", "no field `totals`. Write instead: total"),
        ("rank = ", "ranks = ", "no field `ranks`. Write instead: rank"),
        ("{total}=", "{yes-no|对}=", "no list of choices `yes-no|对`"),
        ("{total}=", "{=total}=", "no field `=total`"),
        ("[workbook]\n", '[workbook]\nof = "9Z"\n', "no ledger `9Z`"),
        ("[workbook]\n", '[workbook]\nalso = ["sum"]\n', "no field `sum`"),
    ],
)  # fmt: skip
def test_a_formula_that_names_what_is_not_there_is_found(
    tmp_path: Path, library: Library, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "forms"
    (folder / "shared").mkdir(parents=True)
    for path in library.shared_files:
        (folder / "shared" / path.name).write_bytes(path.read_bytes())
    text = (ROOT / PLACE / "9E.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "9E.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    found: list[Finding] = list(formulas.wrong(Library(folder)))
    assert len(found) == 1 and said in found[0].text("en")
    assert 8 < found[0].line < 20


def test_a_ledger_has_one_list(tmp_path: Path, library: Library) -> None:
    """form-ledger: a workbook of two lists would not know which of them is kept."""
    folder = tmp_path / "forms"
    (folder / "shared").mkdir(parents=True)
    for path in library.shared_files:
        (folder / "shared" / path.name).write_bytes(path.read_bytes())
    text = (ROOT / PLACE / "14D.toml").read_text(encoding="utf-8")
    again = '\n[[part]]\nsheets = [["enterprise", "spot"]]\nrows = 3\n'
    (folder / "14D.toml").write_text(text + again, encoding="utf-8")
    [found] = formulas.wrong(Library(folder))
    assert "has one list; this one has 2" in found.text("en")
