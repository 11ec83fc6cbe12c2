"""Twins that have not changed are not compared again, and what was found of them is not lost."""

import shutil
from pathlib import Path

import pytest
from project import BASE

from printables.checks import parity
from printables.checks.collection import Collection, collect
from printables.layout import design


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the twins that were compared."""
    seen: list[str] = []
    original = parity.differences

    def differences(its, mine):  # type: ignore[no-untyped-def]
        seen.append(mine.name)
        return original(its, mine)

    monkeypatch.setattr(parity, "differences", differences)
    return seen


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The chapter of tests/base with a translation that gives another number, and one that is stale."""
    docs = shutil.copytree(BASE, tmp_path / "project") / "docs"
    for name in ("steps", "rungs"):
        for language in ("zh", "en"):
            folder = docs / language / "teams"
            shutil.copy(folder / "ladders.md", folder / f"{name}.md")
    change(docs / "en/teams/steps.md", "for every four up", "for 5 up")
    change(docs / "en/teams/rungs.md", "order:", 'translates: "0123456789ab"\norder:')
    return docs


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def read(docs: Path) -> Collection:
    return collect(docs, design.names(), docs.parent / "pages.json")


def test_unchanged_twins_are_not_compared_and_say_the_same(docs: Path, compared: list[str]) -> None:
    first = read(docs)
    assert compared == ["teams/ladders", "teams/rungs", "teams/steps"]
    assert "twin-numbers" in {found.code for found in first.findings}
    assert [note.code for note in first.notes] == ["translation-stale"]
    second = read(docs)
    assert len(compared) == 3
    assert (second.findings, second.notes) == (first.findings, first.notes)
    assert second.chapters == first.chapters
    assert second.chapters["en", "teams/rungs"].stale


def test_a_changed_twin_is_compared_again(docs: Path, compared: list[str]) -> None:
    read(docs)
    compared.clear()
    change(docs / "en/teams/steps.md", "for 5 up", "for every four up")
    assert "twin-numbers" not in {found.code for found in read(docs).findings}
    assert compared == ["teams/steps"]


def test_a_chapter_s_digest_tells_what_was_found_out_beside_its_file(docs: Path) -> None:
    of = read(docs)
    fresh, stale = of.chapters["zh", "teams/rungs"], of.chapters["en", "teams/rungs"]
    assert "stale" in of.digest(stale)
    assert "stale" not in of.digest(fresh)
    assert len({of.digest(chapter) for chapter in of.chapters.values()}) == len(of.chapters)


def test_a_damaged_memory_of_twins_is_made_anew(docs: Path, compared: list[str]) -> None:
    first = read(docs)
    (docs.parent / "twins-pages.json").write_bytes(b"{")
    assert read(docs).findings == first.findings
    assert len(compared) == 6
