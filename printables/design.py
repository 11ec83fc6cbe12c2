"""A folder below designs/ becomes a Design: sheet, reading distance, roles, template and style."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from printables.findings import Rejected, finding, nearest

DESIGNS = Path(__file__).with_name("designs")
FAMILY = Path(__file__).with_name("family")

# Width and height in mm: ISO 216, and the trade's Chinese sheets (大度 889×1194, 正度 787×1092).
SHEETS = {
    "a2": (420.0, 594.0),
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
}

Language = Literal["zh", "en", "zh-en"]
Metres = Annotated[float, Field(gt=0)]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(Record):
    zh: str
    en: str


class Headline(Record):
    """The slogan on page 1: read from farther off, `ratio` times the body text."""

    distance_m: Metres
    ratio: Annotated[float, Field(gt=1)]
    sign: Annotated[float, Field(ge=0, lt=1, description="share of the live width for the sign")]


class Specification(Record):
    """The keys of design.toml."""

    name: Name
    sheet: Literal["a2", "a3", "a4", "a5"]
    pages: Annotated[int, Field(ge=1)]
    margin_mm: Annotated[float, Field(ge=5, description="office printers leave 5 mm blank")]
    distance_m: Metres
    languages: tuple[Language, ...]
    roles: tuple[str, ...]
    start: Annotated[float, Field(ge=1, description="scale at which most copy fits")]
    most: Annotated[float, Field(ge=1, description="largest type, in multiples of the floor")]
    headline: Headline


@dataclass(frozen=True)
class Design:
    """A design, read and checked; `trim` is width and height in mm."""

    folder: Path
    spec: Specification
    template: str
    style: str

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def trim(self) -> tuple[float, float]:
        return SHEETS[self.spec.sheet]


def names() -> tuple[str, ...]:
    """Every design there is, in order."""
    return tuple(sorted(path.parent.name for path in DESIGNS.glob("*/design.toml")))


@cache
def find(name: str) -> Design:
    """The design `name`; raises Rejected where there is none or its folder is incomplete."""
    folder = DESIGNS / name
    if name not in names():
        raise Rejected(
            [finding("unknown-design", folder, design=name, near=nearest(name, names()))]
        )
    return read(folder)


def read(folder: Path) -> Design:
    """Read design.toml, template.html and style.css of `folder`; raise Rejected where one is wrong."""
    declaration = folder / "design.toml"
    try:
        spec = Specification.model_validate(tomllib.loads(declaration.read_text(encoding="utf-8")))
        template = (folder / "template.html").read_text(encoding="utf-8")
        style = (folder / "style.css").read_text(encoding="utf-8")
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Rejected([finding("design-broken", declaration, reason=str(error))]) from None
    except ValidationError as error:
        issues = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise Rejected([finding("design-broken", declaration, reason=i) for i in issues]) from None
    return Design(folder, spec, template, style)
