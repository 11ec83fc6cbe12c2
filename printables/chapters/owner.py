"""owner.yml → Owner: the publisher's name, telephones, address and colours."""

import re
import reprlib
import unicodedata
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from printables.chapters import logo, yaml_file
from printables.chapters.owner_colours import contrast
from printables.chapters.telephones import FOOT, NUMBERS
from printables.chapters.wrong_keys import wrong_key
from printables.chapters.yaml_file import line_of
from printables.colours import COLOURS, custom_properties
from printables.findings import Finding, Rejected, example, finding
from printables.languages import FACTS, LANGUAGES, TWICE, Both, Record

Hex = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
MOST_CALLS = 4  # side by side in the foot of a sheet
KNOWN = {
    code: FACTS[code].semicolon.join(
        f"{number} {each.name[code]}" for number, each in NUMBERS.items()
    )
    for code in LANGUAGES
}
WHITE, BLACK = COLOURS["white"].light, COLOURS["black"].light
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
MOST_IN_NUMBER, MOST_IN_ADDRESS = 60, 120  # characters
SAMPLED = frozenset(
    {"site", "mail", "edit", "contacts", "colours", "short"}
)  # have examples of their own
# Addresses as they are printed in codes and written into pages: a host, folders, and nothing that markup or a mail
# programme would read as more than that.
HOST = r"https?://[\w-]+(\.[\w-]+)*(:\d{1,5})?"
SITE = rf"^{HOST}/([\w~%-][\w.~%-]*/)*$"
EDIT = rf"^({HOST}(/[\w.~%@:-]+)*/?)?$"
MAIL = r"^([\w.+-]+@[\w-]+(\.[\w-]+)+)?$"
# How people write several numbers in one, and an extension.
BETWEEN = re.compile(r"\s*[、，,；;/|]\s*|\s+(?:或|or)\s+")
EXTENSION = re.compile(r"\s*(?:转|轉|分机|extension|ext\.?|x)\s*(?=\d)", re.IGNORECASE)


def _calls(numbers: object) -> object:
    """The emergency numbers, checked; raises PydanticCustomError for a number that is unknown, unquoted or repeated."""
    if not isinstance(numbers, list):
        return numbers
    if not 1 <= len(numbers) <= MOST_CALLS:
        raise _wrong_call(
            "emergency-count", count=len(numbers), most=MOST_CALLS, default=", ".join(FOOT)
        )
    for place, number in enumerate(numbers):
        if not isinstance(number, str) or number not in NUMBERS:
            raise _wrong_call("emergency-unknown", place, number=reprlib.repr(number), known=KNOWN)
        if number in numbers[:place]:
            raise _wrong_call(TWICE, place, key="emergency", value=number)
    return numbers


def _wrong_call(code: str, *place: int, **values: object) -> PydanticCustomError:
    return PydanticCustomError(code, code, {"place": place, "values": values})


class Telephone(NamedTuple):
    """A number as a sheet in some language shows it, and as a telephone dials it: without its extension."""

    shown: str
    dialled: str


class Contact(Both):
    """A telephone of the owner, or several; an empty number is a line to write on."""

    number: Annotated[str, Field(max_length=MOST_IN_NUMBER, pattern=r"^$|\d")] = ""

    def numbers(self, language: str) -> tuple[Telephone, ...]:
        """Its numbers, the word for an extension in `language`."""
        word = FACTS[language].extension
        return tuple(
            Telephone(EXTENSION.sub(f" {word} ", each), _dialled(EXTENSION.split(each)[0]))
            for each in BETWEEN.split(unicodedata.normalize("NFKC", self.number).strip())
            if each
        )


def _dialled(number: str) -> str:
    """The digits of a number, with the + of a country."""
    return "".join(sign for sign in number if sign in "+0123456789")


class Colours(Record):
    """Ground and type of the band on every sheet and page, as #rrggbb."""

    band: Hex = COLOURS["black"].light
    type: Hex = COLOURS["white"].light

    @property
    def properties(self) -> str:
        """Declarations for the :root of a style sheet: these beside the safety colours."""
        return custom_properties(**{"band": self.band, "band-type": self.type})


class Owner(Record):
    """The keys of owner.yml; once loaded, `logo` is a data: address of what is seen on the band."""

    name: Both
    short: Both | None = None
    site: Annotated[str, Field(pattern=SITE, max_length=MOST_IN_ADDRESS)]
    mail: Annotated[str, Field(pattern=MAIL, max_length=MOST_IN_ADDRESS)]
    logo: str = ""
    contacts: tuple[Contact, ...] = Field(default=(), max_length=4)
    address: Both | None = None
    colours: Colours = Colours()
    edit: Annotated[str, Field(pattern=EDIT, max_length=MOST_IN_ADDRESS)] = ""
    emergency: Annotated[tuple[str, ...], BeforeValidator(_calls)] = FOOT

    _logo_on_paper: str = PrivateAttr("")

    @property
    def logo_on_paper(self) -> str:
        """The data: address of a logo that is seen on white."""
        return self._logo_on_paper or self.logo

    @property
    def brief(self) -> Both:
        """The name on small sheets: `short`, or else `name`."""
        return self.short or self.name


def load(path: Path) -> Owner:
    """Read the owner's file, the logo made a data: address; raise Rejected with every wrong entry and its line.

    All values are text, as typed: a number needs no quotation marks, and 0731 keeps its zero.
    """
    text, typed = yaml_file.read(path, as_typed=True)
    entries = _on_one_line(typed)
    try:
        owner = Owner.model_validate(entries if isinstance(entries, dict) else {})
    except ValidationError as error:
        raise Rejected([_wrong(path, text, each) for each in error.errors()]) from None
    findings = []
    if (ratio := contrast(owner.colours.band, owner.colours.type)) < LEAST_CONTRAST:
        line = line_of(text, "colours", "band")
        values = owner.colours.model_dump() | {"contrast": f"{ratio:.1f}"}
        findings.append(finding("owner-colour", path, line, **values))
    on_band = on_paper = ""
    try:
        if owner.logo:
            grounds = (owner.colours.band, owner.colours.type), (WHITE, BLACK)
            on_band, on_paper = (logo.embed(owner.logo, path.parent, *each) for each in grounds)
    except logo.Unfit as unfit:
        values = {"logo": owner.logo, "reason": unfit.reason}
        findings.append(finding("owner-logo", path, line_of(text, "logo"), **values))
    if findings:
        raise Rejected(findings)
    loaded = owner.model_copy(update={"logo": on_band})
    loaded._logo_on_paper = on_paper
    return loaded


def _on_one_line(value: object) -> object:
    """The value with the spaces of its texts as a sheet shows them; what holds nothing else is empty."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: _on_one_line(each) for key, each in value.items()}
    return [_on_one_line(each) for each in value] if isinstance(value, list) else value


def _wrong(path: Path, text: str, error: ErrorDetails) -> Finding:
    sample = example(f"owner-{error['loc'][0]}" if error["loc"][0] in SAMPLED else "owner")
    if "values" in error.get("ctx", {}):
        place, values = error["ctx"]["place"], error["ctx"]["values"]
        return finding(error["type"], path, line_of(text, *error["loc"], *place), **values)
    return wrong_key(path, error, Owner, partial(line_of, text), sample)
