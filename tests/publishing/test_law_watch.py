"""What ends and what begins, and what rests on it: endings of sheets, script/sources status."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import wall
from project import BASE, ROOT, edit, run

from printables.chapters import bibliography_files, owner
from printables.chapters.bibliography import PLACE as SOURCES
from printables.checks.collection import Collection
from printables.commands.sources import main
from printables.forms import compose
from printables.forms.reading import PLACE, Library
from printables.job import Job
from printables.publishing import editions
from printables.publishing.law_watch import (
    checking,
    documents_of,
    endings,
    old_reviews,
    standing,
    watched,
)

LAST = date(2027, 1, 31)
FORMS = Library(ROOT / PLACE)
POSTER = ("teams/ladders", "poster", "zh")
LABEL = ("teams/ladders", "label", "zh-en")
BOOK = ("teams", "book", "en")


@pytest.fixture
def collection() -> Collection:
    return wall.collection(LAST)


def test_a_printable_rests_on_what_its_sections_cite(collection: Collection) -> None:
    assert documents_of(collection, FORMS, POSTER) == {"ladders", "practice"}
    assert documents_of(collection, FORMS, LABEL) == set()  # a sign and a slogan
    assert documents_of(collection, FORMS, BOOK) == {"ladders", "practice"}
    assert documents_of(collection, FORMS, ("teams.2", "book", "zh")) == {"ladders", "practice"}
    for gone in (("teams/gone", "poster", "zh"), ("teams/ladders", "gone", "zh")):
        assert documents_of(collection, FORMS, gone) == set()


def test_a_document_ends_when_it_says_so_or_when_its_successor_begins(
    collection: Collection, base_jobs: dict[tuple[str, str], Job]
) -> None:
    [ending] = endings(collection, FORMS, wall.issued(base_jobs["poster", "zh"]))
    assert (ending.over, ending.title.en) == (date(2027, 2, 1), "Safe use of ladders")
    assert ending.by and ending.by.zh == "GB 12142-2030"
    known = collection.bibliography
    old = known.documents["ladders"].model_copy(update={"until": None, "replaced_by": None})
    new = old.model_copy(update={"since": date(2027, 5, 1), "replaces": ("ladders",)})
    heir = replace(known, documents={"ladders": old, "new": new})
    assert heir.last_day("ladders") == date(2027, 4, 30)
    assert heir.last_day("new") is None


def test_an_edition_rests_on_what_it_was_issued_with(
    collection: Collection, base_jobs: dict[tuple[str, str], Job]
) -> None:
    """Whatever its chapter cites by now; a line without documents rests on what the chapter cites."""
    poster = wall.issued(base_jobs["poster", "zh"])
    assert [each.over for each in endings(collection, FORMS, poster)] == [date(2027, 2, 1)]
    assert endings(collection, FORMS, poster.model_copy(update={"rests_on": ("practice",)})) == ()
    gone = poster.model_copy(update={"rests_on": ("gone",)})
    assert endings(collection, FORMS, gone) == endings(collection, FORMS, poster)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2019, 12, 31), "not_yet"),
        (date(2020, 1, 1), "in_force"),
        (date(2026, 1, 30), "in_force"),
        (date(2026, 1, 31), "ends"),
        (LAST, "ends"),
        (date(2027, 2, 1), "over"),
    ],
)
def test_a_document_stands_as_the_calendar_says(
    collection: Collection, on: date, expected: str
) -> None:
    assert standing(collection.bibliography, "ladders", on) == expected


def test_what_is_watched_names_every_claim_sheet_and_issued_edition(
    collection: Collection, base_jobs: dict[tuple[str, str], Job]
) -> None:
    jobs = list(base_jobs.values())
    first = wall.issued(base_jobs["poster", "zh"])
    gone = wall.issued(base_jobs["flyer", "en"], id="bbbbbbbb")
    log = wall.register(first, gone, wall.withdrawn(gone))
    planned, none = editions.planned(jobs), Library(BASE / "library/forms")
    [found] = watched(collection, none, planned, log, date(2026, 12, 1))
    assert (found.name, found.standing, found.day) == ("ladders", "ends", date(2027, 2, 1))
    for claim in found.claims:
        text = (BASE / claim.path).read_text(encoding="utf-8").splitlines()
        assert f"[^{claim.mark}]" in text[claim.line - 1]
    assert len(found.claims) == sum(
        (BASE / "docs" / code / "teams/ladders.md").read_text("utf-8").count("[^ladders")
        for code in ("zh", "en")
    )
    assert set(found.sheets) == {edition.name for edition in editions.planned(jobs)}
    assert [edition.id for edition in found.editions] == [first.id]
    assert watched(collection, none, [], log, date(2025, 1, 1)) == []


def test_a_form_rests_on_what_its_source_names_else_on_the_laws_of_its_kit(
    collection: Collection,
) -> None:
    real = replace(collection, bibliography=bibliography_files.read(ROOT / SOURCES)[0])

    def behind(code: str) -> set[str]:
        return documents_of(real, FORMS, (f"forms/{code}", "form", "zh"))

    assert behind("1C") == {"saws16"}
    assert behind("10D") == {"order88"}  # whose number tells the amendment in brackets
    assert behind("2A-flood") == behind("2A") == {"wsl"}
    assert behind("2D") == {"wsl", "order61"}  # custom
    assert behind("99Z") == set()


def test_a_law_that_ends_is_told_of_the_forms_that_rest_on_it(
    collection: Collection, tmp_path: Path
) -> None:
    folder = shutil.copytree(ROOT / "tests" / "forms" / "small", tmp_path / "forms")
    edit(folder / "1A.toml", 'zh = "通用做法"', 'zh = "GB 12142 第4条"')
    library = Library(folder)
    jobs, _ = compose.jobs(folder / "1A.toml", library, owner.load(BASE / "owner.yml"))
    lines = [wall.issued(job) for job in jobs[:2]]
    issue = lines[0]
    [found] = watched(collection, library, lines, wall.register(issue), LAST)
    assert found.sheets == ("forms/1A form en", "forms/1A form zh")
    assert [each.id for each in found.editions] == [issue.id]
    [told] = checking(collection, library, wall.register(issue), date(2027, 2, 1))
    assert told.edition.id == issue.id


def test_what_is_watched_names_the_papers_and_kits_that_name_it(
    collection: Collection, tmp_path: Path
) -> None:
    folder = shutil.copytree(ROOT / "tests" / "forms" / "small", tmp_path / "forms")
    edit(folder / "1A.toml", 'zh = "通用做法"', 'zh = "GB 12142 第4条"')
    edit(folder / "shared" / "kits.toml", "laws = []", 'laws = ["ladders-4"]')
    [found] = watched(collection, Library(folder), [], wall.register(), LAST)
    assert [(each.path.name, each.line, each.mark) for each in found.papers] == [
        ("kits.toml", 9, "ladders-4"),
        ("1A.toml", 7, "GB 12142"),
    ]


def test_reviews_are_old_after_a_year(collection: Collection) -> None:
    assert old_reviews(collection, date(2027, 1, 2)) == []
    assert [each.language for each in old_reviews(collection, date(2027, 1, 3))] == ["en", "zh"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    edit(tmp_path / "library/sources/ladders.toml", "mark =", f"until = {LAST}\nmark =")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "tests" / "forms" / "small", tmp_path / "library" / "forms")
    edit(tmp_path / "library/forms/shared/kits.toml", "laws = []", 'laws = ["ladders"]')
    return tmp_path


def test_the_command_tells_text_and_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--on", "2026-06-01"]) == 0
    text = capsys.readouterr().out
    assert "ends: no longer in force from 2027-02-01" in text
    assert "- docs/zh/teams/ladders.md:14 [^ladders-4]\n" in text
    assert "- 文书 · paper: library/forms/shared/kits.toml:9 ladders\n" in text
    assert "- 印刷品 · sheet: teams/ladders poster zh-en\n" in text
    assert "reviewed more" not in text
    assert main(["status", "--on", "2027-02-01", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    [document] = told["documents"]
    assert (document["id"], document["standing"], document["editions"]) == ("ladders", "over", [])
    assert document["papers"] == [
        {"file": "library/forms/shared/kits.toml", "line": 9, "names": "ladders"}
    ]
    assert {"file": "docs/en/teams/ladders.md", "line": 14, "mark": "ladders-4"} in document[
        "claims"
    ]
    assert [each["file"] for each in told["chapters"]] == [
        f"docs/{code}/teams/ladders.md" for code in ("en", "zh")
    ]


def test_where_nothing_is_to_be_told_the_command_says_so_without_a_heading(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--on", "2026-01-02"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == ["没有要看的 · nothing to look at"]


def test_a_day_that_is_none_and_a_project_that_is_wrong_are_refused(here: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT)}
    wrong = run(here, "printables.commands.sources", "status", "--on", "2027-02-30", **environment)
    assert wrong.returncode == 2
    assert "no such day: 2027-02-30" in wrong.stderr
    edit(here / "library/sources/ladders.toml", f"until = {LAST}", "until = 2019-01-01")
    wrong = run(here, "printables.commands.sources", "status", **environment)
    assert wrong.returncode == 1
    assert "library/sources/ladders.toml" in wrong.stderr
