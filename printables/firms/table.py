"""A list of firms, a workbook or text → its rows as text, by the keys of columns.toml."""

import csv
import io
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import HAN

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_BYTES = 20_000_000
MOST_UNPACKED = 400_000_000
MOST_ROWS, MOST_COLUMNS = 20_000, 16_384
HEAD_ROWS = 50  # of a sheet: in which its heads are looked for
NAMES = frozenset({"name_zh", "name_en"})
NUMBERS = ("phone", "phone_2", "mobile", "24-hour-phone")
# .xlsx and .ods, .xls and .et, whatever they are called
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKS = ",;\t，"  # between the cells of a text
# A cell that keeps its zero, as spreadsheets write it into a text: ="0731…" or '0731…
KEPT_ZERO = re.compile(r"""=\s*"(.*)"|'(.*)""", re.DOTALL)
LINE = re.compile(r"[\r\n]+")
# What a spreadsheet shows where a formula has no result, and the cell of a workbook that says so.
NO_RESULT = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|Err:\d+", re.IGNORECASE
)
CELL_WITHOUT_RESULT = re.compile(rb'(<c [^>]*\bt=)"e"')
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Rows and columns of a worksheet that are not seen, hidden by hand or by a filter.
ROW, COLUMN = re.compile(rb"<row\b[^>]*>"), re.compile(rb"<col\b[^>]*>")
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
PLACE = re.compile(rb'\b(?:r|min|max)="(\d+)"')
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
Cell = object
Unseen = tuple[frozenset[int], frozenset[int]]  # rows and columns of a sheet, from 0
NOTHING: Unseen = (frozenset(), frozenset())
UNUSED = "unused"  # heads that are known, though nothing is made of their columns


@dataclass(frozen=True)
class Row:
    """A row of the list: its number, from 1, its texts by key, and what its columns are called there.

    `numeric` are the keys whose cells hold numbers, which have no leading zero.
    """

    number: int
    texts: dict[str, str]
    heads: dict[str, str]
    numeric: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> str:
        return self.texts.get(key, "")


class Sheet(NamedTuple):
    """A sheet of a workbook, or a text, and what is not seen of it."""

    name: str
    cells: list[list[Cell]]
    unseen: Unseen = NOTHING


@cache
def columns() -> dict[str, dict[str, str | list[str]]]:
    """The columns of columns.toml."""
    return {key: column for key, column in _tables().items() if key != UNUSED}


@cache
def _tables() -> dict[str, Any]:
    text = Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def read(path: Path) -> tuple[list[Row], list[Finding]]:
    """The rows of a list that are not empty, and findings for heads that nothing is known of; raises Rejected."""
    if not path.is_file():
        raise Rejected([finding("file-missing", path)])
    if path.stat().st_size > MOST_BYTES:
        raise Rejected([finding("firms-unreadable", path)])
    content = path.read_bytes()
    if content.startswith(WORKBOOKS):
        sheets = _workbook(path, content)
    else:
        sheets = [Sheet("", _parted(path, content, mark)) for mark in MARKS]
    # The explanations of the empty list name its heads too, one by one.
    sheets.sort(key=lambda sheet: _known(sheet.cells), reverse=True)
    number = _head(sheets[0].cells) if sheets else None
    if number is None:
        raise Rejected([finding("firms-without-heads", path, heads=_first_heads())])
    read_from, cells, (rows_unseen, columns_unseen) = sheets[0]
    left = [name for name, other, _ in sheets[1:] if name and _known(other) > 1]
    head = ["" if n in columns_unseen else cell for n, cell in enumerate(cells[number])]
    keys = _keys(head)
    heads = dict(zip(keys, map(_plain, head), strict=True))
    unused = set(map(_folded, _tables()[UNUSED]))
    unknown = [
        _plain(c)
        for c, key in zip(head, keys, strict=True)
        if not key and _plain(c) and not unused & set(_heads(c))
    ]
    findings = [
        finding("firms-head-unknown", path, number + 1, column=each, near=nearest(each, _all()))
        for each in unknown
    ]
    findings += [finding("firms-sheet-left", path, sheet=name, read=read_from) for name in left]
    findings += [
        finding("firms-head-twice", path, number + 1, column=_plain(cell))
        for place, (cell, key) in enumerate(zip(head, keys, strict=True))
        if key and key in keys[:place]
    ]
    findings += [
        finding("firms-column-hidden", path, number + 1, column=_plain(cell))
        for place, (cell, key) in enumerate(zip(cells[number], _keys(cells[number]), strict=True))
        if key and place in columns_unseen
    ]
    rows = [_row(n, each, keys, heads) for n, each in enumerate(cells[number + 1 :], number + 2)]
    # A formula may go on below the last firm.
    rows = [row for row in rows if any(map(_says, row.texts.values())) and row.texts != heads]
    if unseen := [row.number for row in rows if row.number - 1 in rows_unseen]:
        told = {"count": len(unseen), "rows": ", ".join(map(str, unseen))}
        findings.append(finding("firms-rows-hidden", path, unseen[0], **told))
        rows = [row for row in rows if row.number not in unseen]
    if not rows:
        findings.append(finding("firms-none", path, number + 1))
    return rows, findings


def _says(text: str) -> bool:
    return bool(text) and not NO_RESULT.fullmatch(text)


def _row(number: int, cells: Sequence[Cell], keys: Sequence[str], heads: dict[str, str]) -> Row:
    pairs = [(key, cell) for key, cell in zip(keys, cells, strict=False) if key]
    numeric = frozenset(key for key, cell in pairs if isinstance(cell, float | int))
    return Row(number, {key: _said(key, cell) for key, cell in pairs}, heads, numeric)


