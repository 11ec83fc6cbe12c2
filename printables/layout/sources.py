"""Sources named on a sheet: each law or standard with the clauses that its sections cite."""

import re
from collections.abc import Collection

from printables.chapters.chapter import Chapter
from printables.chapters.front_matter import Source
from printables.languages import FACTS
from printables.layout.design import Design

NUMBERED = re.compile(r"^[A-Z]{2}|[令号〕]|Order|No\.")


def of_sections(design: Design, lead: Chapter) -> list[str]:
    """The laws and standards, with their clauses, that the design's sections cite."""
    taken = [lead.section(role) for role in design.spec.roles]
    return cited(lead, {mark for section in taken if section for mark in section.marks})


def cited(lead: Chapter, marks: Collection[str] | None = None) -> list[str]:
    """The chapter's laws and standards with their clauses: those with an id in `marks`, or all."""
    clauses: dict[str, list[str]] = {}
    for source in lead.front.sources:
        if marks is None or source.id in marks:
            clauses.setdefault(_short(source), []).append(source.clause)
    comma = FACTS[lead.language].enumeration
    return [f"{name} {comma.join(filter(None, parts))}".strip() for name, parts in clauses.items()]


def _short(source: Source) -> str:
    """A standard or order by its number, a law by its name; its year of amendment is no number."""
    return source.number if NUMBERED.search(source.number) else source.title
