"""All files below docs/ → Collection: its chapters, and checks of twins, addresses, links and pictures."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, permutations
from pathlib import Path
from posixpath import normpath, relpath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from pydantic import TypeAdapter

from printables.chapters import (
    bibliography_files,
    glossary,
    reviews,
    sanitizer,
    translation,
)
from printables.chapters.bibliography import PLACE, Bibliography, cite
from printables.chapters.chapter import Chapter, pack_name
from printables.checks import citations, claims, in_force, parity, quiz_letters, terms, titles
from printables.checks.source_file import SourceFile, is_chapter, read
from printables.checks.strays import strays
from printables.files import whole
from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import LANGUAGES
from printables.last_net import reading
from printables.scenes import scene

Compared = tuple[list[Finding], list[Finding]]  # errors and warnings
TWINS = TypeAdapter(dict[str, Compared])
ADDED_ANCHORS = re.compile(r"sources|source-\d+")


@dataclass
class Collection:
    """The chapters without errors, by (language, name), and the findings of the others.

    `files` are all files by key, `drafts` the keys of chapters left out of the site; `notes` are warnings;
    `bibliography` is what the chapters cite.
    """

    docs: Path
    chapters: dict[tuple[str, str], Chapter] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    files: dict[str, SourceFile] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    bibliography: Bibliography = field(default_factory=Bibliography)

    def names(self) -> frozenset[str]:
        """The names of all chapters, also of drafts and of those with errors."""
        keys = [*self.files, *self.drafts]
        return frozenset(map(_name, filter(is_chapter, keys)))

    def packs(self) -> dict[str, str]:
        """Chapter or reader by the name of its pack."""
        names = sorted(self.names() | {name.partition("/")[0] for name in self.names()})
        return {pack_name(name): name for name in names}

    def twins(self) -> dict[str, dict[str, Chapter]]:
        """Chapters by name, then language; names in order."""
        names: dict[str, dict[str, Chapter]] = defaultdict(dict)
        for (language, name), chapter in sorted(self.chapters.items()):
            names[name][language] = chapter
        return dict(names)

    def digest(self, chapter: Chapter) -> str:
        """What decides all that a chapter says: its file, and what was found out about it beside that."""
        file = self.files[f"{chapter.language}/{chapter.name}.md"]
        added = {
            name: value
            for name, value in vars(chapter).items()
            if value is not getattr(file.chapter, name, None)
        }
        return f"{file.digest} {added!r}"


def collect(
    docs: Path,
    designs: Sequence[str],
    memory: Path | None = None,
    *,
    drafts: bool = False,
    called: Mapping[str, str] = MappingProxyType({}),
    changed: Callable[[], None] | None = None,
) -> Collection:
    """Read everything below `docs`; raises nothing, findings are in the collection.

    `designs` are the names that `prints` may hold, and `called` gives one for what people call it; `memory` is a file
    that remembers parsed files (and one beside it compared twins), so that only changed ones are parsed; `drafts`
    includes chapters marked as drafts; `changed` is called as soon as a file has to be parsed.
    """
    collection = Collection(docs)
    collection.findings += strays(docs)
    collection.bibliography, wrong = bibliography_files.read(docs.parent / PLACE)
    collection.findings += wrong
    replaced = citations.replaced(collection.bibliography)
    every = read(docs, memory, changed)
    collection.drafts = _drafts(every)
    files = [file for file in every if drafts or file.key not in collection.drafts]
    texts = [file for file in files if file.is_text]
    collection.files = {file.key: file for file in files}
    for file in files:
        collection.findings += file.findings
        if file.chapter:
            collection.findings += _unknown_designs(file.chapter, designs, called)
            _add(collection, file, file.chapter, replaced)
    collection.findings += _missing_twins(docs, texts)
    collection.findings += _missing_indexes(docs, texts)
    collection.findings += _same_addresses(texts)
    collection.findings += _same_packs(texts)
    collection.findings += titles.shared(texts)
    _compare_all(collection, memory and memory.with_name(f"twins-{memory.name}"))
    if all(file.chapter for file in every if file.is_chapter):
        chapters = [file.chapter for file in every if file.chapter]
        collection.notes += in_force.unused(chapters, collection.bibliography)
    collection.notes += in_force.ending(collection.bibliography, date.today())
    scenes = scene.names(docs.parent / scene.PLACE)
    for chapter in collection.chapters.values():
        collection.findings += _unknown_scenes(chapter, scenes)
    explained = _explained(collection, docs.parent / glossary.PLACE)
    for file in texts:
        collection.findings += _unexplained(file, explained)
        collection.findings += _wrong_links(file, collection.files, collection.drafts)
        collection.findings += _wrong_pictures(file, collection.files)
    return collection


def _add(
    collection: Collection,
    file: SourceFile,
    chapter: Chapter,
    replaced: Sequence[citations.Replaced],
) -> None:
    """Put the chapter of a file with its sources into the collection, unless it cites what the bibliography lacks."""
    known, reviewed = collection.bibliography, chapter.front.reviewed
    collection.findings += reviews.not_yet(chapter.path, chapter.reviewed_line, reviewed)
    collection.findings += quiz_letters.lopsided(chapter)
    collection.findings += citations.outdated(file.path, reviewed, file.names, replaced)
    try:
        cited = cite(chapter, known)
    except Rejected as rejected:
        collection.findings += rejected.findings
    else:
        collection.chapters[chapter.language, chapter.name] = cited
        collection.findings += in_force.wrong(cited, known, replaced)
        collection.findings += claims.unsupported(cited, file.claims, known)


def _explained(collection: Collection, path: Path) -> frozenset[str]:
    """Acronyms of the glossary; what is wrong with it goes to the collection."""
    try:
        with reading(path):
            known = glossary.read(path)
    except Rejected as rejected:
        collection.findings += rejected.findings
        return frozenset()
    collection.findings += terms.unknown_signs(path, known)
    collection.notes += terms.unknown_laws(path, known, collection.bibliography)
    return glossary.acronyms(known)


def _drafts(files: list[SourceFile]) -> frozenset[str]:
    """Keys of the chapters of which either twin is marked as a draft."""
    names = {_name(file.key) for file in files if file.draft}
    keys = (file.key for file in files if file.is_chapter)
    return frozenset(key for key in keys if _name(key) in names)


def _compare_all(collection: Collection, memory: Path | None) -> None:
    """Add the differences of all twins; mark stale translations. Pairs that have not changed are remembered."""
    remembered, compared = _recall(memory), dict[str, Compared]()
    for name, twins in collection.twins().items():
        for pair in combinations(filter(None, map(twins.get, LANGUAGES)), 2):
            key = " ".join(map(collection.digest, pair))
            compared[key] = remembered.get(key) or _compare(collection, *pair)
            collection.findings += compared[key][0]
            collection.notes += compared[key][1]
            for chapter, source in permutations(pair):
                if translation.stale(chapter, source):
                    collection.chapters[chapter.language, name] = replace(chapter, stale=True)
    if memory and compared.keys() != remembered.keys():
        with whole(memory) as part:
            part.write_bytes(TWINS.dump_json(compared))


def _compare(collection: Collection, one: Chapter, other: Chapter) -> Compared:
    """The differences of twins."""
    its, mine = (collection.files[f"{twin.language}/{twin.name}.md"] for twin in (one, other))
    findings = parity.differences(one, other)
    findings += parity.numbers(its.figures, mine.figures, other.path, one.path)
    there, here = ([target for target, _ in file.links] for file in (its, mine))
    findings += parity.links(there, here, other.path, one.path)
    wrong, notes = translation.judge(one, other)
    return findings + wrong, notes


def _recall(memory: Path | None) -> dict[str, Compared]:
    try:
        return TWINS.validate_json(memory.read_bytes()) if memory else {}
    except (OSError, ValueError):
        return {}


def _unknown_designs(
    chapter: Chapter, designs: Sequence[str], called: Mapping[str, str]
) -> Iterator[Finding]:
    for design in chapter.front.prints:
        if design not in designs:
            near, line = called.get(design) or nearest(design, designs), chapter.prints_line
            yield finding("unknown-design", chapter.path, line, design=design, near=near)


def _unknown_scenes(chapter: Chapter, scenes: Sequence[str]) -> Iterator[Finding]:
    for item in chapter.scenes:
        if item.scene not in scenes:
            yield scene.unknown(chapter.path, item.line, item.scene, scenes)


def _unexplained(file: SourceFile, explained: frozenset[str]) -> Iterator[Finding]:
    for acronym, line in file.acronyms:
        if acronym not in explained:
            yield finding("acronym-unexplained", file.path, line, acronym=acronym)


def _missing_twins(docs: Path, files: list[SourceFile]) -> Iterator[Finding]:
    keys = {file.key for file in files}
    for file in files:
        language, _, rest = file.key.partition("/")
        for other in LANGUAGES:
            twin = docs / other / rest
            if not (rest and language in LANGUAGES) or f"{other}/{rest}" in keys:
                continue
            if not any(folder.is_symlink() for folder in twin.parents):  # of which strays tell
                yield finding("twin-missing", file.path, twin=twin)
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


def _same_packs(files: list[SourceFile]) -> Iterator[Finding]:
    """Chapters whose packs would be one file: teams/x-y and teams-x/y."""
    seen: dict[str, str] = {}
    for file in files:
        name, pack = _name(file.key), f"{file.key.partition('/')[0]} {pack_name(_name(file.key))}"
        if file.is_chapter and seen.setdefault(pack, name) != name:
            other = seen[pack]
            yield finding("same-pack", file.path, other=other, pack=pack_name(name))


def _name(key: str) -> str:
    """`teams/ladders` of en/teams/ladders.md."""
    return key.partition("/")[2].removesuffix(".md")


def _wrong_links(
    file: SourceFile, files: dict[str, SourceFile], drafts: frozenset[str]
) -> Iterator[Finding]:
    for target, line in file.links:
        if sanitizer.scheme(target):
            continue
        parts = urlsplit(target)
        key = _resolve(file, parts.path) if parts.path else file.key
        other = files.get(key)
        if key in drafts and other is None:
            yield finding("link-to-a-draft", file.path, line, target=target)
        elif other is None:
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
