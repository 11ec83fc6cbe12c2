"""What a fork may do without, and how a site stands on machines and disks that are not ours."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from project import ROOT, build, edit, install, run

from printables.commands.put import put

LEFT = (".DS_Store", "Thumbs.db", "desktop.ini", "~$ladders.md", "ladders.md~", ".ladders.md.swp", "ladders.bak")  # fmt: skip


@pytest.fixture
def printed(project: Path) -> Path:
    """A project whose sheets are printed already, and which prints few."""
    for language in ("zh", "en"):
        edit(
            project / f"docs/{language}/teams/ladders.md",
            "prints: [poster, flyer]",
            "prints: [label]",
        )
    return project


def test_a_fork_does_without_campaigns_glossary_synonyms_and_the_pages_beside(
    printed: Path,
) -> None:
    shutil.rmtree(printed / "library" / "campaigns")
    for name in ("glossary.yml", "synonyms.toml"):
        (printed / "library" / name).unlink()
    (printed / "editions.jsonl").unlink()
    for language in ("zh", "en"):
        for name in ("print.md", "about.md", "glossary.md"):
            (printed / "docs" / language / name).unlink(missing_ok=True)
    assert run(printed, "printables.commands.check").stdout == "nothing to fix\n"
    built = build(printed)
    assert built.returncode == 0, built.stderr
    page = (printed / "site" / "zh" / "teams" / "ladders" / "index.html").read_text(
        encoding="utf-8"
    )
    assert "print/" not in page and "about/" not in page


def test_what_systems_leave_behind_is_left_out(printed: Path) -> None:
    for name in LEFT:
        for folder in ("docs/zh/teams", "docs/en"):
            (printed / folder / name).write_bytes(b"\x00\x01")
    assert run(printed, "printables.commands.check").stdout == "nothing to fix\n"
    built = build(printed)
    assert built.returncode == 0, built.stderr
    assert not [path for name in LEFT for path in (printed / "site").rglob(name)]


def test_a_pipe_ends_the_build_and_not_the_day(printed: Path) -> None:
    os.mkfifo(printed / "docs" / "zh" / "teams" / "pipe.md")
    built = build(printed)
    assert built.returncode == 1
    assert "docs/zh/teams/pipe.md: this is no regular file" in built.stderr


@pytest.mark.parametrize("place", [".cache", ".cache/cards", "site"])
def test_a_link_in_place_of_state_deletes_nothing_elsewhere(
    printed: Path, tmp_path: Path, place: str
) -> None:
    holiday = tmp_path / "pictures"
    holiday.mkdir()
    for name in ("holiday.png", "letter.txt", "thesis.pdf", "backup.zip", "index.html"):
        (holiday / name).write_text("mine", encoding="utf-8")
    (printed / ".cache").mkdir(exist_ok=True) if place != ".cache" else shutil.rmtree(
        printed / ".cache", ignore_errors=True
    )
    if (printed / place).is_dir():
        shutil.rmtree(printed / place)
    (printed / place).symlink_to(holiday)
    built = build(printed)
    assert built.returncode == 1
    assert "is a symbolic link, and a build writes and deletes files there" in built.stderr
    assert len(list(holiday.iterdir())) == 5


@pytest.fixture
def scripted(printed: Path) -> Path:
    """The same with script/build, which finds everything installed."""
    (printed / "script").mkdir()
    shutil.copy(ROOT / "script" / "build", printed / "script")
    (printed / "script" / "bootstrap").write_text("#!/bin/sh\n", encoding="utf-8")
    (printed / "script" / "bootstrap").chmod(0o755)
    install(printed)
    return printed


def test_a_web_server_may_read_what_a_careful_user_builds(scripted: Path) -> None:
    command = "umask 077; exec script/build"
    settings = {**os.environ, "PYTHONPATH": str(scripted), "PRINT_CACHE": ""}
    done = subprocess.run(["bash", "-c", command], cwd=scripted, env=settings, capture_output=True)
    assert done.returncode == 0, done.stderr
    for path in (scripted / "site", *(scripted / "site").rglob("*")):
        mode = path.stat().st_mode
        assert mode & stat.S_IROTH and (path.is_file() or mode & stat.S_IXOTH), path


def test_two_sites_that_are_ready_at_once_take_turns(tmp_path: Path) -> None:
    """And there is always one, whoever looks."""
    place = tmp_path / "site"
    news = []
    for number in range(12):
        news.append(tmp_path / f"site.{number}")
        news[-1].mkdir()
        (news[-1] / "index.html").write_text(str(number), encoding="utf-8")
    put(news[0], place)
    assert not news[0].exists()
    program = "import sys; from printables.commands.put import main; main()"
    waiting = [
        subprocess.Popen([sys.executable, "-c", program, str(new), str(place)]) for new in news[1:]
    ]
    while any(each.poll() is None for each in waiting):
        assert (place / "index.html").exists()
    assert [each.returncode for each in waiting] == [0] * 11
    assert [path.name for path in place.iterdir()] == ["index.html"]
    shown = {(path / "index.html").read_text() for path in (*news[1:], place)}
    assert shown == {str(number) for number in range(12)}


# --- bootstrap


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with nothing but the script that sets up."""
    (tmp_path / "script").mkdir()
    shutil.copy(ROOT / "script" / "bootstrap", tmp_path / "script")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def refused(clone: Path) -> str:
    done = subprocess.run(["script/bootstrap"], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 1
    return done.stderr


@pytest.mark.parametrize("name", [".venv", ".cache", "site"])
def test_links_in_place_of_state_are_not_run(clone: Path, name: str) -> None:
    (clone / name).symlink_to("/usr")
    assert f"{name} is a symbolic link" in refused(clone)


@pytest.mark.parametrize("name", [".venv/bin/python", ".cache/pages.json", "site/index.html"])
def test_state_in_git_is_not_believed(clone: Path, name: str) -> None:
    (clone / name).parent.mkdir(parents=True)
    (clone / name).write_text("x", encoding="utf-8")
    subprocess.run(["git", "add", "-f", name], cwd=clone, check=True)
    assert f"This file must not be in git: {name}" in refused(clone)


def test_a_folder_that_was_downloaded_is_set_up_as_well(clone: Path, tmp_path: Path) -> None:
    """It goes on to the requirements, which this clone lacks."""
    shutil.rmtree(clone / ".git")
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    for name, says in (("dpkg-query", "ok installed"), ("python3", ""), ("python3.11", "")):
        (stubs / name).write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
        (stubs / name).chmod(0o755)
    settings = {**os.environ, "PATH": f"{stubs}:{os.environ['PATH']}"}
    command = ["script/bootstrap"]
    done = subprocess.run(command, cwd=clone, env=settings, capture_output=True, text=True)
    assert "script/requirements/site.txt" in done.stderr


def test_git_ignores_links_by_the_names_of_state(clone: Path) -> None:
    shutil.copy(ROOT / ".gitignore", clone)
    for name in (".venv", ".cache", "site"):
        (clone / name).symlink_to("/usr")
    listed = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=clone, capture_output=True, text=True
    ).stdout
    assert "site" not in listed and ".cache" not in listed and ".venv" not in listed


def test_a_clone_of_windows_runs(tmp_path: Path) -> None:
    """Whatever its settings say of line ends."""
    away = tmp_path / "away"
    away.mkdir()
    for name in (".gitattributes", "script/check"):
        (away / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, away / name)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "commit.gpgsign=0"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], cwd=away, check=True)
    subprocess.run(
        [*git, "clone", "-q", "-c", "core.autocrlf=true", away, tmp_path / "here"], check=True
    )
    assert b"\r" not in (tmp_path / "here" / "script" / "check").read_bytes()
