"""The sizes that sheets have, and what people call them, from one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """A format, upright, in mm; `width` is 0 where the copy decides how long a sheet is.

    `name` has what people call it in each language, and nothing where everybody says its code.
    """

    height: float
    width: float = 0
    round: bool = False
    name: Mapping[str, str] = field(default_factory=dict)

    @property
    def trim(self) -> tuple[float, float]:
        return float(self.width), float(self.height)


_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SIZES = {code: Size(**row) for code, row in _TABLE.items()}


def called(size: str, language: str) -> str:
    """What people call a size: A4, 大 16 开."""
    return SIZES[size].name.get(language, size.upper())
