"""All chapters and pages below docs/ together: twins, addresses, links and pictures."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from printables import chapter as chapters
from printables.chapter import Chapter
from printables.findings import Finding, Rejected, finding, nearest
from printables.words import LANGUAGES

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
ADDED_ANCHORS = re.compile(r"sources|source-\d+")


@dataclass(frozen=True)
class Page:
    """Any Markdown file below docs/; `key` is its path from there with forward slashes."""

    path: Path
    key: str

    @cached_property
    def body(self) -> tuple[str, int]:
        """Text after the front matter, and the line on which it begins."""
        text = chapters.read(self.path)
        if not text.startswith("---"):
            return text, 1
        return chapters.split(self.path, text)[1:]

    @cached_property
    def tree(self) -> Element:
        return chapters.grow(self.body[0])

    @cached_property
    def anchors(self) -> set[str]:
        return {element.get("id", "") for element in self.tree.iter()}

    def line(self, words: str) -> int:
        """Line on which `words` first stand in the body."""
        text, first = self.body
        return first + text[: max(text.find(words), 0)].count("\n")

    @property
    def is_chapter(self) -> bool:
        return self.key.count("/") == 2 and not self.key.endswith("/index.md")


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


def stock(docs: Path, designs: Collection[str]) -> Shelf:
    """Read everything below `docs`; findings are collected, nothing is raised.

    `designs` are the names that `prints` may hold.
    """
    shelf = Shelf(docs)
    shelf.findings += list(_strays(docs))
    pages = list(_pages(docs))
    for page in pages:
        try:
            if page.is_chapter:
                found = chapters.parse(page.path, docs)
                shelf.chapters[found.language, found.name] = found
                shelf.findings += _unknown_designs(found, designs)
        except Rejected as rejected:
            shelf.findings += rejected.findings
    shelf.findings += _missing_twins(docs, pages)
    shelf.findings += _missing_indexes(docs, pages)
    shelf.findings += _same_addresses(pages)
    for twins in shelf.twins().values():
        if len(twins) == len(LANGUAGES):
            shelf.findings += differences(twins["zh"], twins["en"])
    known = {page.key: page for page in pages}
    for page in pages:
        shelf.findings += _wrong_links(docs, page, known)
    return shelf


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


def _pages(docs: Path) -> Iterator[Page]:
    for path in sorted(docs.rglob("*.md")):
        if path.is_file() and not path.is_symlink():
            yield Page(path, path.relative_to(docs).as_posix())


def _unknown_designs(chapter: Chapter, designs: Collection[str]) -> Iterator[Finding]:
    for design in chapter.front.prints:
        if design not in designs:
            head = chapters.split(chapter.path, chapters.read(chapter.path))[0]
            line = chapters.line_of_key(head, "prints")
            near = nearest(design, designs)
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


def _wrong_links(docs: Path, page: Page, known: dict[str, Page]) -> Iterator[Finding]:
    try:
        elements = list(page.tree.iter())
    except Rejected:
        return  # its chapter has been refused already, for the same reason
    for element in elements:
        if element.tag == "a" and (target := element.get("href")):
            yield from _wrong_link(page, target, known)
        if element.tag == "img":
            yield from _wrong_picture(docs, page, element)


def _wrong_link(page: Page, target: str, known: dict[str, Page]) -> Iterator[Finding]:
    line, parts = page.line(target), urlsplit(target)
    if parts.scheme or parts.netloc:
        if parts.scheme not in SCHEMES:
            yield finding("link-scheme", page.path, line, target=target)
        return
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


def _wrong_picture(docs: Path, page: Page, element: Element) -> Iterator[Finding]:
    target = element.get("src", "")
    line, parts = page.line(target), urlsplit(target)
    if parts.scheme or parts.netloc:
        yield finding("image-remote", page.path, line, target=target)
    elif not (docs / _resolve(page, parts.path)).is_file():
        yield finding("image-missing", page.path, line, target=target)
    if not element.get("alt"):
        yield finding("image-alt-missing", page.path, line, target=target)


def _resolve(page: Page, path: str) -> str:
    return normpath(page.key.rpartition("/")[0] + "/" + unquote(path)).lstrip("/")
