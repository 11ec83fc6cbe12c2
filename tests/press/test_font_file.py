"""What is left out of a font in a PDF, and that what it shows stays the same."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from printables.press import engine, font_file
from printables.press.engine import FONTS, Document

FONT = FONTS / "NotoSansSC-Bold.ttf"
WORDS = "先停机 Stop! 再断电"
HTML = f'<html lang="zh"><head><title>x</title></head><body><h1>{WORDS}</h1><p>{WORDS}</p><input name="a" style="font-family: Field; appearance: auto"></body></html>'


def written(*, typed: bool = False) -> bytes:
    document = Document(HTML, "@page { size: 100mm 100mm } body { font-family: Reader }")
    return document.lay_out("", typed=typed).write("identifier")


def fonts(pdf: bytes) -> Iterator[tuple[str, pikepdf.Object, TTFont]]:
    """Name and dictionary of each font that the PDF carries, and its file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and "/DescendantFonts" in each:
                shape = each.DescendantFonts[0].FontDescriptor
                if "/FontFile2" not in shape:  # a viewer has it
                    continue
                file = shape.FontFile2
                yield str(each.BaseFont), each, TTFont(io.BytesIO(file.read_bytes()))


def test_outlines_stay_as_they_are() -> None:
    whole = TTFont(FONT)
    glyphs = {whole.getGlyphID(whole.getBestCmap()[ord(letter)]) for letter in WORDS}
    made, numbers = font_file.cut(FONT.read_bytes(), glyphs)
    cut = TTFont(io.BytesIO(made))
    assert set(numbers) == {0, *glyphs}
    for old, new in numbers.items():
        before, after = whole.getGlyphName(old), cut.getGlyphName(new)
        assert cut["glyf"][after] == whole["glyf"][before]
        assert cut["hmtx"][after] == whole["hmtx"][before]


@pytest.mark.parametrize("typed", [False, True])
def test_a_sheet_carries_nothing_else(typed: bool) -> None:
    read = [each for name, _, each in fonts(written(typed=typed)) if "Field" not in name]
    assert read
    for font in read:
        assert set(font.reader.tables) <= font_file.DRAWN
        assert font["maxp"].numGlyphs <= 1 + len(set(WORDS))


def test_widths_are_those_of_the_glyphs() -> None:
    for _, font, file in fonts(written()):
        first, widths = font.DescendantFonts[0].W
        shown = {glyph: file["hmtx"][file.getGlyphName(glyph)][0] for glyph in range(len(widths))}
        assert int(first) == 0
        assert shown == {glyph: int(width) for glyph, width in enumerate(widths)}


def test_the_sheet_looks_the_same_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = pypdfium2.PdfDocument(written())[0]
    monkeypatch.setattr(engine, "cut_fonts", lambda pdf, typed: None)
    whole = pypdfium2.PdfDocument(written())[0]
    assert cut.get_textpage().get_text_bounded() == whole.get_textpage().get_text_bounded()
    assert WORDS in cut.get_textpage().get_text_bounded()
    assert cut.render(scale=2).to_pil().tobytes() == whole.render(scale=2).to_pil().tobytes()


def test_a_space_that_holds_a_line_is_found_as_any_other() -> None:
    held = WORDS.replace(" ", "&nbsp;", 1)
    pdf = Document(
        HTML.replace(WORDS, held), "@page { size: 100mm 100mm } body { font-family: Reader }"
    )
    for _, font, _ in fonts(pdf.lay_out("").write("identifier")):
        table = font.ToUnicode.read_bytes()
        assert b"<0020>" in table and b"<00a0>" not in table


def test_whoever_types_has_the_whole_face() -> None:
    whole = len(TTFont(FONTS / "fields" / "Field.ttf").getGlyphOrder())
    kept = [each for name, _, each in fonts(written(typed=True)) if "Field" in name]
    assert [font["maxp"].numGlyphs for font in kept] == [whole]
