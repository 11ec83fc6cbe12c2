"""What a form is: parts that stand one below the other, each of fields, a list, a text, clauses, points or signatures."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from printables.chapters.bibliography import Day
from printables.findings import nearest
from printables.languages import Both, Once, Record, Text
from printables.sizes import SIZES

NARROW = 130.0  # mm
Mm = Annotated[float, Field(gt=0)]
Code = Annotated[str, Field(pattern=r"^[\w-]+$")]
FileName = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]


class Type(Record):
    """The measures of a type of field, in mm, and how a cell of a workbook shows it; see rules.toml."""

    least: Mm
    ideal: Mm
    grow: Annotated[float, Field(ge=0)]
    height: tuple[Mm, Mm]
    cell: str = "@"


class Paper(Record):
    """A page of rules.toml, in mm; `title` in pt. `margins` are top, right, bottom, left, as in CSS."""

    size: str
    turned: bool = False
    margins: tuple[Mm, Mm, Mm, Mm]
    title: Annotated[float, Field(gt=0)]
    pairs: bool = True
    code: Mm

    @property
    def trim(self) -> tuple[float, float]:
        """Width and height in mm."""
        width, height = SIZES[self.size].trim
        return (height, width) if self.turned else (width, height)

    @property
    def room(self) -> float:
        """Width between the margins in mm."""
        return self.trim[0] - self.margins[1] - self.margins[3]

    @property
    def is_narrow(self) -> bool:
        """True if a running line has no room for two languages."""
        return self.room < NARROW

    @property
    def depth(self) -> float:
        """Height between the margins in mm."""
        return self.trim[1] - self.margins[0] - self.margins[2]


class Reserved(Both):
    """A name that no form may carry, in each language, and what to write instead."""

    instead: Both


class Rules(Record):
    """The tables of rules.toml."""

    types: dict[str, Type]
    pages: dict[str, Paper]
    reserved: tuple[Reserved, ...]


@cache
def rules() -> Rules:
    """Types of fields, pages, and reserved names."""
    text = Path(__file__).with_name("rules.toml").read_text(encoding="utf-8")
    return Rules.model_validate(tomllib.loads(text))


class FieldEntry(Both):
    """A field of fields.toml: its title by language, the name of its type and of its list of choices.

    `asks` is what of a firm's row in the register it asks for; a merged field asks for what it is called.
    """

    type: str
    choices: str = ""
    asks: str = ""


class Item(Both):
    """A line that a list prints; `also` are the texts of its other printed columns."""

    also: Mapping[Code, Both] = Field(default_factory=dict)


class Group(Record):
    """Items below a heading, or without one."""

    title: Both | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


def _named(entry: object) -> object:
    return {"field": entry} if isinstance(entry, str) else entry


class Placed(Record):
    """A field where it stands in a form; `height` in mm if it is not that of its type: many sign in a box that has one."""

    field: Code
    height: Mm | None = None


Place = Annotated[Placed, BeforeValidator(_named)]
Places = tuple[Place, ...]


class Clause(Record):
    """A heading, with a text or with lines to write on."""

    field: Code
    lines: Annotated[int, Field(ge=0, le=30)] = 0
    text: Both | None = None


KINDS = ("fields", "columns", "sheets", "signatures", "text", "clauses", "points")


class Part(Record):
    """A part of a form: exactly one of KINDS. `rows` and `height` (mm, least) are those of a list.

    `sheets` are the columns of a list that stands on several sheets; `across` is how often a list stands side by side;
    a part that `breaks` begins a page.
    """

    title: Both | None = None
    breaks: bool = False
    fields: Places = ()
    columns: Places = ()
    sheets: tuple[Places, ...] = ()
    signatures: Places = ()
    text: Both | None = None
    clauses: tuple[Clause, ...] = ()
    points: tuple[Both, ...] = ()
    rows: Annotated[int, Field(ge=0, le=60)] = 0
    height: Annotated[float, Field(ge=8, le=60)] = 8
    across: Annotated[int, Field(ge=1, le=4)] = 1
    items: tuple[str | Item, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """Those of KINDS that it has."""
        return [kind for kind in KINDS if getattr(self, kind)]

    @property
    def placed(self) -> list[tuple[str, Placed]]:
        """Every field of it, with the key below which it stands."""
        lists = {"fields": self.fields, "columns": self.columns, "signatures": self.signatures}
        named = [(key, each) for key, places in lists.items() for each in places]
        named += [("sheets", each) for sheet in self.sheets for each in sheet]
        return named + [("clauses", Placed(field=each.field)) for each in self.clauses]


def _page(name: str) -> str:
    if name not in rules().pages:
        raise ValueError(f"there is no page {name}. Write instead: {nearest(name, rules().pages)}")
    return name


Page = Annotated[str, AfterValidator(_page)]


class Variant(Record):
    """The same form with other items in its list."""

    name: FileName
    title: Both
    items: Annotated[tuple[str, ...], Field(min_length=1)]


class Kit(Both):
    """A kit of kits.toml: its page, when its forms are used, what they must never say, its laws, what people type for it."""

    name: FileName
    when: Both
    never: Annotated[tuple[Both, ...], Field(min_length=1)]
    laws: Annotated[tuple[Text, ...], Once] = ()
    typed: tuple[Text, ...] = ()


class Workbook(Record):
    """What the form has as a workbook: columns that paper lacks, and a formula by field; see formulas.py.

    `where` are parts of formulas that several of them share.

    A form that is `of` a ledger stands in that one's workbook, and computes from its columns.
    """

    of: Code | None = None
    also: Places = ()
    where: Mapping[Code, Text] = Field(default_factory=dict)
    formulas: Mapping[Code, Text] = Field(default_factory=dict)


class Form(Record):
    """The keys of a form's file. The first of `pages` is the usual one.

    A form that hangs on a wall `enlarges` a smaller page; a `fold` one is also made as a booklet. A "board" has its
    title in the colour of its `tone`, one that warns with a sign, and labels above its boxes; what shows colours of risk
    is "neutral". `keep` is an entry of keeping.toml, `chapters` are
    those whose readers need it.
    """

    title: Both
    reviewed: Day
    pages: Annotated[tuple[Page, ...], Field(min_length=1), Once] = ("a4",)
    copies: Annotated[int, Field(ge=1, le=5)] = 1
    enlarges: Page | None = None
    fold: bool = False
    look: Literal["sheet", "certificate", "board"] = "sheet"
    tone: Literal["neutral", "warning", "prohibition", "mandatory", "rescue"] = "warning"
    keep: Text
    source: Both
    note: Both | None = None
    chapters: Annotated[tuple[Text, ...], Once] = ()
    workbook: Workbook | None = None
    variants: tuple[Variant, ...] = Field(default=(), alias="variant")
    parts: Annotated[tuple[Part, ...], Field(min_length=1, alias="part")]

    @model_validator(mode="after")
    def _of_one_shape(self) -> Self:
        """Raise ValueError unless a certificate has its page, and pages the shape of the one that they enlarge."""
        if self.look == "certificate" and self.pages != ("a4 landscape",):
            raise ValueError('a certificate has pages = ["a4 landscape"]')
        pages = rules().pages
        if self.enlarges and any(
            pages[page].turned != pages[self.enlarges].turned for page in self.pages
        ):
            raise ValueError(f"pages that enlarge {self.enlarges} are of its shape")
        return self

    @property
    def is_ledger(self) -> bool:
        """True if it is kept as a workbook of its own."""
        return self.workbook is not None and not self.workbook.of

    @property
    def is_typed(self) -> bool:
        """True if its first page is also made to be typed into: no ledger, and nothing that is enlarged for a wall."""
        return not self.is_ledger and self.enlarges in (None, self.pages[0])

    def varied(self, variant: Variant) -> "Form":
        """The form as the variant has it: its items stand in the first list that has any."""
        at = next(n for n, part in enumerate(self.parts) if part.items)
        part = self.parts[at].model_copy(update={"items": variant.items})
        parts = (*self.parts[:at], part, *self.parts[at + 1 :])
        return self.model_copy(update={"title": variant.title, "parts": parts, "variants": ()})
