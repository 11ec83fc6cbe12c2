"""The glossary: one fixed term in each language, what it means, and where a text first uses one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from printables.chapters import yaml_file
from printables.chapters.wrong_keys import wrong_key
from printables.findings import Finding, Rejected, example, finding
from printables.languages import FACTS, LANGUAGES, Both, Record, Text

PLACE = Path("library/glossary.yml")  # below the project's folder


class Forms(Record):
    """What a text may call a term, by language; None where that is the term itself, () where nothing hints at it."""

    zh: tuple[Text, ...] | None = None
    en: tuple[Text, ...] | None = None


class Term(Both):
    """A term by its id, and what it means: one plain sentence in each language.

    `law` is the mark of what it rests on, `sign` the code of its sign.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    means: Both
    forms: Forms = Forms()
    law: Text | None = None
    sign: Text | None = None

    def forms_in(self, language: str) -> tuple[str, ...]:
        """Every way in which a text of this language may use the term."""
        listed: tuple[str, ...] | None = getattr(self.forms, language)
        return (self[language],) if listed is None else listed


NOTHING = r"(?!)"  # a pattern that matches nowhere


class Glossary:
    """The terms of one language, found in a text longest first."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self.terms, self.language = terms, language

    @cached_property
    def _by_form(self) -> dict[str, Term]:
        return {form.lower(): term for term in self.terms for form in term.forms_in(self.language)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any form of any term; English ones as whole words, also in the plural."""
        longest_first = sorted(self._by_form, key=len, reverse=True)
        return re.compile("|".join(map(self._whole, longest_first)) or NOTHING, re.IGNORECASE)

    def _whole(self, form: str) -> str:
        """Han has no edges; letters and digits have, in every language: 12350 is no part of 123501."""
        is_spaced = FACTS[self.language].is_spaced
        if not is_spaced and not form.isascii():
            return re.escape(form)
        plural = "s?" if is_spaced else ""
        return rf"(?<![A-Za-z0-9]){re.escape(form)}{plural}(?![A-Za-z0-9])"

    def term(self, form: str) -> Term:
        """The term that a match of the pattern stands for."""
        form = form.lower()
        return self._by_form.get(form) or self._by_form[form.removesuffix("s")]


def acronyms(terms: Iterable[Term]) -> frozenset[str]:
    """What the glossary gives beside the same in words."""
    forms = [term.forms_in(language) for term in terms for language in LANGUAGES]
    return frozenset(
        form
        for beside in forms
        for form in beside
        if _is_acronym(form) and not all(map(_is_acronym, beside))
    )


def _is_acronym(form: str) -> bool:
    return form.isupper() and form.isalpha()


def read(path: Path) -> list[Term]:
    """The terms of a glossary file, none where there is no file.

    Raises Rejected with every one that is incomplete or says what another says.
    """
    if not path.exists() and not path.is_symlink():
        return []
    text, entries = yaml_file.read(path)
    if entries is None:
        return []
    try:
        terms = TypeAdapter(list[Term]).validate_python(entries)
    except ValidationError as error:
        find, sample = partial(yaml_file.line_of, text), example("glossary")
        wrong = [wrong_key(path, each, Term, find, sample) for each in error.errors()]
        raise Rejected(wrong) from None
    if findings := list(_claimed_twice(path, text, terms)):
        raise Rejected(findings)
    return terms


def _claimed_twice(path: Path, text: str, terms: Sequence[Term]) -> Iterator[Finding]:
    """Ids and forms that an earlier term has: a hint could not tell which of them is meant."""
    owners: dict[tuple[str, str], Term] = {}
    for place, term in enumerate(terms):
        claims = [("id", term.id)]
        claims += [(code, form.lower()) for code in LANGUAGES for form in term.forms_in(code)]
        for claim in claims:
            other = owners.setdefault(claim, term)
            if other is not term:
                line = yaml_file.line_of(text, place)
                yield finding("term-form-twice", path, line, form=claim[1], other=other.id)
