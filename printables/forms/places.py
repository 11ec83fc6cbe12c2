"""The lines of a form's keys, of which tomllib tells none: also of the second of two [[tables]]."""

import re
from collections.abc import Iterator

HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
KEY = re.compile(r"\s*([\w-]+(?:\.[\w-]+)*)\s*=")
LONG = re.compile(r"'''|\"\"\"")

Place = tuple[str | int, ...]


def line_of(text: str, place: Place, word: str = "") -> int:
    """Line, from 1, of the key at `place`, else of the nearest table around it; 0 for none.

    `place` are keys, and indexes from 0 of [[tables]]. With `word`, the first line from there on that has it in quotes.
    """
    lines = text.splitlines()
    found, depth = 0, 0
    for number, at in _keys(lines):
        shared = _shared(at, place)
        if shared == len(at) > depth:
            found, depth = number, shared
    if word:
        rest = range(max(found, 1), len(lines) + 1)
        return next((n for n in rest if _has(lines[n - 1], word)), found)
    return found


def _has(line: str, word: str) -> bool:
    return f'"{word}"' in line or line.lstrip().startswith(f"{word} =")


def _shared(at: Place, place: Place) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(at, place, strict=False)) if a != b),
        len(at[: len(place)]),
    )


def _keys(lines: list[str]) -> Iterator[tuple[int, Place]]:
    """Each table and each key with its line; those in inline tables and in long texts are not looked for."""
    table: Place = ()
    counts: dict[Place, int] = {}
    inside = False
    for number, line in enumerate(lines, 1):
        if not inside:
            if header := HEADER.match(line):
                table = _table(header[2].split("."), header[1] == "[[", counts)
                yield number, table
            elif key := KEY.match(line):
                yield number, (*table, *key[1].split("."))
        inside ^= len(LONG.findall(line)) % 2 == 1


def _table(names: list[str], is_array: bool, counts: dict[Place, int]) -> Place:
    """The place of a table; `counts` are how many of each array were seen."""
    place: Place = ()
    for name in names[:-1]:
        place = (*place, name)
        if place in counts:
            place = (*place, counts[place] - 1)
    place = (*place, names[-1])
    if is_array:
        counts[place] = counts.get(place, 0) + 1
        place = (*place, counts[place] - 1)
    return place
