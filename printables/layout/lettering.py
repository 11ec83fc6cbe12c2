"""Words in a reserved box: the largest type that its room allows, on the lines that this takes.

Lengths are in one unit, whichever it is. The scale of a setting is that of its type to the smallest type; below 1 it cannot
be read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from printables.glyphs import width_em
from printables.languages import FACTS

LEADING = 1.15  # line height of what stands in a box
DISPLAY = 1.7  # height of a box of several lines, by its largest type: a short name does not shout
ROUNDING = 0.998  # of a scale: what is this near to 1 is as large as can be read
# What of a Chinese text stays on one line: Latin words and numbers, the kind of a company, a bracket with what it holds to.
TOKEN = re.compile(
    r"[（《“]*(?:[0-9A-Za-z&.,'’()/+–-]+|有限责任公司|股份有限公司|有限公司|[^\s（《“])[）》”、，。·]*|[（《“]+|\s+"
)


@dataclass(frozen=True)
class Run:
    """Words in one weight and one language."""

    text: str
    weight: str
    language: str


Paragraph = tuple[Run, ...]


@dataclass(frozen=True)
class Room:
    """A box of a sheet in these languages, and the smallest em in it by language, the sheet's first one first."""

    width: float
    height: float
    languages: tuple[str, ...]
    least: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Setting:
    """Lines of runs at a scale; `share` is the part of the box's height that they take."""

    scale: float
    lines: tuple[tuple[Run, ...], ...]


def best(ways: Sequence[Sequence[Paragraph]], room: Room) -> tuple[int, Setting]:
    """The first of several ways to say it that can be read in its room, and its number; else the last one, too small."""
    tried = [(0, Setting(0.0, ()))]
    for number, way in enumerate(ways):
        tried.append((number, largest(tuple(way), room)))
        if tried[-1][1].scale >= 1:
            break
    return tried[-1]


@lru_cache(4096)
def largest(paragraphs: tuple[Paragraph, ...], room: Room) -> Setting:
    """The setting with the largest type."""
    least = dict(room.least)
    lead = room.least[0][1]
    one_line = room.height < 2 * LEADING * lead * ROUNDING
    most = room.height / (lead * (LEADING if one_line else DISPLAY))
    found = Setting(0.0, ())
    count = len(paragraphs)
    while count <= len(paragraphs) + 5:
        lines, width = _broken(paragraphs, count, room.least)
        height = sum(LEADING * max(least[run.language] for run in line) for line in lines)
        scale = min(max(most, 1.0), room.width / width, room.height / height)
        if scale > found.scale:
            found = Setting(1.0 if ROUNDING <= scale < 1 else scale, lines)
        if room.height / height < found.scale:
            break  # more lines are higher still
        count += 1
    return found


@lru_cache(4096)
def _broken(
    paragraphs: tuple[Paragraph, ...], count: int, least: tuple[tuple[str, float], ...]
) -> tuple[tuple[tuple[Run, ...], ...], float]:
    """Paragraphs on `count` lines in all, as even as can be, and the width of the widest at scale 1."""
    ems = dict(least)
    tokens = [[(_wide(each, ems), each) for each in _tokens(p)] for p in paragraphs]
    narrow = max(wide for wide, _ in chain(*tokens))
    broad = max(sum(wide for wide, _ in paragraph) for paragraph in tokens)
    for _ in range(24):
        middle = (narrow + broad) / 2
        if sum(len(_filled(paragraph, middle)) for paragraph in tokens) <= count:
            broad = middle
        else:
            narrow = middle
    lines = [line for paragraph in tokens for line in _filled(paragraph, broad)]
    return tuple(map(_joined, lines)), max(
        sum(_wide(run, ems) for run in _joined(line)) for line in lines
    )


def _filled(tokens: Sequence[tuple[float, Run]], width: float) -> list[list[Run]]:
    """Tokens on lines of a width; a space begins no line, it stays behind the last one."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for wide, token in tokens:
        is_word = bool(token.text.strip())
        if lines[-1] and is_word and used + wide > width:
            lines.append([])
            used = 0.0
        if lines[-1] or is_word:
            lines[-1].append(token)
            used += wide
    return lines


def _tokens(paragraph: Paragraph) -> list[Run]:
    """Runs between which a line may break."""
    found = []
    for run in paragraph:
        pattern = re.compile(r"\S+|\s+") if FACTS[run.language].is_spaced else TOKEN
        parts = [run.text] if run.weight == "Black" else pattern.findall(run.text)
        found += [Run(part, run.weight, run.language) for part in parts]
    return found


def _joined(line: Sequence[Run]) -> tuple[Run, ...]:
    """A line with neighbours of one kind in one run, without spaces at its end."""
    runs: list[Run] = []
    for run in line:
        if runs and (runs[-1].weight, runs[-1].language) == (run.weight, run.language):
            runs[-1] = Run(runs[-1].text + run.text, run.weight, run.language)
        else:
            runs.append(run)
    while len(runs) > 1 and not runs[-1].text.strip():
        runs.pop()
    runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].weight, runs[-1].language)
    return tuple(runs)


def _wide(run: Run, ems: Mapping[str, float]) -> float:
    return width_em(run.text, run.weight, stamped=True) * ems[run.language]
