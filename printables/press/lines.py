"""Copy in lines: where a paragraph breaks in a given room, whatever its size."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

SPACE = " "
ROUNDING = 1e-6  # px that sums of widths may be off
EM = 1000  # units of an em in which advances are given


@dataclass(frozen=True)
class Run:
    """Text in one style, or a thing in the line (`text` is empty) whose width is told when it is set.

    `advances` are those of its characters in units of an em. A line may end before the characters at `breaks`, and before
    any character if `anywhere`, should a word be longer than the line.
    """

    text: str = ""
    advances: tuple[float, ...] = ()
    breaks: tuple[int, ...] = ()
    anywhere: bool = False


Place = tuple[int, int]  # a run, and the number of its characters before the place


class Paragraph:
    """Runs in a row, and the places where a line may end; `joints` tell whether one may end after each run but the last."""

    def __init__(self, runs: Sequence[Run], joints: Sequence[bool]) -> None:
        self.runs = runs
        self._reach = [(0.0, *accumulate(run.advances)) for run in runs]
        self.ends: list[Place] = []
        for number, run in enumerate(runs):
            self.ends += [(number, at) for at in run.breaks]
            if number == len(runs) - 1 or joints[number]:
                self.ends.append((number, len(run.text)))
        self._inked = [self._without_spaces(*end) for end in self.ends]

    def _without_spaces(self, run: int, at: int) -> Place:
        """The end of the line's ink: spaces before its end hang."""
        while True:
            text = self.runs[run].text
            while at and text[at - 1] == SPACE:
                at -= 1
            if at or not run or not text:
                return run, at
            run -= 1
            at = len(self.runs[run].text)

    def set(self, widths: Sequence[float]) -> "Setting":
        """The paragraph in a size: `widths` are px of a unit of each text, and of each thing."""
        return Setting(self, widths)

    def reach(self, place: Place) -> float:
        """Units from the beginning of a run to a place in it."""
        return self._reach[place[0]][place[1]]

    def cut(self, place: Place, units: float) -> int:
        """How many characters of the run, at least one more than at `place`, end within `units` of its beginning."""
        run, at = place
        return max(bisect_right(self._reach[run], units) - 1, at + 1)


class Setting:
    """A paragraph in a size, broken line by line; lengths in px."""

    def __init__(self, paragraph: Paragraph, widths: Sequence[float]) -> None:
        self._paragraph = paragraph
        self._widths = widths
        self._bases = [0.0]
        for number, run in enumerate(paragraph.runs):
            units = paragraph.reach((number, len(run.text))) if run.text else 1
            self._bases.append(self._bases[-1] + units * widths[number])
        self._ends = [self._at(end) for end in paragraph.ends]
        self._inked = [self._at(end) for end in paragraph._inked]
        self._next = 0  # the first end that the next line may take
        self._start: Place = (0, 0)
        self._left = 0.0

    @property
    def is_done(self) -> bool:
        return self._next == len(self._ends)

    @property
    def width(self) -> float:
        """The width of all of it on one line."""
        return self._inked[-1]

    @property
    def first_word(self) -> float:
        """The least room of the next line: up to the first place where it may end."""
        return self._inked[self._next] - self._left

    def take(self, room: float) -> tuple[int, int]:
        """Fill the next line; return its first and last run."""
        first = self._start[0]
        last = bisect_right(self._inked, self._left + room + ROUNDING, lo=self._next) - 1
        if last < self._next:
            if cut := self._within_a_word(room):
                self._start, self._left = cut, self._at(cut)
                return first, first
            last = self._next
        end = self._paragraph.ends[last]
        self._next = last + 1
        self._left = self._ends[last]
        self._start = (end[0] + 1, 0) if end[1] == len(self._paragraph.runs[end[0]].text) else end
        return first, end[0]

    def _within_a_word(self, room: float) -> Place | None:
        """Where the line ends if the first word of its first run is too long for it, and may be broken anywhere."""
        number = self._start[0]
        run = self._paragraph.runs[number]
        end = min(self._paragraph.ends[self._next], (number, len(run.text)))
        if not run.anywhere or self._at(self._paragraph._without_spaces(*end)) - self._left <= room:
            return None
        cut = self._paragraph.cut(
            self._start, (self._left + room - self._bases[number]) / self._widths[number]
        )
        return (number, cut) if cut < end[1] else None

    def _at(self, place: Place) -> float:
        if not self._paragraph.runs[place[0]].text:
            return self._bases[place[0] + 1]
        return self._bases[place[0]] + self._paragraph.reach(place) * self._widths[place[0]]
