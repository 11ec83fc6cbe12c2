"""The Markdown of a chapter as blocks of text, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from printables.chapters.chapter import MARK, SCENE
from printables.chapters.characters import decoded
from printables.languages import NO_SPACE

HEADING = re.compile(r"(#{1,6})\s*(.*)")
ATTRIBUTES = re.compile(r"\{:?[^{}]*\}\s*$")
ROLE = re.compile(r"\{[^{}]*\.([\w-]+)[^{}]*\}")
ID = re.compile(r"\{[^{}]*#([\w.-]+)[^{}]*\}")
ENTRY = re.compile(r"( *)(?:[-*+]|\d+\.)\s+(?:\[([ xX])\]\s+)?(.*)")
QUOTE = re.compile(r"\s*>\s?(.*)")
RULE = re.compile(r"[\s:|-]+")  # below the head of a table
DEFINITION = re.compile(r"\s*(?:\*?\[[^\]]+\]):\s")
LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
LEAD = re.compile(r"\*\*(.+?)\*\*\s*[：:。.—]*\s*")


@dataclass
class Block:
    """A heading, item, option, reason, paragraph or row; `number` counts a section's items, `line` the file's, from 1.

    `right` is False for the wrong options of a quiz, which may say what is false.
    """

    kind: str
    role: str
    section: str
    number: int
    line: int
    right: bool = True
    source: str = field(default="", repr=False)

    @property
    def marks(self) -> tuple[str, ...]:
        """The ids of its sources."""
        return tuple(MARK.findall(self.source))

    @property
    def text(self) -> str:
        """The text without Markdown and source marks."""
        return unmarked(self.source)

    @property
    def lead(self) -> str:
        """The words in bold with which an item begins."""
        match = LEAD.match(self.source)
        return unmarked(match[1]) if match else ""

    @property
    def rest(self) -> str:
        """The text after the lead."""
        match = LEAD.match(self.source)
        return unmarked(self.source[match.end() :]) if match else self.text


def unmarked(markdown: str) -> str:
    """The text of `markdown` without its signs and source marks, on one line with single spaces."""
    text = LINK.sub(r"\1", MARK.sub("", markdown))
    text = re.sub(r"\*\*|__|`|\\(?=\W)", "", text)
    return " ".join(decoded(text).split())


def blocks(body: str, first_line: int) -> list[Block]:
    """Every block of the Markdown `body`, whose first line is `first_line` of its file."""
    return list(_blocks(body, first_line))


def _blocks(body: str, first_line: int) -> Iterator[Block]:
    section = role = ""
    number = 0
    open_: Block | None = None
    text = SCENE.sub("", body).expandtabs(4)
    for line, source in enumerate(text.split("\n"), first_line):
        begun: Block | None = None
        if not source.strip() or DEFINITION.match(source):
            pass
        elif heading := HEADING.match(source):
            title = ATTRIBUTES.sub("", heading[2].rstrip("# ")).rstrip()
            if len(heading[1]) == 2:
                role_match, id_match = ROLE.search(source), ID.search(source)
                role = role_match[1] if role_match else ""
                section = id_match[1] if id_match else title
                number = 0
            begun = Block("heading", role, section, 0, line, source=title)
        elif source.lstrip().startswith("|"):
            if not RULE.fullmatch(source):
                begun = Block("row", role, section, 0, line, source=source.strip().strip("|"))
        elif entry := ENTRY.match(source):
            nested = len(entry[1]) > 1
            number += not nested
            right = not (nested and entry[2] == " ")
            kind = "option" if nested else "item"
            begun = Block(kind, role, section, number, line, right, entry[3])
        elif quote := QUOTE.match(source):
            if open_ and open_.kind == "reason":
                open_.source += " " + quote[1]
                continue
            begun = Block("reason", role, section, number, line, source=quote[1])
        elif open_ and open_.kind not in {"heading", "row"}:
            open_.source = _joined(open_.source, source.strip())
            continue
        else:
            begun = Block("paragraph", role, section, number, line, source=source.strip())
        if open_:
            yield open_
        open_ = begun
    if open_:
        yield open_


def _joined(before: str, after: str) -> str:
    """Two lines joined by a space, or by none between Han characters and beside full-width marks."""
    space = "" if NO_SPACE.search(f"{before[-1:]} {after[:1]}") else " "
    return f"{before}{space}{after}"
