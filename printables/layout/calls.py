"""Which telephone numbers a sheet tells people to call."""

from collections.abc import Iterable

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.chapters.telephones import NUMBERS, telephones


def in_foot(lead: Chapter, owner: Owner) -> tuple[str, ...]:
    """The numbers in the foot, four at most: the owner's, and what a sheet's sections say to call in an emergency.

    Longer ones come last; of each length the one first that the points tell people to call.
    """
    numbers = tuple(dict.fromkeys([*owner.emergency, *_urgent(lead)]))[:4]
    order = [*_told(lead, "points"), *numbers]
    return tuple(sorted(numbers, key=lambda number: (len(number) > 3, order.index(number))))


def fewer(lead: Chapter, owner: Owner) -> tuple[str, ...]:
    """Three of these, or as many as the owner has: what the chapter calls takes the place of what is not urgent."""
    calls = in_foot(lead, owner)
    ranked = sorted(calls, key=lambda number: not NUMBERS[number].urgent)
    kept = ranked[: max(3, len(owner.emergency))]
    return tuple(number for number in calls if number in kept)


def in_book(chapters: Iterable[Chapter], owner: Owner) -> tuple[str, ...]:
    """The owner's numbers, and what the chapters say to call in an emergency; longer ones last."""
    said = (number for chapter in chapters for number in _urgent(chapter))
    return tuple(
        sorted(dict.fromkeys([*owner.emergency, *said]), key=lambda number: len(number) > 3)
    )


def urgent(lead: Chapter, owner: Owner) -> tuple[str, ...]:
    """The foot's numbers for emergencies and those of the emergency section, four at most; such as it names first, longer ones last."""
    told = _told(lead, "emergency")
    every = dict.fromkeys([*in_foot(lead, owner), *told])
    numbers = (number for number in every if number in NUMBERS and NUMBERS[number].urgent)
    return tuple(sorted(numbers, key=lambda number: (len(number) > 3, number not in told)))[:4]


def _urgent(chapter: Chapter) -> list[str]:
    """What its points, steps and emergency section say to call in an emergency."""
    told = _told(chapter, "points", "steps", "emergency")
    return [number for number in told if number in NUMBERS and NUMBERS[number].urgent]


def _told(lead: Chapter, *roles: str) -> list[str]:
    """Telephone numbers in the items of these sections."""
    sections = (section for role in roles if (section := lead.section(role)))
    said = " ".join(f"{item.lead} {item.text}" for section in sections for item in section.items)
    return [match[0] for match in telephones(said)]
