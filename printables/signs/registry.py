"""The safety signs of signs.toml, looked up by code."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from printables.languages import LANGUAGES, Both

FRAMES = {"W": "warning", "P": "prohibition", "M": "mandatory", "E": "safe", "F": "fire"}


HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Sign:
    """A sign: name, frame, pictogram, and the pictogram's scale and shift in the frame's units.

    `label` is the text of a label with the sign: at most 8 characters, 4 words; a space in Chinese ends a line.
    """

    code: str
    name: Both
    label: Both
    frame: str
    pictogram: str = ""
    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0


@cache
def registry() -> Mapping[str, Sign]:
    """Return all signs of signs.toml by code, in the order of the file."""
    tables = tomllib.loads((HERE / "signs.toml").read_text(encoding="utf-8"))
    return MappingProxyType({code: _sign(code, table) for code, table in tables.items()})


def _sign(code: str, table: Mapping[str, Any]) -> Sign:
    """Make the sign of one table; without an explicit frame the code's letter decides."""
    rest = dict(table)
    names = {language: rest.pop(language) for language in LANGUAGES}
    labels = {language: rest.pop(f"label_{language}", names[language]) for language in LANGUAGES}
    frame = rest.pop("frame", "") or FRAMES[code[0]]
    return Sign(code, Both(**names), Both(**labels), frame, **rest)


def find(code: str) -> Sign:
    """The sign with this code; raises KeyError, naming the closest codes, where there is none."""
    signs = registry()
    if code not in signs:
        close = ", ".join(get_close_matches(code, signs)) or "nothing similar"
        raise KeyError(f"no sign {code!r}; close to it: {close}")
    return signs[code]


def meant(written: str) -> str:
    """The code that `w41`, `W-041` or a sign's name stands for, "" for any other text.

    The letter is never guessed: `M023` and `W023` forbid, order or warn of different things.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    for code, sign in registry().items():
        if text in sign.name.model_dump().values():
            return code
    parts = re.fullmatch(r"([A-Za-z])[\s-]*0*(\d{1,3})", text)
    code = f"{parts[1].upper()}{int(parts[2]):03}" if parts else ""
    return code if code in registry() else ""
