"""The glossary: one fixed term in each language, and where a text first uses one."""

import re
import reprlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from printables.chapters import yaml_file
from printables.findings import Finding, Rejected, example, finding
from printables.languages import FACTS, LANGUAGES, Both

PLACE = Path("library/glossary.yml")  # below the project's folder


class Term(Both):
    """A term by its id; ` / ` parts words that mean the same, brackets hold what may be left out."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]

    def forms(self, language: str) -> Iterator[str]:
        """Every way in which a text may use the term."""
        for form in self[language].split("/"):
            for shown in (re.sub(r"\s*[(（].*?[)）]\s*", " ", form), re.sub(r"[()（）]", "", form)):
                if len(shown.strip()) >= FACTS[language].shortest_term:
                    yield " ".join(shown.split())


class Glossary:
    """The terms of one language, found in a text longest first."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self.terms, self.language = terms, language

    @cached_property
    def _known(self) -> dict[str, Term]:
        return {form.lower(): term for term in self.terms for form in term.forms(self.language)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any form of any term; English ones as whole words, also in the plural."""
        forms = "|".join(map(re.escape, sorted(self._known, key=len, reverse=True)))
        edges = (r"\b(", r")(?=s?\b)") if FACTS[self.language].is_spaced else ("(", ")")
        return re.compile(forms.join(edges), re.IGNORECASE)

    def term(self, form: str) -> Term:
        """The term that a match of the pattern stands for."""
        return self._known[form.lower()]


def acronyms(path: Path) -> frozenset[str]:
    """What the glossary gives beside the same in words; none where there is no glossary."""
    terms = read(path) if path.exists() else []
    said = [(term, language) for term in terms for language in LANGUAGES if "/" in term[language]]
    forms = [form for term, language in said for form in term.forms(language)]
    return frozenset(form for form in forms if form.isupper() and form.isalpha())


def read(path: Path) -> list[Term]:
    """The terms of a glossary file; raises Rejected with every one that is incomplete."""
    text, terms = yaml_file.read(path)
    try:
        return TypeAdapter(list[Term]).validate_python(terms)
    except ValidationError as error:
        raise Rejected([_wrong(path, text, each) for each in error.errors()]) from None


def _wrong(path: Path, text: str, error: ErrorDetails) -> Finding:
    place, *rest = error["loc"] or [0]
    line = yaml_file.line_of(text, place) or 1
    values = {"key": ".".join(map(str, [place, *rest])), "value": reprlib.repr(error["input"])}
    return finding("wrong-value", path, line, **values, example=example("glossary"))
