"""A font as a PDF holds it: only the tables that draw its glyphs, for a PDF names them by number (ISO 32000-2, 9.9)."""

import struct
from itertools import accumulate

DRAWN = {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"cvt ", b"fpgm", b"prep"}
HEADER, ENTRY = struct.Struct(">4s4H"), struct.Struct(">4s3L")
ADJUSTMENT, WHOLE = (
    8,
    0xB1B0AFBA,
)  # where `head` balances the font, and what a whole font adds up to


def drawn(font: bytes) -> bytes:
    """A TrueType font without names, characters and heights of vertical lines; what is missing in it stays missing."""
    version, count, *_ = HEADER.unpack_from(font)
    listed = [ENTRY.unpack_from(font, HEADER.size + at * ENTRY.size) for at in range(count)]
    kept = [(tag, total, font[at : at + size]) for tag, total, at, size in listed if tag in DRAWN]
    bodies = [body + bytes(-len(body) % 4) for _, _, body in kept]
    places = list(accumulate(map(len, bodies), initial=HEADER.size + len(kept) * ENTRY.size))
    deep = max(len(kept).bit_length() - 1, 0)  # of the search that readers may do
    made = bytearray(HEADER.pack(version, len(kept), 16 << deep, deep, 16 * len(kept) - (16 << deep)))  # fmt: skip
    for (tag, total, body), place in zip(kept, places, strict=False):
        made += ENTRY.pack(tag, total, place, len(body))
    made += b"".join(bodies)
    for (tag, *_), place in zip(kept, places, strict=False):
        if tag == b"head":
            struct.pack_into(">L", made, place + ADJUSTMENT, 0)
            total = sum(struct.unpack(f">{len(made) // 4}L", made))
            struct.pack_into(">L", made, place + ADJUSTMENT, (WHOLE - total) % 2**32)
    return bytes(made)
