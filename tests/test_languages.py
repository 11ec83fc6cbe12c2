"""One table of what is true of a language: everything that goes by language has just those of the table."""

import re

import pytest
from project import ROOT

from printables import words
from printables.languages import FACTS, IN_HAN, LANGUAGES, VOICES, Both, written_in
from printables.words import WORDS

SITE = words.load(ROOT / "overrides" / "words.toml")


def test_a_text_in_every_language_has_those_of_the_table() -> None:
    assert tuple(Both.model_fields) == LANGUAGES
    assert VOICES == ("zh", "en", "zh-en")
    name = Both(zh="火警", en="Fire")
    assert [name[language] for language in LANGUAGES] == ["火警", "Fire"]
    with pytest.raises(ValueError, match="at least 1"):
        Both(zh="火警", en="")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Fire", "en"), ("火警", "zh"), ("119", "en"), ("打 119", "zh"), ("“…”，", "en"), ("〇", "zh"), ("𠮷", "zh")],
)  # fmt: skip
def test_a_text_is_written_in_the_language_of_its_script(text: str, language: str) -> None:
    assert written_in(text) == language


def test_what_han_is_stands_once() -> None:
    ranges = re.compile(r"\\u4e00|\\u3400|一-|㐀-")
    package = [*ROOT.glob("printables/**/*.py"), *ROOT.glob("hooks/*.py")]
    found = [path.name for path in package if ranges.search(path.read_text(encoding="utf-8"))]
    assert found == ["languages.py"]


def test_marks_of_a_language_are_its_own() -> None:
    for language in LANGUAGES:
        facts = FACTS[language]
        marks = (facts.comma, facts.enumeration, facts.semicolon, facts.colon, facts.stop)
        assert all(mark.isascii() == (facts.script == "Latin") for mark in marks)
        assert bool(IN_HAN.search("".join(facts.bans))) == (facts.script == "Han")


def test_html_takes_its_language_from_the_table() -> None:
    """`zh-CN` stands in the table, and in style sheets, which cannot ask it."""
    rooms = ("printables", "overrides", "hooks")
    files = [path for room in rooms for path in (ROOT / room).rglob("*")]
    named = {
        path.name
        for path in files
        if path.suffix in {".html", ".xml", ".js", ".py", ".toml"}
        and re.search("zh[-_]CN", path.read_text(encoding="utf-8"))
    }
    assert named == {"languages.toml"}


def test_the_site_and_the_sheets_share_no_key() -> None:
    assert not WORDS["zh"].keys() & SITE["zh"].keys()


def test_words_are_named_as_templates_can_ask_for_them() -> None:
    keys = [*WORDS["zh"], *SITE["zh"]]
    assert [key for key in keys if not re.fullmatch(r"[a-z][a-z0-9_]*", key)] == []
