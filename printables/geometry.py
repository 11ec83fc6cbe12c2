"""Millimetres, the points of a PDF, and boxes on a page."""

import math
from dataclasses import dataclass

PT = 72 / 25.4  # one mm
MOST_UNITS = 14400  # of a page's side; Acrobat opens no more


def points_a_unit(longest_mm: float) -> int:
    """Points in one unit of a page, so that no side has more than MOST_UNITS (UserUnit, ISO 32000)."""
    return math.ceil(longest_mm * PT / MOST_UNITS)


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
