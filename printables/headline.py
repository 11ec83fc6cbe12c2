"""The slogan in its breath groups, as large as its room allows."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import uharfbuzz

BLACK = Path(__file__).with_name("fonts") / "NotoSansSC-Black.ttf"
MOST_LINES = 4


@cache
def _font() -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(BLACK))))


@cache
def width_em(text: str) -> float:
    """Width of one line of `text` in Black, in em."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(), buffer)
    return sum(position.x_advance for position in buffer.glyph_positions) / _font().face.upem


def breathe(slogan: str, language: str) -> tuple[str, ...]:
    """The slogan's lines: parted at blanks in Chinese, at punctuation in English.

    A single English group is broken between words into the lines that allow the largest type.
    """
    if language == "zh":
        return tuple(slogan.split())
    groups = tuple(re.findall(r"\S.*?(?:[.,;:!?—](?=\s|$)|$)", slogan))
    return groups if len(groups) > 1 else min(_breaks(slogan.split()), key=_bulk)


def _breaks(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Every way to set `words` on one to MOST_LINES lines."""

    def rest(words: list[str], lines: int) -> Iterator[tuple[str, ...]]:
        yield (" ".join(words),)
        if lines > 1:
            for cut in range(1, len(words)):
                for tail in rest(words[cut:], lines - 1):
                    yield (" ".join(words[:cut]), *tail)

    return rest(words, MOST_LINES)


def _bulk(lines: tuple[str, ...]) -> float:
    """What limits the type: the widest line, or the block's height where that is more."""
    return max(max(map(width_em, lines)), 1.8 * len(lines))
