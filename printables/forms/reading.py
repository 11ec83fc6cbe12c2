"""library/forms/2B.toml → Form, checked against the shelf: names, signatures, nothing filled in."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from printables.chapters import reviews
from printables.chapters.toml_file import read
from printables.findings import Finding, Rejected, finding
from printables.forms.form import Form, Item, Part, rules
from printables.forms.places import line_of
from printables.forms.shelf import Field, Shelf, unknown, wrong
from printables.forms.shelf import load as load_shelf
from printables.languages import LANGUAGES, Both

PLACE = "library/forms"
SHARED = "shared"
CODE = re.compile(r"\d+[A-Z]\w*")


@dataclass(frozen=True)
class Library:
    """The folder of forms; what they share is read once."""

    folder: Path

    @property
    def files(self) -> list[Path]:
        """The files of forms, by number and letter of their codes: 2A before 10A."""
        return sorted(self.folder.glob("*.toml"), key=lambda path: (_number(path.stem), path.stem))

    @property
    def shared_files(self) -> list[Path]:
        return sorted((self.folder / SHARED).glob("*.toml"))

    @cached_property
    def shelf(self) -> Shelf:
        """What forms share; raises Rejected."""
        return load_shelf(self.folder / SHARED)

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The forms by code; those in which something is wrong are left out, and told of where sheets are planned."""
        found: dict[str, Form] = {}
        for path in self.files:
            with suppress(Rejected):
                found[path.stem] = load(path, self.shelf)
        return found

    def path(self, code: str) -> Path:
        return self.folder / f"{code}.toml"


@dataclass(frozen=True)
class _Source:
    """A form with the file that it stands in."""

    path: Path
    text: str
    form: Form
    shelf: Shelf

    def at(self, *place: str | int, word: str = "") -> int:
        return line_of(self.text, place, word)


def _number(code: str) -> int:
    number = re.match(r"\d+", code)
    return int(number[0]) if number else 0


def load(path: Path, shelf: Shelf) -> Form:
    """Read a form; raises Rejected with everything that is wrong in it, or because the file is called as no form is."""
    if not CODE.fullmatch(path.stem) or shelf.kit(path.stem) not in shelf.kits:
        kits = f"1–{len(shelf.kits)}"
        raise Rejected([finding("form-code", path, name=path.stem, kits=kits)])
    text, tables = read(path, printed=True)
    try:
        form = Form.model_validate(tables)
    except ValidationError as error:
        raise Rejected(wrong(path, text, error)) from None
    source = _Source(path, text, form, shelf)
    if findings := [*_head(source), *_variants(source), *_parts(source)]:
        raise Rejected(findings)
    return form


def _head(source: _Source) -> Iterator[Finding]:
    path, form, shelf = source.path, source.form, source.shelf
    if form.keep not in shelf.keeping:
        yield unknown(path, source.at("keep"), "keep", form.keep, shelf.keeping)
    yield from reviews.not_yet(path, source.at("reviewed"), form.reviewed)
    yield from _reserved(source, form.title, "title")


def _reserved(source: _Source, title: Both, *place: str | int) -> Iterator[Finding]:
    """Findings for a title that is an enforcement body's, or a licence's."""
    for name in rules().reserved:
        for language in LANGUAGES:
            if name[language] in title[language].lower():
                values = {"name": name[language], "instead": name.instead.model_dump()}
                yield finding("form-reserved", source.path, source.at(*place), **values)


def _variants(source: _Source) -> Iterator[Finding]:
    form, shelf = source.form, source.shelf
    for number, variant in enumerate(form.variants):
        yield from _reserved(source, variant.title, "variant", number, "title")
        for name in variant.items:
            if name not in shelf.lists:
                line = source.at("variant", number, "items", word=name)
                yield unknown(source.path, line, "items", name, shelf.lists)
        if not any(part.items for part in form.parts):
            yield finding("form-variant", source.path, source.at("variant", number))


def _parts(source: _Source) -> Iterator[Finding]:
    for number, part in enumerate(source.form.parts):
        if len(part.kinds) != 1:
            values = {"kinds": ", ".join(part.kinds) or "–"}
            yield finding("form-part", source.path, source.at("part", number), **values)
            continue
        yield from _fields(source, number, part)
        yield from _items(source, number, part)


def _fields(source: _Source, number: int, part: Part) -> Iterator[Finding]:
    """Findings for fields that are not there, and for those that stand where they cannot be written."""
    known = source.shelf.fields
    for key, placed in part.placed:
        code = _misplaced(key, known.get(placed.field))
        if code is None:
            continue
        line = source.at("part", number, key, word=placed.field)
        if code == "form-unknown":
            yield unknown(source.path, line, "field", placed.field, known)
        else:
            yield finding(code, source.path, line, field=placed.field)


def _misplaced(key: str, field: Field | None) -> str | None:
    """Code of what is wrong with a field below `key`; None where it may stand there."""
    if field is None:
        return "form-unknown"
    if key == "signatures" and not field.is_signed:
        return "form-signature"
    if key == "fields" and (field.is_signed or field.is_printed):
        return "form-misplaced"
    return None


def _items(source: _Source, number: int, part: Part) -> Iterator[Finding]:
    """Findings for lists that are not there, and for items that would fill in what a hand writes."""
    named = [name for name in part.items if isinstance(name, str)]
    for name in named:
        if name not in source.shelf.lists:
            word = source.at("part", number, "items", word=name)
            yield unknown(source.path, word, "items", name, source.shelf.lists)
    columns = {each.field for each in part.columns} & source.shelf.fields.keys()
    printed = {name for name in columns if source.shelf.fields[name].is_printed}
    if part.items and not printed:
        line = source.at("part", number, "items")
        yield finding("form-filled", source.path, line, field=", ".join(sorted(columns)))
    for item in items(part, source.shelf):
        if filled := sorted(item.also.keys() - printed):
            line = source.at("part", number, "items")
            yield finding("form-filled", source.path, line, field=", ".join(filled))


def items(part: Part, shelf: Shelf) -> list[Item]:
    """All items of a list, without the headings between them."""
    found: list[Item] = []
    for each in part.items:
        if isinstance(each, Item):
            found.append(each)
        else:
            found += [item for group in shelf.lists.get(each, ()) for item in group.items]
    return found
