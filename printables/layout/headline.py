"""Lines of the slogan."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain

from printables.chapters import slogan as slogans
from printables.glyphs import width_em
from printables.languages import FACTS

MOST_LINES = 4


def breathe(slogan: str, language: str, most_em: float = math.inf) -> tuple[str, ...]:
    """The slogan's lines: its breath groups.

    A single English group is broken between words into the lines that allow the largest type, others where they are
    wider than `most_em`. More groups than MOST_LINES share lines, unless the editor parted them by spaces.
    """
    groups = slogans.groups(slogan, language)
    if FACTS[language].is_spaced:
        if len(groups) == 1:
            return min(_breaks(slogan.split()), key=_bulk)
        fitted = (
            (group,) if width_em(group) <= most_em else fewest(group, language, most_em)
            for group in groups
        )
        return tuple(chain.from_iterable(fitted))
    if MOST_LINES < len(groups) > len(slogan.split()):
        groups = min(_breaks(list(groups), ""), key=_bulk)
    return tuple(map(slogans.line, groups))


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
