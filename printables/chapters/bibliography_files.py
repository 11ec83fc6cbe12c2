"""library/sources/ → Bibliography: a TOML file for each document, and all that is wrong in them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from printables.chapters import characters, kept_file, reviews, toml_file
from printables.chapters.bibliography import (
    ARTICLE,
    STATUTES,
    Bibliography,
    Document,
    plain,
)
from printables.chapters.toml_file import line_of
from printables.chapters.wrong_keys import wrong_key
from printables.findings import Finding, Rejected, example, finding, nearest
from printables.languages import LANGUAGES

ID = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
CLAUSE = re.compile(r"(?:[A-Z]|0|[1-9]\d*)(?:[.-](?:0|[1-9]\d*))*", re.ASCII)
NOT_IN_NUMBERS = re.compile(r"[\s\-‐-―−]")
ALWAYS = ("issuer", "looked", "mark")  # of every document but practice

Documents = Mapping[str, Document]


def read(folder: Path) -> tuple[Bibliography, list[Finding]]:
    """The documents of `folder` without errors, and the findings of all; no documents where there is no folder."""
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    paths = [path for path in entries if not kept_file.LEFT.fullmatch(path.name)]
    first: dict[str, Path] = {}
    for path in reversed(paths):  # small letters stand behind capitals
        if (other := first.setdefault(path.name.casefold(), path)) is not path:
            findings.append(finding("document-twice", path, other=other, what=path.stem))
            continue
        try:
            documents[path.stem] = _document(path)
        except Rejected as rejected:
            findings += rejected.findings
    unreadable = frozenset(path.stem for path in paths if path.stem not in documents)
    bibliography = Bibliography(folder, dict(sorted(documents.items())), unreadable)
    findings += [*_same_numbers(bibliography), *_lost_successors(bibliography)]
    findings += _rings(bibliography)
    return bibliography, findings


def _document(path: Path) -> Document:
    """The document of a file; raises Rejected with every finding."""
    if not path.is_symlink() and not (
        path.is_file() and path.suffix == ".toml" and ID.fullmatch(path.stem)
    ):
        raise Rejected([finding("document-file", path, name=path.name)])
    text, keys = toml_file.read(path)
    if findings := list(_unquoted(path, text, keys.get("clauses"))):
        raise Rejected(findings)
    try:
        document = Document.model_validate(keys)
    except ValidationError as error:
        raise Rejected([_wrong(path, text, each) for each in error.errors()]) from None
    if findings := [
        *_contradictions(path, text, document),
        *_undrawable(path, text, document),
        *_looked(path, text, document),
    ]:
        raise Rejected(findings)
    return document


def _wrong(path: Path, text: str, error: ErrorDetails) -> Finding:
    place = error["loc"]
    in_clause = place[0] == "clauses" and len(place) > 1
    sample = example("clause" if in_clause else "document")
    return wrong_key(path, error, Document, partial(line_of, text), sample)


def _unquoted(path: Path, text: str, clauses: object) -> Iterator[Finding]:
    """Clauses such as `[clauses.5.9.1]`, which TOML reads as tables in tables."""
    for name, entry in clauses.items() if isinstance(clauses, dict) else ():
        names = [name]
        while isinstance(entry, dict) and entry and (inner := next(iter(entry))).isdigit():
            names.append(inner)
            entry = entry[inner]
        if len(names) > 1:
            line = line_of(text, "clauses", *names)
            yield finding("clause-unquoted", path, line, clause=".".join(names))


def _contradictions(path: Path, text: str, document: Document) -> Iterator[Finding]:
    """What each key allows, but not all of them together."""
    if document.kind != "practice":
        for key in ALWAYS:
            if getattr(document, key) is None:
                yield finding("missing-key", path, 1, key=key, example=example("document"))
    if document.since and document.until and document.until < document.since:
        line = line_of(text, "until")
        yield finding("until-before-from", path, line, since=document.since, until=document.until)
    for clause, entry in document.clauses.items():
        line = line_of(text, "clauses", clause)
        if not CLAUSE.fullmatch(clause):
            right = plain(clause)
            right = right if CLAUSE.fullmatch(right) else "5.9.1"
            yield finding("clause-spelling", path, line, clause=clause, right=right)
        elif document.kind in STATUTES and not (entry.at or ARTICLE.fullmatch(clause)):
            yield finding("clause-place-missing", path, line, clause=clause)


def _undrawable(path: Path, text: str, document: Document) -> Iterator[Finding]:
    """What sheets name of a document, where no font can draw it."""
    for key, named in (("title", document.title), ("number", document.number)):
        if named and (missing := characters.undrawable(f"{named.zh}{named.en}")):
            yield finding("glyph-missing", path, line_of(text, key), characters=missing)


def _looked(path: Path, text: str, document: Document) -> Iterator[Finding]:
    if document.looked:
        yield from reviews.not_yet(path, line_of(text, "looked"), document.looked)


def _same_numbers(bibliography: Bibliography) -> Iterator[Finding]:
    """Documents with the number of an earlier one, or the title where they have none, however it is spaced."""
    first: dict[str, str] = {}
    for name, document in bibliography.documents.items():
        numbers = [document.named(code) for code in LANGUAGES]
        for number in dict.fromkeys(numbers):
            bare = NOT_IN_NUMBERS.sub("", unicodedata.normalize("NFKC", number)).casefold()
            if (other := first.setdefault(bare, name)) != name:
                key = "number" if document.number else "title"
                line, file = _line(bibliography, name, key), bibliography.file(other)
                yield finding(
                    "document-twice", bibliography.file(name), line, other=file, what=number
                )
                break


def _lost_successors(bibliography: Bibliography) -> Iterator[Finding]:
    """Ids that stand for no document; what is written otherwise is words."""
    known = bibliography.documents.keys() | bibliography.unreadable
    for name, document in bibliography.documents.items():
        named = [("replaces", other) for other in document.replaces]
        if document.replaced_by:
            named.append(("replaced_by", document.replaced_by))
        for key, other in named:
            if ID.fullmatch(other) and other not in known:
                line, near = _line(bibliography, name, key), nearest(other, known - {name})
                file = bibliography.file(name)
                yield finding("unknown-document", file, line, key=key, id=other, near=near)


def _rings(bibliography: Bibliography) -> Iterator[Finding]:
    """Documents that replace themselves, by way of others or at once; each ring once."""
    after: dict[str, set[str]] = {name: set() for name in bibliography.documents}
    for name, document in bibliography.documents.items():
        if document.replaced_by in after:
            after[name].add(document.replaced_by)
        for other in set(document.replaces) & after.keys():
            after[other].add(name)
    for name in after:
        if (ring := _way_back(name, after)) and name == min(ring):
            key = "replaced_by" if bibliography.documents[name].replaced_by else "replaces"
            line, way = _line(bibliography, name, key), " → ".join(ring)
            yield finding("document-ring", bibliography.file(name), line, way=way)


def _way_back(begin: str, after: Mapping[str, set[str]]) -> list[str]:
    """The shortest way from a document over its successors to itself, or nothing."""
    ways, seen = [[begin]], set[str]()
    for way in ways:
        for step in sorted(after[way[-1]]):
            if step == begin:
                return [*way, step]
            if step not in seen:
                seen.add(step)
                ways.append([*way, step])
    return []


def _line(bibliography: Bibliography, name: str, key: str) -> int:
    return line_of(kept_file.text_of(bibliography.file(name)), key)
