"""Boxes of a form that a list of firms fills: what a register knows of a firm, never a result, a date or a signature."""

from itertools import count

from markupsafe import Markup

from printables.colours import COLOURS
from printables.forms.shelf import Field
from printables.geometry import PT
from printables.job import FIELD, Reserved
from printables.languages import LANGUAGES
from printables.legibility import em_floor

KNOWN = "merged"  # the type of what comes from a register
INSET = 1.4  # mm: above and below
LEAST_PT = 9.0


class Filled:
    """Makes the boxes of one form; `inside` are their ids by page, from 0."""

    def __init__(self, language: str, distance_m: float) -> None:
        self._codes = tuple(language.split("-"))
        self._distance_m = distance_m
        self._numbers = count(1)
        self.reserved: list[Reserved] = []
        self.inside: dict[int, list[str]] = {}
        self._page = 0

    def begin(self, number: int) -> str:
        """A page begins, the first one being 1; nothing is written."""
        self._page = number - 1
        return ""

    def box(self, field: str, height: float) -> Markup:
        """A box for a field in a row, `height` mm with it."""
        made = Markup('<div id="{}" style="height: {:.2f}mm"></div>')
        return made.format(self._reserve(field), height - INSET)

    def hole(self, field: Field, wide: float) -> Markup:
        """A line to write on within a text, `wide` mm long."""
        if field.type != KNOWN:
            return Markup('<span class="hole" style="width: {:g}mm"></span>').format(wide)
        made = Markup('<span class="hole" id="{}" style="width: {:g}mm"></span>')
        return made.format(self._reserve(field.name), wide)

    def _reserve(self, field: str) -> str:
        name = f"fill-{next(self._numbers)}"
        ordered = (*self._codes, *(code for code in LANGUAGES if code not in self._codes))
        least = tuple(
            (code, max(em_floor(code, self._distance_m), LEAST_PT / PT)) for code in ordered
        )
        ink, ground = COLOURS["black"].light, COLOURS["white"].light
        self.reserved.append(Reserved(name, f"{FIELD}{field}", self._codes, least, ink, ground))
        self.inside.setdefault(self._page, []).append(name)
        return name
