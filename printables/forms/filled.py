"""Boxes of a form that a list of firms fills: what a register knows of a firm, never a result, a date or a signature."""

from itertools import count

from markupsafe import Markup

from printables.colours import COLOURS
from printables.forms.shelf import Field
from printables.geometry import PT
from printables.job import FIELD, Reserved
from printables.languages import LANGUAGES
from printables.layout.lettering import LEADING
from printables.legibility import em_floor

INSET = 1.4  # mm: above and below
LEAST_PT = 9.0
MOST = 1.4  # of the least type, on one line: what stands in rows is of one size, or nearly


class Filled:
    """Makes the boxes of one form, `centred` on a certificate; `inside` are their ids by page, from 0."""

    def __init__(self, language: str, distance_m: float, *, centred: bool) -> None:
        codes = tuple(language.split("-"))
        ordered = (*codes, *(code for code in LANGUAGES if code not in codes))
        ems = [(code, max(em_floor(code, distance_m), LEAST_PT / PT)) for code in ordered]
        self._codes, self._least, self._centred = codes, tuple(ems), centred
        self._numbers = count(1)
        self.reserved: list[Reserved] = []
        self.inside: dict[int, list[str]] = {}
        self._page = 0

    def begin(self, number: int) -> str:
        """A page begins, the first one being 1; nothing is written."""
        self._page = number - 1
        return ""

    def box(self, field: Field, height: float) -> Markup:
        """A box of two lines, or of one, for a field that the register knows, in a row of `height` mm."""
        two = 2 * self._line
        high = two if two <= height - INSET else min(MOST * self._line, height - INSET)
        made = Markup('<div id="{}" style="height: {:.2f}mm"></div>')
        return made.format(self._reserve(field.asks, self._codes), high)

    def hole(self, field: Field, wide: float, language: str) -> Markup:
        """A line to write on within a text in a language, `wide` mm long; what stands there is of that language."""
        if not field.asks:
            return Markup('<span class="hole" style="width: {:g}mm"></span>').format(wide)
        style = f"width: {wide:g}mm; min-height: {self._line:.2f}mm"
        made = Markup('<span class="hole" id="{}" style="{}"></span>')
        return made.format(self._reserve(field.asks, (language,)), style)

    @property
    def _line(self) -> float:
        """Height of a line of the least type in mm."""
        return LEADING * self._least[0][1]

    def _reserve(self, register: str, codes: tuple[str, ...]) -> str:
        name = f"fill-{next(self._numbers)}"
        ink, ground = COLOURS["black"].light, COLOURS["white"].light
        kind = f"{FIELD}{register}"
        least = sorted(self._least, key=lambda em: em[0] not in codes)
        self.reserved.append(Reserved(name, kind, codes, tuple(least), ink, ground, self._centred))
        self.inside.setdefault(self._page, []).append(name)
        return name
