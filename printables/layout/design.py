"""A folder below designs/ → Design: sizes, reading distance, roles, template and style."""

import math
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from printables.findings import Rejected, finding, nearest
from printables.job import FINISHINGS
from printables.languages import Both, Record, Voices
from printables.sizes import SIZES

DESIGNS = Path(__file__).with_name("designs")
BOOKS = Path(__file__).with_name("books")  # designs of a whole reader, which no chapter can name
FAMILY = Path(__file__).with_name("family")

ALIKE = 1.1  # a size whose sides differ by less is set like the first one, not enlarged

Paper = Literal["coated", "adhesive", "cloth"]
Ground = Literal["band", "paper", "tone"]
Metres = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, lt=1)]


def _one_of(choices: Iterable[str], name: str) -> str:
    if name not in choices:
        raise ValueError(f"there is no {name}. Write instead: {nearest(name, choices)}")
    return name


SizeName = Annotated[str, AfterValidator(partial(_one_of, SIZES))]
FinishingName = Annotated[str, AfterValidator(partial(_one_of, FINISHINGS))]


class Headline(Record):
    """The slogan on page 1, `ratio` times as large as the body text, read from a greater distance in m.

    Of the live width at least the share `sign` is left to the sign, and `scene` to a scene where the chapter has one: in one
    language, and in two; 0 where there is no room for any. `signed` tells whether the sign stands above that scene.
    """

    distance_m: Metres
    ratio: Annotated[float, Field(gt=1)]
    sign: Share
    scene: tuple[Share, Share] = (0.0, 0.0)
    signed: tuple[bool, bool] = (True, True)


class RegionSpecification(Record):
    """A box of the template that is fitted on its own, such as a panel; page from 1.

    `distance_m` if its text is read from a shorter distance than the design's.
    """

    id: str
    page: Annotated[int, Field(ge=1)]
    height_mm: Annotated[float, Field(gt=0)]
    distance_m: Metres | None = None


class OwnerBox(Record):
    """Room for words of the owner: its width in mm, and its lines at the smallest type, in one language and in two.

    `on` is the ground. `em_mm` makes it a part of the imprint, in lines of this size; `distance_m` is that from which it is
    read, if not the design's, or an imprint's. `alike` makes `em_mm` the smallest in every language. `short` takes the owner's short name, and is for small sheets.
    `label` is the key in words.toml of what it says as long as it is empty.
    """

    width_mm: Annotated[float, Field(gt=0)]
    lines: tuple[Annotated[float, Field(ge=1)], Annotated[float, Field(ge=1)]] = (1, 1)
    on: Ground = "band"
    em_mm: Annotated[float, Field(gt=0)] | None = None
    distance_m: Metres | None = None
    alike: bool = False
    centred: bool = False
    short: bool = False
    label: str = ""


class OwnerMark(Record):
    """Room for the owner's logo, in mm, and its ground."""

    width_mm: Annotated[float, Field(gt=0)]
    height_mm: Annotated[float, Field(gt=0)]
    on: Ground = "band"


class OwnerPanel(Record):
    """What a design reserves for the owner; `number` is there twice, once for each telephone."""

    name: OwnerBox | None = None
    number: OwnerBox | None = None
    mark: OwnerMark | None = None


class Ems(Record):
    """Em in mm by language."""

    zh: Annotated[float, Field(gt=0)]
    en: Annotated[float, Field(gt=0)]


class OneLine(Record):
    """A sheet as long as its slogan: em in mm of each language, largest ems of two, and the length added for margins."""

    em_mm: Ems
    both_em_mm: tuple[float, float]
    added_mm: Annotated[float, Field(ge=0)]


