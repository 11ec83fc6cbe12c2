"""One file below docs/ → SourceFile: its contents and findings; unchanged files are remembered."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal
from xml.etree.ElementTree import Element

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from printables.chapters import (
    characters,
    front_matter,
    markdown_typos,
    parser,
    pictures,
    sanitizer,
)
from printables.chapters.chapter import Chapter
from printables.chapters.kept_file import LEFT
from printables.chapters.prose import Block, blocks
from printables.checks import causes, citations, lost_words, parity, plain_language, typography
from printables.checks.claims import Claim, claims
from printables.files import digest, whole
from printables.findings import Finding, Rejected, finding
from printables.languages import LANGUAGES
from printables.last_net import reading

# A remembered file is read again after a change in any of these: every room that this one imports from.
ROOMS = (
    "chapters",
    "checks",
    "signs",
    "fonts",
    "glyphs.py",
    "files.py",
    "findings.py",
    "findings.toml",
    "languages.py",
    "languages.toml",
    "last_net.py",
    "telephones.toml",
)


class PageFrontMatter(BaseModel):
    """The keys of a page that is no chapter: a reader's index, the home, about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1)] = ""
    summary: str = ""
    order: Annotated[int, Field(strict=True)] = 0
    # Those of overrides/ that need nothing but the page; the others show what hooks hand them.
    template: Literal[
        "main.html", "doors.html", "home.html", "emergency.html", "changes.html", "print.html", "scenes.html", "signs.html"
    ] = "main.html"  # fmt: skip
    hide: tuple[Literal["navigation", "toc"], ...] = ()


@dataclass(frozen=True)
class SourceFile:
    """A file below docs/, parsed and checked; `key` is its path from there with forward slashes.

    `links` are (target, line), `pictures` (address, alternative text, line), `acronyms` (acronym, line) those that the
    chapter does not explain, and `names` (line, text) what may name a law or standard. A `refused` file must not be
    shown, not even in the preview. `digest` is that of its path and content, and of the code that read them.
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
    figures: tuple[parity.Figures, ...] = ()
    claims: tuple[Claim, ...] = ()
    acronyms: tuple[tuple[str, int], ...] = ()
    names: tuple[tuple[int, str], ...] = ()
    digest: str = ""

    @property
    def is_chapter(self) -> bool:
        return is_chapter(self.key)

    @property
    def is_text(self) -> bool:
        return self.key.endswith(".md")


def is_chapter(key: str) -> bool:
    """True if docs/`key` is a chapter: a file of a reader's folder that is not its index."""
    return key.count("/") == 2 and key.endswith(".md") and not key.endswith("/index.md")


def examine(path: Path, key: str, content: bytes) -> SourceFile:
    """Parse and check one file; raises nothing: a file that cannot be read is `refused` and has findings."""
    with reading(path):
        return _examine(path, key, content)


def _examine(path: Path, key: str, content: bytes) -> SourceFile:
    findings = list(sanitizer.file(path, key))
    if not key.endswith(".md"):
        if not findings:
            findings += pictures.picture(path, content)
        return SourceFile(path, key, findings=tuple(findings), refused=bool(findings))
    draft = False
    try:
        text = front_matter.decode(path, content)
        findings += sanitizer.text(path, content, text)
        if findings:
            raise Rejected(findings)
        draft = front_matter.is_draft(front_matter.split(path, text)[0])
        return replace(_read(path, key, text), draft=draft)
    except Rejected as rejected:
        findings = rejected.findings
    except RecursionError:
        findings = [finding("nested-too-deep", path)]
    return SourceFile(path, key, findings=tuple(findings), refused=True, draft=draft)


def _read(path: Path, key: str, text: str) -> SourceFile:
    """The file of a text that passed the sanitizer; raises Rejected where it must not be shown."""
    _, body, first_line = front_matter.split(path, text)
    tree, lines = parser.grow(body), _LineFinder(body, first_line)
    unsafe = _unsafe(path, tree, lines, body, first_line)
    if is_chapter(key) and key.partition("/")[0] in LANGUAGES:
        file = _chapter(path, key, text, tree, unsafe)
    else:
        file = _page(path, key, text, unsafe)
    return replace(
        file,
        anchors=frozenset(element.get("id", "") for element in tree.iter()),
        links=tuple(_links(tree, lines)),
        pictures=tuple(_pictures(tree, lines)),
    )


def _unsafe(
    path: Path, tree: Element, lines: "_LineFinder", body: str, first_line: int
) -> list[Finding]:
    """Elements, attributes and addresses that the sanitizer does not allow."""
    findings = [
        finding(code, path, lines.line(words), **values)
        for code, words, values in sanitizer.tree(tree)
    ]
    return findings + list(sanitizer.definitions(path, body, first_line))


