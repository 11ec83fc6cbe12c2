"""The recall list: editions that have to be taken down, and the Job that prints the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from printables.chapters.owner import Owner
from printables.findings import Rejected
from printables.job import Job
from printables.languages import LANGUAGES, Both
from printables.layout import naming
from printables.layout.design import find
from printables.layout.edition import address
from printables.layout.template import style, template
from printables.legibility import em_floor
from printables.publishing.editions import Issue, Register, State
from printables.words import WORDS

LIST = "recall"


@dataclass(frozen=True)
class Recalled:
    """An edition that has to be taken down: since when, why, and the editions that replace it.

    `design` is the name of its design by language.
    """

    day: date
    edition: Issue
    state: State
    design: Mapping[str, str]
    reasons: tuple[Both, ...]
    instead: tuple[Issue, ...]


def recalled(register: Register) -> list[Recalled]:
    """All editions that have to be taken down, newest first."""
    return [_recalled(register, day, edition) for day, edition in register.recalled()]


def _recalled(register: Register, day: date, edition: Issue) -> Recalled:
    withdrawal = register.withdrawals.get(edition.id)
    changes = tuple(issue.changed for issue in register.since(edition.id))
    return Recalled(
        day,
        edition,
        register.state(edition.id),
        called(edition.design),
        (withdrawal.reason,) if withdrawal else changes,
        tuple(register.instead(edition.id)),
    )


def called(name: str) -> dict[str, str]:
    """A design's name by language; its code where the design is gone and its sheets still hang."""
    try:
        return find(name).spec.name.model_dump()
    except Rejected:
        return dict.fromkeys(LANGUAGES, name)


def jobs(register: Register, owner: Owner) -> list[Job]:
    """The list in every language; none if nothing has to be taken down."""
    rows = recalled(register)
    return [compose(rows, language, owner) for language in LANGUAGES] if rows else []


def compose(rows: list[Recalled], language: str, owner: Owner) -> Job:
    """The Job of the list: withdrawn editions, then superseded ones, by printable."""
    design = find(LIST)
    spec, size = design.spec, design.spec.sizes[0]
    day, say = max(row.day for row in rows), WORDS[language]
    rows = sorted(rows, key=lambda row: row.edition.printable)
    parts = [
        (state, [r for r in rows if r.state == state]) for state in ("withdrawn", "superseded")
    ]
    html = template(design).render(
        language=language,
        owner=owner,
        say=say,
        day=day,
        address=address(owner.site),
        parts=[part for part in parts if part[1]],
    )
    return Job(
        source=LIST,
        chapter=LIST,
        title=say["recall"],
        language=language,
        design=design.name,
        size=size,
        trim=design.trim(size),
        zoom=1.0,
        pages=0,
        distance_m=spec.distance_m,
        most=1.0,
        units=((language, em_floor(language, spec.distance_m)),),
        headline=None,
        html=html,
        style=style(design, owner),
        regions=(),
        sections=(),
        lines=(),
        finishings=(),
        titles=naming.titles(say["recall"], design, size, language),
        duplex=design.duplex,
        edition=str(day),
        source_hash="",
    )
