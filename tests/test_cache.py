"""Sheets kept by the hash of all that their bytes depend on."""

import ast
import os
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest
from workers import fake_sheet

from printables import cache, layout
from printables.cache import Cache
from printables.chapter import Chapter
from printables.design import find
from printables.job import HeadlineRoom, Job, Region
from printables.owner import Owner
from printables.shelf import Shelf

OTHER = {
    str: "other",
    int: 77,
    float: 7.7,
    tuple: (("other", 9.9),),
    HeadlineRoom: HeadlineRoom(("x",), (1.0,), 1.0, 2.0, 3.0, 4.0),
}
SHOWN_ONLY = {"source_hash", "source", "lines"}


@pytest.fixture
def job(base_jobs: dict[tuple[str, str], Job]) -> Job:
    return base_jobs["poster", "zh"]


@pytest.fixture
def kept(tmp_path: Path, job: Job) -> Cache:
    """A cache that holds the job's sheet."""
    kept = Cache(tmp_path / "press")
    kept.put(job, fake_sheet(job))
    return kept


def test_a_sheet_comes_back_as_it_was(kept: Cache, job: Job) -> None:
    assert kept.get(job) == fake_sheet(job)


def test_an_unknown_job_has_no_sheet(kept: Cache, job: Job) -> None:
    assert kept.get(replace(job, html="other")) is None


def test_real_sheets_come_back_to_the_byte(
    base_sheets: dict[tuple[str, str], object], base_jobs: dict, press_cache: Cache
) -> None:
    for place, sheet in base_sheets.items():
        assert press_cache.get(base_jobs[place]) == sheet


@pytest.mark.parametrize("at", [0, 30, 70, 150, -1])
def test_an_altered_entry_is_thrown_away(kept: Cache, job: Job, at: int) -> None:
    path = kept.path(job)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert kept.get(job) is None
    assert not path.exists()
    kept.put(job, fake_sheet(job))
    assert kept.get(job) == fake_sheet(job)


@pytest.mark.parametrize("length", [0, 10, 64, 65, 200, -1])
def test_a_truncated_entry_is_thrown_away(kept: Cache, job: Job, length: int) -> None:
    path = kept.path(job)
    path.write_bytes(path.read_bytes()[:length])
    assert kept.get(job) is None
    assert not path.exists()


