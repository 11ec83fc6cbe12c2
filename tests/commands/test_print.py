"""python -m printables, as somebody at a terminal meets it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from project import BASE, ROOT, call

from printables.press.sheet import Filed

CHAPTER = "docs/zh/teams/ladders.md"


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "printables", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "READERS_LANGUAGE": "en", **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(BASE, tmp_path_factory.mktemp("command") / "project")


@pytest.fixture(scope="module")
def printed(project: Path) -> subprocess.CompletedProcess[str]:
    """The poster, printed into the folder `sheets` of the project."""
    return run(
        project, CHAPTER, "--design", "poster", "--out", "sheets",
        PYTHONHASHSEED="12", TZ="Pacific/Auckland",
    )  # fmt: skip


def test_one_sheet_is_printed(printed: subprocess.CompletedProcess[str], project: Path) -> None:
    assert (printed.returncode, printed.stderr) == (0, "")
    names = ["ladders-poster-a3-zh.pdf", "ladders-poster-a3-zh.webp"]
    files = {path.name for path in (project / "sheets").iterdir()}
    assert set(names) <= files
    assert all(name.startswith("ladders-poster-a3-zh") for name in files)
    assert (project / "sheets" / names[0]).read_bytes().startswith(b"%PDF-")
    assert (project / "sheets" / names[1]).read_bytes()[8:12] == b"WEBP"


def test_progress_files_and_measures_are_told(
    printed: subprocess.CompletedProcess[str], project: Path
) -> None:
    progress, *paths, measures = printed.stdout.splitlines()
    assert progress.startswith("[1/1] teams/ladders poster")
    assert sorted(paths) == sorted(
        str(path.relative_to(project)) for path in (project / "sheets").iterdir()
    )
    assert measures.startswith("1 p. · 297 × 420 mm · 2 m · text ≥ ")


def test_the_command_prints_what_the_build_prints(
    printed: subprocess.CompletedProcess[str], project: Path,
    base_sheets: dict[tuple[str, str], Filed],
) -> None:  # fmt: skip
    pdf = (project / "sheets" / "ladders-poster-a3-zh.pdf").read_bytes()
    assert pdf == base_sheets["poster", "zh"].pdf


def test_without_a_design_all_of_the_chapter_is_printed(project: Path, tmp_path: Path) -> None:
    done = run(project, str(project / CHAPTER).replace("/zh/", "/en/"), "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "[2/2] teams/ladders flyer" in done.stdout
    plain = {"ladders-poster-a3-en.pdf", "ladders-flyer-a4-en.pdf"}
    assert plain <= {path.name for path in tmp_path.iterdir()}


def test_a_slogan_needs_no_chapter(project: Path, tmp_path: Path) -> None:
    words = ("--slogan", "小心，慢行", "--design", "letters-black", "--out", str(tmp_path))
    done = call(project, "printables.commands.print", *words)
    assert done.returncode == 0, done.stderr
    [pdf] = tmp_path.glob("*.pdf")
    assert pdf.name == "小心-慢行-letters-black-a4-zh.pdf"
    document = pypdfium2.PdfDocument(pdf)
    assert [document.get_page_label(page) for page in range(4)] == ["1 小", "2 心", "3 慢", "4 行"]
    assert "示范园区安全办" in document[0].get_textpage().get_text_bounded()


def test_a_slogan_takes_the_designs_that_show_nothing_else(project: Path) -> None:
    for asked, line in (
        (("甲", "--design", "poster"), "Write instead: banner, letters, letters-black"),
        (("甲", "--language", "en"), "not made in `en`. Write instead: zh"),
        (("𠮷",), "cannot draw 𠮷"),
        (("a\u202eb",), "invisible character, U+202E"),
    ):
        done = call(project, "printables.commands.print", "--slogan", *asked)
        assert (done.returncode, done.stdout) == (1, "")
        assert line in done.stderr and done.stderr.startswith("--slogan: ")
    assert call(project, "printables.commands.print").returncode == 2


def test_help_names_designs_languages_and_an_example(project: Path) -> None:
    done = run(project, "--help")
    assert done.returncode == 0
    for words in ("flyer", "poster", "zh-en", "--out", "--owner", "confined-space.md --design"):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((CHAPTER, "--design", "poter"),
         "designs/poter: there is no design `poter`. Write instead: poster"),
        ((CHAPTER, "--language", "fr"),
         f"{CHAPTER}: the design `poster` is not made in `fr`. Write instead: "),
        ((CHAPTER, "--design", "flyer", "--language", "zh-en"),
         f"{CHAPTER}: the design `flyer` is not made in `zh-en`. Write instead: en, zh"),
        (("docs/zh/teams/ladder.md",),
         "docs/zh/teams/ladder.md: there is no such file. Check the path"),
        (("owner.yml",), "owner.yml: this is not a chapter."),
        (("docs/zh/teams/index.md",), "docs/zh/teams/index.md: this is not a chapter."),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_line_and_leaves_nothing(
    project: Path, tmp_path: Path, arguments: tuple[str, ...], line: str
) -> None:
    done = run(project, *arguments, "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (1, "")
    [message] = done.stderr.splitlines()
    assert line in message
    assert not (tmp_path / "out").exists()


def test_copy_that_does_not_fit_leaves_nothing(project: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(project, tmp_path / "project")
    path = folder / CHAPTER
    text = path.read_text(encoding="utf-8").replace(
        "停用。", "停用。" + "坏梯子不许再用，谁也不行。" * 60
    )
    path.write_text(text, encoding="utf-8")
    done = run(folder, CHAPTER, "--design", "poster", "--out", "out")
    assert done.returncode == 1
    assert "docs/zh/teams/ladders.md:12: the text does not fit page 1" in done.stderr
    assert not (folder / "out").exists()


def test_a_wrong_path_is_one_clear_line(project: Path) -> None:
    done = run(project, CHAPTER, "--design", "poster", "--owner", "none.yml")
    assert done.returncode == 1
    assert done.stderr == "none.yml: there is no such file. Check the path\n"
    assert "owner.yml: not a folder" in run(project, CHAPTER, "--out", "owner.yml").stderr


def test_messages_are_in_the_reader_s_language(project: Path) -> None:
    done = run(project, "none.md", READERS_LANGUAGE="zh")
    assert done.stderr == "none.md: 没有这个文件。请检查路径\n"