def _chapter(path: Path, key: str, text: str, tree: Element, unsafe: list[Finding]) -> SourceFile:
    """The chapter with its findings; raises Rejected where it must not be shown.

    A chapter in which a typing error hides what its items are is shown, but not compared with its twin or printed.
    """
    head, body, first_line = front_matter.split(path, text)
    language, _, name = key.removesuffix(".md").partition("/")
    prose = blocks(body, first_line)
    typos = list(markdown_typos.body(path, body, first_line))
    found = [*unsafe, *_undrawable(path, text), *_wrong_text(path, language, prose)]
    sections = parser.sections(path, tree, body, first_line)[0]
    found += lost_words.lost(path, body, first_line, tuple(sections))
    chapter: Chapter | None = None
    refused = bool(unsafe)
    try:
        chapter = parser.understand(path, language, name, text, tree)
        found += _wrong_front_matter(chapter, head, prose)
    except Rejected as rejected:
        found += rejected.findings
        refused = True
    found = list(causes.independent(typos, found, body, first_line))
    if refused:
        raise Rejected(found)
    return SourceFile(
        path,
        key,
        None if causes.hides_the_chapter(found) else chapter,
        tuple(found),
        figures=parity.figures(prose),
        claims=claims(language, prose),
        acronyms=tuple(plain_language.acronyms(prose, language)),
        names=tuple(citations.names(text)),
    )


def _undrawable(path: Path, text: str) -> Iterator[Finding]:
    """A finding for each line with characters that no sheet can show."""
    for number, line in enumerate(text.split("\n"), 1):
        if missing := characters.undrawable(line):
            yield finding("glyph-missing", path, number, characters=missing)


def _page(path: Path, key: str, text: str, findings: list[Finding]) -> SourceFile:
    """A page that is no chapter, or a chapter in no language of the site; raises Rejected."""
    head, body, first_line = front_matter.split(path, text)
    findings = findings + list(sanitizer.tags(path, body, first_line))
    if not is_chapter(key):
        findings += _undrawable(
            path, f"\n{head}"
        )  # a book shows the title and the summary of its reader
        findings += front_matter.keys(path, head, PageFrontMatter)[1]
    if findings:
        raise Rejected(findings)
    return SourceFile(path, key)


def _links(tree: Element, lines: "_LineFinder") -> Iterator[tuple[str, int]]:
    for element in tree.iter("a"):
        target = characters.decoded(element.get("href", ""))
        yield target, lines.line(target)


def _pictures(tree: Element, lines: "_LineFinder") -> Iterator[tuple[str, str, int]]:
    for element in tree.iter("img"):
        address = element.get("src", "")
        yield address, element.get("alt", ""), lines.line(address)


def _wrong_text(path: Path, language: str, prose: list[Block]) -> Iterator[Finding]:
    """Findings in the text: plain language, typography, citations."""
    yield from plain_language.wording(path, language, prose)
    yield from typography.wrong(path, language, prose)
    yield from citations.unsourced(path, language, prose)


def _wrong_front_matter(chapter: Chapter, head: str, prose: list[Block]) -> Iterator[Finding]:
    """Findings in the front matter and in item counts."""
    path, language, front = chapter.path, chapter.language, chapter.front
    keys = {
        key: (getattr(front, key), front_matter.line_of_key(head, key))
        for key in ("title", "summary", "slogan")
    }
    yield from plain_language.headings(path, language, keys)
    yield from plain_language.counts(path, prose)


def read(
    docs: Path, memory: Path | None = None, changed: Callable[[], None] | None = None
) -> list[SourceFile]:
    """Every file below `docs`; `memory` is a JSON file that spares parsing what did not change since.

    `changed` is called once, as soon as a file has to be parsed.
    """
    remembered = _recall(memory) if memory else {}
    files = {}
    for path, key, content in walk(docs):
        fingerprint = hashlib.sha256(f"{_code()} {path} {key} ".encode() + content).hexdigest()
        if not (file := remembered.get(fingerprint)):
            if changed:
                changed()
                changed = None
            file = replace(examine(path, key, content), digest=fingerprint)
        files[fingerprint] = file
    if memory and files.keys() != remembered.keys():
        with whole(memory) as part:
            part.write_bytes(MEMORY.dump_json(files))
    return list(files.values())


def _recall(memory: Path) -> dict[str, SourceFile]:
    try:
        return MEMORY.validate_json(memory.read_bytes())
    except (OSError, ValueError):
        return {}


@cache
def _code() -> str:
    """Digest of the code that reads and checks files, and Markdown's version."""
    return f"{digest(ROOMS)} {version('markdown')}"


class _LineFinder:
    """Line numbers, from 1, of words in the body of a file."""

    def __init__(self, body: str, first_line: int) -> None:
        self._body, self._first_line = body, first_line

    def line(self, words: str) -> int:
        """Line of the first place of `words`; the body's first line where they are not in it."""
        return self._first_line + self._body[: max(self._body.find(words), 0)].count("\n")


MEMORY = TypeAdapter(dict[str, SourceFile])


def walk(docs: Path) -> Iterator[tuple[Path, str, bytes]]:
    """Path, key and content (at most MOST_READ bytes) of every file below `docs` that is no symbolic link."""
    for path in sorted(docs.rglob("*")):
        left = any(LEFT.fullmatch(part) for part in path.relative_to(docs).parts)
        if path.is_file() and not path.is_symlink() and not left:
            with path.open("rb") as file:
                content = file.read(sanitizer.MOST_READ)
            yield path, path.relative_to(docs).as_posix(), content