def test_an_entry_is_written_at_once_or_not_at_all(
    kept: Cache, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(job, html="other")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        kept.put(other, fake_sheet(other))
    assert [path for path in kept.folder.rglob("*") if path.is_file()] == [kept.path(job)]


def test_the_oldest_go_first_when_there_is_no_room(tmp_path: Path, job: Job) -> None:
    jobs = [replace(job, html=str(number)) for number in range(6)]
    size = len(fake_sheet(job).pack())
    kept = Cache(tmp_path, most_bytes=3 * size)
    for age, each in enumerate(jobs):
        kept.put(each, fake_sheet(each))
        os.utime(kept.path(each), (1_000_000 + age, 1_000_000 + age))
    assert kept.get(jobs[0])  # used just now
    kept.trim()
    assert [number for number, each in enumerate(jobs) if kept.path(each).exists()] == [0, 4, 5]


def test_nothing_goes_while_there_is_room(kept: Cache, job: Job) -> None:
    kept.trim()
    assert kept.get(job)


# --- what the key depends on


@pytest.mark.parametrize("name", [field.name for field in fields(Job)])
def test_every_part_of_a_job_alone_decides_its_key(kept: Cache, job: Job, name: str) -> None:
    value = getattr(job, name)
    other = (Region("x", 0, 1.0, (), 1),) if name == "regions" else OTHER[type(value)]
    changed = replace(job, **{name: other})
    assert (kept.path(changed) == kept.path(job)) == (name in SHOWN_ONLY)


def compose(twins: dict[str, Chapter], publisher: Owner) -> Job:
    return layout.compose(find("poster"), twins, "zh", publisher)


def test_text_and_owner_decide_the_key(
    kept: Cache, base_shelf: Shelf, base_owner: Owner, job: Job
) -> None:
    twins = base_shelf.twins()["teams/ladders"]
    front = twins["zh"].front.model_copy(update={"title": "登高"})
    other_text = compose({**twins, "zh": replace(twins["zh"], front=front)}, base_owner)
    colours = base_owner.colours.model_copy(update={"band": "#222222"})
    other_owner = compose(twins, base_owner.model_copy(update={"colours": colours}))
    paths = {kept.path(each) for each in (job, other_text, other_owner)}
    assert kept.path(compose(twins, base_owner)) == kept.path(job)
    assert len(paths) == 3


@pytest.mark.parametrize("part", ["template", "style"])
def test_template_and_style_decide_the_key(
    kept: Cache, base_shelf: Shelf, base_owner: Owner, job: Job, part: str,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    designs = tmp_path / "designs"
    shutil.copytree(find("poster").folder, designs / "poster")
    (path,) = (designs / "poster").glob(f"{part}.*")
    path.write_text(path.read_text(encoding="utf-8") + "\n/* other */", encoding="utf-8")
    monkeypatch.setattr(layout, "FAMILY", layout.FAMILY)
    environment = layout.environment.__wrapped__()
    environment.loader.searchpath.insert(0, str(designs))
    monkeypatch.setattr(layout, "environment", lambda: environment)
    from printables.design import read

    changed = layout.compose(
        read(designs / "poster"), base_shelf.twins()["teams/ladders"], "zh", base_owner
    )
    assert kept.path(changed) != kept.path(job)


def test_the_place_of_the_file_and_its_lines_do_not_decide_the_key(
    kept: Cache, base_shelf: Shelf, base_owner: Owner, job: Job
) -> None:
    twins = base_shelf.twins()["teams/ladders"]
    sections = tuple(replace(section, line=section.line + 5) for section in twins["zh"].sections)
    moved = replace(twins["zh"], path=Path("/elsewhere/x.md"), sections=sections, slogan_line=9)
    assert kept.path(compose({**twins, "zh": moved}, base_owner)) == kept.path(job)


def test_the_fingerprint_decides_the_key(
    kept: Cache, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "fingerprint", lambda: "another machine")
    assert kept.get(job) is None


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of fonts and rooms that may be changed."""
    copy = tmp_path / "package"
    shutil.copytree(cache.PACKAGE / "fonts", copy / "fonts")
    for room in cache.ROOMS:
        shutil.copy(cache.PACKAGE / f"{room}.py", copy)
    monkeypatch.setattr(cache, "PACKAGE", copy)
    return copy


def fingerprint() -> str:
    return cache.fingerprint.__wrapped__()


def test_the_fingerprint_covers_fonts_and_rooms(package: Path) -> None:
    seen = {fingerprint()}
    assert fingerprint() in seen
    paths = [*sorted(package.glob("*.py")), package / "fonts" / "NotoSansSC-Bold.ttf"]
    for path in paths:
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(fingerprint())
    assert len(seen) == len(paths) + 1


@pytest.mark.parametrize("asked", ["version", "_native_version"])
def test_the_fingerprint_covers_the_versions_of_libraries(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint()
    monkeypatch.setattr(cache, asked, lambda *_: "99")
    assert fingerprint() != before


def test_every_room_that_makes_bytes_is_in_the_fingerprint() -> None:
    rooms, todo = set[str](), ["printer"]
    while todo:
        room = todo.pop()
        rooms.add(room)
        tree = ast.parse((cache.PACKAGE / f"{room}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("printables"):
                names = [node.module.removeprefix("printables.")] if "." in node.module else [
                    alias.name for alias in node.names
                ]  # fmt: skip
                todo += [name for name in names if name not in rooms]
    assert rooms - {"findings"} == set(cache.ROOMS)
