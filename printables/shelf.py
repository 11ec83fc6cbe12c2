"""All chapters and pages below docs/ together: twins, addresses, links and pictures."""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from posixpath import normpath, relpath
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from printables import chapter as chapters
from printables import (
    evidence,
    gate,
    glossary,
    mistyped,
    plain,
    prose,
    quantities,
    signs,
    translation,
    twins,
    typography,
)
from printables.chapter import Chapter
from printables.findings import Finding, Rejected, finding, nearest
from printables.words import LANGUAGES

ADDED_ANCHORS = re.compile(r"sources|source-\d+")
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
    said: tuple[twins.Said, ...] = ()
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


@dataclass
class Shelf:
    """The chapters that can be used, by (language, name), and what is wrong with the others.

    `pages` are all files by key, `drafts` the keys of chapters left out of the site; `notes` tell what is no error.
    """

    docs: Path
    chapters: dict[tuple[str, str], Chapter] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()

    def twins(self) -> dict[str, dict[str, Chapter]]:
        """Chapters by name, then language; names in order."""
        names: dict[str, dict[str, Chapter]] = defaultdict(dict)
        for (language, name), chapter in sorted(self.chapters.items()):
            names[name][language] = chapter
        return dict(names)


def stock(
    docs: Path, designs: Collection[str], memory: Path | None = None, *, drafts: bool = False
) -> Shelf:
    """Read everything below `docs`; findings are collected, nothing is raised.

    `designs` are the names that `prints` may hold; `memory` is a file that remembers what pages
    held, so that only changed ones are parsed; chapters marked as drafts are there with `drafts`.
    """
    shelf = Shelf(docs)
    shelf.findings += strays(docs)
    found = remember(memory, docs) if memory else [examine(*page) for page in _files(docs)]
    unfinished = _drafts(found)
    shelf.drafts = unfinished
    pages = [page for page in found if drafts or page.key not in unfinished]
    texts = [page for page in pages if page.is_text]
    shelf.pages = {page.key: page for page in pages}
    for page in pages:
        shelf.findings += page.findings
        if page.chapter:
            shelf.chapters[page.chapter.language, page.chapter.name] = page.chapter
            shelf.findings += _unknown_designs(page.chapter, designs)
    shelf.findings += _missing_twins(docs, texts)
    shelf.findings += _missing_indexes(docs, texts)
    shelf.findings += _same_addresses(texts)
    for name, pair in shelf.twins().items():
        if len(pair) == len(LANGUAGES):
            _compare(shelf, name, pair["zh"], pair["en"])
    explained = _explained(docs.parent / glossary.NAME, shelf.findings)
    for page in texts:
        shelf.findings += _unexplained(page, explained)
        shelf.findings += _wrong_links(page, shelf.pages)
        shelf.findings += _wrong_pictures(page, shelf.pages)
    return shelf


def _explained(path: Path, findings: list[Finding]) -> frozenset[str]:
    """Acronyms of the glossary; what is wrong with it is added to `findings`."""
    try:
        return glossary.acronyms(path)
    except Rejected as rejected:
        findings += rejected.findings
        return frozenset()


def _drafts(pages: list[Page]) -> frozenset[str]:
    """Keys of the chapters of which either twin is marked as a draft."""
    names = {page.key.partition("/")[2] for page in pages if page.draft}
    keys = (page.key for page in pages if page.is_chapter)
    return frozenset(key for key in keys if key.partition("/")[2] in names)


def _compare(shelf: Shelf, name: str, zh: Chapter, en: Chapter) -> None:
    """Add what differs between twins; mark the one that translates an older text of the other."""
    mine, its = shelf.pages[f"en/{name}.md"], shelf.pages[f"zh/{name}.md"]
    shelf.findings += twins.differences(zh, en)
    shelf.findings += twins.numbers(its.said, mine.said, en.path, zh.path)
    there, here = ([target for target, _ in page.links] for page in (its, mine))
    shelf.findings += twins.links(there, here, en.path, zh.path)
    findings, notes = translation.judge(zh, en)
    shelf.findings += findings
    shelf.notes += notes
    for chapter, source in ((zh, en), (en, zh)):
        if translation.stale(chapter, source):
            shelf.chapters[chapter.language, chapter.name] = replace(chapter, stale=True)


