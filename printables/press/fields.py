"""Boxes to type into, as viewers need them: choices that exclude each other, text in the middle, a font that has Han."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pydyf

ALIGNED = {"center": 1, "right": 2}  # ISO 32000-1, table 222
LOOK = re.compile(rb"/\S+ gs (?P<colour>.+) (?P<font>/\S+) (?P<size>\S+) Tf")
TICK = b"0.07 g /ZaDb 0 Tf"  # by which a viewer draws a tick by itself
# Every viewer knows this font by its name and takes one of the system for it. Its glyphs are numbered as in Adobe-GB1: letters,
# half as wide as Han, stand first; rows of GB 2312 begin at these numbers.
HAN = "STSong-Light"
ROWS = {96: range(0xA1, 0xA4), 940: range(0xB0, 0xF8)}
COLUMNS = range(0xA1, 0xFF)
METRICS = {"Flags": 6, "ItalicAngle": 0, "Ascent": 880, "Descent": -120, "CapHeight": 880, "StemV": 93}  # fmt: skip
HEAD = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange"""
FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end"
BOX, WIDTHS = (-25, -254, 1000, 880), (1, 95, 500, 814, 939, 500)


def settle(document: Any, pdf: pydyf.PDF) -> None:
    """Finish the fields of a PDF that WeasyPrint writes; `document` is its own, laid out.

    Boxes to tick of one name become one field, of which one at most is ticked, and can be cleared again. A viewer is not asked
    to draw values by itself: pdf.js would then save none as it is seen. It saves what the field's font has, which for a
    Chinese form is Han as well, and asks for the rest; for this the form is an object of its own.
    """
    form = pdf.catalog["AcroForm"]
    del form["NeedAppearances"]
    pdf.add_object(form)
    pdf.catalog["AcroForm"] = form.reference
    has_han = pdf.catalog["Lang"].string.startswith("zh")
    if has_han:
        form["DR"] = pydyf.Dictionary({"Font": pydyf.Dictionary({HAN: _han(pdf)})})
    named: dict[bytes, list[Any]] = defaultdict(list)
    for page in document.pages:
        for box in page._page_box.descendants(
            placeholders=True
        ):  # no public name tells how a box is set
            if field := box.widget_annotation:
                named[field["T"].data].append(field)
                field["DA"] = pydyf.String(_look(field, has_han=has_han))
                if align := ALIGNED.get(box.style["text_align_all"]):
                    field["Q"] = align
    form["Fields"] = pydyf.Array(_field(pdf, widgets) for widgets in named.values())


def _look(field: Any, *, has_han: bool) -> bytes:
    """Colour, font and size of a field, without the graphics state that only its page has."""
    if "DA" not in field:
        return TICK
    found = LOOK.fullmatch(field["DA"].string)
    assert found, field["DA"].string
    font = b"/" + HAN.encode() if has_han else found["font"]
    return b"%s %s %s Tf" % (found["colour"], font, found["size"])


def _han(pdf: pydyf.PDF) -> bytes:
    """Reference of the font HAN, which no file embeds."""
    shape = pydyf.Dictionary({"Type": "/FontDescriptor", "FontName": f"/{HAN}", **METRICS})
    shape["FontBBox"] = pydyf.Array(BOX)
    pdf.add_object(shape)
    common = {"Type": "/Font", "BaseFont": f"/{HAN}"}
    system = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("GB1"), "Supplement": 4}
    glyphs = pydyf.Dictionary(
        common
        | {
            "Subtype": "/CIDFontType0",
            "CIDSystemInfo": pydyf.Dictionary(system),
            "FontDescriptor": shape.reference,
            "W": pydyf.Array(WIDTHS),
        }
    )
    pdf.add_object(glyphs)
    kids = pydyf.Array([glyphs.reference])
    meant = pydyf.Stream([_characters()], compress=True)
    pdf.add_object(meant)
    encoded = {"Subtype": "/Type0", "Encoding": "/Identity-H", "ToUnicode": meant.reference}
    font = pydyf.Dictionary(common | encoded | {"DescendantFonts": kids})
    pdf.add_object(font)
    return bytes(font.reference)


@cache
def _characters() -> bytes:
    """What each glyph means (9.10.3): by it a viewer finds the glyph of what is typed."""
    runs = {1: "".join(map(chr, range(0x20, 0x7F)))}
    for first, rows in ROWS.items():
        pairs = [bytes((row, column)) for row in rows for column in COLUMNS]
        text = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
        runs[first] = text.replace("―", "—")  # the dash as it is typed
    lines = [line for first, text in runs.items() for line in _ranges(first, text)]
    listed = "\n".join([f"{len(lines)} beginbfrange", *lines, "endbfrange"])
    return f"{HEAD}\n{listed}\n{FOOT}".encode()


def _ranges(first: int, text: str) -> Iterator[str]:
    """The characters of glyphs from number `first` on; a range has one first byte."""
    while text:
        last = first | 0xFF
        some, text = text[: last - first + 1], text[last - first + 1 :]
        meant = "".join(f"<{ord(character):04x}>" for character in some)
        yield f"<{first:04x}> <{first + len(some) - 1:04x}> [{meant}]"
        first = last + 1


def _field(pdf: pydyf.PDF, widgets: list[Any]) -> bytes:
    """Reference of the field that the boxes of one name are."""
    first = widgets[0]
    if len(widgets) == 1:
        return bytes(first.reference)
    field = pydyf.Dictionary({key: first[key] for key in ("FT", "T", "V")})
    field["TU"] = pydyf.String(first["TU"].string.partition(" (")[0])  # its title, without a choice
    field["Kids"] = pydyf.Array(widget.reference for widget in widgets)
    pdf.add_object(field)
    for number, widget in enumerate(widgets, 1):
        for key in ("FT", "T", "V"):
            del widget[key]
        widget["Parent"] = field.reference
        [drawn] = widget["AP"]["N"].values()
        widget["AP"]["N"] = pydyf.Dictionary({number: drawn})
    return bytes(field.reference)
