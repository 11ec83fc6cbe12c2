"""The project's type in pieces, for browsers that stamp sheets: scripts, as a page opened from a folder can load no other kind of file.

A piece holds 64 code points of a weight, deflated: how many glyphs there are, then of each its code point, its advance, and its outline
as in the font's `glyf`; then the pairs that are kerned, by their first one.
"""

import base64
import hashlib
import json
import struct
import zlib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

import uharfbuzz

from printables.files import whole
from printables.glyphs import FONTS, KERNED, drawn, font
from printables.production.store import Store

FOLDER = "stamp/type"
BITS = 6  # of a code point, within a piece
# What a unit says in each: names, what its telephones are called, their numbers.
WEIGHTS = ("Bold", "Medium", "Black")
IN_NUMBERS = frozenset(map(ord, " 0123456789+-–()/.*#,、转ext"))
LEFT_OUT = frozenset(map(ord, "\t\n\r\u00ad☑"))  # not seen; drawn of other glyphs
LETTERS = 0x2040  # alphabets and their punctuation; what comes after is not kerned

Glyphs = Mapping[int, tuple[int, bytes]]  # by code point: advance in units of the em, outline


def deliver(site: Path, kept: Path) -> None:
    """Put every piece into the site, and a list of them; what an earlier build has made is in the folder `kept`."""
    store, known = Store(kept, ".js"), dict[str, list[int]]()
    for weight in WEIGHTS:
        known[weight] = sorted({code >> BITS for code in _said(weight)})
        made_of = _digest(weight)
        for number in known[weight]:
            path = site / FOLDER / f"{weight}-{number:x}.js"
            store.put(f"{made_of} {number}", partial(_encoded, weight, number), path)
    store.clear()
    (site / FOLDER / "OFL.txt").write_bytes((FONTS / "OFL.txt").read_bytes())
    with whole(site / FOLDER / "known.js") as part:
        listed = json.dumps(known, separators=(",", ":"))
        part.write_text(f"stamping.known({listed});\n", encoding="utf-8")


def piece(weight: str, number: int) -> str:
    """The script of a piece."""
    glyphs, kerned = _glyphs(weight), _kerned(weight)
    codes = sorted(code for code in _said(weight) if code >> BITS == number)
    parts = [struct.pack(">H", len(codes))]
    for code in codes:
        advance, outline = glyphs[code]
        parts.append(struct.pack(">IHH", code, advance, len(outline)) + outline)
    for code in codes:
        parts += (struct.pack(">HHh", code, right, by) for right, by in kerned.get(code, ()))
    packed = base64.b64encode(zlib.compress(b"".join(parts), 9)).decode()
    return f'stamping.piece("{weight}",{number},"{packed}");\n'


def _encoded(weight: str, number: int) -> bytes:
    return piece(weight, number).encode()


def _digest(weight: str) -> str:
    """What the pieces of a weight are made of."""
    parts = (FONTS / f"NotoSansSC-{weight}.ttf").read_bytes(), Path(__file__).read_bytes()
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _said(weight: str) -> frozenset[int]:
    return (IN_NUMBERS if weight == "Black" else drawn()) - LEFT_OUT


@cache
def _glyphs(weight: str) -> Glyphs:
    """Every glyph that a character has."""
    whole = font(weight)
    table = {
        name: whole.face.reference_table(name).data for name in ("head", "loca", "glyf", "maxp")
    }
    is_long = struct.unpack_from(">h", table["head"], 50)[0]
    count = struct.unpack_from(">H", table["maxp"], 4)[0] + 1
    starts = struct.unpack_from(f">{count}{'I' if is_long else 'H'}", table["loca"])
    found = {}
    for code in _said(weight):
        glyph = whole.get_nominal_glyph(code)
        first, last = (at if is_long else 2 * at for at in starts[glyph : glyph + 2])
        found[code] = whole.get_glyph_h_advance(glyph), bytes(table["glyf"][first:last])
    return found


@cache
def _kerned(weight: str) -> Mapping[int, list[tuple[int, int]]]:
    """By the first character of a pair: the second one, and by how much it comes nearer."""
    glyphs = _glyphs(weight)
    letters = sorted(code for code in glyphs if code < LETTERS)
    found = defaultdict(list)
    for left in letters:
        buffer = uharfbuzz.Buffer()
        buffer.add_str("".join(chr(left) + chr(right) for right in letters))
        buffer.guess_segment_properties()
        uharfbuzz.shape(font(weight), buffer, KERNED)
        shown = [position.x_advance for position in buffer.glyph_positions][::2]
        for right, advance in zip(letters, shown, strict=True):
            if by := advance - glyphs[left][0]:
                found[left].append((right, by))
    return found
