"""A list of firms, .xlsx or .csv → its rows as text, by the keys of columns.toml."""

import csv
import io
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from printables.findings import Finding, Rejected, finding

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
NAMES = frozenset({"name_zh", "name_en"})
ENCODINGS = ("utf-8-sig", "gb18030")
Cell = object
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
    cells = _workbook(path) if path.suffix.lower() == ".xlsx" else _text(path)
    number = next((n for n, row in enumerate(cells) if set(_keys(row)) & NAMES), None)
    if number is None:
        raise Rejected([finding("firms-without-heads", path, heads=_first_heads())])
    keys = _keys(cells[number])
    heads = dict(zip(keys, map(_plain, cells[number]), strict=True))
    unused = set(map(_folded, _tables()[UNUSED]))
    unknown = [
        _plain(c)
        for c, key in zip(cells[number], keys, strict=True)
        if not key and _plain(c) and not unused & set(_heads(c))
    ]
    findings = [
        finding("firms-head-unknown", path, number + 1, column=each, heads=_first_heads())
        for each in unknown
    ]
    findings += [
        finding("firms-head-twice", path, number + 1, column=_plain(cell))
        for place, (cell, key) in enumerate(zip(cells[number], keys, strict=True))
        if key and key in keys[:place]
    ]
    rows = [_row(n, each, keys, heads) for n, each in enumerate(cells[number + 1 :], number + 2)]
    if not (rows := [row for row in rows if any(row.texts.values())]):
        findings.append(finding("firms-none", path, number + 1))
    return rows, findings


def _row(number: int, cells: Sequence[Cell], keys: Sequence[str], heads: dict[str, str]) -> Row:
    pairs = [(key, cell) for key, cell in zip(keys, cells, strict=False) if key]
    numeric = frozenset(key for key, cell in pairs if isinstance(cell, float | int))
    return Row(number, {key: _plain(cell) for key, cell in pairs}, heads, numeric)


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


def _folded(head: str) -> str:
    return "".join(unicodedata.normalize("NFKC", head).casefold().split()).strip("*：:")


def _plain(cell: Cell) -> str:
    """A cell's text on one line; a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())


def _workbook(path: Path) -> list[list[Cell]]:
    """The cells of the first sheet that has any."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
            if any(any(row) for row in rows):
                return [list(row) for row in rows]
    except Exception:  # a reader meets whatever a stranger sends
        raise Rejected([finding("firms-unreadable", path)]) from None
    return []


def _text(path: Path) -> list[list[Cell]]:
    """The cells of a file with commas, semicolons or tabs, in UTF-8 or GB 18030 as Chinese Excel writes it."""
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        mark = max(",;\t，", key=first.count)
        try:
            rows: list[list[Cell]] = [
                list(row) for row in csv.reader(io.StringIO(text), delimiter=mark, strict=True)
            ]
            return rows[:MOST_ROWS]
        except csv.Error:
            break
    raise Rejected([finding("firms-unreadable", path)])
