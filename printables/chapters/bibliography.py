"""The bibliography: each law, standard and practice once, with its clauses; what a chapter's marks stand for in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from printables.chapters.chapter import Chapter, Source
from printables.chapters.sanitizer import ADDRESSES
from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import LANGUAGES, Both, Once, Record, Text

PLACE = Path("library/sources")  # below the project's folder
ARTICLE = re.compile(r"([1-9]\d{0,3})(?:-([1-9]\d?))?", re.ASCII)
# How articles are cited, and those put in behind one later: 第一百三十四条之一.
ARTICLES = {"zh": ("第{}条", "第{}条之{}"), "en": ("Article {}", "Article {}-{}")}
STATUTES = frozenset({"law", "regulation", "order"})  # kinds whose clauses are articles
DIGITS, TENS = "零一二三四五六七八九", ("", "十", "百", "千")

Kind = Literal["law", "regulation", "order", "mandatory", "recommended", "practice"]
Day = Annotated[date, Field(strict=True)]


def _in_both(value: object) -> object:
    """What is the same in every language may be written once."""
    return {"zh": value, "en": value} if isinstance(value, str) else value


InBoth = Annotated[Both, BeforeValidator(_in_both)]


class Clause(Record):
    """What a clause says, in a sentence of our own, and how its place is written where no rule gives it."""

    says: Both
    at: InBoth | None = None


class Document(Record):
    """A law, standard or practice, in force `since` a day, and until the end of another, where these are known.

    `says` is what chapters rest on that cite it as a whole. `replaces` and `replaced_by` are ids of the bibliography, or
    words for what it does not hold; `looked` is the day on which somebody last looked whether it is in force, and `mark`
    how sure that was, from A to B.
    """

    title: Both
    number: InBoth | None = None
    kind: Kind
    issuer: InBoth | None = None
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    replaces: Annotated[tuple[Text, ...], Once] = ()
    replaced_by: Text | None = None
    page: Text | None = None
    says: Both | None = None
    looked: Day | None = None
    mark: Literal["A", "A*", "B"] | None = None
    clauses: Mapping[str, Clause] = Field(default_factory=dict)

    @field_validator("page")
    @classmethod
    def _leads_to_a_site(cls, page: str | None) -> str | None:
        if page and not (page.startswith("https://") and ADDRESSES.fullmatch(page)):
            raise ValueError("no address of a site")
        return page

    def named(self, language: str) -> str:
        """Its number, or its title where it has none."""
        return (self.number or self.title)[language]

    def called(self) -> Iterator[str]:
        """Every number and title that it has."""
        for each in filter(None, (self.number, self.title)):
            for language in LANGUAGES:
                yield from each[language].split(" · ")

    def at(self, clause: str, language: str) -> str:
        """How the place of a clause is written: 第四十一条, Article 41, 5.9.1; "" for the document as a whole."""
        if not clause:
            return ""
        if written := self.clauses[clause].at:
            return written[language]
        article = ARTICLE.fullmatch(clause) if self.kind in STATUTES else None
        return _article(article, language) if article else clause


@dataclass(frozen=True)
class Bibliography:
    """The documents without errors by id, the ids of the others, and the folder that holds a file of each."""

    folder: Path = PLACE
    documents: Mapping[str, Document] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()

    def file(self, document: str) -> Path:
        """Where a document stands, or would stand."""
        return self.folder / f"{document}.toml"

    def marks(self) -> list[str]:
        """Every mark that a chapter may use."""
        return [
            "-".join(filter(None, (name, clause)))
            for name, document in self.documents.items()
            for clause in ("", *document.clauses)
        ]

    def source(self, mark: str, language: str) -> Source | None:
        """What a mark stands for; None where the bibliography lacks the document or the clause."""
        name, clause = split(mark)
        document = self.documents.get(name)
        if document is None or (clause and clause not in document.clauses):
            return None
        number = document.number[language] if document.number else ""
        return Source(mark, document.title[language], number, document.at(clause, language))

    def says(self, mark: str, language: str) -> str:
        """What the clause of a mark says, or the document as a whole; "" where the bibliography does not tell."""
        name, clause = split(mark)
        document = self.documents[name]
        said = document.clauses[clause].says if clause else document.says
        return said[language] if said else ""

    def names(self, mark: str, language: str) -> list[str]:
        """How a mark's document and place are written, and the numbers of what the document replaces."""
        name, clause = split(mark)
        document = self.documents[name]
        older = [self.documents[each] for each in document.replaces if each in self.documents]
        numbers = [each.number[language] for each in (document, *older) if each.number]
        return [*numbers, *document.replaces, document.at(clause, language), clause]

    def successors(self, name: str) -> list[Document]:
        """The documents here that replace this one, and begin later."""
        document = self.documents[name]
        return [
            each
            for other, each in self.documents.items()
            if other == document.replaced_by or name in each.replaces
            if not (document.since and each.since and each.since <= document.since)
        ]

    def last_day(self, name: str) -> date | None:
        """The last day on which a document is in force: as written, or the day before the first of a successor."""
        if until := self.documents[name].until:
            return until
        first = [each.since for each in self.successors(name) if each.since]
        return min(first) - timedelta(days=1) if first else None

    def heir(self, name: str) -> Both | None:
        """What replaces a document, by number or title; None where nobody wrote it down."""
        if successors := self.successors(name):
            return Both(**{code: successors[0].named(code) for code in LANGUAGES})
        words = self.documents[name].replaced_by
        return Both(**dict.fromkeys(LANGUAGES, words)) if words else None


