"""Campaigns on the site, and what a USB stick holds of the sheets."""

from dataclasses import replace

import pytest
from fake_press import fake_sheet

from printables.job import Finished, Job
from printables.web.campaigns import when
from printables.web.offline import for_the_office


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("06-01", "06-30", "6 月 1 日至 30 日", "1 to 30 June"),
        ("06-15", "09-15", "6 月 15 日至 9 月 15 日", "15 June to 15 September"),
        ("12-15", "02-29", "12 月 15 日至 2 月 29 日", "15 December to 29 February"),
    ],
)
def test_days_are_written_as_people_write_them(first: str, last: str, zh: str, en: str) -> None:
    assert (when(first, last, "zh"), when(first, last, "en")) == (zh, en)


def test_a_stick_holds_what_office_printers_print(base_jobs: dict[tuple[str, str], Job]) -> None:
    names = ("tiles-a4", "tiles-a3", "shop", "booklet-a4")
    finished = tuple(Finished(name, 1, (210, 297), 0) for name in names)
    sheet = replace(fake_sheet(base_jobs["poster", "zh"]), finished=finished)
    office = for_the_office(sheet)
    assert [after.finishing for after in office.finished] == ["tiles-a4", "booklet-a4"]
    assert office.suffixes == (".pdf", ".webp", "-tiles-a4.pdf", "-booklet-a4.pdf")
