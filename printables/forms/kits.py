"""What forms and kits name beside the forms: chapters whose readers need them, laws that they rest on; their own names."""

import re
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from printables.chapters.bibliography import Bibliography, Document, split
from printables.chapters.same_names import Named, same_names
from printables.findings import Finding, example, finding
from printables.forms.form import Form
from printables.forms.places import line_of
from printables.forms.reading import SHARED, Library
from printables.forms.shelf import unknown

FILE = "kits.toml"
BRACKET = re.compile(r"\s*[（(][^（(]*[）)]$")


def wrong(library: Library, chapters: Collection[str], known: Bibliography) -> Iterator[Finding]:
    """Findings for chapters and laws that are not there, and for names that two have.

    Nothing where what forms share is wrong.
    """
    for code, form in library.forms.items():
        path = library.path(code)
        for name in form.chapters:
            if name not in chapters:
                line = line_of(path.read_text(encoding="utf-8-sig"), ("chapters",), name)
                yield unknown(path, line, "chapter", name, chapters)
        yield from same_names(_files(path, form))
    if not library.forms:
        return
    path = file(library)
    text = path.read_text(encoding="utf-8-sig")
    marks = laws(known)
    pages: list[Named] = []
    titles: list[Named] = []
    for number, kit in library.shelf.kits.items():
        for mark in kit.laws:
            if mark not in marks:
                yield unknown(path, line_of(text, (number, "laws"), mark), "law", mark, marks)
        if kit.name == "index":
            line = line_of(text, (number, "name"))
            values = {"key": f"{number}.name", "value": kit.name, "example": example("form")}
            yield finding("wrong-value", path, line, **values)
        pages.append((path, {"": kit.name}, partial(line_of, text, (number, "name"))))
        titles.append((path, {"zh": kit.zh, "en": kit.en}, partial(line_of, text, (number,))))
    yield from same_names(pages)
    yield from same_names(titles)
    papers = [
        each for code, form in library.forms.items() for each in _titles(library.path(code), form)
    ]
    yield from same_names(papers)


def file(library: Library) -> Path:
    """The file of the kits."""
    return library.folder / SHARED / FILE


def _titles(path: Path, form: Form) -> Iterator[Named]:
    """The titles of a form and of its variants."""
    text = path.read_text(encoding="utf-8-sig")
    yield path, form.title.model_dump(), partial(line_of, text, ("title",))
    for number, each in enumerate(form.variants):
        yield path, each.title.model_dump(), partial(line_of, text, ("variant", number, "title"))


def _files(path: Path, form: Form) -> Iterator[Named]:
    """What the files of a form's variants are called."""
    text = path.read_text(encoding="utf-8-sig")
    for number, each in enumerate(form.variants):
        yield path, {"": each.name}, partial(line_of, text, ("variant", number, "name"))


def laws(known: Bibliography) -> dict[str, tuple[str, str]]:
    """Every mark of the bibliography with its document and clause: `wsl`, `wsl-41`."""
    found: dict[str, tuple[str, str]] = {}
    for name, document in known.documents.items():
        found[name] = (name, "")
        found |= {f"{name}-{clause}": (name, clause) for clause in document.clauses}
    return found


def resting(library: Library, known: Bibliography, name: str) -> Iterator[tuple[Path, int, str]]:
    """The kits that name a document of the bibliography among their laws, and the forms whose source does.

    Each with its line and what stands there.
    """
    if not library.forms:
        return
    path = file(library)
    text = path.read_text(encoding="utf-8-sig")
    for number, kit in library.shelf.kits.items():
        for mark in kit.laws:
            if split(mark)[0] == name:
                yield path, line_of(text, (number, "laws"), mark), mark
    for code, form in library.forms.items():
        path = library.path(code)
        if word := _named(form, known.documents[name]):
            yield path, line_of(path.read_text(encoding="utf-8-sig"), ("source",)), word


def documents(library: Library, known: Bibliography, code: str) -> set[str]:
    """The documents that a form or a variant rests on: those that its source names, else the laws of its kit."""
    form = library.forms.get(code.partition("-")[0])
    if form is None:
        return set()
    named = {name for name, each in known.documents.items() if _named(form, each)}
    kit = library.shelf.kits[library.shelf.kit(code)]
    return named or {split(mark)[0] for mark in kit.laws}


def _named(form: Form, document: Document) -> str:
    """What the source of a form calls a document, a later amendment in brackets apart; "" if it does not name it."""
    said = " ".join(form.source.model_dump().values())
    words = (BRACKET.sub("", word) for word in document.called())
    found = (word for word in words if word in said)
    return next((word for word in found if re.search(rf"{re.escape(word)}(?!\d)", said)), "")
