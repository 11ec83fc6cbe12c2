"""Documents of the bibliography against the calendar: no longer in force, not yet, ending soon; and what nobody cites."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from printables.chapters.bibliography import Bibliography, split
from printables.chapters.chapter import Chapter
from printables.chapters.kept_file import text_of
from printables.chapters.toml_file import line_of
from printables.checks.citations import Replaced, outdated
from printables.findings import Finding, finding
from printables.languages import FACTS

SOON = timedelta(days=90)


def wrong(
    chapter: Chapter, bibliography: Bibliography, replaced: Sequence[Replaced]
) -> Iterator[Finding]:
    """Documents that were not in force on the day of review, each at the line where the chapter first cites it."""
    reviewed = chapter.front.reviewed
    first: dict[str, int] = {}
    for mark, line in chapter.marks:
        first.setdefault(split(mark)[0], line)
    for name, line in first.items():
        document = bibliography.documents[name]
        title = document.title.model_dump()
        until = bibliography.last_day(name)
        if until and until < reviewed:
            values = {"until": until, "near": document.replaced_by or "—"}
            yield finding("document-ended", chapter.path, line, title=title, **values)
        elif document.since and document.since > reviewed:
            if not _says(chapter, document.since):
                since = document.since
                yield finding("document-not-yet", chapter.path, line, title=title, since=since)
        elif document.number:
            number = document.number[chapter.language]
            yield from outdated(chapter.path, reviewed, [(line, number)], replaced)


def ending(bibliography: Bibliography, today: date) -> Iterator[Finding]:
    """Documents that chapters may cite for less than SOON, at their own line."""
    for name, document in bibliography.documents.items():
        until = bibliography.last_day(name)
        if until and today <= until <= today + SOON:
            file = bibliography.file(name)
            line, near = line_of(text_of(file), "until"), document.replaced_by or "—"
            yield finding("document-ends-soon", file, line, until=until, near=near)


def unused(chapters: Iterable[Chapter], bibliography: Bibliography) -> Iterator[Finding]:
    """Clauses that no chapter cites, and documents of which none cites anything and which replace none that is cited."""
    cited = {mark for chapter in chapters for mark, _ in chapter.marks}
    named = {split(mark)[0] for mark in cited}
    for document in bibliography.documents.values():
        named |= {*document.replaces, document.replaced_by or ""}
    for name, document in bibliography.documents.items():
        file = bibliography.file(name)
        if name not in named and not named & set(document.replaces):
            yield finding("document-unused", file, mark=name)
            continue
        for clause in document.clauses:
            if (mark := f"{name}-{clause}") not in cited:
                line = line_of(text_of(file), "clauses", clause)
                yield finding("clause-unused", file, line, mark=mark)


def _says(chapter: Chapter, day: date) -> bool:
    """True if the text gives this day, in figures or in words."""
    months = FACTS[chapter.language].months
    name = months[day.month - 1] if months else ""
    worded = rf"|\b{day.day} {name} {day.year}" if name else ""
    pattern = rf"{day.year}\D{{1,3}}0?{day.month}\D{{1,3}}0?{day.day}(?!\d){worded}"
    rows = (row for section in chapter.sections for part in section.passages for row in part.rows)
    return any(re.search(pattern, " ".join(row)) for row in rows)