def _said(key: str, cell: Cell) -> str:
    """A cell's text: telephones on lines of their own are several, a Chinese name has no spaces."""
    if key in NUMBERS and isinstance(cell, str):
        cell = LINE.sub("、", cell.strip())
    plain = _plain(cell)
    return BETWEEN_HAN.sub("", plain) if key == "name_zh" else plain


def _head(cells: Sequence[Sequence[Cell]]) -> int | None:
    """The row with most heads, from 0, as some stand in two; None where none has the firms' names."""
    named = {n: keys for n, row in enumerate(cells[:HEAD_ROWS]) if set(keys := _keys(row)) & NAMES}
    return max(named, key=lambda n: len({*named[n]} - {""}), default=None)


def _known(cells: Sequence[Sequence[Cell]]) -> int:
    """How many heads are known."""
    head = _head(cells)
    return 0 if head is None else len({*_keys(cells[head])} - {""})


def _keys(cells: Iterable[Cell]) -> list[str]:
    """The key of each head, "" for one that is not known."""
    known = {_folded(head): key for key, column in columns().items() for head in column["heads"]}
    return [next((known[head] for head in _heads(cell) if head in known), "") for cell in cells]


def _heads(cell: Cell) -> list[str]:
    """What a head may be: all of it, or its first line, below which workbooks say it in English."""
    return [_folded(_plain(cell)), _folded(_plain(str(cell).partition("\n")[0]))]


def first_head(key: str) -> str:
    """What the empty list calls a column."""
    return str(columns()[key]["heads"][0])


def _first_heads() -> str:
    return "、".join(map(first_head, columns()))


def _all() -> list[str]:
    """What heads may be called."""
    return [head for column in columns().values() for head in column["heads"]]


def _folded(head: str) -> str:
    return "".join(unicodedata.normalize("NFKC", head).casefold().split()).strip("*：:")


def _plain(cell: Cell) -> str:
    """A cell's text on one line; a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())


def _workbook(path: Path, content: bytes) -> list[Sheet]:
    """The sheets that are seen; what merged cells say stands in each of them."""
    import python_calamine

    try:
        shown, unseen = _opened(content) if content.startswith(b"PK") else (content, {})
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(shown))
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        cells = {name: _cells(book.get_sheet_by_name(name)) for name in seen}
        return [Sheet(name, cells[name], unseen.get(name, NOTHING)) for name in seen]
    except Exception:  # a reader meets whatever a stranger sends
        raise Rejected([finding("firms-unreadable", path)]) from None


def _opened(content: bytes) -> tuple[bytes, dict[str, Unseen]]:
    """What the reader of workbooks does not tell.

    A copy in which a formula without a result says what its cell shows, as it is taken for empty; and what is not seen
    of an .xlsx, by the names of its sheets.
    """
    made, unseen = io.BytesIO(), dict[str, Unseen]()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(made, "w") as copy:
        if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
            raise ValueError("unpacks to more than a list of firms has")
        called = _called(book)
        for part in book.infolist():
            text = book.read(part)
            if part.filename.startswith("xl/worksheets/"):
                unseen[called.get(Path(part.filename).name, "")] = _unseen(text)
                text = CELL_WITHOUT_RESULT.sub(rb'\1"str"', text)
            copy.writestr(part, text)
    return made.getvalue(), unseen


def _called(book: zipfile.ZipFile) -> dict[str, str]:
    """What the sheets of an .xlsx are called, by the names of their files."""
    if not {WORKBOOK, RELATIONS} <= set(book.namelist()):
        return {}
    files = {
        each.get("Id"): Path(each.get("Target", "")).name
        for each in ElementTree.fromstring(book.read(RELATIONS))
    }
    return {
        files[value]: each.get("name", "")
        for each in ElementTree.fromstring(book.read(WORKBOOK)).iter()
        for key, value in each.attrib.items()
        if each.tag.endswith("}sheet") and key.endswith("}id")
    }


def _unseen(worksheet: bytes) -> Unseen:
    """The rows and columns of a worksheet that are hidden."""
    rows, columns = (
        [
            list(map(int, PLACE.findall(tag)))
            for tag in tags.findall(worksheet)
            if HIDDEN.search(tag)
        ]
        for tags in (ROW, COLUMN)
    )
    return (
        frozenset(number - 1 for row in rows for number in row),
        frozenset(n for first, last in columns for n in range(first - 1, min(last, MOST_COLUMNS))),
    )


def _cells(sheet: "CalamineSheet") -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        list(row) for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * (right + 1 - left)
    return rows


def _text(path: Path, content: bytes) -> str:
    """What a text says, in UTF-8, in UTF-16, or in GB 18030 as Chinese spreadsheets write it."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Rejected([finding("firms-unreadable", path)])


def _parted(path: Path, content: bytes, mark: str) -> list[list[Cell]]:
    """The cells of a text with a mark between them."""
    text = io.StringIO(_text(path, content), newline=None)
    try:
        rows = list(csv.reader(text, delimiter=mark, strict=True))
    except csv.Error:  # a quotation mark that does not end
        raise Rejected([finding("firms-unreadable", path)]) from None
    return [[_unquoted(cell) for cell in row] for row in rows[:MOST_ROWS]]


def _unquoted(cell: str) -> str:
    kept = KEPT_ZERO.fullmatch(cell.strip())
    return (kept[1] or kept[2] or "") if kept else cell
