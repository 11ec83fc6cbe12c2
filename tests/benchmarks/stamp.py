"""Stamping a firm on sheets against printing them anew, and memory by the number of firms."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

from printables.chapters.parser import parse
from printables.job import Job
from printables.layout import compose, design, owner_panel, owner_room
from printables.press.print_job import print_sheet
from printables.stamping.stamp import Stamp

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "teams/confined-space"
DESIGNS = ("poster", "flyer", "talk", "trifold", "checklist", "label", "banner", "letters")
FIRMS = (10, 100, 1000)
PEAK = "--peak"


def rows() -> Iterator[dict[str, str]]:
    """A row for each design, one for all, and the peak memory for each number of firms."""
    anew, stamped = [], []
    for name, (one, other) in measured():
        anew.append(one)
        stamped.append(other)
        yield _row(name, one, other)
    yield _row("all of them", sum(anew), sum(stamped))
    for number in FIRMS:
        yield {"sheet": f"{number} firms", "peak, MB": f"{_peak(number):.0f}"}


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
        "peak, MB": "",
    }


def _peak(firms: int) -> float:
    """Peak memory in MB of a process that stamps this many firms on a poster."""
    command = [sys.executable, "-m", "tests.benchmarks.stamp", PEAK, str(firms)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return float(json.loads(done.stdout))


def _stamp_many(firms: int) -> None:
    firm = owner_panel.firm(owner_room.load(ROOT / "owner.yml"))
    _, blank = next(blanks())
    for number in range(firms):
        Stamp(replace(firm, name=(("zh", f"第 {number} 机械制造有限公司"),))).on(blank)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__" and PEAK in sys.argv:
    _stamp_many(int(sys.argv[-1]))
