"""Workbooks filled and read without the library that writes them; recalculated by LibreOffice, where a machine has it."""

import datetime
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

OFFICE = shutil.which("soffice")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Formulas are computed anew on loading, whatever the file says.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
Value = str | float | datetime.date
Cells = dict[str, str | float]


def sheets(book: bytes) -> dict[str, str]:
    """The path of each sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        tree = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.attrib["name"] for sheet in tree.iter(f"{MAIN}sheet")]
    return {name: f"xl/worksheets/sheet{at}.xml" for at, name in enumerate(names, 1)}


def filled(book: bytes, entries: Mapping[str, Mapping[str, Value]]) -> bytes:
    """The workbook with values typed into cells, by sheet and address."""
    places, out = sheets(book), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for sheet, cells in entries.items():
                if places[sheet] == name:
                    text = content.decode()
                    for address, value in cells.items():
                        text = _typed(text, address, value)
                    content = text.encode()
            target.writestr(name, content)
    return out.getvalue()


def changed(book: bytes, place: str, before: str, after: str) -> bytes:
    """The workbook with the one match of a pattern in a file of it replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == place:
                text, count = re.subn(before, after, content.decode(), count=1)
                assert count == 1
                content = text.encode()
            target.writestr(name, content)
    return out.getvalue()


def _typed(text: str, address: str, value: Value) -> str:
    if isinstance(value, str):
        kind, inside = ' t="inlineStr"', f"<is><t>{escape(value)}</t></is>"
    else:
        day = (
            (value - datetime.date(1899, 12, 30)).days
            if isinstance(value, datetime.date)
            else value
        )
        kind, inside = "", f"<v>{day}</v>"
    made, count = re.subn(
        rf'<c r="{address}"( s="\d+")?/>', rf'<c r="{address}"\1{kind}>{inside}</c>', text
    )
    assert count == 1, address
    return made


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Workbooks by name as LibreOffice saves them, every formula computed; one start for all."""
    assert OFFICE
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS)
    paths = [folder / f"{name}.xlsx" for name in books]
    for path, book in zip(paths, books.values(), strict=True):
        path.write_bytes(book)
    command = [
        OFFICE,
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--headless",
        "--convert-to",
    ]
    asked = [
        *command,
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "out"),
        *map(str, paths),
    ]
    fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    subprocess.run(
        asked, check=True, capture_output=True, timeout=120, env=fonts
    )  # which the press hides
    return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in books}


def values(book: bytes, sheet: str) -> Cells:
    """What the cells of a sheet hold, by address."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        strings = []
        if "xl/sharedStrings.xml" in archive.namelist():
            root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
            strings = [
                "".join(t.text or "" for t in item.iter(f"{MAIN}t"))
                for item in root.iter(f"{MAIN}si")
            ]
        tree = ElementTree.fromstring(archive.read(sheets(book)[sheet]))
    found: Cells = {}
    for cell in tree.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if value is not None and value.text is not None:
            kind = cell.attrib.get("t", "n")
            said = strings[int(value.text)] if kind == "s" else value.text
            found[cell.attrib["r"]] = float(said) if kind == "n" else said
    return found
