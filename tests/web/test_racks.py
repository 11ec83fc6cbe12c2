"""What the print centre says of a sheet: its papers, pieces, the length of a row, names of downloads."""

from dataclasses import replace

import pytest
from fake_press import fake_sheet

from printables.job import Finished, Job
from printables.layout import design
from printables.press.sheet import Filed
from printables.web import racks


def made(job: Job, **pages: int) -> Filed:
    """A sheet with these finishings."""
    finished = tuple(
        Finished(name.replace("_", "-"), count, job.trim, 3 if name == "shop" else 0)
        for name, count in pages.items()
    )
    sheet = fake_sheet(job)
    files = {**sheet.files, **{after.suffix: b"%PDF" for after in finished}}
    return replace(sheet, finished=finished, files=files)


def test_paper_that_tiles_take_counts_as_paper(base_jobs: dict[tuple[str, str], Job]) -> None:
    job = base_jobs["poster", "zh"]
    [entry] = racks.gathered([racks.entry(job.order, made(job, tiles_a4=5, shop=1), "../", "zh")])
    assert entry["papers"] == ["a3", "a4"]
    assert racks.choices([], [entry]).sizes == [("a3", "A3"), ("a4", "A4")]


@pytest.mark.parametrize(("name", "pieces"), [("label", 4), ("sticker", 4)])
def test_how_many_stand_on_a_sheet_is_told(
    base_jobs: dict[tuple[str, str], Job], name: str, pieces: int
) -> None:
    other = design.find(name)
    size = other.spec.sizes[0]
    job = replace(base_jobs["poster", "zh"], design=name, size=size, trim=other.trim(size))
    [after] = racks.entry(job.order, made(job, labels_a4=1), "", "zh")["finished"]
    assert after["pieces"] == pieces


def test_a_row_of_letters_has_its_length(base_jobs: dict[tuple[str, str], Job]) -> None:
    job = replace(base_jobs["poster", "zh"], design="letters", size="a4", trim=(210.0, 297.0))
    assert racks.entry(job.order, replace(made(job), pages=9), "", "zh")["row_m"] == 1.9
    assert racks.entry(base_jobs["flyer", "zh"].order, made(job), "", "zh")["row_m"] == 0


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (
            ["有限空间作业", "海报", "A3", "中文", "A4 拼贴"],
            "有限空间作业-海报-A3-中文-A4 拼贴.pdf",
        ),
        (["a/b\\c:d", "", "<x>\n"], "a b c d-x.pdf"),
    ],
)
def test_a_download_is_called_what_it_is(parts: list[str], name: str) -> None:
    assert racks.file_name(parts) == name
