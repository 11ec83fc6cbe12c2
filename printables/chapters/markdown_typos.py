"""What was meant for Markdown or a front matter and is read as something else: full-width signs, a blank too few.

A keyboard for Chinese, a word processor and a habit each leave their own; every one is told with what to write instead.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from printables.findings import Finding, finding

MOST_SHOWN = 60  # characters of what was typed

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*rules: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), instead) for pattern, instead in rules)


# Of each, what was typed and what was meant; the first that fits a line is told.
TEXT = _rules(
    (r"^＃+ ?", "## "),
    (r"｛(#[^｛｝]*)｝", r"{\1}"),
    (r"(\{#[\w.-]+) ([a-z]+)\}", r"\1 .\2}"),
    (r"^#(?:##+)? (.*\{#[\w.-]+ \.[a-z]+\})", r"## \1"),
    (r"(?:[【［]\^ ?|\[\^ )([\w.-]+) ?[】］\]]", r"[^\1]"),
    (r"\]（([^（）]*)）", r"](\1)"),
    (r"＊＊", "**"),
    (r"^( *\d+)(?:[、．)）] ?|\.(?=[^\s\d]))(\S{0,9})", r"\1. \2"),
    (r"^( *)-(?=[^\s\d-])(\S{0,9})", r"\1- \2"),
    (r"^( *)(?:[·•●○▪]|[–—](?!—)) ?(\S{0,9})", r"\1- \2"),
    (r"^( *[-*+] )(?:\[\]|[【［] ?[】］]|[□☐]) ?", r"\1[ ] "),
    (r"^( *[-*+] )(?:\[(?:[√✓✔vV]| [xX] ?|[xX] )\]|[【［][xX√✓✔][】］]|[☑✓✔]) ?", r"\1[x] "),
    (r"^( *[-*+] \[[ xX]\])(?=\S)(\S{0,9})", r"\1 \2"),
)
HEAD = _rules(
    (r"^([A-Za-z]+)(?:： ?|:(?=\S))(.*)", r"\1: \2"),
    (r"， ?((?:id|title|number|clause):)", r", \1"),
    (r"^(signs|prints): \[([^\]]*)[，、]", r"\1: [\2, "),
    (r"^(signs|prints): 【([^】]*)】", r"\1: [\2]"),
    (r"\b(number|clause): (\d+\.\d+)(?=[ ,}]|$)", r'\1: "\2"'),
    (r'^([a-z]+): ("[^"]*)$', r'\1: \2"'),
    (r"^(title|summary|slogan): “([^“”]*)”$", r"\1: \2"),
    (r"^(title|summary|slogan): ([^\"'\s].*: .*|[^\"'\s].*(?:[:：]| #.*))$", r'\1: "\2"'),
    (r"^(title|summary|slogan): ([*&%@`!|>{][^\"]*|\[[^\]]*\][^\"]+)$", r'\1: "\2"'),
    (r"\b(title|number|clause): ([^\"',{}]*: [^,{}]*)(?=[,}])", r'\1: "\2"'),
)
TABBED = re.compile(r" *\t")
WIDE_BLANK = re.compile("[\u3000\u00a0]")
ENTRY = re.compile(r"(?:[-*+]|\d+\.) |\|")
SHALLOW = re.compile(r" {1,3}(?=(?:[-*+]|\d+\.) |>)")
OPTION, REASON = re.compile(r" {4}- "), re.compile(r" {4}>")
OWN_BLOCK = re.compile(r"#|>| {4}|!!!|\[[^\]]*\]:")
CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")


def head(path: Path, text: str) -> list[Finding]:
    """Every line of a front matter that is not read as it was meant."""
    lines = list(enumerate(text.split("\n"), 2))
    tabs = [finding("tab-in-front-matter", path, n) for n, line in lines if TABBED.match(line)]
    return tabs + list(_wrong(path, lines, HEAD))


def body(path: Path, text: str, first_line: int) -> Iterator[Finding]:
    """Every line of the Markdown `text` that is not read as it was meant."""
    lines = [(n, line.expandtabs(4)) for n, line in enumerate(text.split("\n"), first_line)]
    yield from _wrong(path, lines, TEXT)
    yield from _blanks(path, lines)
    for number, line in lines:
        if WIDE_BLANK.search(line):
            yield finding("wide-space", path, number)
        if CONFLICT.match(line):
            yield finding("merge-conflict", path, number, here=line[:MOST_SHOWN])


def _wrong(path: Path, lines: Iterable[tuple[int, str]], rules: Rules) -> Iterator[Finding]:
    for number, line in lines:
        for pattern, instead in rules:
            if found := pattern.search(line):
                here, meant = found[0].strip(), found.expand(instead).strip()
                values = {"here": here[:MOST_SHOWN], "instead": meant[:MOST_SHOWN]}
                yield finding("mistyped", path, number, **values)
                break


def _blanks(path: Path, lines: list[tuple[int, str]]) -> Iterator[Finding]:
    """Lists and tables that a paragraph swallows, entries that are not below the one above."""
    before, paragraph = "", False  # whether the lines since the last blank one are a paragraph
    for number, line in lines:
        if shallow := SHALLOW.match(line):
            yield finding("indent-shallow", path, number, count=len(shallow[0]))
        elif (paragraph and ENTRY.match(line)) or (REASON.match(line) and OPTION.match(before)):
            yield finding("empty-line-missing", path, number, here=line.strip()[:MOST_SHOWN])
            paragraph = False  # told once
        if not line.strip():
            paragraph = False
        elif not before.strip() or before.startswith("#"):
            paragraph = not (ENTRY.match(line) or OWN_BLOCK.match(line))
        before = line
