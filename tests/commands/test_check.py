"""script/check: what a build would say, all of it at once, for people, programs and pull requests."""

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from project import ROOT, build, call, edit, install, run

from printables.commands.check import as_annotations
from printables.commands.new import begin
from printables.findings import finding

ZH, EN = "docs/zh/teams/ladders.md", "docs/en/teams/ladders.md"


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return call(folder, "printables.commands.check", *arguments)


@pytest.fixture(scope="module")
def wrong(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a mistake of each sort: key, words, twins, links, sheets, page, campaign; tests read it."""
    project = tmp_path_factory.mktemp("wrong") / "project"
    shutil.copytree(workshop, project, symlinks=True)
    edit(project / ZH, "signs: [W008, M001]", "signs: [W008, M01]")
    edit(project / EN, "Damaged ones are tagged", "Hidden dangers are tagged")
    edit(project / EN, "Call 120", "Call 119")
    edit(
        project / EN,
        "slogan: Set it firm. Then climb.",
        "slogan: Incomprehensibilities everywhere.",
    )
    (project / "docs/en/teams/index.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    (project / "library" / "campaigns" / "spring.yml").write_text(
        "title: Spring\n", encoding="utf-8"
    )
    return project


def test_it_says_what_the_build_says(wrong: Path) -> None:
    checked, built = check(wrong), build(wrong)
    assert (checked.returncode, built.returncode) == (1, 1)
    built_lines = (
        built.stderr.partition("ERROR   -  \n")[2].partition("\n\nAborted")[0].splitlines()
    )
    assert {line.split(":")[0] for line in built_lines} >= {EN, ZH, "library/campaigns/spring.yml"}
    *checked_lines, count = checked.stdout.splitlines()
    assert checked_lines == built_lines
    assert count == f"{len(built_lines)} to fix"


def test_nothing_to_fix_is_said_too(project: Path) -> None:
    done = check(project)
    assert (done.returncode, done.stdout) == (0, "nothing to fix\n")


def test_a_file_is_checked_with_its_twin_and_no_other(wrong: Path) -> None:
    lines = check(wrong, ZH).stdout.splitlines()[:-1]
    assert {line.split(":")[0] for line in lines} == {ZH, EN}
    assert check(wrong, EN).stdout.splitlines()[:-1] == lines
    assert check(wrong, "docs/en/print.md").stdout == "nothing to fix\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [("owner.yml", "colour: red\n"), ("editions.jsonl", "{}\n"), ("library/glossary.yml", "- [\n")],
)
def test_a_file_is_not_called_good_while_all_sheets_are_bad(
    project: Path, name: str, text: str
) -> None:
    with (project / name).open("a", encoding="utf-8") as file:
        file.write(text)
    done = check(project, ZH)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{name}:")


def test_a_draft_is_checked_when_it_is_named(project: Path) -> None:
    drafts = begin("teams/steps", project / "docs", date(2026, 1, 2))
    for draft in drafts:
        edit(draft, "prints: [poster, flyer]", "prints: [sticker]")  # the quickest
    assert check(project).returncode == 0
    assert "`checklist` has 3 items" in check(project, str(drafts[0].relative_to(project))).stdout


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        ([], {"READERS_LANGUAGE": "zh"}, "没有编号为“M01”的标志"),
        ([], {"READERS_LANGUAGE": "en"}, "there is no sign `M01`"),
        ([], {"READERS_LANGUAGE": "", "LC_ALL": "zh_CN.UTF-8"}, "没有编号为“M01”的标志"),
        (["--language", "zh"], {"READERS_LANGUAGE": "en"}, "没有编号为“M01”的标志"),
        (["--format", "github"], {"READERS_LANGUAGE": "zh"}, "没有编号为“M01”的标志"),
    ],
)
def test_the_editor_chooses_the_language(
    project: Path, arguments: list[str], variables: dict[str, str], words: str
) -> None:
    edit(project / ZH, "signs: [W008, M001]", "signs: [W008, M01]")
    done = run(project, "printables.commands.check", *arguments, ZH, **variables)
    assert words in done.stdout


def test_programs_read_both_languages(wrong: Path) -> None:
    done = check(wrong, "--format", "json", ZH)
    assert done.returncode == 1
    entries = json.loads(done.stdout)
    [sign] = [entry for entry in entries if entry["code"] == "unknown-sign"]
    assert (sign["file"], sign["line"], sign["level"]) == (ZH, 6, "error")
    assert sign["message"]["zh"].startswith("没有编号为“M01”的标志")
    assert sign["message"]["en"].startswith("there is no sign `M01`")


def test_a_pull_request_shows_each_finding_beside_its_line(project: Path) -> None:
    edit(project / EN, "Damaged ones are tagged", "Hidden dangers are tagged")
    edit(project / EN, "reviewed: 2026-01-02", 'reviewed: 2026-01-02\ntranslates: "0123456789ab"')
    wrong, stale = check(project, "--format", "github", ZH).stdout.splitlines()
    assert wrong == (
        f"::error file={EN},line=15,title=wrong-word::“Hidden dangers” is the wrong term here."
        " Write instead: hazard"
    )
    assert stale.startswith(f"::warning file={EN},line=1,title=translation-stale::{ZH} has changed")


def test_a_chapter_cannot_write_commands_to_the_workflow() -> None:
    each = finding("unknown-key", "docs/zh/a,b.md", 3, key="x\n::set-env name=A::b", near="100%")
    line = as_annotations([each], [], "en")
    assert line.count("\n") == 0
    assert line.startswith("::error file=docs/zh/a%2Cb.md,line=3,title=unknown-key::")
    assert "\n::set-env" not in line
    assert line.endswith("100%25")


def test_a_file_that_is_not_there_is_a_wrong_call(project: Path) -> None:
    done = check(project, "docs/zh/teams/none.md")
    assert done.returncode == 2
    assert "no such file: docs/zh/teams/none.md" in done.stderr


def test_a_folder_is_all_its_files_and_other_places_are_a_wrong_call(project: Path) -> None:
    edit(project / "docs/zh/teams/ladders.md", "summary: 架稳了，再上去。\n", "")
    done = check(project, "docs/zh/teams")
    assert (done.returncode, "docs/zh/teams/ladders.md:1" in done.stdout) == (1, True)
    done = check(project, "/")
    assert done.returncode == 2 and "not in this project: /" in done.stderr


def test_an_editor_may_stand_in_any_folder(project: Path) -> None:
    (project / "script").mkdir()
    shutil.copy(ROOT / "script" / "check", project / "script")
    (project / "script" / "bootstrap").write_text("#!/bin/sh\n", encoding="utf-8")
    (project / "script" / "bootstrap").chmod(0o755)
    install(project)
    done = subprocess.run(
        [project / "script" / "check", "--language", "en", "about.md"],
        cwd=project / "docs" / "zh",
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "nothing to fix")
