"""The glossary: complete in both languages, no form in two terms, found in a text, linked once a page."""

import re
from xml.etree.ElementTree import Element, fromstring

import markdown
import pytest
from project import ROOT

from printables import words
from printables.chapters import bibliography_files
from printables.chapters.glossary import Glossary, Term, read
from printables.checks.terms import unknown_laws, unknown_signs
from printables.languages import LANGUAGES, written_in
from printables.web.glossary_links import TermLinks
from printables.web.glossary_page import SignsOfTerms, letter, listed, sound

BIBLIOGRAPHY, _ = bibliography_files.read(ROOT / "library" / "sources")
OWN = words.load(ROOT / "overrides" / "words.toml")
SAID = {language: {**words.WORDS[language], **OWN[language]} for language in LANGUAGES}
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
    extension = TermLinks({language: Glossary(terms, language)}, BIBLIOGRAPHY)
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
    assert "{: #collapse }" in page(terms, "en")


def page(terms: list[Term], language: str) -> str:
    return listed(terms, language, SAID[language], BIBLIOGRAPHY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("安全", "A"), ("氨", "A"), ("重大", "Z"), ("AED", "A"), ("坍塌", "T"), ("hazard", "H"), ("座", "Z"),
        ("噶", "G"), ("挖", "W"), ("12350", "0–9"), ("鑿", "0–9"), ("麤", "0–9")],
)  # fmt: skip
def test_the_letter_of_a_term_is_that_of_its_sound(text: str, expected: str) -> None:
    assert letter(text) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_stand_by_letter_in_the_order_of_their_sound(
    terms: list[Term], language: str
) -> None:
    letters = re.findall(r"^## (\S+) ", page(terms, language), re.MULTILINE)
    assert letters == sorted(set(letters)) and len(letters) > 18
    known = [each for each in terms if letter(each[language]) == "0–9"]
    assert all(each[language][0].isdigit() for each in known)  # every other one has a sound


def test_chinese_is_ordered_by_sound_and_not_by_code_point() -> None:
    assert sorted(["中暑", "安全", "一般", "三违", "上锁"], key=sound) == [
        "安全", "三违", "上锁", "一般", "中暑",
    ]  # fmt: skip


def test_a_term_leads_to_its_law_and_shows_its_sign(terms: list[Term]) -> None:
    told = page(terms, "zh").partition("**灭火器**")[2].partition("\n- ")[0]
    assert "[依据：建筑灭火器配置设计规范 GB 50140\\-2005](sources.md#gb50140){: .more }" in told
    assert "[标志：灭火器](signs.md){: .more .sign-of-term data-sign=F001 }" in told
    [link] = links("灭火器在墙上。", terms, "zh")
    assert link.get("data-law-mark") == "gb50140" and link.get("data-sign-code") == "F001"
    drawn = markdown.markdown(told, extensions=["attr_list", SignsOfTerms()])
    assert "<svg" in drawn and "data-sign" not in drawn


def test_every_law_and_sign_of_the_glossary_is_known(terms: list[Term]) -> None:
    file = ROOT / "library" / "glossary.yml"
    assert not [*unknown_laws(file, terms, BIBLIOGRAPHY), *unknown_signs(file, terms)]
    assert (
        sum(bool(term.law) for term in terms) > 90 and sum(bool(term.sign) for term in terms) > 25
    )


def test_headings_links_and_code_are_left_alone(terms: list[Term]) -> None:
    text = "## 灭火器 {#x}\n\n[灭火器](y.md) `灭火器`"
    assert links(text, terms, "zh") == []
