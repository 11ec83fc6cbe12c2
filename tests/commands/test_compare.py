"""The picture sheet of a pull request: every printable that changed, before and after, and no other."""

import re
from pathlib import Path

import pytest
from PIL import Image
from project import build, edit, run

from printables.commands.compare import changes, show, table

ZH, EN = "docs/zh/teams/ladders.md", "docs/en/teams/ladders.md"


@pytest.fixture
def before(workshop_site: Path) -> Path:
    return workshop_site


def rebuilt(project: Path) -> Path:
    built = build(project, "after")
    assert built.returncode == 0, built.stderr
    return project / "after"


def test_the_same_chapters_give_the_same_bytes(project: Path, before: Path) -> None:
    assert changes(before, rebuilt(project)) == []


def test_a_change_shows_on_the_sheets_that_say_it(project: Path, before: Path) -> None:
    """The poster and the flyer carry the points and the edition; the cover of the book says neither."""
    edit(project / EN, "One metre out for every four up.", "For every four up, one out.")
    after = rebuilt(project)
    changed = changes(before, after)
    assert {change.name: change.word.split(" · ")[1] for change in changed} == {
        "teams/ladders poster en": "changed",
        "teams/ladders flyer en": "changed",
        "teams book en": "changed",
    }
    [poster] = [change for change in changed if "poster" in change.name]
    assert "printables/teams/ladders/ladders-poster-a3-en-tiles-a4.pdf" in poster.files
    page = show(changed, before, after, project / "out").read_text(encoding="utf-8")
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert sorted(pictures) == sorted(path.name for path in (project / "out").glob("*.webp"))
    assert {"0-1-before.webp", "0-1-after.webp", "1-1-before.webp"} <= set(pictures)
    [book] = [number for number, change in enumerate(changed) if "book" in change.name]
    pages = {int(name.split("-")[1]) for name in pictures if name.startswith(f"{book}-")}
    assert pages and 1 not in pages
    for side in ("before", "after"):
        with Image.open(project / "out" / f"0-1-{side}.webp") as picture:
            assert picture.width * picture.height == pytest.approx(500_000, rel=0.01)


def test_a_change_on_the_second_page_is_shown(project: Path, before: Path) -> None:
    """The first page changes with it: both carry the edition."""
    edit(project / EN, "Firm, level ground. Tie the top.", "Level ground. Tie the top.")
    after = rebuilt(project)
    changed = [change for change in changes(before, after) if "flyer" in change.name]
    page = show(changed, before, after, project / "out").read_text(encoding="utf-8")
    pages = [f"0-{page}-{side}.webp" for page in (1, 2) for side in ("before", "after")]
    assert re.findall(r'<img src="([^"]+)"', page) == pages


def test_what_is_new_and_what_is_gone_is_named(project: Path, before: Path) -> None:
    for path in (ZH, EN):
        edit(project / path, "prints: [poster, flyer]", "prints: [poster, talk]")
    after = rebuilt(project)
    words = {change.name: change.word for change in changes(before, after)}
    assert words == {
        "teams/ladders flyer zh": "删除 · gone",
        "teams/ladders flyer en": "删除 · gone",
        "teams/ladders talk zh": "新增 · new",
        "teams/ladders talk en": "新增 · new",
        "teams/ladders talk zh-en": "新增 · new",
    }
    show(changes(before, after), before, after, project / "out")
    assert len(list((project / "out").glob("*-before.webp"))) == 4  # two flyers of two pages
    assert len(list((project / "out").glob("*-after.webp"))) == 6


def test_without_a_site_before_everything_is_new(before: Path, tmp_path: Path) -> None:
    """What the workflow compares with where the old commit cannot be built."""
    changed = changes(tmp_path, before)
    assert {change.word for change in changed} == {"新增 · new"}
    assert len(changed) == 7


def test_the_command_writes_a_table_for_the_summary(
    before: Path, tmp_path: Path, project: Path
) -> None:
    (tmp_path / "none").mkdir()
    arguments = [str(tmp_path / "none"), str(before), str(tmp_path / "out")]
    done = run(project, "printables.commands.compare", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout == table(changes(tmp_path / "none", before)) + "\n"
    assert "| `teams/ladders poster zh-en` | 新增 · new | 13 |" in done.stdout
    assert (tmp_path / "out" / "index.html").exists()
