"""What the print centre is told of every sheet."""

import json
from dataclasses import replace

from fake_press import fake_sheet

from printables.job import Finished, Job
from printables.web import stock


def test_every_file_has_its_place_and_measures(base_jobs: dict[tuple[str, str], Job]) -> None:
    job = base_jobs["poster", "zh"]
    sheet = fake_sheet(job)
    finished = (Finished("tiles-a4", 5, (210, 297), 0), Finished("shop", 1, job.trim, 3))
    files = {**sheet.files, "-tiles-a4.pdf": b"x" * 2000, "-shop.pdf": b"x"}
    larger = replace(job, size="a2", trim=(420.0, 594.0)).order
    sheets = {
        job.order: replace(sheet, finished=finished, files=files),
        larger: fake_sheet(job),
    }
    form = replace(job, chapter="forms/1A").order
    text = stock.script({form: fake_sheet(job), **sheets})
    assert text.startswith("window.stock = {") and text.endswith("};\n")
    known = json.loads(text.removeprefix("window.stock = ").removesuffix(";\n"))
    assert list(known["shelves"]) == ["teams/ladders"]
    printable = known["shelves"]["teams/ladders"]["poster"]["zh"]
    assert printable["edition"] == job.edition
    assert list(printable["sizes"]) == ["a3", "a2"]
    made = {"plain": [1, 1], "tiles-a4": [2, 5, 0], "shop": [1, 1, 0]}
    assert printable["sizes"]["a3"] == [297, 420, job.distance_m, 0, made]
    assert known["finishings"]["tiles-a4"] == {"paper": "a4", "shop": False}
    assert known["finishings"]["shop"] == {"paper": "", "shop": True}
