"""Campaigns as pages show them, the next one first."""

import datetime
from collections.abc import Iterable

from printables.chapters.campaign import LEAP, Campaign


def in_turn(campaigns: Iterable[Campaign], today: datetime.date) -> list[Campaign]:
    """What runs on this day first, then what begins next."""
    return sorted(campaigns, key=lambda each: (each.days_until(today), each.name))


def when(first: str, last: str, language: str) -> str:
    """Days as people write them: 6 月 1 日至 30 日, 15 June to 15 September."""
    begins, ends = (datetime.date(LEAP, *map(int, day.split("-"))) for day in (first, last))
    month = begins.month != ends.month  # said twice only where it changes
    if language == "zh":
        end = f"{ends.month} 月 {ends.day} 日" if month else f"{ends.day} 日"
        return f"{begins.month} 月 {begins.day} 日至 {end}"
    begin = f"{begins.day} {begins:%B}" if month else f"{begins.day}"
    return f"{begin} to {ends.day} {ends:%B}"
