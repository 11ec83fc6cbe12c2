"""Sheets kept by the hash of all that their bytes depend on."""

import os
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest
from fake_press import fake_sheet
from imports import imported_by, is_in
from project import BASE, same

from printables import files as package_files
from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.job import Firm, HeadlineRoom, Job, Region
from printables.layout.compose import compose as compose_sheet
from printables.layout.design import find, read
from printables.press.print_job import print_sheet
from printables.production import cache
from printables.production.cache import Cache

OTHER = {
    str: "other",
    int: 77,
    float: 7.7,
    tuple: (("other", 9.9),),
    HeadlineRoom: HeadlineRoom(("x",), (1.0,), 1.0, 2.0, 3.0, 4.0, 5.0),
    Firm: Firm((("zh", "x"),)),
}
SHOWN_ONLY = {"source_hash", "source", "lines"}


@pytest.fixture
def job(base_jobs: dict[tuple[str, str], Job]) -> Job:
    return base_jobs["poster", "zh"]


@pytest.fixture
def filled(tmp_path: Path, job: Job) -> Cache:
    """A cache that holds the job's sheet."""
    filled = Cache(tmp_path / "press")
    filled.put(job.key, fake_sheet(job))
    return filled


def test_a_sheet_comes_back_as_it_was(filled: Cache, job: Job) -> None:
    assert same(filled.get(job.key), fake_sheet(job))


def test_an_unknown_job_has_no_sheet(filled: Cache, job: Job) -> None:
    assert filled.get(replace(job, html="other").key) is None


def test_a_printed_sheet_comes_back_to_the_byte(
    base_jobs: dict[tuple[str, str], Job], tmp_path: Path
) -> None:
    cache, job = Cache(tmp_path), base_jobs["flyer", "zh"]
    sheet = print_sheet(job)
    assert same(cache.put(job.key, sheet), sheet)
    assert same(cache.get(job.key), sheet)
    assert sheet.finished


def files(filled: Cache, job: Job) -> list[Path]:
    """The files of the job's entry: PDF, picture, record."""
    return sorted(path for path in filled.place(job.key).iterdir())


def is_healed(filled: Cache, job: Job) -> bool:
    """Whether the entry is thrown away and its place can be taken again."""
    gone = filled.get(job.key) is None and not filled.place(job.key).exists()
    filled.put(job.key, fake_sheet(job))
    return gone and same(filled.get(job.key), fake_sheet(job))


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("at", [0, 3, -1])
def test_an_altered_entry_is_thrown_away(filled: Cache, job: Job, which: int, at: int) -> None:
    path = files(filled, job)[which]
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_bytes(content)
    os.utime(path, ns=times)  # as a disk that fails keeps them
    assert is_healed(filled, job)


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("length", [0, 3, -1])
def test_a_truncated_entry_is_thrown_away(filled: Cache, job: Job, which: int, length: int) -> None:
    path = files(filled, job)[which]
    path.write_bytes(path.read_bytes()[:length])
    assert is_healed(filled, job)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_an_entry_that_lacks_a_file_is_thrown_away(filled: Cache, job: Job, which: int) -> None:
    files(filled, job)[which].unlink()
    assert is_healed(filled, job)


