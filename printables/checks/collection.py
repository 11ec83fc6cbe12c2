"""All chapters and pages below docs/ together: twins, addresses, links and pictures."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from posixpath import normpath, relpath
from urllib.parse import unquote, urlsplit

from printables.chapters import glossary, sanitizer, translation
from printables.chapters.chapter import Chapter
from printables.checks import parity
from printables.checks.source_file import Page, examine, files, remember
from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import LANGUAGES

ADDED_ANCHORS = re.compile(r"sources|source-\d+")


@dataclass
class Collection:
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


def collect(
    docs: Path, designs: Sequence[str], memory: Path | None = None, *, drafts: bool = False
) -> Collection:
    """Read everything below `docs`; findings are collected, nothing is raised.

    `designs` are the names that `prints` may hold; `memory` is a file that remembers what pages
    held, so that only changed ones are parsed; chapters marked as drafts are there with `drafts`.
    """
    collection = Collection(docs)
    collection.findings += strays(docs)
    found = remember(memory, docs) if memory else [examine(*page) for page in files(docs)]
    unfinished = _drafts(found)
    collection.drafts = unfinished
    pages = [page for page in found if drafts or page.key not in unfinished]
    texts = [page for page in pages if page.is_text]
    collection.pages = {page.key: page for page in pages}
    for page in pages:
        collection.findings += page.findings
        if page.chapter:
            collection.chapters[page.chapter.language, page.chapter.name] = page.chapter
            collection.findings += _unknown_designs(page.chapter, designs)
    collection.findings += _missing_twins(docs, texts)
    collection.findings += _missing_indexes(docs, texts)
    collection.findings += _same_addresses(texts)
    for name, pair in collection.twins().items():
        for one, other in combinations(filter(pair.get, LANGUAGES), 2):
            _compare(collection, name, pair[one], pair[other])
    explained = _explained(docs.parent / glossary.PLACE, collection.findings)
    for page in texts:
        collection.findings += _unexplained(page, explained)
        collection.findings += _wrong_links(page, collection.pages)
        collection.findings += _wrong_pictures(page, collection.pages)
    return collection


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


def _compare(collection: Collection, name: str, one: Chapter, other: Chapter) -> None:
    """Add what differs between twins; mark the one that translates an older text of the other."""
    its, mine = (collection.pages[f"{twin.language}/{name}.md"] for twin in (one, other))
    collection.findings += parity.differences(one, other)
    collection.findings += parity.numbers(its.said, mine.said, other.path, one.path)
    there, here = ([target for target, _ in page.links] for page in (its, mine))
    collection.findings += parity.links(there, here, other.path, one.path)
    findings, notes = translation.judge(one, other)
    collection.findings += findings
    collection.notes += notes
    for chapter, source in ((one, other), (other, one)):
        if translation.stale(chapter, source):
            collection.chapters[chapter.language, chapter.name] = replace(chapter, stale=True)


def strays(docs: Path) -> Iterator[Finding]:
    """Symbolic links: they publish what lies elsewhere, or the same twice."""
    root = docs.resolve()
    for path in sorted(docs.rglob("*")):
        if path.is_symlink():
            code = "link-outside" if sanitizer.outside(path, root) else "link-inside"
            yield finding(code, path, target=path)


def _unknown_designs(chapter: Chapter, designs: Sequence[str]) -> Iterator[Finding]:
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
        if sanitizer.scheme(target):
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
