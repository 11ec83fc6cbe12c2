"""Sources named on a sheet: each law or standard with the clauses that its sections cite."""

import re
from collections.abc import Collection

from printables.chapters.chapter import Chapter, Source
from printables.languages import FACTS
from printables.layout.design import Design

NUMBERED = re.compile(r"^[A-Z]{2}|[令号〕]|Order|No\.")


def of_sections(design: Design, lead: Chapter) -> list[str]:
    """The laws and standards, with their clauses, that the design's sections cite."""
    return cited(lead, marks_on(design, lead))


def marks_on(design: Design, chapter: Chapter) -> set[str]:
    """The marks in the sections that a design takes from a chapter."""
    taken = [chapter.section(role) for role in design.spec.roles]
    return {mark for section in taken if section for mark in section.marks}


def cited(lead: Chapter, marks: Collection[str] | None = None) -> list[str]:
    """The chapter's laws and standards with their clauses: those in `marks`, or all."""
    clauses: dict[str, list[str]] = {}
    for source in lead.sources:
        if marks is None or source.mark in marks:
            clauses.setdefault(_short(source), []).append(source.clause)
    comma = FACTS[lead.language].enumeration
    return [f"{name} {comma.join(filter(None, parts))}".strip() for name, parts in clauses.items()]


def _short(source: Source) -> str:
    """A standard or order by its number, a law by its name; its year of amendment is no number."""
    return source.number if NUMBERED.search(source.number) else source.title
