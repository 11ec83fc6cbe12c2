"""The sizes of sheets, with their names, from sizes.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """A format, upright, in mm; `width` is 0 where the text decides the length of the sheet.

    `name` is by language, and empty where the code is the name (A4).
    """

    height: float
    width: float = 0
    round: bool = False
    name: Mapping[str, str] = field(default_factory=dict)

    @property
    def trim(self) -> tuple[float, float]:
        """Width and height in mm."""
        return float(self.width), float(self.height)


_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SIZES = {code: Size(**row) for code, row in _TABLE.items()}


def called(size: str, language: str) -> str:
    """Name of a size in a language: A4, 大 16 开."""
    return SIZES[size].name.get(language, size.upper())
