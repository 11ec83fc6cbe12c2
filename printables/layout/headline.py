"""Lines of the slogan, and their widths."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import uharfbuzz

from printables.languages import FACTS

BLACK = Path(__file__).parent.parent / "fonts" / "NotoSansSC-Black.ttf"
MOST_LINES = 4


@cache
def _font() -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(BLACK))))


@cache
def width_em(text: str) -> float:
    """Width in em of one line of `text` in the weight Black."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(), buffer)
    advance: int = sum(position.x_advance for position in buffer.glyph_positions)
    return advance / int(_font().face.upem)


def breathe(slogan: str, language: str) -> tuple[str, ...]:
    """The slogan's lines (breath groups): split at spaces in Chinese, at punctuation in English.

    A single English group is broken between words into the lines that allow the largest type.
    """
    if not FACTS[language].is_spaced:
        return tuple(slogan.split())
    groups = tuple(re.findall(r"\S.*?(?:[.,;:!?—](?=\s|$)|$)", slogan))
    return groups if len(groups) > 1 else min(_breaks(slogan.split()), key=_bulk)


def fewest(text: str, language: str, most_em: float) -> tuple[str, ...]:
    """`text` in the fewest lines that are at most `most_em` wide, else in the narrowest.

    Chinese is broken where it has spaces, which are not set.
    """
    ways = list(_breaks(text.split(), FACTS[language].joint))
    fitting = [lines for lines in ways if widest(lines) <= most_em]
    if fitting:
        return min(fitting, key=lambda lines: (len(lines), widest(lines)))
    return min(ways, key=widest)


def widest(lines: Sequence[str]) -> float:
    """Width of the longest line in em."""
    return max(map(width_em, lines))


def _breaks(words: list[str], joint: str = " ") -> Iterator[tuple[str, ...]]:
    """Every way to set `words` on one to MOST_LINES lines."""

    def rest(words: list[str], lines: int) -> Iterator[tuple[str, ...]]:
        yield (joint.join(words),)
        if lines > 1:
            for cut in range(1, len(words)):
                for tail in rest(words[cut:], lines - 1):
                    yield (joint.join(words[:cut]), *tail)

    return rest(words, MOST_LINES)


def _bulk(lines: tuple[str, ...]) -> float:
    """The em that limits the type: the widest line's, or the height of all lines if that is more."""
    return max(widest(lines), 1.8 * len(lines))