def test_what_is_written_into_a_link_does_not_come_back(
    filled: Cache, job: Job, tmp_path: Path
) -> None:
    """A site links to the cache; somebody may open its PDF and save it."""
    sheet = filled.get(job.key)
    sheet.put(".pdf", tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == fake_sheet(job).pdf
    (tmp_path / "x.pdf").write_bytes(b"%PDX " + job.name.encode())
    assert is_healed(filled, job)


def test_a_file_takes_the_place_of_another_and_not_of_what_that_links_to(
    filled: Cache, job: Job, tmp_path: Path
) -> None:
    other = replace(job, title="other", chapter="teams/other")
    for each in (other, job):
        filled.put(each.key, fake_sheet(each)).put(".pdf", tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == fake_sheet(job).pdf
    assert same(filled.get(other.key), fake_sheet(other))


def test_a_copy_of_the_cache_is_as_good(filled: Cache, job: Job, tmp_path: Path) -> None:
    shutil.copytree(filled.folder, tmp_path / "copy", copy_function=shutil.copyfile)
    copy = Cache(tmp_path / "copy")
    assert same(copy.get(job.key), fake_sheet(job))


def test_an_entry_is_written_at_once_or_not_at_all(
    filled: Cache, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(job, html="other")
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        filled.put(other.key, fake_sheet(other))
    assert sorted(path for path in filled.folder.rglob("*") if path.is_file()) == files(filled, job)


def test_two_builds_may_keep_the_same_sheet(filled: Cache, job: Job) -> None:
    before = filled.place(job.key).stat().st_ino
    assert same(filled.put(job.key, fake_sheet(job)), fake_sheet(job))
    assert filled.place(job.key).stat().st_ino == before
    assert list(filled.folder.glob("*/*")) == [filled.place(job.key)]


def test_the_oldest_go_first_when_there_is_no_room(tmp_path: Path, job: Job) -> None:
    jobs = [replace(job, html=str(number)) for number in range(6)]
    filled = Cache(tmp_path)
    for age, each in enumerate(jobs):
        filled.put(each.key, fake_sheet(each))
        os.utime(filled.place(each.key) / "record.json", (1_000_000 + age, 1_000_000 + age))
    filled.most_bytes = 3 * sum(path.stat().st_size for path in files(filled, jobs[0]))
    assert filled.get(jobs[0].key)  # used just now
    filled.trim()
    assert [n for n, each in enumerate(jobs) if filled.place(each.key).exists()] == [0, 4, 5]
    assert len(list(tmp_path.glob("*/*"))) == 3


def test_what_a_killed_build_left_goes_too(filled: Cache, job: Job) -> None:
    old, new = (filled.place(job.key).with_name(name) for name in ("a.part", "b.part"))
    for part in (old, new):
        part.mkdir()
        (part / "sheet.pdf").write_bytes(b"%PDF")
    os.utime(old, (1_000_000, 1_000_000))
    filled.trim()
    assert (old.exists(), new.exists()) == (False, True)
    assert filled.get(job.key)


def test_nothing_goes_while_there_is_room(filled: Cache, job: Job) -> None:
    filled.trim()
    assert filled.get(job.key)


# --- what the key depends on


@pytest.mark.parametrize("name", [field.name for field in fields(Job)])
def test_every_part_of_a_job_alone_decides_its_key(filled: Cache, job: Job, name: str) -> None:
    value = getattr(job, name)
    other = (Region("x", 0, 1.0, (), 1),) if name == "regions" else OTHER[type(value)]
    changed = replace(job, **{name: other})
    assert (filled.place(changed.key) == filled.place(job.key)) == (name in SHOWN_ONLY)


def compose(twins: dict[str, Chapter], publisher: Owner) -> Job:
    return compose_sheet(find("poster"), twins, "zh", publisher)


def test_text_and_owner_decide_the_key(
    filled: Cache, base_collection: Collection, base_owner: Owner, job: Job
) -> None:
    twins = base_collection.twins()["teams/ladders"]
    front = twins["zh"].front.model_copy(update={"title": "登高"})
    other_text = compose({**twins, "zh": replace(twins["zh"], front=front)}, base_owner)
    colours = base_owner.colours.model_copy(update={"band": "#222222"})
    other_owner = compose(twins, base_owner.model_copy(update={"colours": colours}))
    paths = {filled.place(each.key) for each in (job, other_text, other_owner)}
    assert filled.place(compose(twins, base_owner).key) == filled.place(job.key)
    assert len(paths) == 3


@pytest.mark.parametrize("part", ["template", "style"])
def test_template_and_style_decide_the_key(
    filled: Cache, base_collection: Collection, base_owner: Owner, job: Job, part: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    designs = tmp_path / "designs"
    shutil.copytree(find("poster").folder, designs / "poster")
    (path,) = (designs / "poster").glob(f"{part}.*")
    path.write_text(path.read_text(encoding="utf-8") + "\n/* other */", encoding="utf-8")
    changed = compose_sheet(
        read(designs / "poster"), base_collection.twins()["teams/ladders"], "zh", base_owner
    )
    assert filled.place(changed.key) != filled.place(job.key)


def test_the_place_of_the_file_and_its_lines_do_not_decide_the_key(
    filled: Cache, base_collection: Collection, base_owner: Owner, job: Job, tmp_path: Path
) -> None:
    shutil.copytree(BASE / "library", tmp_path / "library")
    twins = base_collection.twins()["teams/ladders"]
    sections = tuple(replace(section, line=section.line + 5) for section in twins["zh"].sections)
    moved = replace(
        twins["zh"],
        path=tmp_path / "docs" / "zh" / "teams" / "x.md",
        sections=sections,
        slogan_line=9,
    )
    assert filled.place(compose({**twins, "zh": moved}, base_owner).key) == filled.place(job.key)


def test_the_fingerprint_decides_the_key(
    filled: Cache, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "fingerprint", lambda: "another machine")
    assert filled.get(job.key) is None


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of fonts and rooms that may be changed."""
    copy = tmp_path / "package"
    shutil.copytree(package_files.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(package_files, "PACKAGE", copy)
    return copy


def fingerprint() -> str:
    return cache.fingerprint.__wrapped__()


def test_the_fingerprint_covers_fonts_and_rooms(package: Path) -> None:
    seen = {fingerprint()}
    assert fingerprint() in seen
    paths = [
        path for room in cache.ROOMS for path in (package / room, *(package / room).rglob("*"))
    ]
    paths = [path for path in paths if path.is_file()]
    for path in paths:
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(fingerprint())
    assert len(seen) == len(paths) + 1


# Says why a job cannot be printed; writes what was printed.
AFTER = {"printables.findings", "printables.files"}


@pytest.mark.parametrize("asked", ["version", "_native_version"])
def test_the_fingerprint_covers_the_versions_of_libraries(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint()
    monkeypatch.setattr(cache, asked, lambda *_: "99")
    assert fingerprint() != before


def test_every_room_that_makes_bytes_is_in_the_fingerprint() -> None:
    made = imported_by("printables.stamping.print_stamped")
    assert not {module for module in made if not is_in(module, cache.ROOMS)} - AFTER
