"""One file below docs/: what it holds and what is wrong with it by itself; an unchanged one is remembered."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal
from xml.etree.ElementTree import Element

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from printables.chapters import front_matter, markdown_typos, parser, pictures, prose, sanitizer
from printables.chapters.chapter import Chapter
from printables.checks import citations, parity, plain_language, typography
from printables.files import digest, whole
from printables.findings import Finding, Rejected, finding
from printables.languages import LANGUAGES

# What a remembered file rests on: every room that this one imports from.
ROOMS = (
    "chapters",
    "checks",
    "signs",
    "findings.py",
    "findings.toml",
    "languages.py",
    "languages.toml",
    "telephones.toml",
)
DRAFT = re.compile(r"draft:[ \t]*true[ \t]*$", re.MULTILINE)


class PageFrontMatter(BaseModel):
    """The keys of a page that is no chapter: a reader's index, the home, about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1)] = ""
    summary: str = ""
    order: int = 0
    template: Annotated[str, Field(pattern=r"^[a-z-]+\.html$")] = "main.html"
    hide: tuple[Literal["navigation", "toc"], ...] = ()
    search: dict[str, float | bool] = {}


@dataclass(frozen=True)
class Page:
    """What a file below docs/ holds; `key` is its path from there with forward slashes.

    `links` are targets and `pictures` are addresses with their alternative text, each with its line.
    `acronyms` are those that the chapter does not explain. What is `refused` must not be shown, not even in the preview.
    """

    path: Path
    key: str
    chapter: Chapter | None = None
    findings: tuple[Finding, ...] = ()
    refused: bool = False
    draft: bool = False
    anchors: frozenset[str] = frozenset()
    links: tuple[tuple[str, int], ...] = ()
    pictures: tuple[tuple[str, str, int], ...] = ()
    said: tuple[parity.Said, ...] = ()
    acronyms: tuple[tuple[str, int], ...] = ()

    @property
    def is_chapter(self) -> bool:
        return is_chapter(self.key)

    @property
    def is_text(self) -> bool:
        return self.key.endswith(".md")


def is_chapter(key: str) -> bool:
    """Whether docs/`key` is a chapter: a file of a reader's folder that is not its index."""
    return key.count("/") == 2 and key.endswith(".md") and not key.endswith("/index.md")


def examine(path: Path, key: str, content: bytes) -> Page:
    """Parse one file; what is wrong with it is kept with it."""
    findings = list(sanitizer.file(path, key))
    if not key.endswith(".md"):
        if not findings:
            findings += pictures.picture(path, content)
        return Page(path, key, findings=tuple(findings), refused=bool(findings))
    try:
        text = front_matter.decode(path, content)
        findings += sanitizer.text(path, content, text)
        if findings:
            raise Rejected(findings)
        return _read(path, key, text)
    except Rejected as rejected:
        return Page(path, key, findings=tuple(rejected.findings), refused=True)
    except RecursionError:
        return Page(path, key, findings=(finding("nested-too-deep", path),), refused=True)


def _read(path: Path, key: str, text: str) -> Page:
    """The page that a text holds which the gate let pass; raises Rejected where it must not be shown."""
    head, body, first = front_matter.split(path, text)
    where = _Finder(body, first)
    tree = parser.grow(body)
    findings = [
        finding(code, path, where.line(words), **values)
        for code, words, values in sanitizer.tree(tree)
    ]
    findings += sanitizer.definitions(path, body, first)
    blocks = prose.blocks(body, first)
    language, editorial, chapter = key.partition("/")[0], list[Finding](), None
    if is_chapter(key) and language in LANGUAGES:
        chapter, wrong = _chapter(path, key, text, tree)
        findings += wrong
        editorial += markdown_typos.body(path, body, first)
        editorial += _marked(path, language, blocks)
    else:
        findings += sanitizer.tags(path, body, first)
        if not is_chapter(key):
            front_matter.keys(path, head, PageFrontMatter, findings)
    if findings:
        raise Rejected(findings + editorial)
    if chapter:
        editorial += _headed(chapter, head, text, blocks)
    elements = list(tree.iter())
    return Page(
        path,
        key,
        chapter,
        tuple(editorial),
        draft=DRAFT.search(head) is not None,
        anchors=frozenset(e.get("id", "") for e in elements),
        links=tuple(
            (e.get("href", ""), where.line(e.get("href", ""))) for e in elements if e.tag == "a"
        ),
        pictures=tuple(
            (e.get("src", ""), e.get("alt", ""), where.line(e.get("src", "")))
            for e in elements
            if e.tag == "img"
        ),
        said=parity.said(blocks) if chapter else (),
        acronyms=tuple(plain_language.acronyms(blocks, language)) if chapter else (),
    )


def _marked(path: Path, language: str, blocks: list[prose.Block]) -> Iterator[Finding]:
    """What an editor would mark in the text, whether it can be shown or not: language, marks, sources."""
    yield from plain_language.copy(path, language, blocks)
    yield from typography.wrong(path, language, blocks)
    yield from citations.unsourced(path, language, blocks)


def _headed(chapter: Chapter, head: str, text: str, blocks: list[prose.Block]) -> Iterator[Finding]:
    """What an editor would mark in the front matter and sections of a chapter that can be shown."""
    path, language, front = chapter.path, chapter.language, chapter.front
    keys = {
        key: (getattr(front, key), front_matter.line_of_key(head, key))
        for key in ("title", "summary", "slogan")
    }
    yield from plain_language.headings(path, language, keys)
    yield from plain_language.counts(path, blocks)
    yield from citations.outdated(path, front.reviewed, enumerate(text.split("\n"), 1))


def remember(memory: Path, docs: Path) -> list[Page]:
    """Every page, parsed only where its text, the signs or this code changed since last time."""
    known = _recall(memory)
    pages = {}
    for path, key, content in files(docs):
        print_of = hashlib.sha256(f"{_code()} {path} {key} ".encode() + content).hexdigest()
        pages[print_of] = known.get(print_of) or examine(path, key, content)
    if pages.keys() != known.keys():
        with whole(memory) as part:
            part.write_bytes(PAGES.dump_json(pages))
    return list(pages.values())


def _recall(memory: Path) -> dict[str, Page]:
    try:
        return PAGES.validate_json(memory.read_bytes())
    except (OSError, ValueError):
        return {}


@cache
def _code() -> str:
    """What decides how a file is read and judged, but its own text: these rooms, and Markdown."""
    return f"{digest(ROOMS)} {version('markdown')}"


def _chapter(
    path: Path, key: str, text: str, tree: Element
) -> tuple[Chapter | None, tuple[Finding, ...]]:
    language, _, rest = key.partition("/")
    if not is_chapter(key) or language not in LANGUAGES:
        return None, ()
    try:
        name = rest.removesuffix(".md")
        return parser.understand(path, language, name, text, tree), ()
    except Rejected as rejected:
        return None, tuple(rejected.findings)


class _Finder:
    """On which line words stand."""

    def __init__(self, body: str, first: int) -> None:
        self._body, self._first = body, first

    def line(self, words: str) -> int:
        return self._first + self._body[: max(self._body.find(words), 0)].count("\n")


PAGES = TypeAdapter(dict[str, Page])


def files(docs: Path) -> Iterator[tuple[Path, str, bytes]]:
    """Every file below `docs` that is no symbolic link, and no more of it than is looked at."""
    for path in sorted(docs.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                content = file.read(sanitizer.MOST_READ)
            yield path, path.relative_to(docs).as_posix(), content
