"""What is left out of a font in a PDF, and that nothing else is."""

import io
import struct
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont

from printables.press import font_file
from printables.press.engine import FONTS, Document
from printables.press.font_file import drawn

FONT: Path = FONTS / "fields" / "Field.ttf"


def test_glyphs_stay_as_they_are() -> None:
    whole = TTFont(FONT)
    cut = TTFont(io.BytesIO(drawn(FONT.read_bytes())))
    assert set(cut.reader.tables) < set(whole.reader.tables)
    for name in ("glyf", "hmtx", "loca", "maxp"):
        assert cut.reader[name] == whole.reader[name]


def test_the_font_adds_up() -> None:
    """A reader may refuse a font whose sums are wrong."""
    made = drawn(FONT.read_bytes())
    assert len(made) % 4 == 0
    assert sum(struct.unpack(f">{len(made) // 4}L", made)) % 2**32 == font_file.WHOLE


def test_a_sheet_carries_nothing_else() -> None:
    html = '<html lang="zh"><head><title>x</title></head><body><p>先停机 Stop</p></body></html>'
    pdf = Document(html, "@page { size: 100mm 100mm }").lay_out("").write("identifier")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        files = [each.FontFile2.read_bytes() for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]  # fmt: skip
    assert files
    assert all({tag.encode() for tag in TTFont(io.BytesIO(each)).reader.tables} <= font_file.DRAWN for each in files)  # fmt: skip
