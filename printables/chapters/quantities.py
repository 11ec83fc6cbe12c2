"""Numbers with their units, made comparable between the languages."""

import re
from dataclasses import dataclass, field

from printables.chapters.notation import NAMES, UNITS
from printables.chapters.telephones import TELEPHONE
from printables.languages import FACTS

MONTHS = {name: number for facts in FACTS.values() for number, name in enumerate(facts.months, 1)}
MONTH = re.compile(rf"(?<=\d )({'|'.join(MONTHS)})\b|\b({'|'.join(MONTHS)})(?= \d)")
TIMES = {"万": 10_000.0, "亿": 100_000_000.0, "million": 1_000_000.0, "thousand": 1_000.0}
UNIT = "|".join(f"(?P<u{place}>{pattern})" for place, pattern in enumerate(UNITS.values()))
NUMBER = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:[, ,]\d{3})+|\d+(?:\.\d+)?)(?:\s?(?P<times>万|亿|million|thousand))?"
    rf"(?:[\s-]?(?:{UNIT}))?"
)
CURRENCY = re.compile(r"CNY\s?([\d,. ]*\d(?:\s?million|\s?thousand)?)")


@dataclass(frozen=True, order=True)
class Quantity:
    """A number, its unit as a key of UNITS ("" where it has none), and both as `written` in the text."""

    value: float
    unit: str
    written: str = field(compare=False)


def quantities(text: str) -> list[Quantity]:
    """The quantities in a text, without telephone numbers and numbers of laws, standards and clauses."""
    text = TELEPHONE.sub(" ", NAMES.sub(" ", text))
    text = MONTH.sub(lambda month: f" {MONTHS[month[0]]} ", text)
    text = CURRENCY.sub(r"\1 CNY", text)
    return [_quantity(match) for match in NUMBER.finditer(text)]


def _quantity(match: re.Match[str]) -> Quantity:
    value = float(re.sub(r"[, ,]", "", match["number"])) * TIMES.get(match["times"] or "", 1)
    groups = match.groupdict()
    unit = next((name for place, name in enumerate(UNITS) if groups[f"u{place}"]), "")
    return Quantity(round(value, 6), unit, match[0].strip())
