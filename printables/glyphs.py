"""What the project's fonts can draw, and how wide it is."""

from functools import cache
from pathlib import Path

import uharfbuzz

FONTS = Path(__file__).with_name("fonts")
SPACES = frozenset(map(ord, "\t\n\r"))  # which are set, not drawn
# How a stamp shapes words: what is shaped otherwise could not be found as text.
KERNED = {"kern": True, "liga": False, "clig": False, "calt": False, "locl": False, "ccmp": False}


@cache
def drawn() -> frozenset[int]:
    """Code points of the characters that every weight can draw."""
    faces = (
        uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))) for path in FONTS.glob("*.ttf")
    )
    return frozenset.intersection(*(frozenset(face.unicodes) for face in faces)) | SPACES


@cache
def font(weight: str) -> uharfbuzz.Font:
    """One of the project's fonts: `Regular`, `Medium`, `Bold`, `Black`."""
    path = FONTS / f"NotoSansSC-{weight}.ttf"
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))


@cache
def width_em(text: str, weight: str = "Black", *, stamped: bool = False) -> float:
    """Width in em of one line of `text` in a weight, that of slogans or another; `stamped` as a stamp shapes it."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font(weight), buffer, KERNED if stamped else None)
    advance: int = sum(position.x_advance for position in buffer.glyph_positions or ())
    return advance / int(font(weight).face.upem)
