"""Telephones of telephones.toml, and telephone numbers in texts."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter

from printables.chapters.notation import NAMES, UNITS
from printables.languages import Both, Record

TABLE = Path(__file__).parent.parent / "telephones.toml"


class Telephone(Record):
    """A number's purpose, its label on sheets, and `foot`: True if the foot of a sheet has it by default.

    `urgent`: True if it is called in an emergency; the foot of a sheet has it where the chapter says so.
    """

    name: Both
    label: Both
    foot: bool = False
    urgent: bool = False


def _load(path: Path) -> Mapping[str, Telephone]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Telephone]).validate_python(tables)


NUMBERS = _load(TABLE)
FOOT = tuple(number for number, telephone in NUMBERS.items() if telephone.foot)

# Things that are counted: 120 compressions, 120 people, 120 a minute.
COUNTED = r"次|分(?!头|别)|人(?!员)|名|个|台|万|亿|compressions?|times|people|persons|workers|beats|per\b|an?\s(?:second|minute|hour|day)"
# A number with a unit or a thing counted, a range, a decimal or a thousand is a measure: 120 mm, 100 to 120, 120 次.
MEASURE = rf"\d|[.,]\d|\s?[–～~-]\s?\d|\s?(?:to|至|到)\s?\d|[\s-]?(?:{'|'.join(UNITS.values())}|{COUNTED})"
RANGE = "".join(rf"(?<!\d{joint})" for joint in (" to ", "至", " 至 ", "到", " 到 ", " – "))
SHORT = rf"(?<![A-Za-z\d.,–～~-])(?<!CNY ){RANGE}(?:{'|'.join(NUMBERS)})(?!{MEASURE})"
LANDLINE = r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)400-\d{3}-\d{4}(?!\d)"
TELEPHONE = re.compile(rf"{SHORT}|{LANDLINE}")


def telephones(text: str) -> Iterator[re.Match[str]]:
    """The matches of telephone numbers in a text; GB 12350 and 第119条 are none."""
    yield from TELEPHONE.finditer(NAMES.sub(lambda name: "§" * len(name[0]), text))
