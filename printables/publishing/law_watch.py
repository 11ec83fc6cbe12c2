"""What rests on which document of the bibliography: claims, papers, sheets and editions; and which documents come and go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from printables.chapters.bibliography import Bibliography, split
from printables.chapters.chapter import Chapter
from printables.checks.collection import Collection
from printables.findings import Rejected
from printables.forms import kits
from printables.forms.compose import FORM
from printables.forms.reading import Library
from printables.languages import Both
from printables.layout.book import BOOK
from printables.layout.design import find
from printables.layout.sources import marks_on
from printables.publishing.editions import Edition, Issue, Printable, Register

YEAR = timedelta(days=365)

Standing = Literal["not_yet", "in_force", "ends", "over"]


@dataclass(frozen=True)
class Ending:
    """A document that is over from a day on; `by` is what replaces it, where that is known."""

    title: Both
    over: date
    by: Both | None


@dataclass(frozen=True)
class Checking:
    """A current edition that rests on what is over, since `day`."""

    day: date
    edition: Issue
    endings: tuple[Ending, ...]


@dataclass(frozen=True)
class Citation:
    """A mark in a chapter or of a kit, or what a form's source names; the line counts from 1."""

    path: Path
    line: int
    mark: str


@dataclass(frozen=True)
class Watched:
    """A document that is not yet in force, or that ends: its day, and all that rests on it.

    The day is the first in force, or the first no longer; `papers` are forms and kits of forms, `sheets` names of
    printables, `editions` those of them that were issued and are current.
    """

    name: str
    standing: Standing
    day: date
    title: Both
    by: Both | None
    claims: tuple[Citation, ...]
    papers: tuple[Citation, ...]
    sheets: tuple[str, ...]
    editions: tuple[Edition, ...]


def standing(bibliography: Bibliography, name: str, on: date) -> Standing:
    """How a document stands on a day; what ends within a year does so already."""
    document, last = bibliography.documents[name], bibliography.last_day(name)
    if last and last < on:
        return "over"
    if document.since and document.since > on:
        return "not_yet"
    return "ends" if last and last <= on + YEAR else "in_force"


def documents_of(collection: Collection, library: Library, printable: Printable) -> set[str]:
    """The documents that a printable rests on, as its chapters or its form are now; none where these are gone."""
    name, design, language = printable
    if design == FORM:
        return kits.documents(library, collection.bibliography, name.partition("/")[2])
    voices = [(code, name) for code in language.split("-")]
    if design == BOOK:
        reader = name.partition(".")[0]  # a volume rests on no more than the whole
        voices = [key for key in collection.chapters if key[0] == language]
        voices = [key for key in voices if key[1].partition("/")[0] == reader]
    chapters = [collection.chapters[key] for key in voices if key in collection.chapters]
    return {split(mark)[0] for chapter in chapters for mark in _marks(chapter, design)}


def behind(collection: Collection, library: Library, edition: Edition) -> set[str]:
    """The documents that an edition rests on: those that it was issued with, where the register says them."""
    issued = set(edition.rests_on) if isinstance(edition, Issue) else set()
    known = issued & collection.bibliography.documents.keys()
    return known or documents_of(collection, library, edition.printable)


def _marks(chapter: Chapter, design: str) -> set[str]:
    if design == BOOK:
        return {source.mark for source in chapter.sources}
    try:
        return marks_on(find(design), chapter)
    except Rejected:  # the design is gone
        return set()


def endings(collection: Collection, library: Library, edition: Edition) -> tuple[Ending, ...]:
    """The documents behind an edition of which the end is known, the first to end first."""
    known = collection.bibliography
    found = [
        Ending(known.documents[name].title, last + timedelta(days=1), known.heir(name))
        for name in behind(collection, library, edition)
        if (last := known.last_day(name))
    ]
    return tuple(sorted(found, key=lambda each: (each.over, each.title.en)))


def checking(
    collection: Collection, library: Library, register: Register, today: date
) -> list[Checking]:
    """Every current edition that has to be checked, as a document behind it is over; the newest first."""
    found = []
    for printable in register.histories:
        if not (issue := register.current(printable)):
            continue
        over = tuple(each for each in endings(collection, library, issue) if each.over <= today)
        if over:
            found.append(Checking(over[-1].over, issue, over))
    return sorted(found, key=lambda each: each.day, reverse=True)


def watched(
    collection: Collection,
    library: Library,
    printed: Iterable[Edition],
    register: Register,
    on: date,
) -> list[Watched]:
    """Every document that is not yet in force, ends within a year of `on`, or is over; by day."""
    printables = {edition.printable for edition in printed}
    issued = [now for each in register.histories if (now := register.current(each))]
    rests = {printable: documents_of(collection, library, printable) for printable in printables}
    rested = {issue.id: behind(collection, library, issue) for issue in issued}
    known, found = collection.bibliography, []
    for name, document in known.documents.items():
        state = standing(known, name, on)
        last = known.last_day(name)
        day = document.since if state == "not_yet" else last and last + timedelta(days=1)
        if state == "in_force" or day is None:
            continue
        sheets = sorted(" ".join(each) for each in printables if name in rests[each])
        editions = tuple(issue for issue in issued if name in rested[issue.id])
        claims = tuple(_claims(collection, name))
        papers = tuple(Citation(*each) for each in kits.resting(library, known, name))
        heir, title = known.heir(name), document.title
        found.append(
            Watched(name, state, day, title, heir, claims, papers, tuple(sheets), editions)
        )
    return sorted(found, key=lambda each: (each.day, each.name))


def _claims(collection: Collection, document: str) -> Iterator[Citation]:
    for _, chapter in sorted(collection.chapters.items()):
        for mark, line in chapter.marks:
            if split(mark)[0] == document:
                yield Citation(chapter.path, line, mark)


def old_reviews(collection: Collection, on: date) -> list[Chapter]:
    """Chapters that were reviewed more than a year before `on`, the oldest first."""
    old = [each for each in collection.chapters.values() if each.front.reviewed < on - YEAR]
    return sorted(old, key=lambda each: (each.front.reviewed, str(each.path)))
