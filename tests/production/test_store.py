"""Files that a site needs again are made once, and linked to."""

import os
import shutil
from pathlib import Path

import pytest

from printables.production.store import Store


@pytest.fixture
def made() -> list[str]:
    """What had to be made."""
    return []


def put(folder: Path, made: list[str], *names: str) -> None:
    """One build that needs these files; each is called what it is made of."""
    store = Store(folder / "kept", ".txt")
    for name in names:

        def make(name: str = name) -> bytes:
            made.append(name)
            return name.encode()

        store.put(name, make, folder / "site" / f"{name}.txt")
    store.clear()


def test_a_file_is_made_once(tmp_path: Path, made: list[str]) -> None:
    for _ in range(2):
        put(tmp_path, made, "one", "two")
    assert made == ["one", "two"]
    assert (tmp_path / "site" / "two.txt").read_text() == "two"


def test_what_no_site_links_to_goes(tmp_path: Path, made: list[str]) -> None:
    put(tmp_path, made, "one", "two")
    (tmp_path / "site" / "one.txt").unlink()
    put(tmp_path, made, "three")
    kept = {path.read_text() for path in (tmp_path / "kept").iterdir()}
    assert kept == {"two", "three"}  # the site still shows the second


def test_two_builds_clear_at_once(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each may find gone what it just saw."""
    put(tmp_path, made, "one", "two")
    for name in ("one", "two"):
        (tmp_path / "site" / f"{name}.txt").unlink()
    glob = Path.glob

    def seen(folder: Path, pattern: str) -> list[Path]:
        found = list(glob(folder, pattern))
        for path in found if made[-1] == "three" else ():
            if path.read_text() == "one":  # the other is quicker
                path.unlink()
        return found

    monkeypatch.setattr(Path, "glob", seen)
    put(tmp_path, made, "three")
    assert [path.read_text() for path in (tmp_path / "kept").iterdir()] == ["three"]


def test_what_another_build_cleared_away_is_made_again(tmp_path: Path, made: list[str]) -> None:
    put(tmp_path, made, "one")
    shutil.rmtree(tmp_path / "site")
    store = Store(tmp_path / "kept", ".txt")

    def cleared() -> bytes:
        made.append("one")
        return b"one"

    whole = store._is_whole

    def then_clear(stored: Path) -> bool:
        is_whole = whole(stored)
        stored.unlink()
        return is_whole

    store._is_whole = then_clear  # type: ignore[method-assign]
    store.put("one", cleared, tmp_path / "site" / "one.txt")
    assert made == ["one", "one"]
    assert (tmp_path / "site" / "one.txt").read_text() == "one"


def test_what_was_written_into_a_link_does_not_come_back(tmp_path: Path, made: list[str]) -> None:
    put(tmp_path, made, "one")
    (tmp_path / "site" / "one.txt").write_text("eno")
    put(tmp_path, made, "one")
    assert made == ["one", "one"]
    assert (tmp_path / "site" / "one.txt").read_text() == "one"


@pytest.mark.parametrize("content", [b"onX", b"on", b""])
def test_what_a_disk_damaged_is_made_again(tmp_path: Path, made: list[str], content: bytes) -> None:
    """Also where its time is as it was: a file system may count whole seconds, an archive keeps them."""
    put(tmp_path, made, "one")
    [stored] = (tmp_path / "kept").iterdir()
    (tmp_path / "site" / "one.txt").unlink()
    stored.write_bytes(content)
    os.utime(stored, (1_000_000, 1_000_000))
    put(tmp_path, made, "one")
    assert made == ["one", "one"]
    assert (tmp_path / "site" / "one.txt").read_text() == "one"


def test_a_file_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        Store(tmp_path / "kept", ".txt").put("one", fail, tmp_path / "one.txt")
    assert not list(tmp_path.rglob("*.*"))
