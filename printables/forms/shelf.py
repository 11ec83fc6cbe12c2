"""library/forms/shared → Shelf: fields, choices, printed lists, keeping and kits, each written once for all forms."""

import re
import reprlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from printables.chapters.toml_file import read
from printables.chapters.wrong_keys import twice
from printables.findings import Finding, Rejected, example, finding, nearest, part
from printables.forms.form import FieldEntry, Group, Item, Kit, Type, rules
from printables.forms.places import line_of
from printables.languages import TWICE, Both

T = TypeVar("T")
CHOOSE = ("choice", "several")
MERGED = "merged"  # the type of what comes from a register
KNOWN = (MERGED, "text", "name", "code")  # types that a list of firms may fill
LEADING = re.compile(r"\d+")
YES_NO = (Both(zh="是", en="Yes"), Both(zh="否", en="No"))
NOT_APPLICABLE = Both(zh="不适用", en="N/A")


@dataclass(frozen=True)
class Field:
    """A field with its choices, if it has any; `asks` is what of a firm's row fills it, "" if a hand does."""

    name: str
    title: Both
    type: str
    options: tuple[Both, ...] = ()
    asks: str = ""

    @property
    def measures(self) -> Type:
        return rules().types[self.type]

    @property
    def is_printed(self) -> bool:
        """True if the form itself says what stands in it."""
        return self.type == "printed"

    @property
    def is_signed(self) -> bool:
        return self.type in ("signature", "approval")


@dataclass(frozen=True)
class Shelf:
    """What forms share, by name; `kits` by the number that a form's code begins with."""

    fields: Mapping[str, Field]
    lists: Mapping[str, tuple[Group, ...]]
    keeping: Mapping[str, Both]
    kits: Mapping[str, Kit]

    def kit(self, code: str) -> str:
        """Number of the kit that a form belongs to: `11` of 11A; "" if its code begins with none."""
        number = LEADING.match(code)
        return number[0] if number else ""


def load(folder: Path) -> Shelf:
    """Read the files of `folder`; raises Rejected with everything that is wrong in them."""
    findings: list[Finding] = []
    choices = _table(folder / "choices.toml", dict[str, tuple[Both, ...]], findings)
    entries = _table(folder / "fields.toml", dict[str, FieldEntry], findings)
    lists = _table(folder / "items.toml", dict[str, tuple[Group, ...]], findings)
    keeping = _table(folder / "keeping.toml", dict[str, Both], findings)
    kits = _table(folder / "kits.toml", dict[str, Kit], findings)
    if not findings:
        findings += _unknown(folder / "fields.toml", entries, choices)
    if findings:
        raise Rejected(findings)
    as_items = {name: (_as_group(options),) for name, options in choices.items()}
    fields = {name: _field(name, entry, choices) for name, entry in entries.items()}
    return Shelf(fields, {**as_items, **lists}, keeping, kits)


def _field(name: str, entry: FieldEntry, choices: Mapping[str, tuple[Both, ...]]) -> Field:
    fixed = {"yes-no": YES_NO, "yes-no-na": (*YES_NO, NOT_APPLICABLE)}
    options = choices[entry.choices] if entry.choices else fixed.get(entry.type, ())
    return Field(name, Both(zh=entry.zh, en=entry.en), entry.type, options, _asks(name, entry))


def _asks(name: str, entry: FieldEntry) -> str:
    return entry.asks or (name if entry.type == MERGED else "")


def _as_group(options: tuple[Both, ...]) -> Group:
    return Group(items=tuple(Item(zh=each.zh, en=each.en) for each in options))


def _table(path: Path, kind: type[T], findings: list[Finding]) -> T:
    """The tables of a file; what is wrong with it goes to `findings`."""
    try:
        text, tables = read(path, printed=True)
        return TypeAdapter(kind).validate_python(tables)
    except Rejected as rejected:
        findings += rejected.findings
    except ValidationError as error:
        findings += wrong(path, text, error)
    return TypeAdapter(kind).validate_python({})


def _unknown(
    path: Path, entries: Mapping[str, FieldEntry], choices: Mapping[str, object]
) -> Iterator[Finding]:
    """Findings for types, lists and parts of a register that are not there, and for what no field can take."""
    text = path.read_text(encoding="utf-8-sig")
    kept = [name for name, entry in entries.items() if _asks(name, entry) == name]
    for name, entry in entries.items():
        if entry.type not in rules().types:
            yield unknown(path, line_of(text, (name,)), "type", entry.type, rules().types)
        elif (entry.type in CHOOSE) != bool(entry.choices):
            values = {"field": name, "type": entry.type}
            yield finding("form-choices", path, line_of(text, (name,)), **values)
        if entry.choices and entry.choices not in choices:
            yield unknown(path, line_of(text, (name,)), "choices", entry.choices, choices)
        if entry.asks and entry.asks not in kept:
            yield unknown(path, line_of(text, (name,)), "field", entry.asks, kept)
        elif entry.asks and entry.type not in KNOWN:
            values = {"field": name, "type": entry.type}
            yield finding("form-asks", path, line_of(text, (name,)), **values)


def unknown(path: Path, line: int, kind: str, name: str, names: Iterable[str]) -> Finding:
    """A finding for a name that nothing has; `kind` is a `form-…` entry of `part` in findings.toml."""
    values = {"kind": part(f"form-{kind}"), "name": name, "near": nearest(name, names)}
    return finding("form-unknown", path, line, **values)


def wrong(path: Path, text: str, error: ValidationError) -> list[Finding]:
    """A finding for each error of a model, with its line; none for what is wrong only because its parts are."""
    errors = [each for each in error.errors() if "str" not in each["loc"][-1:]]
    places = [each["loc"] for each in errors]
    return [
        _wrong(path, text, each)
        for each in errors
        if not any(place[:-1] == each["loc"] for place in places)
    ]


def _wrong(path: Path, text: str, error: ErrorDetails) -> Finding:
    place, given = error["loc"], error["input"]
    key = ".".join(str(each) for each in place if each != "Item")
    if error["type"] == "missing":
        line = line_of(text, place[:-1], _first_text(given))
        return finding("form-missing", path, line, key=key)
    line = line_of(text, place, str(place[-1]) if error["type"] == "extra_forbidden" else "")
    if error["type"] == "extra_forbidden":
        return finding("form-key", path, line, key=key)
    if error["type"] == TWICE:
        return twice(path, line, error, key)
    if error["type"] != "value_error":
        value = reprlib.repr(given)
        return finding("wrong-value", path, line, key=key, value=value, example=example("form"))
    reason = error["msg"].removeprefix("Value error, ")
    return finding("form-value", path, line, key=key, reason=reason)


def _first_text(given: Any) -> str:
    """A text that stands beside what is missing, by which its line is found."""
    texts = given.values() if isinstance(given, dict) else ()
    return next((text for text in texts if isinstance(text, str)), "")
