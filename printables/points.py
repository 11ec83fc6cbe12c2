"""Millimetres and the points of a PDF."""

import math

PT = 72 / 25.4  # one mm
MOST_UNITS = 14400  # of a page's side, in what Acrobat opens


def points_a_unit(longest_mm: float) -> int:
    """Points that one unit of a page stands for, so that no side has too many (UserUnit, ISO 32000)."""
    return math.ceil(longest_mm * PT / MOST_UNITS)
