"""script/translate, with a real history: what is stale, what changed since, and how it is closed."""

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from project import build, call, edit

from printables.words import WORDS

ZH, EN = Path("docs/zh/teams/ladders.md"), Path("docs/en/teams/ladders.md")
FRESH, STALE = "up to date", "stale"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Officer", "-c", "user.email=officer@example.org"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "docs")
    git(folder, "commit", "--quiet", "--message", message)


def translate(folder: Path, *arguments: str) -> tuple[int, str]:
    done = call(folder, "printables.commands.translate", *arguments)
    assert not done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def tracked(project: Path) -> Path:
    """A project whose translation is registered, in git."""
    git(project, "init", "--quiet", "--initial-branch", "main")
    commit(project, "first")
    assert translate(project, "done", "teams/ladders")[0] == 0
    commit(project, "translated")
    return project


def test_nothing_is_known_of_a_translation_that_names_no_source(project: Path) -> None:
    code, output = translate(project, "status")
    assert (code, output.split()[0]) == (0, "teams/ladders")
    assert "not tracked" in output


def test_done_writes_one_line_and_nothing_else(project: Path) -> None:
    before = (project / EN).read_text(encoding="utf-8")
    translate(project, "done", "teams/ladders")
    after = (project / EN).read_text(encoding="utf-8").splitlines()
    [added] = [line for line in after if line.startswith("translates:")]
    assert [line for line in after if line != added] == before.splitlines()
    assert translate(project, "done", "teams/ladders")[0] == 0
    assert (project / EN).read_text(encoding="utf-8").splitlines() == after


@pytest.mark.parametrize("prints", ["[poster, label]", "\n  - poster\n  - label", "\n- poster"])
def test_what_is_printed_makes_no_translation_stale(tracked: Path, prints: str) -> None:
    edit(tracked / ZH, "prints: [poster, flyer]", f"prints: {prints}")
    assert FRESH in translate(tracked, "status")[1]
    edit(tracked / ZH, "tone: warning", "tone: mandatory")
    assert STALE in translate(tracked, "status")[1]


def test_a_translation_is_fresh_until_its_source_changes(tracked: Path) -> None:
    assert FRESH in translate(tracked, "status")[1]
    edit(tracked / EN, "Damaged ones", "Broken ones")  # its own text is its own affair
    assert translate(tracked, "status")[0] == 0
    edit(tracked / ZH, "坏的挂牌，停用。", "坏的挂牌，锁进柜子。")
    code, output = translate(tracked, "status")
    assert code == 1
    assert STALE in output


def test_diff_shows_what_changed_since_the_translation_over_several_commits(tracked: Path) -> None:
    edit(tracked / ZH, "坏的挂牌，停用。", "坏的挂牌，锁进柜子。")
    commit(tracked, "second")
    edit(tracked / ZH, "地面平整坚实", "地面平整、坚实、不滑")
    commit(tracked, "third")
    edit(tracked / ZH, "放倒，擦净", "放倒，擦干")  # not committed
    code, output = translate(tracked, "diff", "teams/ladders")
    assert code == 0
    lines = output.splitlines()
    assert [line for line in lines if line.startswith("-") and "---" not in line] == [
        "-- **先看梯子**：坏的挂牌，停用。[^ladders-4]",
        "-2. **架设**：地面平整坚实，梯顶绑牢。[^practice] {scene=ladder-held}",
        "-5. **收梯**：放倒，擦净，平放在架子上。[^practice] {scene=ladder-held}",
    ]
    assert "+- **先看梯子**：坏的挂牌，锁进柜子。[^ladders-4]" in lines


def test_done_closes_it(tracked: Path) -> None:
    edit(tracked / ZH, "坏的挂牌，停用。", "坏的挂牌，锁进柜子。")
    assert translate(tracked, "done", "teams/ladders")[0] == 0
    assert translate(tracked, "status")[0] == 0
    assert translate(tracked, "diff") == (0, "")


def test_squashed_history_keeps_what_a_commit_s_id_would_lose(tracked: Path) -> None:
    """Source and translation land in one commit, and the source goes on from there."""
    edit(tracked / ZH, "坏的挂牌，停用。", "坏的挂牌，锁进柜子。")
    translate(tracked, "done", "teams/ladders")
    git(
        tracked,
        "reset",
        "--quiet",
        "--soft",
        git(tracked, "rev-list", "--max-parents=0", "HEAD").strip(),
    )
    commit(tracked, "squashed")
    edit(tracked / ZH, "锁进柜子", "锁进铁柜")
    assert "+- **先看梯子**：坏的挂牌，锁进铁柜。[^ladders-4]" in translate(tracked, "diff")[1]


def test_a_version_that_history_lacks_is_said_to_be_lost(project: Path) -> None:
    edit(project / EN, "reviewed: 2026-01-02", 'reviewed: 2026-01-02\ntranslates: "0123456789ab"')
    assert STALE in translate(project, "status")[1]
    assert "not in the history" in translate(project, "diff")[1]  # there is no repository at all


def test_the_english_may_be_the_source(project: Path) -> None:
    edit(project / ZH, "reviewed: 2026-01-02", 'reviewed: 2026-01-02\ntranslates: "0123456789ab"')
    assert translate(project, "done", "teams/ladders")[1].startswith(str(ZH))
    assert FRESH in translate(project, "status")[1]
    edit(project / EN, "Damaged ones", "Broken ones")
    assert translate(project, "status")[0] == 1


def test_a_chapter_without_a_twin_is_told(project: Path) -> None:
    (project / EN).unlink()
    assert "no twin" in translate(project, "status")[1]


def test_stale_translations_carry_a_notice_on_page_and_sheet(tracked: Path) -> None:
    """A critical one ends the build: tests/cases/translation-stale-and-critical."""
    edit(tracked / ZH, "坏的挂牌，停用。", "坏的挂牌，锁进柜子。")
    built = build(tracked)
    assert built.returncode == 0, built.stderr
    pages = {code: tracked / "site" / code / "teams/ladders/index.html" for code in ("zh", "en")}
    notice = "translated from an older text"
    assert notice in pages["en"].read_text(encoding="utf-8")
    assert "较早的原文" not in pages["zh"].read_text(encoding="utf-8")
    for code, stale in (("zh", False), ("en", True)):
        sheet = tracked / f"site/printables/teams/ladders/ladders-poster-a3-{code}.pdf"
        text = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
        assert (WORDS[code]["stale"] in text) == stale
    states = (tracked / "site/en/translations/index.html").read_text(encoding="utf-8")
    assert "<strong>stale</strong>" in states


@pytest.mark.parametrize("wrong", [["diff", "teams/ladder"], ["done"], ["stale"]])
def test_a_wrong_call_is_refused(project: Path, wrong: list[str]) -> None:
    assert call(project, "printables.commands.translate", *wrong).returncode == 2
