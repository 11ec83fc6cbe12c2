"""Formulas of workbooks: what their braces refer to, and what is wrong with them.

`{x}` is the cell of the field x in the same row, else its box on the sheet; `{x[]}` its whole column in the ledger; `{x^}` the
cells of its column from the title down to the row above; `{list|一般}` a choice of a list, as the workbook writes it; `{=x}` the
part of formulas that `where` calls so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from printables.findings import Finding, finding
from printables.forms.form import Form, Part, Workbook
from printables.forms.places import line_of
from printables.forms.reading import Library
from printables.forms.shelf import NOT_APPLICABLE, YES_NO, Shelf, unknown
from printables.languages import Both

REFERENCE = re.compile(r"\{([\w-]+)(\[\]|\^|\|[^{}]+)?\}")
SHARED = re.compile(r"\{=([\w-]+)\}")
YES = "yes-no"


def whole(formula: str, book: Workbook) -> str:
    """A formula on one line, with the parts that it shares; a name that `where` lacks is left as it is."""
    for _ in book.where:  # one part may be made of others
        formula = SHARED.sub(lambda found: book.where.get(found[1], found[0]), formula)
    return " ".join(formula.split("\n")).strip()


def resolved(formula: str, refer: Callable[[str, str], str]) -> str:
    """The formula with its references in the words of a workbook; `refer` is given each name and its mark."""
    return REFERENCE.sub(lambda found: refer(found[1], found[2] or ""), formula)


def chosen(shelf: Shelf, name: str, zh: str) -> Both | None:
    """The choice of a list that is called so in Chinese."""
    if name == YES:
        options: list[Both] = [*YES_NO, NOT_APPLICABLE]
    else:
        options = [item for group in shelf.lists.get(name, ()) for item in group.items]
    return next((option for option in options if option.zh == zh), None)


@dataclass
class Ledger:
    """A ledger and the forms that compute from it, by code: together a workbook."""

    code: str
    form: Form
    counted: dict[str, Form] = field(default_factory=dict)


def _books(library: Library) -> Iterator[tuple[Path, Form, Workbook]]:
    """The forms that have a workbook or stand in one."""
    for code, form in library.forms.items():
        if form.workbook:
            yield library.path(code), form, form.workbook


def ledgers(library: Library) -> dict[str, Ledger]:
    """The workbooks of a folder of forms, by the code of their ledger."""
    books = list(_books(library))
    found = {path.stem: Ledger(path.stem, form) for path, form, book in books if not book.of}
    for path, form, book in books:
        if book.of in found:
            found[book.of].counted[path.stem] = form
    return found


def columns(part: Part) -> list[str]:
    """The names of the columns of a list, each once, whether on one sheet or several."""
    placed = part.columns or tuple(each for sheet in part.sheets for each in sheet)
    return list(dict.fromkeys(each.field for each in placed))


def wrong(library: Library) -> Iterator[Finding]:
    """What is wrong with the workbooks of a folder of forms."""
    books = list(_books(library))
    kept = {path.stem: _held(form, book) for path, form, book in books if not book.of}
    for path, form, book in books:
        source = _Source(path, path.read_text(encoding="utf-8-sig"), library.shelf)
        if (ledger := book.of or path.stem) not in kept:
            yield unknown(path, source.line("of"), "ledger", ledger, kept)
            continue
        lists = [part for part in form.parts if columns(part)]
        if not book.of and len(lists) != 1:
            yield finding("form-ledger", path, source.line(), count=len(lists))
        yield from _formulas(source, book, _held(form, book), kept[ledger])


@dataclass(frozen=True)
class _Source:
    """The file of a form."""

    path: Path
    text: str
    shelf: Shelf

    def line(self, *place: str) -> int:
        return line_of(self.text, ("workbook", *place))


def _held(form: Form, book: Workbook) -> dict[str, None]:
    """The fields that a form's workbook has."""
    names = [each.field for part in form.parts for each in part.fields]
    names += [name for part in form.parts for name in columns(part)]
    return dict.fromkeys([*names, *(each.field for each in book.also)])


def _formulas(
    source: _Source, book: Workbook, own: dict[str, None], kept: dict[str, None]
) -> Iterator[Finding]:
    """Findings for columns and formulas that name what is not there; `own` are the form's fields, `kept` the ledger's."""
    path, fields = source.path, source.shelf.fields
    for name in (each.field for each in book.also if each.field not in fields):
        yield unknown(path, source.line("also"), "field", name, fields)
    for name, formula in book.formulas.items():
        line = source.line("formulas", name)
        if name not in own:
            yield unknown(path, line, "field", name, own)
        for called in SHARED.findall(whole(formula, book)):
            yield unknown(path, line, "field", f"={called}", [f"={each}" for each in book.where])
        for called, mark in REFERENCE.findall(whole(formula, book)):
            known = kept if mark == "[]" else own
            if mark.startswith("|"):
                if chosen(source.shelf, called, mark[1:]) is None:
                    yield unknown(path, line, "choices", called + mark, source.shelf.lists)
            elif called not in known:
                yield unknown(path, line, "field", called, known)
