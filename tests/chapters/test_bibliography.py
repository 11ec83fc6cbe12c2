"""Documents and clauses of library/sources: how they are written and cited, and what chapters make of them."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from project import BASE, edit

from printables.chapters.bibliography import Bibliography, cite, numeral, plain, split
from printables.chapters.bibliography_files import read
from printables.chapters.chapter import Chapter, Source
from printables.checks.collection import Collection, collect
from printables.findings import Rejected
from printables.layout import design
from printables.web.sources import text_edition


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(BASE / "library" / "sources", tmp_path / "library" / "sources")


@pytest.fixture
def base(base_collection: Collection) -> Bibliography:
    return base_collection.bibliography


def test_marks_stand_for_documents_and_clauses(base: Bibliography) -> None:
    assert base.marks() == ["ladders", "ladders-4", "ladders-9", "practice"]
    assert base.source("ladders-4", "zh") == Source(
        "ladders-4", "梯子安全使用规范", "GB 12142", "第四条"
    )
    assert base.source("ladders", "en") == Source("ladders", "Safe use of ladders", "GB 12142", "")
    assert base.source("practice", "en") == Source("practice", "Established good practice", "", "")
    assert base.source("ladders-5", "zh") is None
    assert base.source("steps-4", "zh") is None


def test_a_mark_is_parted_at_its_first_hyphen() -> None:
    assert split("criminal-134-1") == ("criminal", "134-1")
    assert split("gbt13869.2017-5.1.1") == ("gbt13869.2017", "5.1.1")
    assert split("practice") == ("practice", "")


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (41, "四十一"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (134, "一百三十四"), (1000, "一千"), (1005, "一千零五"), (1260, "一千二百六十")],
)  # fmt: skip
def test_articles_are_counted_in_chinese(number: int, words: str) -> None:
    assert numeral(number) == words


@pytest.mark.parametrize(
    ("kind", "clause", "at", "zh", "en"),
    [
        ("law", "41", "", "第四十一条", "Article 41"),
        ("law", '"134-1"', "", "第一百三十四条之一", "Article 134-1"),
        ("mandatory", "41", "", "41", "41"),
        ("recommended", '"5.9.1"', "", "5.9.1", "5.9.1"),
        ("mandatory", '"5.1"', 'at = "5.1–5.3"', "5.1–5.3", "5.1–5.3"),
        ("regulation", "19", 'at = {zh = "第十九条第三款", en = "Article 19, paragraph 3"}',
         "第十九条第三款", "Article 19, paragraph 3"),
    ],
)  # fmt: skip
def test_a_clause_is_written_as_its_kind_is_cited(
    folder: Path, kind: str, clause: str, at: str, zh: str, en: str
) -> None:
    path = folder / "ladders.toml"
    edit(path, 'kind = "order"', f'kind = "{kind}"')
    edit(path, "[clauses.4]\n", f"[clauses.{clause}]\n{at}\n")
    documents, findings = read(folder)
    assert findings == []
    key = clause.strip('"')
    assert [documents.documents["ladders"].at(key, code) for code in ("zh", "en")] == [zh, en]


@pytest.mark.parametrize("spelt", ["５．９．１", "5.09.1", "5.9.001", " 5.9.1"])
def test_a_clause_has_one_spelling(spelt: str) -> None:
    assert plain(spelt) == "5.9.1"


def test_a_zero_that_is_a_number_stays() -> None:
    assert plain("10.0.4") == "10.0.4"
    assert plain("134–1") == "134-1"


def test_a_chapter_has_its_sources_in_the_order_of_its_text(
    base_collection: Collection, base: Bibliography
) -> None:
    zh = base_collection.chapters["zh", "teams/ladders"]
    assert [source.mark for source in zh.sources] == ["ladders-4", "practice", "ladders-9"]
    other = replace(zh, marks=(("practice", 3), ("ladders-9", 4), ("practice", 5)))
    assert [source.mark for source in cite(other, base).sources] == ["practice", "ladders-9"]


@pytest.mark.parametrize(
    ("mark", "code", "near"),
    [
        ("ladders-04", "unknown-source", "ladders-4"),
        ("ladders-４", "unknown-source", "ladders-4"),
        ("Ladders-4", "unknown-source", "ladders-4"),
        ("ladder-9", "unknown-source", "ladders-9"),
        ("ladders-90", "unknown-clause", "ladders-9"),
    ],
)
def test_a_mark_that_names_nothing_is_told_with_the_nearest(
    base_collection: Collection, base: Bibliography, mark: str, code: str, near: str
) -> None:
    chapter = replace(base_collection.chapters["en", "teams/ladders"], marks=((mark, 7),))
    with pytest.raises(Rejected) as rejected:
        cite(chapter, base)
    [found] = rejected.value.findings
    assert (found.code, found.line) == (code, 7)
    assert near in dict(found.values)["near"]  # type: ignore[operator]


def test_of_a_document_that_cannot_be_read_no_chapter_is_blamed(folder: Path) -> None:
    edit(folder / "ladders.toml", "[clauses.4]", "[clauses.４]")
    shutil.copytree(BASE / "docs", folder.parent.parent / "docs")
    collection = collect(folder.parent.parent / "docs", design.names())
    assert {found.path for found in collection.findings} == {str(folder / "ladders.toml")}
    assert collection.chapters == {}


def chapter(folder: Path) -> Chapter:
    docs = folder.parent.parent / "docs"
    if not docs.exists():
        shutil.copytree(BASE / "docs", docs)
    return collect(docs, design.names(), folder / ".memory").chapters["en", "teams/ladders"]


def test_a_page_has_another_edition_where_its_list_of_sources_has_changed(folder: Path) -> None:
    before = chapter(folder)
    edit(folder / "ladders.toml", "stands 1 metre out", "is to stand 1 metre out")
    assert chapter(folder) == before
    edit(folder / "ladders.toml", "Safe use of ladders", "The safe use of ladders")
    after = chapter(folder)
    assert (after.source_hash, after.sections) == (before.source_hash, before.sections)
    assert text_edition([after]) != text_edition([before])
