"""Kits of forms as pages and the search have them."""

import shutil
from pathlib import Path

import pytest
from project import ROOT, edit

from printables.chapters.bibliography import Bibliography
from printables.checks.collection import Collection
from printables.findings import Finding
from printables.forms import kits
from printables.forms.reading import PLACE, Library
from printables.languages import LANGUAGES
from printables.web import documents
from printables.web.documents import Documents
from printables.web.search_index import directory


@pytest.fixture(scope="module")
def shelf() -> Documents:
    found = documents.read(Library(ROOT / PLACE))
    assert found
    return found


def test_every_form_stands_on_the_page_of_its_kit(shelf: Documents) -> None:
    assert shelf.page("forms/11A") == "documents/permits"
    assert shelf.page("forms/2A-spring") == "documents/inspection"
    assert shelf.page("teams") == "teams"  # a reader's book
    listed = [paper.code for number in shelf.kits for paper in shelf.papers(number, "en")]
    assert listed == list(shelf.library.forms)
    assert len(shelf.kits) == 14 == len({kit.name for kit in shelf.kits.values()})


def test_a_form_says_who_signs_it_and_where_its_workbook_is(shelf: Documents) -> None:
    papers = {paper.code: paper for number in shelf.kits for paper in shelf.papers(number, "en")}
    assert papers["2B"].signed == ("Inspector", "For the enterprise")
    book = "printables/forms/1A/1A.xlsx"
    assert [papers[code].workbook for code in ("1A", "1C", "1D", "1B")] == [book, book, book, ""]
    assert [home for home, _ in papers["2A"].homes][:2] == ["forms/2A", "forms/2A-spring"]


def test_a_chapter_shows_the_forms_that_name_it_and_no_others(shelf: Documents) -> None:
    beside = {kit.en: papers for kit, papers in shelf.beside("teams/confined-space", "en")}
    assert {name: [paper.code for paper in papers] for name, papers in beside.items()} == {
        "Risk cards and boards": ["10E"],
        "Permits": ["11B", "11I"],
    }
    assert list(shelf.beside("teams/none", "en")) == []


def test_kits_rest_on_what_the_bibliography_holds(
    shelf: Documents, real_collection: Collection
) -> None:
    known = real_collection.bibliography
    assert list(kits.wrong(shelf.library, real_collection.names(), known)) == []
    [first, *_] = documents.laws(shelf.kits["1"], known, "zh")
    assert (first.mark, first.title) == ("wsl-41", "安全生产法 第四十一条")
    assert first.says


@pytest.mark.parametrize("typed", ["台账", "责任书", "作业票", "告知卡", "复工", "动火证"])
def test_the_search_knows_what_people_call_them(shelf: Documents, typed: str) -> None:
    for language in LANGUAGES:
        pages = list(shelf.found(language, directory))
        said = [str(page) for page in pages]
        assert any(typed in page for page in said), typed
        assert {page["url"].split("/")[1] for page in pages} == {"documents"}


def test_a_chapter_or_law_that_is_not_there_is_found_with_its_line(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "tests" / "forms" / "small", tmp_path / "forms")
    edit(folder / "1A.toml", 'keep = "short"', 'keep = "short"\nchapters = ["teams/laders"]')
    edit(folder / "shared" / "kits.toml", "laws = []", 'laws = ["wsl-41"]')
    found: list[Finding] = list(kits.wrong(Library(folder), ["teams/ladders"], Bibliography()))
    assert [(Path(each.path).name, each.line) for each in found] == [
        ("1A.toml", 7),
        ("kits.toml", 9),
    ]
    assert "no chapter `teams/laders`. Write instead: teams/ladders" in found[0].text("en")


def test_two_papers_or_kits_of_one_name_are_told(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "tests" / "forms" / "small", tmp_path / "forms")
    form, shared = (folder / "1A.toml").read_text("utf-8"), folder / "shared" / "kits.toml"
    again = form[form.index("[[variant]]") : form.index("[[part]]")]
    (folder / "1A.toml").write_text(form.replace(again, again * 2), "utf-8")
    (folder / "1B.toml").write_text(form.replace("巡查表", "巡逻表"), "utf-8")
    kit = shared.read_text("utf-8")
    shared.write_text(kit + kit.replace("[1]", "[2]"), "utf-8")
    found = list(kits.wrong(Library(folder), [], Bibliography()))
    assert {each.code for each in found} == {"same-name"}
    assert [(Path(each.path).name, each.line, dict(each.values)["name"]) for each in found] == [
        ("1A.toml", 16, "night"),  # a file of each name
        ("kits.toml", 12, "patrol"),
        ("kits.toml", 11, "巡查"),
        ("1A.toml", 17, "夜间巡查表"),
        ("1B.toml", 3, "Patrol sheet"),
        ("1B.toml", 12, "Night patrol sheet"),
    ]


def test_the_first_sentence_of_a_text_is_told_apart() -> None:
    assert documents.first_sentence("记。查。", "zh") == ("记。", "查。")
    assert documents.first_sentence("Write. Look.", "en") == ("Write.", "Look.")
    assert documents.first_sentence("Write.", "en") == ("Write.", "")
