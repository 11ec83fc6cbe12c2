"""What is new: what was issued and changed, what was withdrawn, which chapters were reviewed; newest first."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from printables.checks.collection import Collection
from printables.job import home
from printables.languages import Both
from printables.publishing.editions import Issue, Register

Kind = Literal["withdrawn", "issued", "reviewed"]


@dataclass(frozen=True)
class News:
    """What happened to a chapter or reader on a day: in whose words, and to which editions; a review has neither."""

    day: date
    kind: Kind
    chapter: str
    says: Both | None = None
    editions: tuple[Issue, ...] = ()


def news(register: Register, collection: Collection) -> list[News]:
    """Everything that the register and the chapters tell; sheets that were issued with the same words stand together."""
    together: dict[tuple[date, Kind, str, Both], list[Issue]] = {}
    for issue in register.issues:
        place = home(issue.chapter)
        together.setdefault((issue.issued, "issued", place, issue.changed), []).append(issue)
    for edition, withdrawal in register.withdrawals.items():
        issue = register.editions[edition]
        day, reason = withdrawal.withdrawn, withdrawal.reason
        together.setdefault((day, "withdrawn", home(issue.chapter), reason), []).append(issue)
    found = [
        News(day, kind, chapter, says, tuple(issues))
        for (day, kind, chapter, says), issues in together.items()
    ]
    told = {(each.chapter, each.day) for each in found}
    found += [
        News(day, "reviewed", name) for name, day in _reviews(collection) if (name, day) not in told
    ]
    return sorted(found, key=lambda each: (each.day, each.kind, each.chapter), reverse=True)


def _reviews(collection: Collection) -> list[tuple[str, date]]:
    """Each chapter, and when the last of its languages was reviewed."""
    return [
        (name, max(each.front.reviewed for each in twins.values()))
        for name, twins in collection.twins().items()
    ]