def examine(path: Path, key: str, content: bytes) -> Page:
    """Parse one file; what is wrong with it is kept with it."""
    findings = list(gate.file(path, key))
    if not key.endswith(".md"):
        if not findings:
            findings += gate.picture(path, content)
        return Page(path, key, findings=tuple(findings), refused=bool(findings))
    try:
        text = chapters.decode(path, content)
        findings += gate.text(path, content, text)
        if findings:
            raise Rejected(findings)
        return _read(path, key, text)
    except Rejected as rejected:
        return Page(path, key, findings=tuple(rejected.findings), refused=True)
    except RecursionError:
        return Page(path, key, findings=(finding("nested-too-deep", path),), refused=True)


def _read(path: Path, key: str, text: str) -> Page:
    """The page that a text holds which the gate let pass; raises Rejected where it must not be shown."""
    head, body, first = chapters.split(path, text)
    where = _Finder(body, first)
    tree = chapters.grow(body)
    findings = [
        finding(code, path, where.line(words), **values) for code, words, values in gate.tree(tree)
    ]
    findings += gate.definitions(path, body, first)
    blocks = prose.blocks(body, first)
    language, editorial, chapter = key.partition("/")[0], list[Finding](), None
    if is_chapter(key) and language in LANGUAGES:
        chapter, wrong = _chapter(path, key, text, tree)
        findings += wrong
        editorial += mistyped.body(path, body, first)
        editorial += _marked(path, language, blocks)
    else:
        findings += gate.tags(path, body, first)
        if not is_chapter(key):
            chapters.front_matter(path, head, PageFrontMatter, findings)
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
        said=twins.said(blocks, chapter.language) if chapter else (),
        acronyms=tuple(plain.acronyms(blocks)) if chapter and chapter.language == "en" else (),
    )


def _marked(path: Path, language: str, blocks: list[prose.Block]) -> Iterator[Finding]:
    """What an editor would mark in the text, whether it can be shown or not: language, marks, sources."""
    yield from plain.copy(path, language, blocks)
    yield from typography.wrong(path, language, blocks)
    yield from evidence.unsourced(path, language, blocks)


def _headed(chapter: Chapter, head: str, text: str, blocks: list[prose.Block]) -> Iterator[Finding]:
    """What an editor would mark in the front matter and sections of a chapter that can be shown."""
    path, language, front = chapter.path, chapter.language, chapter.front
    keys = {
        key: (getattr(front, key), chapters.line_of_key(head, key))
        for key in ("title", "summary", "slogan")
    }
    yield from plain.headings(path, language, keys)
    yield from plain.counts(path, blocks)
    yield from evidence.outdated(path, front.reviewed, enumerate(text.split("\n"), 1))


def remember(memory: Path, docs: Path) -> list[Page]:
    """Every page, parsed only where its text, the signs or this code changed since last time."""
    known = _recall(memory)
    pages = {}
    for path, key, content in _files(docs):
        print_of = hashlib.sha256(f"{_code()} {path} {key} ".encode() + content).hexdigest()
        pages[print_of] = known.get(print_of) or examine(path, key, content)
    if pages.keys() != known.keys():
        memory.parent.mkdir(parents=True, exist_ok=True)
        part = memory.with_name(f"{memory.name}.{os.getpid()}.part")
        part.write_bytes(PAGES.dump_json(pages))
        part.replace(memory)
    return list(pages.values())


def _recall(memory: Path) -> dict[str, Page]:
    try:
        return PAGES.validate_json(memory.read_bytes())
    except (OSError, ValueError):
        return {}


@cache
def _code() -> str:
    """Hash of all that decides what a page holds, but its own text."""
    rooms = (
        *(chapters, evidence, gate, mistyped, plain, prose, quantities),
        *(translation, twins, typography),
    )
    files = [Path(str(room.__file__)) for room in rooms]
    files += [Path(__file__), signs.HERE / "signs.toml", *sorted(plain.RULES.iterdir())]
    content = b"".join(file.read_bytes() for file in files) + version("markdown").encode()
    return hashlib.sha256(content).hexdigest()


def _chapter(
    path: Path, key: str, text: str, tree: Element
) -> tuple[Chapter | None, tuple[Finding, ...]]:
    language, _, rest = key.partition("/")
    if not is_chapter(key) or language not in LANGUAGES:
        return None, ()
    try:
        name = rest.removesuffix(".md")
        return chapters.understand(path, language, name, text, tree), ()
    except Rejected as rejected:
        return None, tuple(rejected.findings)


