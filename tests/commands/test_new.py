"""script/new: both files of a chapter, as a draft that the preview shows and the build leaves out."""

from datetime import date
from pathlib import Path

import pytest
from project import build, call, run

from printables.chapters import front_matter
from printables.chapters.chapter import ROLES
from printables.checks.collection import collect
from printables.commands.new import begin
from printables.layout import design

NAME = "teams/step-ladders"
DAY = date(2026, 1, 2)


@pytest.fixture
def begun(project: Path) -> Path:
    begin(NAME, project / "docs", DAY)
    return project


TITLES = {"zh": "新章节", "en": "Step ladders"}


def test_both_files_hold_every_role_a_title_and_advice_in_both_languages(begun: Path) -> None:
    for language in ("zh", "en"):
        path = begun / "docs" / language / f"{NAME}.md"
        text = path.read_text(encoding="utf-8")
        head = front_matter.split(path, text)[0]
        advice = "".join(line for line in head.splitlines() if line.startswith("#"))
        assert "draft: true\n" in head
        assert f"title: {TITLES[language]}\n" in head
        assert "草稿：" in advice
        assert "A draft:" in advice
        assert {role for role in ROLES if f".{role}}}" in text} == set(ROLES)
        assert "{" not in head.replace("{#…}", "")


def test_the_advice_names_every_design(begun: Path) -> None:
    text = (begun / "docs" / "zh" / f"{NAME}.md").read_text(encoding="utf-8")
    assert f"designs: {', '.join(design.names())}\n" in text


def test_a_new_draft_is_well_formed_and_only_too_short_to_print(begun: Path) -> None:
    """What is left to do is told, so that nobody publishes the advice as a chapter."""
    collection = collect(begun / "docs", design.names(), drafts=True)
    assert {each.code for each in collection.findings} == {"items-count"}
    assert set(collection.twins()[NAME]) == {"zh", "en"}


def test_the_build_passes_and_leaves_the_draft_out(begun: Path) -> None:
    built = build(begun)
    assert built.returncode == 0, built.stderr
    site = begun / "site"
    assert (site / "en/teams/ladders/index.html").exists()
    assert not list(site.rglob("*step-ladders*"))
    assert not [path for path in site.rglob("*.*ml") if "step-ladders" in path.read_text("utf-8")]


def test_the_command_names_the_files_and_what_to_do_next(project: Path) -> None:
    done = run(project, "printables.commands.new", NAME)
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == [f"docs/{code}/{NAME}.md" for code in ("zh", "en")]
    assert f"script/check docs/zh/{NAME}.md" in done.stdout
    again = run(project, "printables.commands.new", NAME)
    assert again.returncode == 2
    assert f"this file exists: docs/zh/{NAME}.md" in again.stderr


def test_a_reader_in_one_language_alone_is_none_and_nothing_is_left_behind(project: Path) -> None:
    (project / "docs" / "zh" / "guests").mkdir()
    (project / "docs" / "zh" / "guests" / "index.md").write_text("---\ntitle: 访客\n---\n", "utf-8")
    done = run(project, "printables.commands.new", "guests/gate")
    assert done.returncode == 2
    assert "readers: teams" in done.stderr
    assert not list(project.glob("docs/*/guests/gate.md"))


@pytest.mark.parametrize(
    "name",
    [
        "ladders",
        "teams/",
        "nobody/ladders",
        "teams/Ladders",
        "../ladders",
        "teams/a/b",
        "teams/梯子",
        "/tmp/x",
    ],
)
def test_a_name_that_cannot_be_is_refused_in_both_languages(project: Path, name: str) -> None:
    done = run(project, "printables.commands.new", name)
    assert done.returncode == 2
    assert "请写成 读本/章名" in done.stderr
    assert "readers: teams" in done.stderr
    assert not (project / "docs" / "zh" / f"{name}.md").exists()


def test_a_name_that_would_be_refused_makes_no_file(project: Path) -> None:
    done = call(project, "printables.commands.new", "teams/aux")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Windows uses the name “aux.md” itself" in done.stderr
    assert not (project / "docs" / "zh" / "teams" / "aux.md").exists()
