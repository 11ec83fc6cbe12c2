"""The glossary: complete in both languages, found in a text, linked once a page."""

import re
from xml.etree.ElementTree import Element, fromstring

import markdown
import pytest
from project import ROOT

from printables.chapters.glossary import Glossary, Term, read
from printables.languages import LANGUAGES
from printables.web.glossary_links import TermLinks

FORBIDDEN = ("平安", "根底", "危急", "宣扬", "效劳", "消防栓", "低挂高用")


@pytest.fixture(scope="module")
def terms() -> list[Term]:
    return read(ROOT / "library" / "glossary.yml")


def test_every_term_is_said_in_both_languages_and_has_an_id_of_its_own(terms: list[Term]) -> None:
    assert len(terms) > 140
    assert len({term.id for term in terms}) == len(terms)
    for term in terms:
        assert all(list(term.forms(language)) for language in LANGUAGES), term.id


def test_no_garbled_word_is_a_term(terms: list[Term]) -> None:
    assert not [term.zh for term in terms for word in FORBIDDEN if word in term.zh]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("zh", "先查重大事故隐患，再查隐患", ["重大事故隐患"]),
        ("en", "Report every major accident hazard.", ["major accident hazard"]),
        ("en", "Wear an SCBA and a lifeline", ["SCBA", "lifeline"]),
        ("en", "subsidence of hotlines", ["hotline"]),
        ("en", "a bloodline", []),
    ],
)
def test_the_longest_form_is_found_and_only_whole_words(
    terms: list[Term], language: str, text: str, found: list[str]
) -> None:
    pattern = Glossary(terms, language).pattern
    assert [match[0] for match in pattern.finditer(text)] == found


def links(text: str, terms: list[Term], language: str) -> list[Element]:
    extension = TermLinks({language: Glossary(terms, language)})
    extension.language = language
    html = markdown.markdown(text, extensions=["attr_list", extension])
    return fromstring(f"<body>{html}</body>").findall(".//a[@class='term']")


def test_only_the_first_use_is_linked(terms: list[Term]) -> None:
    found = links("灭火器在墙上。灭火器要检查。\n\n- 灭火器", terms, "zh")
    assert [link.text for link in found] == ["灭火器"]
    assert re.fullmatch(r"\.\./glossary\.md#[a-z-]+", found[0].get("href", ""))
    assert "extinguisher" in found[0].get("title", "")


def test_headings_links_and_code_are_left_alone(terms: list[Term]) -> None:
    text = "## 灭火器 {#x}\n\n[灭火器](y.md) `灭火器`"
    assert links(text, terms, "zh") == []
