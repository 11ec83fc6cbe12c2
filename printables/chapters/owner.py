"""owner.yml → Owner: the publisher's name, telephones, address and colours."""

import base64
import reprlib
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from printables.chapters.telephones import FOOT, NUMBERS
from printables.chapters.yaml_file import line_of, read
from printables.colours import COLOURS, custom_properties
from printables.findings import Finding, Rejected, example, finding, nearest
from printables.languages import FACTS, LANGUAGES, Both, Record

Hex = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
MOST_CALLS = 4  # side by side in the foot of a sheet
KNOWN = {
    code: FACTS[code].semicolon.join(
        f"{number} {each.name[code]}" for number, each in NUMBERS.items()
    )
    for code in LANGUAGES
}
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def _calls(numbers: object) -> object:
    """The emergency numbers, checked; raises PydanticCustomError for a number that is unknown, unquoted or repeated."""
    if not isinstance(numbers, list):
        return numbers
    if not 1 <= len(numbers) <= MOST_CALLS:
        raise _wrong_call(
            "emergency-count", count=len(numbers), most=MOST_CALLS, default=", ".join(FOOT)
        )
    for place, number in enumerate(numbers):
        if isinstance(number, int):
            raise _wrong_call("emergency-unquoted", place, number=number)
        if not isinstance(number, str) or number not in NUMBERS:
            raise _wrong_call("emergency-unknown", place, number=reprlib.repr(number), known=KNOWN)
        if number in numbers[:place]:
            raise _wrong_call("emergency-twice", place, number=number)
    return numbers


def _wrong_call(code: str, *place: int, **values: object) -> PydanticCustomError:
    return PydanticCustomError(code, code, {"place": place, "values": values})


class Contact(Both):
    """A telephone of the owner; an empty number is a line to write on."""

    number: str = ""


class Colours(Record):
    """Ground and type of the band on every sheet and page, as #rrggbb."""

    band: Hex = COLOURS["black"].light
    type: Hex = COLOURS["white"].light

    @property
    def properties(self) -> str:
        """Declarations for the :root of a style sheet: these beside the safety colours."""
        return custom_properties(**{"band": self.band, "band-type": self.type})


class Owner(Record):
    """The keys of owner.yml; once loaded, `logo` is a data: address."""

    name: Both
    site: Annotated[str, Field(pattern=r"^https?://\S+/$")]
    mail: str
    logo: str = ""
    contacts: tuple[Contact, ...] = Field(default=(), max_length=4)
    address: Both | None = None
    colours: Colours = Colours()
    edit: str = ""
    emergency: Annotated[tuple[str, ...], BeforeValidator(_calls)] = FOOT


def load(path: Path) -> Owner:
    """Read the owner's file, the logo made a data: address; raise Rejected with every wrong entry and its line."""
    text, entries = read(path)
    try:
        owner = Owner.model_validate(entries if isinstance(entries, dict) else {})
    except ValidationError as error:
        raise Rejected([_wrong(path, text, each) for each in error.errors()]) from None
    findings = []
    if (ratio := contrast(owner.colours.band, owner.colours.type)) < LEAST_CONTRAST:
        line = line_of(text, "colours", "band")
        values = owner.colours.model_dump() | {"contrast": f"{ratio:.1f}"}
        findings.append(finding("owner-colour", path, line, **values))
    logo = path.parent / owner.logo
    if owner.logo and not (logo.is_file() and logo.suffix.lower() in PICTURES):
        findings.append(finding("owner-logo", path, line_of(text, "logo"), logo=owner.logo))
    if findings:
        raise Rejected(findings)
    return owner.model_copy(update={"logo": _embedded(logo)}) if owner.logo else owner


def contrast(one: str, other: str) -> float:
    """Contrast of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _embedded(picture: Path) -> str:
    """The picture as a data: address, which works on sheets and on pages."""
    kind = PICTURES[picture.suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(picture.read_bytes()).decode()}"


def _wrong(path: Path, text: str, error: ErrorDetails) -> Finding:
    key = ".".join(str(part) for part in error["loc"])
    line = line_of(text, *error["loc"])
    if error["type"].startswith("emergency-"):
        place, values = error["ctx"]["place"], error["ctx"]["values"]
        return finding(error["type"], path, line_of(text, *error["loc"], *place), **values)
    if error["type"] == "extra_forbidden":
        return finding("unknown-key", path, line, key=key, near=nearest(key, Owner.model_fields))
    if error["type"] == "missing":
        return finding("missing-key", path, key=key, example=example("owner"))
    value = reprlib.repr(error["input"])
    return finding("wrong-value", path, line, key=key, value=value, example=example("owner"))
