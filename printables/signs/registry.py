"""The safety signs of signs.toml, looked up by code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

FRAMES = {"W": "warning", "P": "prohibition", "M": "mandatory", "E": "safe", "F": "fire"}


HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Sign:
    """One sign: its names, its frame, its picture, and how the picture sits in the frame."""

    code: str
    zh: str
    en: str
    frame: str
    pictogram: str
    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    label_zh: str = ""
    label_en: str = ""


def name(code: str, language: str) -> str:
    """What a label with the sign says: at most 8 characters, 4 words; blanks part Chinese lines."""
    sign = find(code)
    return sign.label_zh or sign.zh if language == "zh" else sign.label_en or sign.en


@cache
def registry() -> Mapping[str, Sign]:
    """Return all signs of signs.toml by code, in the order of the file."""
    tables = tomllib.loads((HERE / "signs.toml").read_text(encoding="utf-8"))
    return MappingProxyType({code: _sign(code, table) for code, table in tables.items()})


def _sign(code: str, table: Mapping[str, str | float]) -> Sign:
    """Make the sign of one table; without an explicit frame the code's letter decides."""
    frame = table["frame"] if "frame" in table else FRAMES[code[0]]
    return Sign(**{"pictogram": "", **table, "code": code, "frame": frame})  # type: ignore[arg-type]


def find(code: str) -> Sign:
    """The sign with this code; raises KeyError, naming the closest codes, where there is none."""
    signs = registry()
    if code not in signs:
        close = ", ".join(get_close_matches(code, signs)) or "nothing similar"
        raise KeyError(f"no sign {code!r}; close to it: {close}")
    return signs[code]
