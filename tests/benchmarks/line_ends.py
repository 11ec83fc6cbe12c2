"""Line ends of finished Chinese sheets that stand inside a word, by design.

The judge is a dictionary without this project's words, which reads the text of the PDF across the line's end.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

from rjieba import Jieba

from printables.languages import HAN
from printables.layout import design
from printables.press import measure

END, BEGIN = re.compile(f"[{HAN}]+$"), re.compile(f"^[{HAN}]+")
LEADINGS = 1.0, 2.0  # em from baseline to baseline within a paragraph


def rows(site: Path) -> Iterator[dict[str, str]]:
    """Of each design: Chinese lines that a paragraph goes on after, those that end inside a word, and the share."""
    ends: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    named = re.compile(rf"-({'|'.join(design.every())})-(\w+)-zh\.pdf$")
    for path in sorted(site.rglob("*-zh.pdf")):
        if found := named.search(path.name):
            for line, following in wraps(path.read_bytes()):
                ends[found[1]] += 1
                broken[found[1]] += is_broken(line, following)
    for name, number in (*sorted(ends.items()), ("all", ends.total())):
        wrong = broken.total() if name == "all" else broken[name]
        share = f"{100 * wrong / max(number, 1):.2f}"
        yield {
            "design": name,
            "line ends": str(number),
            "inside a word": str(wrong),
            "in 100": share,
        }


def wraps(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Each line of a paragraph that another one follows, and that other one."""
    for upper, lower in pairwise(_lines(pdf)):
        drop = (upper.baseline_mm - lower.baseline_mm) / upper.em_mm
        is_alike = (upper.page, upper.font) == (lower.page, lower.font)
        if is_alike and LEADINGS[0] <= drop <= LEADINGS[1] and lower.box.left < upper.box.right:
            yield upper.text, lower.text


def is_broken(line: str, following: str) -> bool:
    """True if a word begins on the one line and ends on the other."""
    before, after = END.search(line), BEGIN.search(following)
    if not before or not after:
        return False
    words = _dictionary().cut(before[0] + after[0])
    return len(before[0]) not in accumulate(map(len, words))


@cache
def _dictionary() -> Jieba:
    return Jieba()


def _lines(pdf: bytes) -> list[measure.Run]:
    """Runs that follow each other on a baseline, in one."""
    found: list[measure.Run] = []
    for run in measure.runs(pdf, 100)[1]:  # lengths are compared with the em alone
        last = found[-1] if found else None
        if (
            last
            and last.page == run.page
            and abs(run.baseline_mm - last.baseline_mm) < 0.1
            and abs(run.box.left - last.box.right) < run.em_mm
        ):
            box = measure.around([last.box, run.box])
            found[-1] = replace(run, text=last.text + run.text, box=box)
        else:
            found.append(run)
    return found
