"""The catalogue's entries and the files they name."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fake_press import fake_sheet
from PIL import Image

from printables.job import Job
from printables.press.sheet import Filed
from printables.publishing import catalogue, thumbnail

KEYS = [
    "chapter",
    "title",
    "language",
    "design",
    "size",
    "finishing",
    "file",
    "picture",
    "bytes",
    "pages",
    "trim_mm",
    "bleed_mm",
    "distance_m",
    "smallest_text_mm",
    "fill",
    "edition",
    "source_hash",
]


@pytest.fixture(params=[("poster", "zh"), ("poster", "zh-en"), ("flyer", "en")], ids="-".join)
def printed(
    request: pytest.FixtureRequest, base_jobs: dict[tuple[str, str], Job],
    base_sheets: dict[tuple[str, str], Filed],
) -> tuple[Job, Filed]:  # fmt: skip
    return base_jobs[request.param], base_sheets[request.param]


def test_an_entry_has_exactly_the_agreed_keys(printed: tuple[Job, Filed]) -> None:
    assert list(catalogue.entry(*printed)) == KEYS


def test_an_entry_has_the_agreed_kinds(printed: tuple[Job, Filed]) -> None:
    entry = catalogue.entry(*printed)
    whole = {"bytes", "pages", "bleed_mm"}
    number = {"distance_m", "smallest_text_mm", "fill"}
    for key, value in entry.items():
        if key == "trim_mm":
            assert isinstance(value, list)
            assert [type(side) for side in value] == [float, float]
        elif key in whole:
            assert type(value) is int
        elif key in number:
            assert isinstance(value, (int, float))
        else:
            assert isinstance(value, str)
            assert value


def test_an_entry_says_what_was_printed(
    base_jobs: dict[tuple[str, str], Job], base_sheets: dict[tuple[str, str], Filed]
) -> None:
    job, sheet = base_jobs["flyer", "zh"], base_sheets["flyer", "zh"]
    entry = catalogue.entry(job, sheet)
    assert {key: entry[key] for key in KEYS[:8]} == {
        "chapter": "teams/ladders",
        "title": "梯子作业",
        "language": "zh",
        "design": "flyer",
        "size": "a4",
        "finishing": "plain",
        "file": "printables/teams/ladders/ladders-flyer-a4-zh.pdf",
        "picture": "printables/teams/ladders/ladders-flyer-a4-zh.webp",
    }
    assert (entry["pages"], entry["trim_mm"], entry["bleed_mm"]) == (2, [210.0, 297.0], 0)
    assert (entry["bytes"], entry["edition"]) == (len(sheet.pdf), job.edition)
    assert str(entry["edition"]).startswith("2026-01-02·")


def test_measures_are_rounded(base_jobs: dict[tuple[str, str], Job]) -> None:
    job = base_jobs["poster", "zh"]
    entry = catalogue.entry(job, fake_sheet(job))
    assert (entry["smallest_text_mm"], entry["fill"]) == (9.88, 0.991)


def test_the_files_are_where_the_entry_says(printed: tuple[Job, Filed], tmp_path: Path) -> None:
    job, sheet = printed
    entry = catalogue.entry(job, sheet)
    paths = catalogue.deliver(job, sheet, tmp_path / catalogue.FOLDER / job.chapter)
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in paths}
    assert written[str(entry["file"])] == sheet.pdf
    assert written[str(entry["picture"])] == sheet.picture
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(paths)


def test_sheets_of_one_chapter_never_share_a_file(base_jobs: dict[tuple[str, str], Job]) -> None:
    jobs = [*base_jobs.values(), *(replace(job, size="a5") for job in base_jobs.values())]
    assert len({catalogue.place(job, ".pdf") for job in jobs}) == len(jobs)


def test_larger_sizes_are_shown_by_the_first_ones_picture(
    printed: tuple[Job, Filed], tmp_path: Path
) -> None:
    job, sheet = printed
    larger, other = replace(job, size="a2").order, replace(job, language="en").order
    leads = catalogue.leads([job.order, larger, other])
    assert leads == {job.order: job.order, larger: job.order, other: other}
    paths = catalogue.deliver(larger, sheet, tmp_path, pictured=False)
    assert paths and not [path for path in paths if path.suffix == ".webp"]


def test_a_thumbnail_is_light(printed: tuple[Job, Filed]) -> None:
    small = thumbnail.small(printed[1].picture)
    assert Image.open(io.BytesIO(small)).size[0] == thumbnail.WIDTH
    assert len(small) < 8000
