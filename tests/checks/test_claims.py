"""Figures and penalties against what the cited clauses say."""

from pathlib import Path

import pytest

from printables.chapters import bibliography_files
from printables.chapters.bibliography import Bibliography, cite
from printables.chapters.prose import blocks
from printables.checks.claims import claims, unsupported
from printables.checks.source_file import examine

LAW = """title = {zh = "升降法", en = "Lifting Law"}
kind = "law"
issuer = {zh = "大会", en = "Congress"}
from = 2020-01-01
looked = 2026-01-01
mark = "A"

[clauses.7]
says = {zh = "罚 2 万–5 万元，10 日内报告，护栏至少 1.2 米。", en = "A fine of CNY 20,000–50,000, a report within 10 days, a rail of at least 1.2 m."}
"""
STANDARD = """title = {zh = "栏杆", en = "Rails"}
number = "GB 4053.3-2009"
kind = "mandatory"
issuer = {zh = "委员会", en = "Committee"}
from = 2020-01-01
looked = 2026-01-01
mark = "A"
"""
PRACTICE = 'title = {zh = "通行做法", en = "Good practice"}\nkind = "practice"\n'


@pytest.fixture(scope="module")
def bibliography(tmp_path_factory: pytest.TempPathFactory) -> Bibliography:
    folder = tmp_path_factory.mktemp("sources")
    for name, text in (("law", LAW), ("rails", STANDARD), ("practice", PRACTICE)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    held, findings = bibliography_files.read(folder)
    assert not findings
    return held


HEAD = """---
title: Rails
summary: One.
slogan: One.
tone: warning
signs: [W001]
prints: []
order: 1
reviewed: 2026-01-01
---

## Text {#text}

"""


def told(language: str, body: str, bibliography: Bibliography) -> list[str]:
    """Codes and lines of the findings on a text of one section."""
    key = f"{language}/teams/rails.md"
    file = examine(Path("docs") / key, key, (HEAD + body).encode())
    assert file.chapter, file.findings
    return [
        f"{each.code} {dict(each.values).get('number') or dict(each.values)['word']}"
        for each in unsupported(cite(file.chapter, bibliography), file.claims, bibliography)
    ]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "The fine is CNY 20,000–50,000.[^law-7]", []),
        ("en", "The fine is CNY 20,000–80,000.[^law-7]", ["number-not-in-source 80,000"]),
        ("zh", "罚 2 万–5 万元。[^law-7]", []),
        ("zh", "罚 2 万–8 万元。[^law-7]", ["number-not-in-source 8 万元"]),
        ("en", "Report within 10 hours.[^law-7]", ["number-not-in-source 10 hours"]),
        ("en", "Report within 10 days.[^law-7] The rail has 1.5 m.[^law-7]", ["number-not-in-source 1.5 m"]),
        ("en", "The rail has 1.5 m.[^law-7][^practice]", []),
        ("en", "Keep 3 m away.[^practice]", []),
        ("en", "| Rail[^law-7] | Least |\n| --- | --- |\n| Front | 1.4 m |", ["number-not-in-source 1.4 m"]),
        ("en", "| Rail | Least |\n| --- | --- |\n| Front[^law-7] | 1.2 m |\n| Back | 1.4 m |", []),
        ("en", "Article 7 and the 2009 edition: look.[^law-7][^rails]", []),
        ("en", "Rails of 2 m.[^rails]", []),  # nothing to hold it against
        ("en", "Who forgets it is fined.[^practice]", ["statute-on-practice fined"]),
        ("en", "Fine dust burns well.[^practice]", []),
        ("zh", "忘了就罚款。[^practice]", ["statute-on-practice 罚款"]),
        ("en", "Who forgets it is fined.[^law-7]", []),
    ],
)  # fmt: skip
def test_a_figure_or_penalty_stands_in_what_is_cited(
    language: str, body: str, expected: list[str], bibliography: Bibliography
) -> None:
    assert told(language, body, bibliography) == expected


def test_the_line_is_that_of_the_claim(bibliography: Bibliography) -> None:
    text = "## Text {#text}\n\n- One.[^practice]\n- Two: 3 m.[^law-7]\n"
    assert [claim.line for claim in claims("en", blocks(text, 20))] == [22, 23]
