"""A weight of the project's type, cut to the characters of what is drawn after the layout, as a font of a PDF."""

import hashlib
import zlib
from collections.abc import Iterator
from functools import cached_property

import uharfbuzz
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from printables.glyphs import KERNED, font

UNITS = 1000  # an em in a PDF
NEEDLESS = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "VORG",
    "vhea",
    "vmtx",
    "name",
    "post",
    "OS/2",
    "STAT",
    "cmap",
    "gasp",
)


class Face:
    """A weight with the characters of `text`, which it can draw (glyphs.py)."""

    def __init__(self, weight: str, text: str) -> None:
        self.weight = weight
        self._font = font(weight)
        wanted = uharfbuzz.SubsetInput()
        wanted.unicode_set.set({ord(character) for character in text})
        wanted.drop_table_tag_set.set({_tag(name) for name in NEEDLESS})
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
        self._plan = uharfbuzz.SubsetPlan(self._font.face, wanted)
        self._glyphs = dict(self._plan.old_to_new_glyph_mapping)
        self._characters = sorted(set(text))

    def shown(self, text: str) -> tuple[str, float]:
        """The operand of TJ for a text, and its width in em."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, KERNED)
        per_em = self._font.face.upem / UNITS
        parts, width = [], 0.0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            parts.append(f"<{self._glyphs[info.codepoint]:04x}>")
            if kern := self._advance(info.codepoint) - round(position.x_advance / per_em):
                parts.append(str(kern))
            width += position.x_advance / per_em / UNITS
        return f"[{' '.join(parts)}]", width

    def embed(self, document: Pdf) -> Object:
        """The font as an object of a document: Type 0, with a table from its glyphs to Unicode."""
        tagged = Name(f"/{self._tag}+NotoSansSC-{self.weight}")
        file = document.make_stream(self._file[0])
        file.Filter, file.Length1 = Name.FlateDecode, self._file[1]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=tagged,
            Flags=4,
            FontBBox=Array([-1000, -300, 3000, 1200]),
            ItalicAngle=0,
            Ascent=880,
            Descent=-120,
            CapHeight=733,
            StemV=80,
            FontFile2=file,
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=tagged,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=document.make_indirect(descriptor),
            DW=UNITS,
            W=Object.parse(self._widths),
            CIDToGIDMap=Name.Identity,
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=tagged,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([document.make_indirect(descendant)]),
            ToUnicode=document.make_stream(self._unicode),
        )
        return document.make_indirect(font)

    def _advance(self, glyph: int) -> int:
        advance: int = self._font.get_glyph_h_advance(glyph)
        return round(advance * UNITS / int(self._font.face.upem))

    @cached_property
    def _widths(self) -> bytes:
        """The advances of its glyphs (ISO 32000-2, 9.7.4.3)."""
        glyphs = sorted((new, old) for old, new in self._glyphs.items())
        return f"[{' '.join(f'{new} [{self._advance(old)}]' for new, old in glyphs)}]".encode()

    @property
    def _tag(self) -> str:
        """Six letters that name this cut."""
        digest = hashlib.sha256("".join(self._characters).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    @cached_property
    def _file(self) -> tuple[bytes, int]:
        """The font file, compressed, and its length."""
        cut = bytes(self._plan.execute().blob.data)
        return zlib.compress(cut, 9), len(cut)

    @cached_property
    def _unicode(self) -> bytes:
        """The table from glyphs to characters (ISO 32000-2, 9.10.3)."""
        pairs = list(self._pairs())
        blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        listed = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode()

    def _pairs(self) -> Iterator[str]:
        for character in self._characters:
            glyph = self._glyphs[self._font.get_nominal_glyph(ord(character))]
            yield f"<{glyph:04x}> <{character.encode('utf-16-be').hex()}>"


def _tag(name: str) -> int:
    return int.from_bytes(name.encode().ljust(4))