class Specification(Record):
    """The keys of design.toml.

    Lengths are those of the first of `sizes`; the others enlarge it, and are read from farther off.
    `sides` is 1 where pages are to be printed on one side although there are several.
    Without `regions` every page is one, with the id page-1, page-2, …
    `solid_mm` is for each region the side of the square that its usual text would fill, set solid; the fit begins there,
    and at `most` without it. `panels` are the numbers of scenes that it can show. `folds_mm` are the folds of each page, from its left edge; `paper` is for the print shop.
    """

    name: Both
    sizes: Annotated[tuple[SizeName, ...], Field(min_length=1)]
    landscape: bool = False
    pages: Annotated[int, Field(ge=0, description="0: as many as the text needs")]
    sides: Literal[1, 2] = 2
    regions: tuple[RegionSpecification, ...] = ()
    margin_mm: Annotated[
        float, Field(ge=4, description="printers and knives are no truer at the edge")
    ]
    distance_m: Metres
    languages: tuple[Voices, ...]
    roles: tuple[str, ...]
    solid_mm: tuple[Annotated[float, Field(gt=0)], ...] = ()
    most: Annotated[float, Field(ge=1, description="largest type, in multiples of the floor")]
    headline: Headline | None = None
    line: OneLine | None = None
    owner: OwnerPanel | None = None
    panels: tuple[int, ...] = ()
    folds_mm: tuple[tuple[float, ...], ...] = ()
    paper: Paper = "coated"
    finishings: dict[SizeName, tuple[FinishingName, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_start_a_region(self) -> Self:
        regions = len(self.regions) or self.pages
        if self.solid_mm and len(self.solid_mm) != regions:
            raise ValueError(f"solid_mm has {len(self.solid_mm)} entries for {regions} regions")
        return self


@dataclass(frozen=True)
class Design:
    """A design; `style` is its CSS."""

    folder: Path
    spec: Specification
    style: str

    @property
    def name(self) -> str:
        return self.folder.name

    def trim(self, size: str) -> tuple[float, float]:
        """Width and height of the finished sheet in mm; width 0 where the text decides it."""
        width, height = SIZES[size].trim
        return (height, width) if self.spec.landscape else (width, height)

    def zoom(self, size: str) -> float:
        """Factor by which `size` enlarges the lengths of the first size."""
        pairs = zip(self.trim(size), self.trim(self.spec.sizes[0]), strict=True)
        zoom = min(side / first for side, first in pairs if first)
        return 1.0 if 1 / ALIKE < zoom < ALIKE else zoom

    @property
    def duplex(self) -> str:
        """How a printer turns the paper (ISO 32000-2, table 147)."""
        if self.spec.pages == 1 or self.spec.sides == 1:
            return "Simplex"
        return "DuplexFlipShortEdge" if self.spec.landscape else "DuplexFlipLongEdge"

    def distance(self, size: str) -> float:
        """Reading distance in m, rounded down to a tenth."""
        return math.floor(self.spec.distance_m * self.zoom(size) * 10 + 1e-9) / 10


def every() -> tuple[str, ...]:
    """The names of all designs, those of books and forms as well, which no chapter can name."""
    books = (path.parent.name for path in sorted(BOOKS.glob("*/design.toml")))
    return (*names(), *books)


def names() -> tuple[str, ...]:
    """The names of all designs, in order."""
    return tuple(sorted(path.parent.name for path in DESIGNS.glob("*/design.toml")))


def called() -> dict[str, str]:
    """The design by each of its names for people: 海报, Poster. None of a design that cannot be read."""
    designs: dict[str, str] = {}
    for name in names():
        with suppress(Rejected):
            designs |= dict.fromkeys(find(name).spec.name.model_dump().values(), name)
    return designs


@cache
def find(name: str) -> Design:
    """The design `name`; raises Rejected where there is none or its folder is incomplete."""
    if (BOOKS / name / "design.toml").is_file():
        return read(BOOKS / name)
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
        (folder / "template.html").stat()  # Jinja reads it
        style = (folder / "style.css").read_text(encoding="utf-8")
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Rejected([finding("design-broken", declaration, reason=str(error))]) from None
    except ValidationError as error:
        reasons = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        findings = [finding("design-broken", declaration, reason=reason) for reason in reasons]
        raise Rejected(findings) from None
    return Design(folder, spec, style)
