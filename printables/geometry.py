"""Millimetres, the points of a PDF, and boxes on a page."""

import math
from dataclasses import dataclass

PT = 72 / 25.4  # one mm
OFFICE_MARGIN_MM = 5.0  # office printers print no nearer to the edge of the paper
CUT_MARGIN_MM = 4.0  # of what is smaller than any paper, and cut out of it
MOST_UNITS = 14400  # of a page's side; Acrobat opens no more


def points_a_unit(longest_mm: float) -> int:
    """Points in one unit of a page, so that no side has more than MOST_UNITS (UserUnit, ISO 32000)."""
    return math.ceil(longest_mm * PT / MOST_UNITS)


def pieces(trim: tuple[float, float], paper: tuple[float, float]) -> tuple[int, int]:
    """How many sheets of `trim` mm stand side by side and below each other where an office printer prints `paper` mm."""
    across, up = (
        int((side - 2 * OFFICE_MARGIN_MM) // length)
        for side, length in zip(paper, trim, strict=True)
    )
    return across, up


@dataclass(frozen=True)
class Rect:
    """A box on a page, edges in mm from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Height in mm."""
        return self.bottom - self.top

    def meets(self, other: "Rect", slack: float = 0.1) -> bool:
        """True if the boxes overlap by more than `slack` mm."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )

    def times(self, zoom: float) -> "Rect":
        """The box on a sheet `zoom` times larger."""
        return Rect(self.left * zoom, self.top * zoom, self.right * zoom, self.bottom * zoom)

    def holds(self, other: "Rect", slack: float = 0.5) -> bool:
        """True if `other` lies within this box, give or take `slack` mm."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )
