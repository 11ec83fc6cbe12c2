"""All chapters and pages below docs/ together: twins, addresses, links and pictures."""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from pydantic import TypeAdapter

from printables import chapter as chapters
from printables import signs
from printables.chapter import Chapter
from printables.findings import Finding, Rejected, finding, nearest
from printables.words import LANGUAGES

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
ADDED_ANCHORS = re.compile(r"sources|source-\d+")


@dataclass(frozen=True)
class Page:
    """What a Markdown file below docs/ holds; `key` is its path from there with forward slashes.

    `links` are targets and `pictures` are addresses with their alternative text, each with its line.
    """

    path: Path
    key: str
    chapter: Chapter | None = None
    findings: tuple[Finding, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: tuple[tuple[str, int], ...] = ()
    pictures: tuple[tuple[str, str, int], ...] = ()

    @property
    def is_chapter(self) -> bool:
        return is_chapter(self.key)


def is_chapter(key: str) -> bool:
    """Whether docs/`key` is a chapter: a file of a reader's folder that is not its index."""
    return key.count("/") == 2 and not key.endswith("/index.md")


@dataclass
class Shelf:
    """The chapters that can be used, by (language, name), and what is wrong with the others."""

    docs: Path
    chapters: dict[tuple[str, str], Chapter] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def twins(self) -> dict[str, dict[str, Chapter]]:
        """Chapters by name, then language; names in order."""
        names: dict[str, dict[str, Chapter]] = defaultdict(dict)
        for (language, name), chapter in sorted(self.chapters.items()):
            names[name][language] = chapter
        return dict(names)


def stock(docs: Path, designs: Collection[str], memory: Path | None = None) -> Shelf:
    """Read everything below `docs`; findings are collected, nothing is raised.

    `designs` are the names that `prints` may hold; `memory` is a file that remembers what pages
    held, so that only changed ones are parsed.
    """
    shelf = Shelf(docs)
    shelf.findings += _strays(docs)
    pages = remember(memory, docs) if memory else [examine(*page) for page in _files(docs)]
    for page in pages:
        shelf.findings += page.findings
        if page.chapter:
            shelf.chapters[page.chapter.language, page.chapter.name] = page.chapter
            shelf.findings += _unknown_designs(page.chapter, designs)
    shelf.findings += _missing_twins(docs, pages)
    shelf.findings += _missing_indexes(docs, pages)
    shelf.findings += _same_addresses(pages)
    for twins in shelf.twins().values():
        if len(twins) == len(LANGUAGES):
            shelf.findings += differences(twins["zh"], twins["en"])
    known = {page.key: page for page in pages}
    for page in pages:
        shelf.findings += _wrong_links(page, known)
        shelf.findings += _wrong_pictures(docs, page)
    return shelf


def examine(path: Path, key: str, content: bytes) -> Page:
    """Parse one file; what is wrong with it is kept with it."""
    try:
        text = chapters.decode(path, content)
        has_head = is_chapter(key) or text.startswith("---")
        _, body, first = chapters.split(path, text) if has_head else ("", text, 1)
    except Rejected as rejected:
        return Page(path, key, findings=tuple(rejected.findings))
    tree = chapters.grow(body)
    chapter, findings = _chapter(path, key, text, tree)
    where = _Finder(body, first)
    elements = list(tree.iter())
    return Page(
        path,
        key,
        chapter,
        findings,
        anchors=frozenset(e.get("id", "") for e in elements),
        links=tuple(
            (e.get("href", ""), where.line(e.get("href", ""))) for e in elements if e.tag == "a"
        ),
        pictures=tuple(
            (e.get("src", ""), e.get("alt", ""), where.line(e.get("src", "")))
            for e in elements
            if e.tag == "img"
        ),
    )


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
    rooms = [Path(chapters.__file__), Path(__file__), signs.HERE / "signs.toml"]
    content = b"".join(room.read_bytes() for room in rooms) + version("markdown").encode()
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


def differences(zh: Chapter, en: Chapter) -> list[Finding]:
    """Where two twins do not say the same: keys, sources, ids, roles, items, marks."""
    found = []

    def compare(what: str, here: object, there: object, line: int = 1) -> None:
        if here != there:
            values = {"what": what, "here": _shown(here), "there": _shown(there)}
            found.append(finding("twin-differs", en.path, line, twin=zh.path, **values))

    for key in ("tone", "signs", "prints", "order", "critical", "reviewed"):
        compare(key, getattr(en.front, key), getattr(zh.front, key))
    compare("sources", [s.id for s in en.front.sources], [s.id for s in zh.front.sources])
    mine_outline, its_outline = ([f"#{s.id} .{s.role}" for s in twin.sections] for twin in (en, zh))
    compare("sections", mine_outline, its_outline)
    if mine_outline == its_outline:
        for mine, its in zip(en.sections, zh.sections, strict=True):
            compare(f"#{mine.id}", f"{len(mine.items)} ×", f"{len(its.items)} ×", mine.line)
            for item, other in zip(mine.items, its.items, strict=False):
                compare(f"#{mine.id} [^…]", item.marks, other.marks, item.line)
                right, its_right = ([o.right for o in i.options] for i in (item, other))
                compare(f"#{mine.id} [x]", right, its_right, item.line)
    return found


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(str, value)) + "]"
    return str(value)


def _strays(docs: Path) -> Iterator[Finding]:
    """Symbolic links that would publish what lies outside docs/."""
    root = docs.resolve()
    for path in sorted(docs.rglob("*")):
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            yield finding("link-outside", path, target=path)


def _files(docs: Path) -> Iterator[tuple[Path, str, bytes]]:
    for path in sorted(docs.rglob("*.md")):
        if path.is_file() and not path.is_symlink():
            yield path, path.relative_to(docs).as_posix(), path.read_bytes()


def _unknown_designs(chapter: Chapter, designs: Collection[str]) -> Iterator[Finding]:
    for design in chapter.front.prints:
        if design not in designs:
            near, line = nearest(design, designs), chapter.prints_line
            yield finding("unknown-design", chapter.path, line, design=design, near=near)


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
    folders = {page.key.rpartition("/")[0] for page in pages if page.is_chapter}
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
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            if parts.scheme not in SCHEMES:
                yield finding("link-scheme", page.path, line, target=target)
            continue
        key = _resolve(page, parts.path) if parts.path else page.key
        other = known.get(key)
        if other is None:
            near = nearest(key, known)
            yield finding("link-broken", page.path, line, target=target, near=near)
        elif parts.fragment and not _has_anchor(other, parts.fragment):
            near = nearest(parts.fragment, other.anchors - {""})
            yield finding("anchor-broken", page.path, line, target=target, near=near)


def _has_anchor(page: Page, fragment: str) -> bool:
    added = page.is_chapter and ADDED_ANCHORS.fullmatch(fragment)
    return bool(added) or fragment in page.anchors


def _wrong_pictures(docs: Path, page: Page) -> Iterator[Finding]:
    for target, alt, line in page.pictures:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            yield finding("image-remote", page.path, line, target=target)
        elif not (docs / _resolve(page, parts.path)).is_file():
            yield finding("image-missing", page.path, line, target=target)
        if not alt:
            yield finding("image-alt-missing", page.path, line, target=target)


def _resolve(page: Page, path: str) -> str:
    return normpath(page.key.rpartition("/")[0] + "/" + unquote(path)).lstrip("/")
