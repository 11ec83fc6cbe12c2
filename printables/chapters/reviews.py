"""Days on which somebody looked at a chapter, a form or a law: none is still to come."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from printables.findings import Finding, finding

FIRST_YEAR = 2026  # of this code: a clock that shows an earlier one is wrong
A_DAY = timedelta(days=1)  # it is tomorrow already further east


def not_yet(path: Path, line: int, day: date) -> Iterator[Finding]:
    """A day of review that has not come; a clock that was never set knows of none."""
    today = date.today()
    if today.year >= FIRST_YEAR and day > today + A_DAY:
        yield finding("reviewed-in-the-future", path, line, day=day, today=today)