class _Finder:
    """On which line words stand."""

    def __init__(self, body: str, first: int) -> None:
        self._body, self._first = body, first

    def line(self, words: str) -> int:
        return self._first + self._body[: max(self._body.find(words), 0)].count("\n")


PAGES = TypeAdapter(dict[str, Page])


def strays(docs: Path) -> Iterator[Finding]:
    """Symbolic links: they publish what lies elsewhere, or the same twice."""
    root = docs.resolve()
    for path in sorted(docs.rglob("*")):
        if path.is_symlink():
            code = "link-outside" if gate.outside(path, root) else "link-inside"
            yield finding(code, path, target=path)


def _files(docs: Path) -> Iterator[tuple[Path, str, bytes]]:
    """Every file below `docs` that is no symbolic link, and no more of it than is looked at."""
    for path in sorted(docs.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                content = file.read(gate.MOST_READ)
            yield path, path.relative_to(docs).as_posix(), content


def _unknown_designs(chapter: Chapter, designs: Collection[str]) -> Iterator[Finding]:
    for design in chapter.front.prints:
        if design not in designs:
            near, line = nearest(design, designs), chapter.prints_line
            yield finding("unknown-design", chapter.path, line, design=design, near=near)


def _unexplained(page: Page, explained: frozenset[str]) -> Iterator[Finding]:
    for acronym, line in page.acronyms:
        if acronym not in explained:
            yield finding("acronym-unexplained", page.path, line, acronym=acronym)


def _missing_twins(docs: Path, pages: list[Page]) -> Iterator[Finding]:
    keys = {page.key for page in pages}
    for page in pages:
        language, _, rest = page.key.partition("/")
        for other in LANGUAGES:
            if rest and language in LANGUAGES and f"{other}/{rest}" not in keys:
                yield finding("twin-missing", page.path, twin=docs / other / rest)
        if rest and language not in LANGUAGES:
            near = nearest(language, LANGUAGES)
            yield finding("unknown-language", page.path, language=language, near=near)


def _missing_indexes(docs: Path, pages: list[Page]) -> Iterator[Finding]:
    keys = {page.key for page in pages}
    own = [page.key for page in pages if page.is_chapter and page.key.split("/")[0] in LANGUAGES]
    folders = {key.rpartition("/")[0] for key in own}
    for folder in sorted(folders):
        if f"{folder}/index.md" not in keys:
            yield finding("empty-reader", docs / folder, index=docs / folder / "index.md")


def _same_addresses(pages: list[Page]) -> Iterator[Finding]:
    seen: dict[str, Page] = {}
    for page in pages:
        address = re.sub(r"(^|/)(index|readme)$", "", page.key.removesuffix(".md").casefold())
        if address in seen:
            yield finding("same-address", page.path, other=seen[address].path)
        seen.setdefault(address, page)


def _wrong_links(page: Page, known: dict[str, Page]) -> Iterator[Finding]:
    for target, line in page.links:
        if gate.scheme(target):
            continue
        parts = urlsplit(target)
        key = _resolve(page, parts.path) if parts.path else page.key
        other = known.get(key)
        if other is None:
            near = nearest(target, _addresses(page, known))
            near = f"https://{target}" if target.startswith("www.") else near
            yield finding("link-broken", page.path, line, target=target, near=near)
        elif parts.fragment and not other.refused and not _has_anchor(other, parts.fragment):
            near = nearest(parts.fragment, other.anchors - {""})
            yield finding("anchor-broken", page.path, line, target=target, near=near)


def _addresses(page: Page, known: dict[str, Page]) -> list[str]:
    """How a page would link to the others of its language."""
    language, folder = page.key.partition("/")[0], page.key.rpartition("/")[0]
    return [relpath(key, folder) for key in known if key.partition("/")[0] == language]


def _has_anchor(page: Page, fragment: str) -> bool:
    added = page.is_chapter and ADDED_ANCHORS.fullmatch(fragment)
    return bool(added) or fragment in page.anchors


def _wrong_pictures(page: Page, known: dict[str, Page]) -> Iterator[Finding]:
    for target, alt, line in page.pictures:
        if _resolve(page, urlsplit(target).path) not in known:
            yield finding("image-missing", page.path, line, target=target)
        if not alt:
            yield finding("image-alt-missing", page.path, line, target=target)


def _resolve(page: Page, path: str) -> str:
    return normpath(page.key.rpartition("/")[0] + "/" + unquote(path)).lstrip("/")
