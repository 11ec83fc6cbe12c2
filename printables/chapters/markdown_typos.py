"""Typing errors in Markdown and front matter: full-width signs, missing spaces and empty lines, tabs."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from printables.findings import Finding, finding

MOST_SHOWN = 60  # characters of what was typed

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*rules: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), instead) for pattern, instead in rules)


# Pattern of what was typed, and the right spelling; a line gets a finding for the first pattern that matches.
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
WIDE_SPACE = re.compile("[\u3000\u00a0]")
ENTRY = re.compile(r"(?:[-*+]|\d+\.) |\|")
SHALLOW = re.compile(r" {1,3}(?=(?:[-*+]|\d+\.) |>)")
OPTION, REASON = re.compile(r" {4}- "), re.compile(r" {4}>")
OWN_BLOCK = re.compile(r"#|>| {4}|!!!|\[[^\]]*\]:")
CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")


def head(path: Path, text: str) -> list[Finding]:
    """Typing errors in a front matter `text`, which begins on line 2 of its file; one finding a line."""
    lines = list(enumerate(text.split("\n"), 2))
    tabs = [finding("tab-in-front-matter", path, n) for n, line in lines if TABBED.match(line)]
    return tabs + list(_wrong(path, lines, HEAD))


def body(path: Path, text: str, first_line: int) -> Iterator[Finding]:
    """Typing errors in the Markdown `text`, whose first line is `first_line` of its file."""
    lines = [(n, line.expandtabs(4)) for n, line in enumerate(text.split("\n"), first_line)]
    yield from _wrong(path, lines, TEXT)
    yield from _missing_empty_lines(path, lines)
    for number, line in lines:
        if WIDE_SPACE.search(line):
            yield finding("wide-space", path, number)
        if CONFLICT.match(line):
            yield finding("merge-conflict", path, number, here=line[:MOST_SHOWN])


def _wrong(path: Path, lines: Iterable[tuple[int, str]], rules: Rules) -> Iterator[Finding]:
    for number, line in lines:
        for pattern, instead in rules:
            if match := pattern.search(line):
                here, meant = match[0].strip(), match.expand(instead).strip()
                values = {"here": here[:MOST_SHOWN], "instead": meant[:MOST_SHOWN]}
                yield finding("mistyped", path, number, **values)
                break


def _missing_empty_lines(path: Path, lines: list[tuple[int, str]]) -> Iterator[Finding]:
    """Lists and tables that join the paragraph above, entries indented too little to belong to the one above."""
    before, paragraph = "", False  # True while the lines since the last empty one are a paragraph
    for number, line in lines:
        if shallow := SHALLOW.match(line):
            yield finding("indent-shallow", path, number, count=len(shallow[0]))
        elif (paragraph and ENTRY.match(line)) or (REASON.match(line) and OPTION.match(before)):
            yield finding("empty-line-missing", path, number, here=line.strip()[:MOST_SHOWN])
            paragraph = False  # one finding for each paragraph
        if not line.strip():
            paragraph = False
        elif not before.strip() or before.startswith("#"):
            paragraph = not (ENTRY.match(line) or OWN_BLOCK.match(line))
        before = line
