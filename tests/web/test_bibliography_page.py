"""The page of all sources: what it says of a document, its clauses, and who rests on them."""

from dataclasses import replace
from datetime import date

import wall
from markdown import Markdown
from project import ROOT

from printables import words
from printables.chapters.parser import EXTENSIONS
from printables.checks.collection import Collection
from printables.languages import LANGUAGES
from printables.web.bibliography_page import listed
from printables.web.sources import literal

OWN = words.load(ROOT / "overrides" / "words.toml")
LAST = date(2027, 1, 31)


def page(collection: Collection, language: str, today: date) -> str:
    return listed(collection, language, {**words.WORDS[language], **OWN[language]}, today)


def test_every_document_and_clause_has_an_anchor_and_its_sentence() -> None:
    collection = wall.collection()
    for language in LANGUAGES:
        text = page(collection, language, LAST)
        for mark in collection.bibliography.marks():
            assert text.count(f"{{#{mark}}}") + text.count(f"{{: #{mark} }}") == 1
        for clause in collection.bibliography.documents["ladders"].clauses.values():
            assert literal(clause.says[language]) in text


def test_a_clause_that_nobody_cites_has_its_anchor_as_well() -> None:
    collection = replace(wall.collection(), chapters={})
    html = Markdown(extensions=EXTENSIONS).convert(page(collection, "zh", LAST))
    for clause in ("ladders-4", "ladders-9"):
        assert f'<li id="{clause}">' in html


def test_a_document_is_told_with_its_days_and_how_it_stands() -> None:
    told = {
        day: page(wall.collection(LAST), "en", day)
        for day in (date(2019, 12, 31), date(2020, 1, 1), LAST, date(2027, 2, 1))
    }
    for text in told.values():
        assert "from 2020-01-01; no longer in force from 2027-02-01; replaced by GB 12142" in text
    states = [text.partition("**")[2].partition("**")[0] for text in told.values()]
    assert states == [
        "not yet in force", "in force", "in force, ends within a year", "no longer in force"
    ]  # fmt: skip


def test_a_clause_names_the_chapters_and_how_many_of_their_sheets_print_it() -> None:
    text = page(wall.collection(), "en", LAST)
    of_nine = text[text.index("**Article 9**") :].partition("\n- ")[0]
    assert "[Ladders](teams/ladders.md)_" in of_nine  # only in the quiz, which is not printed
    of_four = text[text.index("**Article 4**") :].partition("\n- ")[0]
    assert "[Ladders](teams/ladders.md) (2 sheets)" in of_four


def test_chapters_are_listed_when_their_review_is_more_than_a_year_ago() -> None:
    for day, late in ((date(2027, 1, 2), False), (date(2027, 1, 3), True)):
        text = page(wall.collection(), "zh", day)
        reviews = text[text.index("{#late-reviews}") :]
        assert ("[梯子作业](teams/ladders.md) 2026-01-02" in reviews) == late
        assert (f"到 {day} 为止，没有。" in reviews) != late
