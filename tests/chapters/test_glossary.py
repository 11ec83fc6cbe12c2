"""The glossary: complete in both languages, no form in two terms, found in a text, linked once a page."""

import re
from xml.etree.ElementTree import Element, fromstring

import markdown
import pytest
from project import ROOT

from printables.chapters.glossary import Glossary, Term, read
from printables.languages import written_in
from printables.web.glossary_links import TermLinks, listed

FORBIDDEN = ("平安", "根底", "危急", "宣扬", "效劳", "消防栓", "低挂高用")


@pytest.fixture(scope="module")
def terms() -> list[Term]:
    return read(ROOT / "library" / "glossary.yml")


def test_every_term_is_explained_in_both_languages(terms: list[Term]) -> None:
    assert len(terms) > 160
    for term in terms:
        assert term.means.zh[-1] == "。" and written_in(term.means.zh) == "zh", term.id
        assert term.means.en[-1] == "." and written_in(term.means.en) == "en", term.id


def test_no_everyday_word_is_a_form(terms: list[Term]) -> None:
    """A person who collapses is no building, and a gas cylinder holds no coal gas."""
    forms = {form.lower() for term in terms for form in term.forms_in("en")}
    assert not forms & {
        "collapse", "comprehensive", "exit", "gas", "identification", "illegal", "isolation", "lifting",
        "operator", "permit", "principal", "removal", "supervisor", "suppression", "unit",
    }  # fmt: skip


def test_no_garbled_word_is_a_term(terms: list[Term]) -> None:
    assert not [term.zh for term in terms for word in FORBIDDEN if word in term.zh]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("zh", "先查重大事故隐患，再查隐患", ["重大事故隐患", "隐患"]),
        ("en", "Report every major accident hazard.", ["major accident hazard"]),
        ("en", "Wear an SCBA and a lifeline", ["SCBA", "lifeline"]),
        ("en", "subsidence of scaffolds", ["scaffolds"]),
        ("en", "Is the hazard fixed? Somebody collapsed: gas!", ["hazard"]),
        ("zh", "打 12350，不是 123501", ["12350"]),
        ("zh", "常用 AED，不是 AEDX", ["AED"]),
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
    [term] = [term for term in terms if term.zh == "灭火器"]
    assert [found[0].get(f"data-{key}") for key in ("term", "twin", "twin-lang", "means")] == [
        "灭火器", "fire extinguisher", "en", term.means.zh,
    ]  # fmt: skip
    assert not found[0].get("title")


def test_a_plural_is_a_use_of_its_term(terms: list[Term]) -> None:
    [link] = links("Two hazards and one hazard.", terms, "en")
    assert (link.text, link.get("data-term")) == ("hazards", "hazard")


def test_a_term_with_no_form_is_listed_and_never_linked(terms: list[Term]) -> None:
    assert links("If the wall shows signs of collapse, get out.", terms, "en") == []
    assert "{: #collapse }" in listed(terms, "en")


def test_headings_links_and_code_are_left_alone(terms: list[Term]) -> None:
    text = "## 灭火器 {#x}\n\n[灭火器](y.md) `灭火器`"
    assert links(text, terms, "zh") == []
