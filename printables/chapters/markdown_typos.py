"""Typing errors in Markdown and front matter: full-width signs, missing spaces and empty lines, tabs."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from printables.chapters import characters, list_typos, table_typos
from printables.findings import Finding, finding
from printables.languages import HAN

MOST_SHOWN = 60  # characters of what was typed

Right = str | Callable[[re.Match[str]], str]  # as re.sub takes it
Rule = tuple[re.Pattern[str], Right]


def _rules(*rules: tuple[str, Right]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), instead) for pattern, instead in rules)


def _with_commas(listed: re.Match[str]) -> str:
    return f"{listed[1]}: [{re.sub(r' *[，、；,] *', ', ', listed[2])}]"


def _raised(digit: re.Match[str]) -> str:
    return "¹²³"["123".index(digit[1])]


# Pattern of what was typed, and the right spelling; a line gets a finding for the first pattern that matches.
HEADINGS = _rules(
    (r"^ {0,3}(?:#*＃[#＃]*) *", "## "),
    (r"^ {1,3}(#{1,6} .*)", r"\1"),
    (r"^(#+ .*)｛(#[^｛｝]*)｝", r"\1{\2}"),
    (r"^(#+ .*?) *[（(\[【](#[\w-]+(?: \.[a-z]+)?)[）)\]】] *$", r"\1 {\2}"),
    (r"(\{#[\w-]+)(?: |[,，、。] *\.?|\.)([a-z]+)\}", r"\1 .\2}"),
    (r"\{# +([\w-]+)( \.[a-z]+)?\}", r"{#\1\2}"),
    (r"^(#+ .*)\{([a-z][\w-]*)( \.[a-z]+)\}", r"\1{#\2\3}"),
    (r"^(#+ [^{}]*?) (#[\w-]+ \.[a-z]+) *$", r"\1 {\2}"),
    (r"^(#+ .*?\{#[^{}]*\}) *\{[^{}]*\} *$", r"\1"),
    (r"^(#+ [^\[]*?)((?:\[\^[\w.-]+\])+) *(.*)$", r"\1 \3"),
    (r"^(#+ [^{}]*?) *(\{#[^{}]*\})[ #]*([^\s#].*)$", r"\1\3 \2"),
    (r"^#(?:##+)? (.*\{#[\w-]+ \.[a-z]+\})", r"## \1"),
    (
        r"^(?:\\#+|\*\*|__)? *([^#\s|>].*?)(?:\*\*|__)? *(\{#[\w-]+(?: \.[a-z]+)?\}) *$",
        r"## \1 \2",
    ),
)
TEXT = _rules(
    (
        r"(?!\{scene=[^{}\s\"]+\})[{｛]\s*scene\b\s*[=＝:：]?\s*[\"“]?([\w-]*)[^{}｛｝]*[}｝]",
        r"{scene=\1}",
    ),
    (r"(?:[【［]\^ ?|\[\^ )([\w.-]+) ?[】］\]]", r"[^\1]"),
    (r"\[\^([\w.-]+)[】］]", r"[^\1]"),
    (r"(?<=[^\s!\]^])\[((?![xX]\])[a-z][\w.-]*|\d{1,3})\](?![(\[:])", r"[^\1]"),
    (r"\]（([^（）]*)）", r"](\1)"),
    (r"\\\[\^([\w.-]+)\\?\]", r"[^\1]"),  # what would be shown of a mark is no link
    (r"`+([^`]*\[\^[\w.-]+\][^`]*)`+", r"\1"),
    (r"!\[([^\[\]]*)\](\[\^[\w.-]+\])", r"\1\2"),
    (r"\[([^\[\]]*)((?:\[\^[\w.-]+\])+)\]\(([^()]*)\)", r"[\1](\3)\2"),
    (r"＊＊", "**"),
    (
        r"^( *(?:[-*+]|\d+\.) )\*\* (\S[^*]*?) ?\*\*|^( *(?:[-*+]|\d+\.) )\*\*(\S[^*]*?) \*\*",
        r"\1\3**\2\4**",
    ),
    (r"^( *)[》＞〉] ?", r"\1> "),
    (r"^( *)[:：] +(?=\S)(\S{0,9})", r"\1- \2"),
)
# What other dialects of Markdown read, and this one shows as it was typed.
DIALECTS = _rules(
    (r"\{(\+\+|--|~~|==)(.*?)\1\}", r"\2"),
    (r"~~(\S[^~]*)~~", r"\1"),
    (r"(?<!/)==(\S[^=]*?)==", r"**\1**"),
    (r"\+\+(\w[^+]*)\+\+", r"\1"),
    (r"(?<=\w)~(\d+)~", r"\1"),
    (r"(?<=\w)\^([123])\^", _raised),
    (r"\^\[([^\[\]]+)\](?!\()", r"(\1)"),
    (r" *:[a-z]+(?:_[a-z]+)*:(?![A-Za-z/])", ""),
    (r"\{\{.*?\}\}|\{%.*?%\}", ""),
    (r"(?<=[^\s#|)\]*`_])\{\.[\w -]+\}", ""),
    (r"(?<=\S)\\$", ""),
    (r"^( *)\?\?\?\+? *(\w+)", r"\1!!! \2"),
    (r'^===!?\+? +"([^"]*)" *$', r"**\1**"),
    (r"^( *(?:[-*+]|\d+\.) )\*\*([^*：:]+)([：:])([^*]*)$", r"\1**\2**\3\4"),
    (r"^([^*]*)(?:(?<=\S)\*\*|\*\*(?=\S))([^*]*)$", r"\1\2"),
)
HEAD = _rules(
    (r"^([A-Za-z]+)(?:： ?|:(?=\S))(.*)", r"\1: \2"),
    (r"^(signs|prints): \[([^\]]*[，、；][^\]]*)\]", _with_commas),
    (r"^(signs|prints): 【([^】]*)】", r"\1: [\2]"),
    (r'^([a-z]+): ("[^"]*)$', r'\1: \2"'),
    (r"^(title|summary|slogan): “([^“”]*)”$", r"\1: \2"),
    (r"^(title|summary|slogan): ([^\"'\s].*: .*|[^\"'\s].*(?:[:：]| #.*))$", r'\1: "\2"'),
    (
        r"^(title|summary|slogan): ((?![|>][+-]?$)[*&%@`!|>{][^\"]*|\[[^\]]*\][^\"]+)$",
        r'\1: "\2"',
    ),
)
TABBED = re.compile(r" *\t")
WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SENTENCE = re.compile(rf".*[{HAN}].*[。！？；](?:\[\^[\w.-]+\])*\s*$")
ENTRY = re.compile(r"(?:[-*+]|\d+\.) |\|")
SHALLOW = re.compile(r" {1,3}(?=(?:[-*+]|\d+\.) |>)")
OPTION, REASON = re.compile(r" {4}- "), re.compile(r" {4}>")
BLOCK = re.compile(r"#|>|!!!|\|")
OWN_BLOCK = re.compile(r"#|>| {4}|!!!|\[[^\]]*\]:")
UNDERLINE = re.compile(r"(?:=+|-+) *$")  # Markdown makes a heading of the line above


def head(path: Path, text: str) -> list[Finding]:
    """Typing errors in a front matter `text`, which begins on line 2 of its file; one finding a line."""
    lines = list(enumerate(text.split("\n"), 2))
    tabs = [finding("tab-in-front-matter", path, n) for n, line in lines if TABBED.match(line)]
    return tabs + list(_wrong(path, lines, HEAD))


def body(path: Path, text: str, first_line: int) -> Iterator[Finding]:
    """Typing errors in the Markdown `text`, whose first line is `first_line` of its file; one finding a line."""
    typed = list(enumerate(text.split("\n"), first_line))
    lines = [(number, line.expandtabs(4)) for number, line in typed]
    underlined = list(_underlined(path, lines))
    found: dict[int, Finding] = {each.line: each for each in underlined}
    found |= {each.line - 1: each for each in underlined}  # nothing else is wrong with its title
    for each in (
        *_wrong(path, lines, HEADINGS),
        *table_typos.wrong(path, typed),
        *list_typos.wrong(path, lines),
        *_wrong(path, lines, TEXT),
        *_wrong(path, lines, DIALECTS),
        *_missing_empty_lines(path, lines),
        *_joined(path, lines),
    ):
        found.setdefault(each.line, each)
    yield from dict.fromkeys(found.values())
    for number, line in lines:
        if number not in found and WIDE_SPACE.search(characters.decoded(line)):
            yield finding("wide-space", path, number)


def _wrong(
    path: Path, lines: Iterable[tuple[int, str]], rules: Iterable[Rule]
) -> Iterator[Finding]:
    for number, line in lines:
        for pattern, instead in rules:
            if places := list(pattern.finditer(line)):
                begin, end = places[0].start(), places[-1].end()
                right = pattern.sub(instead, line)
                here, meant = line[begin:end], right[begin : len(right) - len(line) + end]
                if here.strip() != meant.strip():  # else the spaces are what is wrong
                    here, meant = here.strip(), meant.strip()
                if meant:
                    yield finding("mistyped", path, number, here=here, instead=meant)
                else:
                    yield finding("shown-as-typed", path, number, here=here)
                break


def _joined(path: Path, lines: list[tuple[int, str]]) -> Iterator[Finding]:
    """Text at the margin directly below an item, or below a sentence in Chinese, which Markdown joins to it."""
    for (_, before), (number, line) in pairwise(lines):
        at_margin = line[:1].strip() and not (ENTRY.match(line) or BLOCK.match(line))
        if not at_margin or not before.strip() or before.startswith("#"):
            continue
        here = line.strip()[:MOST_SHOWN]
        if before.startswith(" ") or ENTRY.match(before):
            yield finding("text-joined", path, number, here=here)
        elif SENTENCE.match(before):
            yield finding("empty-line-missing", path, number, here=here)


def _underlined(path: Path, lines: list[tuple[int, str]]) -> Iterator[Finding]:
    """Headings made by a line of `=` or `-` below the only line of a paragraph, or below the first item of a list."""
    above = ["", *(line for _, line in lines)]
    for first, (_, before), (number, line) in zip(above, lines, lines[1:], strict=False):
        if not UNDERLINE.match(line) or not before.strip() or before.startswith("#"):
            continue
        if ENTRY.match(before.lstrip()) and not first.strip():
            yield finding("empty-line-missing", path, number, here=line)
        elif not OWN_BLOCK.match(before) and not ENTRY.match(before.lstrip()):
            title = before.strip() if "{#" in before else f"{before.strip()} {{#id}}"
            yield finding("heading-underlined", path, number, here=line, title=title)


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
