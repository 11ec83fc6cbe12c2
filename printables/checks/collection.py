"""All files below docs/ → Collection: its chapters, and checks of twins, addresses, links and pictures."""

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
from printables.checks.source_file import SourceFile, examine, remember, walk
from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import LANGUAGES

ADDED_ANCHORS = re.compile(r"sources|source-\d+")


@dataclass
class Collection:
    """The chapters without errors, by (language, name), and the findings of the others.

    `files` are all files by key, `drafts` the keys of chapters left out of the site; `notes` are warnings.
    """

    docs: Path
    chapters: dict[tuple[str, str], Chapter] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    files: dict[str, SourceFile] = field(default_factory=dict)
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
    """Read everything below `docs`; raises nothing, findings are in the collection.

    `designs` are the names that `prints` may hold; `memory` is a file that remembers parsed files, so that only
    changed ones are parsed; `drafts` includes chapters marked as drafts.
    """
    collection = Collection(docs)
    collection.findings += strays(docs)
    every = remember(memory, docs) if memory else [examine(*file) for file in walk(docs)]
    collection.drafts = _drafts(every)
    files = [file for file in every if drafts or file.key not in collection.drafts]
    texts = [file for file in files if file.is_text]
    collection.files = {file.key: file for file in files}
    for file in files:
        collection.findings += file.findings
        if file.chapter:
            collection.chapters[file.chapter.language, file.chapter.name] = file.chapter
            collection.findings += _unknown_designs(file.chapter, designs)
    collection.findings += _missing_twins(docs, texts)
    collection.findings += _missing_indexes(docs, texts)
    collection.findings += _same_addresses(texts)
    for name, pair in collection.twins().items():
        for one, other in combinations(filter(pair.get, LANGUAGES), 2):
            _compare(collection, name, pair[one], pair[other])
    explained, wrong_glossary = _explained(docs.parent / glossary.PLACE)
    collection.findings += wrong_glossary
    for file in texts:
        collection.findings += _unexplained(file, explained)
        collection.findings += _wrong_links(file, collection.files)
        collection.findings += _wrong_pictures(file, collection.files)
    return collection


def _explained(path: Path) -> tuple[frozenset[str], list[Finding]]:
    """Acronyms of the glossary, and what is wrong with it."""
    try:
        return glossary.acronyms(path), []
    except Rejected as rejected:
        return frozenset(), rejected.findings


def _drafts(files: list[SourceFile]) -> frozenset[str]:
    """Keys of the chapters of which either twin is marked as a draft."""
    names = {file.key.partition("/")[2] for file in files if file.draft}
    keys = (file.key for file in files if file.is_chapter)
    return frozenset(key for key in keys if key.partition("/")[2] in names)


def _compare(collection: Collection, name: str, one: Chapter, other: Chapter) -> None:
    """Add the differences of twins to the collection; mark a stale translation."""
    its, mine = (collection.files[f"{twin.language}/{name}.md"] for twin in (one, other))
    collection.findings += parity.differences(one, other)
    collection.findings += parity.numbers(its.figures, mine.figures, other.path, one.path)
    there, here = ([target for target, _ in file.links] for file in (its, mine))
    collection.findings += parity.links(there, here, other.path, one.path)
    findings, notes = translation.judge(one, other)
    collection.findings += findings
    collection.notes += notes
    for chapter, source in ((one, other), (other, one)):
        if translation.stale(chapter, source):
            collection.chapters[chapter.language, chapter.name] = replace(chapter, stale=True)


def strays(docs: Path) -> Iterator[Finding]:
    """Findings for symbolic links, which would publish files from elsewhere, or one file twice."""
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


def _unexplained(file: SourceFile, explained: frozenset[str]) -> Iterator[Finding]:
    for acronym, line in file.acronyms:
        if acronym not in explained:
            yield finding("acronym-unexplained", file.path, line, acronym=acronym)


def _missing_twins(docs: Path, files: list[SourceFile]) -> Iterator[Finding]:
    keys = {file.key for file in files}
    for file in files:
        language, _, rest = file.key.partition("/")
        for other in LANGUAGES:
            if rest and language in LANGUAGES and f"{other}/{rest}" not in keys:
                yield finding("twin-missing", file.path, twin=docs / other / rest)
        if rest and language not in LANGUAGES:
            near = nearest(language, LANGUAGES)
            yield finding("unknown-language", file.path, language=language, near=near)


def _missing_indexes(docs: Path, files: list[SourceFile]) -> Iterator[Finding]:
    keys = {file.key for file in files}
    own = [file.key for file in files if file.is_chapter and file.key.split("/")[0] in LANGUAGES]
    folders = {key.rpartition("/")[0] for key in own}
    for folder in sorted(folders):
        if f"{folder}/index.md" not in keys:
            yield finding("empty-reader", docs / folder, index=docs / folder / "index.md")


def _same_addresses(files: list[SourceFile]) -> Iterator[Finding]:
    seen: dict[str, SourceFile] = {}
    for file in files:
        address = re.sub(r"(^|/)(index|readme)$", "", file.key.removesuffix(".md").casefold())
        if address in seen:
            yield finding("same-address", file.path, other=seen[address].path)
        seen.setdefault(address, file)


def _wrong_links(file: SourceFile, files: dict[str, SourceFile]) -> Iterator[Finding]:
    for target, line in file.links:
        if sanitizer.scheme(target):
            continue
        parts = urlsplit(target)
        key = _resolve(file, parts.path) if parts.path else file.key
        other = files.get(key)
        if other is None:
            near = nearest(target, _addresses(file, files))
            near = f"https://{target}" if target.startswith("www.") else near
            yield finding("link-broken", file.path, line, target=target, near=near)
        elif parts.fragment and not other.refused and not _has_anchor(other, parts.fragment):
            near = nearest(parts.fragment, other.anchors - {""})
            yield finding("anchor-broken", file.path, line, target=target, near=near)


def _addresses(file: SourceFile, files: dict[str, SourceFile]) -> list[str]:
    """Relative addresses, from a file, of all files in its language."""
    language, folder = file.key.partition("/")[0], file.key.rpartition("/")[0]
    return [relpath(key, folder) for key in files if key.partition("/")[0] == language]


def _has_anchor(file: SourceFile, fragment: str) -> bool:
    added = file.is_chapter and ADDED_ANCHORS.fullmatch(fragment)
    return bool(added) or fragment in file.anchors


def _wrong_pictures(file: SourceFile, files: dict[str, SourceFile]) -> Iterator[Finding]:
    for target, alt, line in file.pictures:
        if _resolve(file, urlsplit(target).path) not in files:
            yield finding("image-missing", file.path, line, target=target)
        if not alt:
            yield finding("image-alt-missing", file.path, line, target=target)


def _resolve(file: SourceFile, path: str) -> str:
    return normpath(file.key.rpartition("/")[0] + "/" + unquote(path)).lstrip("/")
