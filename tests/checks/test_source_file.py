"""What a remembered file rests on: all that decides how it is read and judged, and no list kept by hand."""

import shutil
from pathlib import Path

import pytest
from imports import imported_by, is_in
from project import BASE

from printables import files
from printables.checks import source_file
from printables.findings import Finding

# Writes what is remembered, and has no say in it.
AFTER = {"printables.files"}


def test_every_room_that_judges_a_file_decides_what_is_remembered() -> None:
    read = imported_by("printables.checks.source_file")
    assert {module for module in read if not is_in(module, source_file.ROOMS)} <= AFTER


@pytest.mark.parametrize(
    "part", ["findings.py", "findings.toml", "signs/signs.toml", "languages.toml", "checks/rules/terms.toml"]
)  # fmt: skip
def test_a_room_that_changed_has_every_file_read_again(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new process would still tell what the old code said, where the list misses a room."""
    memory = tmp_path / "pages.json"
    seen: list[Path] = []
    original = source_file.examine

    def examine(path: Path, key: str, content: bytes) -> object:
        seen.append(path)
        return original(path, key, content)

    monkeypatch.setattr(source_file, "examine", examine)
    package = tmp_path / "package"
    shutil.copytree(files.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(files, "PACKAGE", package)
    source_file._code.cache_clear()
    source_file.read(BASE / "docs", memory)
    read = len(seen)
    source_file._code.cache_clear()
    source_file.read(BASE / "docs", memory)
    assert len(seen) == read  # nothing changed, nothing is read again
    with (package / part).open("a", encoding="utf-8") as file:
        file.write("\n")
    source_file._code.cache_clear()
    source_file.read(BASE / "docs", memory)
    assert len(seen) == 2 * read
    source_file._code.cache_clear()


def test_what_is_remembered_is_what_was_found(tmp_path: Path) -> None:
    docs = shutil.copytree(BASE / "docs", tmp_path / "docs")
    page = docs / "zh" / "teams" / "ladders.md"
    page.write_text(page.read_text("utf-8").replace("tone: warning", "tone: warming"), "utf-8")
    memory = tmp_path / "pages.json"

    def findings() -> list[Finding]:
        return [found for file in source_file.read(docs, memory) for found in file.findings]

    first = findings()
    assert {found.code for found in first} == {"wrong-value"}
    assert findings() == first


def test_the_first_file_that_changed_is_told_once_and_at_once(tmp_path: Path) -> None:
    docs, memory = shutil.copytree(BASE / "docs", tmp_path / "docs"), tmp_path / "pages.json"
    told: list[bool] = []

    def changed() -> None:
        told.append(memory.exists())

    source_file.read(docs, memory, changed)
    assert told == [False]
    source_file.read(docs, memory, changed)
    assert told == [False]
    with (docs / "en" / "teams" / "ladders.md").open("a", encoding="utf-8") as file:
        file.write("\n")
    source_file.read(docs, memory, changed)
    assert told == [False, True]
