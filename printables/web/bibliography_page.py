"""The page of all sources as Markdown: documents by kind, how they stand, what their clauses say, and who rests on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from printables.chapters.bibliography import Bibliography, Document, Kind
from printables.chapters.chapter import Chapter
from printables.checks.collection import Collection
from printables.languages import FACTS
from printables.layout import design
from printables.layout.sources import marks_on
from printables.publishing.law_watch import old_reviews, standing
from printables.web.sources import literal
from printables.words import Words


@dataclass(frozen=True)
class Resting:
    """A chapter that cites something, and how many of its designs print what it cites there."""

    chapter: Chapter
    sheets: int


def listed(collection: Collection, language: str, words: Words, today: date) -> str:
    """Every document and clause with an anchor, `#wsl` and `#wsl-41`, below a heading for each kind; then late reviews."""
    known, resting = collection.bibliography, _resting(collection, language)
    lines = [words["sources_on"].format(today), ""]
    for kind in get_args(Kind):
        of_kind = {name: each for name, each in known.documents.items() if each.kind == kind}
        if of_kind:
            lines += [f"## {words[f'sources_{kind}']} {{#kind-{kind}}}", ""]
        for name, document in sorted(of_kind.items(), key=lambda each: _order(each, language)):
            page = _Entry(known, name, document, language, words, today, resting)
            lines += page.lines()
    return "\n".join([*lines, *_reviews(collection, language, words, today)])


@dataclass(frozen=True)
class _Entry:
    """A document on the page, in one language."""

    known: Bibliography
    name: str
    document: Document
    language: str
    words: Words
    today: date
    resting: Mapping[str, Sequence[Resting]]

    def lines(self) -> Iterator[str]:
        title = literal(self.document.title[self.language])
        yield from (f"### {title} {{#{self.name}}}", "", self._facts(), "")
        if whole := "\n".join(filter(None, (self._says(), self._rests(self.name)))):
            yield from (whole, "")
        for clause, entry in self.document.clauses.items():
            mark = f"{self.name}-{clause}"
            place = literal(self.document.at(clause, self.language))
            yield f"- **{place}** {literal(entry.says[self.language])}"
            if rests := self._rests(mark):
                yield f"    {rests}"
            yield f"    {{: #{mark} }}"  # with an empty line above, it would be no attribute of the item
        yield ""

    def _says(self) -> str:
        return literal(self.document.says[self.language]) if self.document.says else ""

    def _facts(self) -> str:
        """Number, issuer, days and standing, in one line."""
        words, document, code = self.words, self.document, self.language
        last = self.known.last_day(self.name)
        heir = self.known.heir(self.name)
        state = standing(self.known, self.name, self.today)
        facts = [literal(each[code]) for each in (document.number, document.issuer) if each]
        if document.since:
            facts.append(words["source_since"].format(document.since))
        if last:
            facts.append(words["source_until"].format(last + timedelta(days=1)))
        if heir:
            facts.append(words["source_heir"].format(literal(heir[code])))
        if document.kind != "practice":
            facts.append(f"**{words[f'state_{state}']}**")
        if document.page:
            facts.append(f"[{words['source_page']}]({document.page})")
        if document.looked:
            facts.append(words["source_looked"].format(document.looked))
        return FACTS[code].semicolon.join(facts)

    def _rests(self, mark: str) -> str:
        """The chapters that cite a mark, each with the number of its sheets that print what cites it."""
        links = []
        for each in self.resting.get(mark, ()):
            count = f" ({self.words['kinds'].format(each.sheets)})" if each.sheets else ""
            title = literal(each.chapter.front.title)
            links.append(f"[{title}]({each.chapter.name}.md){count}")
        joined = FACTS[self.language].enumeration.join(links)
        return f"_{joined}_{{: .rests }}" if links else ""


def _resting(collection: Collection, language: str) -> Mapping[str, Sequence[Resting]]:
    """By mark, the chapters of a language that cite it, in their order."""
    resting: dict[str, list[Resting]] = defaultdict(list)
    own = [each for (code, _), each in collection.chapters.items() if code == language]
    for chapter in sorted(own, key=lambda each: (each.reader, each.front.order, each.name)):
        known = [name for name in chapter.front.prints if name in design.names()]
        printed = [marks_on(design.find(name), chapter) for name in known]
        for source in chapter.sources:
            sheets = sum(source.mark in marks for marks in printed)
            resting[source.mark].append(Resting(chapter, sheets))
    return resting


def _order(named: tuple[str, Document], language: str) -> tuple[str, str]:
    name, document = named
    return document.named(language), name


def _reviews(collection: Collection, language: str, words: Words, today: date) -> Iterator[str]:
    """Chapters that nobody has reviewed for more than a year."""
    late = [each for each in old_reviews(collection, today) if each.language == language]
    yield from ("", f"## {words['reviews_late']} {{#late-reviews}}", "")
    if not late:
        yield words["reviews_none"].format(today)
    for chapter in late:
        title, day = literal(chapter.front.title), chapter.front.reviewed
        yield f"- [{title}]({chapter.name}.md) {day}"
