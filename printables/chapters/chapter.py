"""The records of a chapter in one language: Chapter, Section, Item, Option, Passage."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from printables.chapters.front_matter import FrontMatter

ROLES = ("points", "steps", "never", "emergency", "checklist", "case", "talk", "quiz")
LISTED = frozenset(ROLES) - {"case"}
MARK = re.compile(r"\[\^([\w.-]+)\]")
SCENE = re.compile(
    r"[ \t]*\{scene=([^{}\s]+)\}[ \t]*"
)  # at the end of an item: which picture shows it


@dataclass(frozen=True)
class Option:
    """A possible answer of a quiz question."""

    text: str
    right: bool


@dataclass(frozen=True)
class Item:
    """An entry of a list: `**lead**: text`; `marks` are the ids of its sources, `line` its line in the file from 1.

    `scene` names the picture that shows it, "" for none.
    """

    lead: str
    text: str
    line: int
    marks: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    explanation: str = ""
    boxed: bool = False  # begins with a box to tick
    scene: str = ""


@dataclass(frozen=True)
class Passage:
    """A paragraph (one cell), a list (a row for each item) or a table (its head first), without Markdown."""

    kind: Literal["p", "ul", "ol", "table"]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading `## title {#id .role}` and its text; `line` is that of the heading, from 1.

    `paragraphs` are those outside lists, `passages` are all of its text in reading order, `marks` the ids of all
    its sources.
    """

    role: str
    id: str
    title: str
    line: int
    items: tuple[Item, ...]
    paragraphs: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """What a mark stands for in the bibliography, in one language: a document, and the place of a clause or ""."""

    mark: str
    title: str
    number: str
    clause: str


@dataclass(frozen=True)
class Chapter:
    """A chapter in one language; `name` ("teams/confined-space") is shared with its twin. Lines count from 1.

    `marks` are all `[^id]` of its text, each with its line; `sources` what they stand for, each once, in the order of the
    text, once the bibliography was asked.
    """

    path: Path
    name: str
    language: str
    front: FrontMatter
    sections: tuple[Section, ...]
    source_hash: str
    slogan_line: int
    prints_line: int
    reviewed_line: int = 1
    marks: tuple[tuple[str, int], ...] = ()
    sources: tuple[Source, ...] = ()
    stale: bool = False  # translated from a source that has changed since

    @property
    def reader(self) -> str:
        """The folder of its audience: `teams`."""
        return self.name.split("/")[0]

    @property
    def project(self) -> Path:
        """The folder that holds docs/ and library/."""
        path = self.path if len(self.path.parents) > 3 else self.path.absolute()
        return path.parents[3]

    @property
    def scenes(self) -> tuple[Item, ...]:
        """The items that name a scene, in reading order."""
        return tuple(item for section in self.sections for item in section.items if item.scene)

    def section(self, role: str) -> Section | None:
        """The section with this role, if the chapter has it."""
        return next((section for section in self.sections if section.role == role), None)


def pack_name(name: str) -> str:
    """The pack of a chapter or reader, without extension: `teams-ladders` of `teams/ladders`."""
    return name.replace("/", "-")
