"""Whether the laws and signs that the glossary names are known."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from printables.chapters.bibliography import Bibliography
from printables.chapters.glossary import Term
from printables.findings import Finding, finding, nearest
from printables.languages import LANGUAGES
from printables.signs.registry import registry


def unknown_signs(path: Path, terms: Iterable[Term]) -> Iterator[Finding]:
    """A finding for each code that no sign has."""
    for term in terms:
        if term.sign and term.sign not in registry():
            near = nearest(term.sign, registry())
            yield finding("unknown-sign", path, code=term.sign, near=near)


def unknown_laws(path: Path, terms: Iterable[Term], known: Bibliography) -> Iterator[Finding]:
    """One finding for all marks that the bibliography lacks: whoever forked this may have left a law out."""
    marks = dict.fromkeys(term.law for term in terms if term.law)
    if lacking := [mark for mark in marks if not known.source(mark, LANGUAGES[0])]:
        yield finding("term-law", path, laws=", ".join(lacking))
