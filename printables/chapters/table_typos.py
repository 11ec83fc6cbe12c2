"""Tables that Markdown takes for something else, or of which it drops cells."""

import re
from collections.abc import Iterator
from pathlib import Path

from printables.findings import Finding, finding

MOST_SHOWN = 60  # characters of a row
WIDE_BAR = re.compile("[｜│┃∣￨¦]")
BAR = re.compile(r"(?<!\\)\|")
RULE = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *")
# A rule in any other strokes: —, －, ＿, =, box drawing, full-width colons.
STROKES = re.compile(r"[\s|:：_=+*–—―－−＿─━┼╋┿＋-]+")
TABBED = re.compile(r"(?<=\S)\t\s*(?=\S)")
GAPS = re.compile(r"(?<=\S) {3,}(?=\S)")
# A tab behind the mark of an item, or behind its box, is none between cells.
MARKED = re.compile(r"\s*(?:[-*+]|\d+[.、)]?)\s+(?:\[[ xX]?\]\s*)?")

Lines = list[tuple[int, str]]


def wrong(path: Path, lines: Lines) -> Iterator[Finding]:
    """Findings for rows of tabs and of full-width bars, for a missing rule below the head, for rows too long or short."""
    for block in _blocks(lines):
        yield from _columns(path, block)
        number, first = block[0]
        if BAR.search(first) and RULE.fullmatch(first):
            yield finding("table-apart", path, number)
        elif table := _table(block):
            if table != block:
                number, row = table[0]
                yield finding("empty-line-missing", path, number, here=row.strip()[:MOST_SHOWN])
            yield from _wrong_table(path, table)


def _blocks(lines: Lines) -> Iterator[Lines]:
    """Lines with no empty one between them."""
    block: Lines = []
    for number, line in [*lines, (0, "")]:
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []


def _columns(path: Path, block: Lines) -> Iterator[Finding]:
    """Rows that a spreadsheet or a word processor gave, with tabs or wide gaps between their cells."""
    spaced = sum(bool(GAPS.search(line)) for _, line in block) > 1
    for number, line in block:
        mark = MARKED.match(line)
        text = line[mark.end() :] if mark else line.strip()
        if TABBED.search(text) or (spaced and GAPS.search(text)):
            row = re.sub(r"\t\s*| {3,}", " | ", text.strip())
            yield finding("row-of-tabs", path, number, instead=f"| {row} |")


def _table(block: Lines) -> Lines:
    """The lines of a block that are meant as a table: from the first that begins with a bar, or that has a rule below."""
    for place, (_, line) in enumerate(block):
        below = block[place + 1][1] if place + 1 < len(block) else ""
        wide = WIDE_BAR.match(line.strip()) or len(WIDE_BAR.findall(line)) > 1
        ruled = BAR.search(line) and BAR.search(below) and STROKES.fullmatch(below)
        if line.lstrip().startswith("|") or wide or ruled:
            return block[place:]
    return []


def _wrong_table(path: Path, table: Lines) -> Iterator[Finding]:
    if wide := [number for number, line in table if WIDE_BAR.search(line)]:
        yield finding("table-bars", path, wide[0])
        return
    (number, head), *rest = table
    columns = _cells(head)
    rule = "|" + " --- |" * columns
    if not rest or not STROKES.fullmatch(rest[0][1]):
        yield finding("table-rule", path, number, here=head.strip(), instead=rule)
        return
    for place, (row_number, row) in enumerate(rest):
        if place == 0 and not (RULE.fullmatch(row) and _cells(row) == columns):
            yield finding("mistyped", path, row_number, here=row.strip(), instead=rule)
        elif place and _cells(row) != columns:
            values = {"here": row.strip()[:MOST_SHOWN], "count": _cells(row), "right": columns}
            yield finding("table-cells", path, row_number, **values)


def _cells(row: str) -> int:
    inside = row.strip().removeprefix("|")
    inside = inside[:-1] if BAR.search(inside[-1:]) and not inside.endswith("\\|") else inside
    return len(BAR.findall(inside)) + 1
