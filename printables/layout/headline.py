"""Lines of the slogan."""

import math
from collections.abc import Iterator, Sequence

from printables.chapters import slogan as slogans
from printables.glyphs import width_em
from printables.languages import FACTS

MOST_LINES = 4
CALM_LINES = 3  # more only where sentences are, or one finds no room
GAIN = 1.35  # of the type, for which a sentence that has room is broken
# Words that lean on the next one: no line ends with them. Without its word a negation says the opposite, or nothing.
NEGATIONS = ("no", "not", "never", "don't", "cannot")
LEANING = frozenset(
    ["a", "an", "the", "of", "to", "from", "in", "on", "at", "by", "for", "with", "and", "or", *NEGATIONS]
)  # fmt: skip


def breathe(slogan: str, language: str, most_em: float = math.inf) -> tuple[str, ...]:
    """The slogan's lines: its breath groups.

    English groups are broken between words where they are wider than `most_em`, or where the type then grows plainly: into
    the lines that allow the largest, of CALM_LINES at most where they have room. More groups than MOST_LINES share lines,
    unless the editor parted them by spaces.
    """
    groups = slogans.groups(slogan, language)
    if FACTS[language].is_spaced:
        ways = list(_parted([group.split() for group in groups], max(MOST_LINES, len(groups))))
        fitting = [lines for lines in ways if widest(lines) <= most_em]
        best = min(fitting, key=_unrest) if fitting else min(ways, key=widest)
        is_worth_it = _bulk(best)[0] * GAIN <= _bulk(groups)[0] or widest(groups) > most_em
        return best if is_worth_it else groups
    if MOST_LINES < len(groups) > len(slogan.split()):
        groups = min(_breaks(list(groups), ""), key=_bulk)
    return tuple(map(slogans.line, groups))


def phrases(slogan: str, language: str, most_em: float) -> tuple[str, ...]:
    """The slogan in phrases of at most `most_em`, each of which says something alone, as few as can be."""
    return tuple(
        phrase
        for group in slogans.groups(slogan, language)
        for phrase in min(
            _breaks(group.split()),
            key=lambda lines: (
                max(widest(lines), most_em),
                _leans(lines),
                len(lines),
                widest(lines),
            ),
        )
    )


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


def _parted(groups: list[list[str]], most: int) -> Iterator[tuple[str, ...]]:
    """Every way to set groups of words on `most` lines or fewer, each group beginning a line."""
    if not groups:
        yield ()
        return
    first, *others = groups
    for lines in _breaks(first, most=most - len(others)):
        for rest in _parted(others, most - len(lines)):
            yield (*lines, *rest)


def _breaks(
    words: list[str], joint: str = " ", most: int = MOST_LINES
) -> Iterator[tuple[str, ...]]:
    """Every way to set `words` on one to `most` lines."""
    yield (joint.join(words),)
    if most > 1:
        for cut in range(1, len(words)):
            for tail in _breaks(words[cut:], joint, most - 1):
                yield (joint.join(words[:cut]), *tail)


def _unrest(lines: Sequence[str]) -> tuple[bool, bool, tuple[float, int, float]]:
    """What is wrong with lines: that they are too many, that one ends before what it leans on, their bulk."""
    return len(lines) > CALM_LINES, _leans(lines), _bulk(lines)


def _leans(lines: Sequence[str]) -> bool:
    """True if a line ends before what it leans on."""
    return any(line.rsplit(maxsplit=1)[-1].lower() in LEANING for line in lines)


def _bulk(lines: Sequence[str]) -> tuple[float, int, float]:
    """The em that limits the type: the widest line's, or the height of all lines if that is more; then the unevenness."""
    widths = sorted(map(width_em, lines))
    return max(widths[-1], 1.5 * len(lines)), len(lines), widths[-1] - widths[0]
