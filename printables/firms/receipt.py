"""The list on which firms sign for what they get, as a workbook and as a PDF; the empty list; the report."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

import xlsxwriter

from printables.firms.listing import Entry
from printables.firms.table import columns
from printables.languages import FACTS
from printables.press.engine import Document
from printables.words import WORDS

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CREATED = datetime(2026, 1, 1)  # of a workbook; a clock would change its bytes
WIDTHS = (5, 34, 12, 22, 46, 7, 24, 12)  # characters
STYLE = """
@page { size: A4 landscape; margin: 14mm 12mm; @bottom-right { content: counter(page) " / " counter(pages); font: 3mm Reader } }
html { font-family: Reader; font-size: 3.4mm; line-height: 1.35 }
h1 { font-size: 6mm; font-weight: 900; margin: 0 0 3mm }
table { width: 100%; table-layout: fixed; border-collapse: collapse }
th, td { border: 0.25mm solid #111111; padding: 1.4mm; text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere }
th { font-weight: 700 } tr { break-inside: avoid } td { height: 9mm }
"""


def _heads(language: str) -> list[str]:
    say = WORDS[language]
    names = ("firm", "kind", "phone", "sheets", "count", "signed")
    return ["", *(say[f"receipt_{name}"] for name in names), say["date"]]


def _rows(entries: Sequence[Entry], files: Mapping[str, Sequence[str]]) -> list[list[str]]:
    rows = []
    for number, (entry, own) in enumerate(zip(entries, files.values(), strict=True), 1):
        sheets = "\n".join(place.partition("/")[2].removesuffix(".pdf") for place in own)
        kind, person = (
            entry.row[a] or entry.row[b]
            for a, b in (("kind", "industry"), ("person", "safety-lead"))
        )
        phone = " ".join(part for part in (person, entry.row["phone"]) if part)
        rows.append([str(number), entry.name, kind, phone, sheets, str(len(own)), "", ""])
    return rows


def workbook(entries: Sequence[Entry], files: Mapping[str, Sequence[str]], language: str) -> bytes:
    """The list to sign, as .xlsx."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"title": WORDS[language]["receipt"], "created": CREATED})
    sheet = book.add_worksheet(WORDS[language]["receipt"])
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, _heads(language), head)
    for number, row in enumerate(_rows(entries, files), 1):
        sheet.write_row(number, 0, row, cell)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def document(entries: Sequence[Entry], files: Mapping[str, Sequence[str]], language: str) -> bytes:
    """The list to sign, as PDF."""
    title = WORDS[language]["receipt"]
    wide = sum(WIDTHS)
    columns = "".join(f'<col style="width: {100 * each / wide:.1f}%">' for each in WIDTHS)
    heads = "".join(f"<th>{escape(each)}</th>" for each in _heads(language))
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{escape(each).replace(chr(10), '<br>')}</td>" for each in row)
        + "</tr>"
        for row in _rows(entries, files)
    )
    html = (
        f'<html lang="{FACTS[language].tag}"><head><title>{title}</title></head><body><h1>{title}</h1>'
        f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></body></html>"
    )
    return Document(html, STYLE).lay_out("").write("receipt", title=title)


def example() -> bytes:
    """The empty list, with a sheet that explains its columns."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"title": "企业名单 Firms", "created": CREATED})
    listed, explained = book.add_worksheet("企业名单 Firms"), book.add_worksheet("说明 Notes")
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    explained.write_row(
        0, 0, ["表头 Head", "也可以写 Also", "怎么填", "What to write", "例 Example"], bold
    )
    for number, column in enumerate(columns().values()):
        heads = list(column["heads"])
        listed.write(0, number, heads[0], bold)
        said = [
            heads[0],
            "、".join(heads[1:]),
            str(column["zh"]),
            str(column["en"]),
            str(column["sample"]),
        ]
        explained.write_row(number + 1, 0, said, wrapped)
    listed.set_column(0, len(columns()) - 1, 18, text)
    listed.freeze_panes(1, 1)
    for at, width in enumerate((12, 26, 46, 50, 24)):
        explained.set_column(at, at, width)
    book.close()
    return out.getvalue()
