"""Stamping a firm on sheets against printing them anew; a whole list, with its time and its memory by the number of firms."""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

from printables.chapters.parser import parse
from printables.firms.listing import Entry, Sheet
from printables.firms.merging import merge
from printables.firms.table import Row
from printables.job import Job
from printables.layout import compose, design, owner_panel, owner_room
from printables.press.print_job import print_sheet
from printables.press.sheet import Filed
from printables.stamping.stamp import Stamp

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "teams/confined-space"
DESIGNS = ("poster", "flyer", "talk", "trifold", "checklist", "label", "banner", "letters")
FIRMS = (29, 287)
SHEETS = 20  # of each
MERGE = "--merge"


def rows() -> Iterator[dict[str, str]]:
    """A row for each design, one for all, and one for each number of firms."""
    anew, stamped = [], []
    for name, (one, other) in measured():
        anew.append(one)
        stamped.append(other)
        yield _row(name, one, other)
    yield _row("all of them", sum(anew), sum(stamped))
    for number in FIRMS:
        yield _merged(number)


def blanks() -> Iterator[tuple[str, bytes]]:
    """Each design, as it is stamped."""
    for name, job in _jobs():
        yield name, print_sheet(job).pdf


def _jobs() -> Iterator[tuple[str, Job]]:
    publisher = owner_room.load(ROOT / "owner.yml")
    zh = parse(ROOT / "docs" / "zh" / f"{CHAPTER}.md", ROOT / "docs")
    for name in DESIGNS:
        job = compose.compose(design.find(name), {"zh": zh}, "zh", publisher)
        yield name, replace(job, finishings=())


def measured(times: int = 5) -> Iterator[tuple[str, tuple[float, float]]]:
    """Each design, with the median seconds of a processor to print it and to stamp it."""
    firm = owner_panel.firm(owner_room.load(ROOT / "owner.yml"))
    for name, job in _jobs():
        blank = print_sheet(job).pdf  # and once to warm up
        anew, stamped = [], []
        for number in range(times):
            # A new name each time, so that no setting of words is remembered.
            stamp = Stamp(replace(firm, name=(("zh", f"{firm.name[0][1]}{number}"),)))
            stamp.on(blank)  # the fonts are cut once a firm
            stamped.append(_seconds(lambda stamp=stamp, blank=blank: stamp.on(blank)))
            anew.append(_seconds(lambda job=job: print_sheet(job)))
        yield name, (median(anew), median(stamped))


def _seconds(do: object) -> float:
    began = process_time()
    do()  # type: ignore[operator]
    return process_time() - began


def _row(name: str, anew: float, stamped: float) -> dict[str, str]:
    return {
        "sheet": name,
        "printed anew, ms": f"{anew * 1000:.0f}",
        "stamped, ms": f"{stamped * 1000:.1f}",
        "one to": f"{anew / stamped:.0f}",
        "list, core seconds": "–",
        "peak, MB": "–",
    }


def _merged(firms: int) -> dict[str, str]:
    """What a process takes to merge and to bind a list of so many firms; its sheets are printed before."""
    command = [sys.executable, "-m", "tests.benchmarks.stamp", MERGE, str(firms)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, peak = json.loads(done.stdout)
    return {
        "sheet": f"{firms} firms × {SHEETS} sheets",
        "list, core seconds": f"{seconds:.1f}",
        "peak, MB": f"{peak:.0f}",
    }


def _merge(firms: int) -> None:
    """Print the seconds of a processor, and the peak memory in MB."""
    jobs = list(_jobs())
    sheets: dict[Sheet, tuple[Job, Filed]] = {}
    for number in range(SHEETS):
        name, job = jobs[number % len(jobs)]
        called = replace(job.blank, title=f"{job.title} {number}")
        sheets[str(number), name, "zh"] = called, print_sheet(called)
    publisher = owner_panel.firm(owner_room.load(ROOT / "owner.yml"))
    entries = [
        Entry(Row(n, {}, {}), replace(publisher, name=(("zh", f"第 {n} 机械制造有限公司"),)), tuple(sheets), publisher)
        for n in range(firms)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as out:
        seconds = _seconds(lambda: merge(entries, sheets, Path(out), "zh", lambda *_: None))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


if __name__ == "__main__" and MERGE in sys.argv:
    _merge(int(sys.argv[-1]))
