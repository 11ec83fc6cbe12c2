"""The fonts of a PDF: only the glyphs that it shows, numbered in turn, and only the tables that draw them.

A PDF names glyphs by their numbers (ISO 32000-2, 9.7 and 9.9). WeasyPrint leaves the numbers of the whole font, with room
for all its other glyphs, and tables that no viewer of a PDF reads: a seventh of an English sheet's fonts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

import pydyf
import uharfbuzz

DRAWN = {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep"}
UNITS = 1000  # of an em, in which a PDF has its widths
SHOWN = re.compile(rb"<([0-9a-f]+)>")
NAMED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
BLOCK = 100  # most lines of a table to Unicode that stand together (9.10.3)
NOTHING = b"0000"  # the glyph of what a font lacks, which is told when it is laid out
# One glyph for both; whoever searches or copies a sheet's text means the space.
SPACES = {b"00a0": b"0020"}
BEFORE, AFTER = 13, 4  # lines around the characters in a table from glyphs to Unicode


def cut_fonts(pdf: pydyf.PDF, typed: str) -> None:
    """Cut the fonts of a PDF that is not yet written, but for the one in which a reader types."""
    shown: dict[bytes, Mapping[bytes, bytes]] = {}
    for font in pdf.objects:
        is_font = isinstance(font, pydyf.Dictionary) and font.get("Subtype") == "/Type0"
        if is_font and not re.search(rf"\+{typed}\b".encode(), font["BaseFont"]):
            shown |= _cut(pdf, font)
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream):
            _renumber(stream, shown)


def cut(font: bytes, glyphs: Set[int]) -> tuple[bytes, dict[int, int]]:
    """A TrueType font with these glyphs only, and its number for each of them."""
    face = uharfbuzz.Face(font)
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.set(glyphs)
    needless = set(face.table_tags) - DRAWN
    wanted.drop_table_tag_set.set({int.from_bytes(tag.encode()) for tag in needless})
    plan = uharfbuzz.SubsetPlan(face, wanted)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


def _cut(pdf: pydyf.PDF, font: pydyf.Dictionary) -> dict[bytes, dict[bytes, bytes]]:
    """Cut a font, its widths and its table to Unicode; its name on pages, and its new numbers by the old ones.

    WeasyPrint makes one font of a file, whatever its sizes.
    """
    descendant = _at(pdf, font["DescendantFonts"][0])
    file = _at(pdf, _at(pdf, descendant["FontDescriptor"])["FontFile2"])
    widths = {
        glyph: width
        for first, run in zip(descendant["W"][::2], descendant["W"][1::2], strict=True)
        for glyph, width in enumerate(run, first)
    }
    made, numbers = cut(file.stream[0], set(widths))
    file.stream, file.extra["Length1"] = [made], len(made)
    old = {new: glyph for glyph, new in numbers.items()}
    run = (widths.get(old.get(new, 0), UNITS) for new in range(max(old) + 1))
    descendant["W"] = pydyf.Array([0, pydyf.Array(run)])
    table = _at(pdf, font["ToUnicode"])
    shown = {b"%04x" % glyph: b"%04x" % new for glyph, new in numbers.items()}
    lines = (NAMED.fullmatch(line) for line in table.stream[BEFORE:-AFTER])
    pairs = [
        (shown.get(found[1], NOTHING), SPACES.get(found[2], found[2])) for found in lines if found
    ]
    table.stream[BEFORE:-AFTER] = _named(sorted(pairs))
    return {font["BaseFont"][1:].partition(b"+")[0]: shown}


def _named(pairs: Sequence[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """The lines that tell what glyphs stand for."""
    for at in range(0, len(pairs), BLOCK):
        block = pairs[at : at + BLOCK]
        yield b"%d beginbfchar" % len(block)
        yield from (b"<%s> <%s>" % pair for pair in block)
        yield b"endbfchar"


def _renumber(stream: pydyf.Stream, shown: Mapping[bytes, Mapping[bytes, bytes]]) -> None:
    """Show the glyphs of the cut fonts by their new numbers."""
    numbers: Mapping[bytes, bytes] = {}

    def renumbered(found: re.Match[bytes]) -> bytes:
        glyphs = found[1]
        pairs = [glyphs[at : at + 4] for at in range(0, len(glyphs), 4)]
        return b"<%s>" % b"".join([numbers.get(glyph, NOTHING) for glyph in pairs])

    for at, line in enumerate(stream.stream):
        if isinstance(line, bytes) and line.endswith(b" Tf"):
            numbers = shown.get(line[1:].partition(b" ")[0], {})
        elif isinstance(line, bytes) and line.endswith(b" TJ") and numbers:
            stream.stream[at] = SHOWN.sub(renumbered, line)


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
