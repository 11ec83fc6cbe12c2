"""Campaigns: printables for a day or a season; a small file below library/campaigns/ each."""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from printables.chapters import kept_file, yaml_file
from printables.chapters.same_names import Named, same_names
from printables.chapters.wrong_keys import wrong_key
from printables.chapters.yaml_file import line_of
from printables.findings import Finding, Rejected, example, finding, nearest
from printables.languages import Both, Once, Record
from printables.last_net import reading

LEAP = 2028  # a year that has every day
ALIKE = 0.85  # names of chapters that begin with one reader are alike already
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")  # of a file: it becomes an address


def _day(value: str) -> str:
    """Month and day as they are; raises ValueError for a day that no year has."""
    datetime.date(LEAP, *map(int, value.split("-")))
    return value


Day = Annotated[str, Field(pattern=r"^\d\d-\d\d$"), AfterValidator(_day)]


@dataclass(frozen=True)
class Known:
    """What a campaign may name, chapters ("teams/ladders") and designs; what has a pack already, by the pack's name.

    `called` gives the design for what people call it, `printed` those of a chapter.
    """

    chapters: frozenset[str]
    designs: frozenset[str]
    packs: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, Collection[str]] = field(default_factory=dict)


class Dates(Record):
    """The keys of a campaign's file; days are month-day and come again every year."""

    title: Both
    summary: Both
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    chapters: Annotated[tuple[str, ...], Field(min_length=1), Once]
    designs: Annotated[tuple[str, ...], Field(min_length=1), Once]


@dataclass(frozen=True)
class Campaign:
    """A campaign by the name of its file."""

    name: str
    dates: Dates

    def days_until(self, today: datetime.date) -> int:
        """Days until its next beginning; 0 while it runs."""
        if self._runs(today):
            return 0
        first = _on(self.dates.first, today.year)
        return ((first if first >= today else _on(self.dates.first, today.year + 1)) - today).days

    def _runs(self, today: datetime.date) -> bool:
        day = f"{today:%m-%d}"
        first, last = self.dates.first, self.dates.last
        return first <= day <= last if first <= last else day >= first or day <= last


def read(folder: Path, known: Known) -> tuple[list[Campaign], list[Finding]]:
    """Every campaign of `folder` without errors, and the findings of the others."""
    campaigns: list[Campaign] = []
    findings: list[Finding] = []
    named: list[Named] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if kept_file.LEFT.fullmatch(path.name):
            continue
        if path.suffix != ".yml" or path.is_dir():
            findings.append(finding("campaign-file", path, name=path.name))
            continue
        findings += _wrong_name(path, known)
        try:
            with reading(path):
                text, keys = yaml_file.read(path)
                campaign = Campaign(path.stem, Dates.model_validate(keys))
        except Rejected as rejected:
            findings += rejected.findings
        except ValidationError as error:
            findings += [
                wrong_key(path, each, Dates, partial(line_of, text), example("campaign"))
                for each in error.errors()
            ]
        else:
            campaigns.append(campaign)
            title = campaign.dates.title.model_dump()
            named.append((path, title, partial(line_of, text, "title")))
            findings += _unknown(path, text, campaign, known)
    return campaigns, [*findings, *same_names(named)]


def _wrong_name(path: Path, known: Known) -> Iterator[Finding]:
    if not NAME.fullmatch(path.stem):
        yield finding("file-name", path, name=path.name)
    elif path.stem in known.packs:
        values = {"other": known.packs[path.stem], "pack": path.stem}
        yield finding("same-pack", path, **values)


def _unknown(path: Path, text: str, campaign: Campaign, known: Known) -> Iterator[Finding]:
    printed = {each for name in campaign.dates.chapters for each in known.printed.get(name, ())}
    for place, name in enumerate(campaign.dates.chapters):
        if name not in known.chapters:
            line = line_of(text, "chapters", place)
            near = _meant(name, known.chapters) or nearest(name, known.chapters, ALIKE)
            yield finding("campaign-chapter", path, line, chapter=name, near=near)
    for place, name in enumerate(campaign.dates.designs):
        if name not in known.designs:
            near = known.called.get(name) or nearest(name, known.designs)
            line = line_of(text, "designs", place)
            yield finding("unknown-design", path, line, design=name, near=near)
        elif printed and known.designs.issuperset(printed) and name not in printed:
            near, line = ", ".join(sorted(printed)), line_of(text, "designs", place)
            yield finding("campaign-design", path, line, design=name, near=near)


def _meant(name: str, chapters: frozenset[str]) -> str:
    """The one chapter that `docs/zh/teams/ladders.md` or `ladders` stands for; "" for other names."""
    stem = name.removesuffix(".md").rpartition("/")[2]
    named = [each for each in chapters if each.rpartition("/")[2] == stem]
    return named[0] if len(named) == 1 else ""


def _on(day: str, year: int) -> datetime.date:
    month, number = map(int, day.split("-"))
    last = 28 if (month, number) == (2, 29) else number
    return datetime.date(year, month, last)
