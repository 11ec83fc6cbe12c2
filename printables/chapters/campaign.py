"""Campaigns: printables for a day or a season; a small file below library/campaigns/ each."""

import datetime
import reprlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from printables.chapters import yaml_file
from printables.chapters.yaml_file import line_of
from printables.findings import Finding, Rejected, example, finding, nearest
from printables.languages import Both, Record

Day = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Dates(Record):
    """The keys of a campaign's file; days are month-day and come again every year."""

    title: Both
    summary: Both
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    chapters: Annotated[tuple[str, ...], Field(min_length=1)]
    designs: Annotated[tuple[str, ...], Field(min_length=1)]


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


def read(
    folder: Path, chapters: set[str], designs: set[str]
) -> tuple[list[Campaign], list[Finding]]:
    """Every campaign of `folder` without errors, and the findings of the others.

    `chapters` ("teams/confined-space") and `designs` are what a campaign may name.
    """
    campaigns, findings = [], []
    for path in sorted(folder.glob("*.yml")):
        try:
            text, keys = yaml_file.read(path)
            campaign = Campaign(path.stem, Dates.model_validate(keys))
        except Rejected as rejected:
            findings += rejected.findings
        except ValidationError as error:
            findings += [_wrong(path, text, each) for each in error.errors()]
        else:
            campaigns.append(campaign)
            findings += _unknown(path, text, campaign, chapters, designs)
    return campaigns, findings


def _unknown(
    path: Path, text: str, campaign: Campaign, chapters: set[str], designs: set[str]
) -> list[Finding]:
    findings = []
    for place, name in enumerate(campaign.dates.chapters):
        if name not in chapters:
            line = line_of(text, "chapters", place)
            near = nearest(name, chapters)
            findings.append(finding("campaign-chapter", path, line, chapter=name, near=near))
    for place, name in enumerate(campaign.dates.designs):
        if name not in designs:
            near, line = nearest(name, designs), line_of(text, "designs", place)
            findings.append(finding("unknown-design", path, line, design=name, near=near))
    return findings


def _wrong(path: Path, text: str, error: ErrorDetails) -> Finding:
    if not error["loc"]:
        return finding("missing-key", path, 1, key="title", example=example("campaign"))
    key = str(error["loc"][0])
    line = line_of(text, key)
    if error["type"] == "missing":
        return finding("missing-key", path, 1, key=key, example=example("campaign"))
    if error["type"] == "extra_forbidden":
        keys = [field.alias or name for name, field in Dates.model_fields.items()]
        return finding("unknown-key", path, line, key=key, near=nearest(key, keys))
    value = reprlib.repr(error["input"])
    return finding("wrong-value", path, line, key=key, value=value, example=example("campaign"))


def _on(day: str, year: int) -> datetime.date:
    month, number = map(int, day.split("-"))
    last = 28 if (month, number) == (2, 29) else number
    return datetime.date(year, month, last)