def split(mark: str) -> tuple[str, str]:
    """Document and clause of a mark: `wsl-41` is ("wsl", "41"), `gb46768` is ("gb46768", "")."""
    document, _, clause = mark.partition("-")
    return document, clause


def plain(clause: str) -> str:
    """The one spelling of a clause: half-width, no zero before a number, none of the dashes but the hyphen."""
    half_width = re.sub("[‐-―−]", "-", unicodedata.normalize("NFKC", clause))
    return re.sub(r"(?<!\d)0+(?=\d)", "", half_width).strip()


def cite(chapter: Chapter, bibliography: Bibliography) -> Chapter:
    """The chapter with its sources, in the order in which its text first names them.

    Raises Rejected with every mark that the bibliography lacks, and without findings where a document cannot be read.
    """
    marks = dict.fromkeys(mark for mark, _ in chapter.marks)
    sources = {mark: bibliography.source(mark, chapter.language) for mark in marks}
    if any(source is None for source in sources.values()):
        lacking = [(mark, line) for mark, line in chapter.marks if sources[mark] is None]
        raise Rejected(_unknown(chapter.path, lacking, bibliography))
    return replace(chapter, sources=tuple(filter(None, sources.values())))


def _unknown(
    path: Path, marks: Iterable[tuple[str, int]], bibliography: Bibliography
) -> Iterable[Finding]:
    for mark, line in marks:
        name, clause = split(mark)
        known = bibliography.documents.get(name)
        file = bibliography.file(name)
        if known and not (meant := _spelt(mark, bibliography)):
            near = nearest(mark, [each for each in bibliography.marks() if split(each)[0] == name])
            yield finding(
                "unknown-clause", path, line, id=mark, file=file, clause=clause, near=near
            )
        elif known:
            yield finding("unknown-source", path, line, id=mark, near=meant)
        elif name not in bibliography.unreadable:
            near = _spelt(mark, bibliography) or nearest(mark, bibliography.marks())
            yield finding("unknown-source", path, line, id=mark, near=near)


def _spelt(mark: str, bibliography: Bibliography) -> str | None:
    """The mark in its right spelling, where only that was wrong."""
    name, clause = split(unicodedata.normalize("NFKC", mark))
    meant = "-".join(filter(None, (name.lower(), plain(clause))))
    return meant if bibliography.source(meant, "en") else None


def _article(article: re.Match[str], language: str) -> str:
    """An article as its language cites it; Chinese writes its number in words."""
    numbers = [int(number) for number in article.groups() if number]
    words = map(numeral, numbers) if language == "zh" else map(str, numbers)
    return ARTICLES[language][len(numbers) - 1].format(*words)


def numeral(number: int) -> str:
    """A number from 1 to 9999 in Chinese: 十二, 一百零一, 一百一十."""
    words = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            words += DIGITS[digit] + TENS[power]
        elif words and number % 10**power and not words.endswith("零"):
            words += "零"
    return words.removeprefix("一") if 10 <= number < 20 else words
