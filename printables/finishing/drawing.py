"""Drawing with pikepdf: pages as forms, cut marks, short names in strokes; the same bytes every time."""

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Self

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Matrix,
    Name,
    ObjectStreamMode,
    Operator,
    Pdf,
)
from pikepdf.canvas import ContentStreamBuilder

from printables.colours import Ink
from printables.geometry import PT

HAIRLINE_PT = 0.25
ADVANCE = 0.75  # from a character to the next, by its height

Sides = tuple[float, float]  # width and height, mm
Point = tuple[float, float]  # from lower left, mm
Segment = tuple[float, float, float, float]  # x, y of its beginning and of its end, mm

# Strokes of the few characters that finishing draws, x and y in turn, on a field 2 wide and 4 high.
STROKES = {
    "0": "0 0 2 0 2 4 0 4 0 0",
    "1": "0.4 3 1.2 4 1.2 0",
    "2": "0 4 2 4 2 2 0 2 0 0 2 0",
    "3": "0 4 2 4 2 2 0.5 2 2 2 2 0 0 0",
    "4": "0 4 0 2 2 2 2 4 2 0",
    "5": "2 4 0 4 0 2 2 2 2 0 0 0",
    "6": "2 4 0 4 0 0 2 0 2 2 0 2",
    "7": "0 4 2 4 0.8 0",
    "8": "0 2 0 4 2 4 2 0 0 0 0 2 2 2",
    "9": "2 2 0 2 0 4 2 4 2 0 0 0",
    "A": "0 0 1 4 2 0 1.6 1.5 0.4 1.5",
    "B": "0 0 0 4 1.6 4 1.6 2.2 0 2.2 2 2.2 2 0 0 0",
    "C": "2 4 0 4 0 0 2 0",
    "D": "0 0 0 4 1.4 4 2 3 2 1 1.4 0 0 0",
    "E": "2 4 0 4 0 2 1.6 2 0 2 0 0 2 0",
    "F": "2 4 0 4 0 2 1.6 2 0 2 0 0",
    "G": "2 4 0 4 0 0 2 0 2 2 1 2",
    "H": "0 0 0 4 0 2 2 2 2 4 2 0",
}


class Content(ContentStreamBuilder):
    """The content stream of a page: operators of ISO 32000-2, 8.4 and 8.5 that pikepdf's builder lacks; lengths in mm."""

    def form(self, name: Name, scale: float, x: float, y: float) -> Self:
        """Draw a form `scale` times as large, its lower left corner at (x, y)."""
        matrix = Matrix(scale, 0, 0, scale, points(x), points(y))
        return self.push().cm(matrix).draw_xobject(name).pop()

    def rectangle(self, x: float, y: float, width: float, height: float) -> Self:
        """Add a rectangle to the path."""
        return self.append_rectangle(points(x), points(y), points(width), points(height))

    def rectangles(self, corners: Iterable[Point], width: float, height: float) -> Self:
        """Add a rectangle at each lower left corner to the path."""
        for corner in corners:
            self.rectangle(*corner, width, height)
        return self

    def circle(self, x: float, y: float, radius: float) -> Self:
        """Add a circle around (x, y) to the path, in four curves."""
        arm = (
            radius * 0.5523
        )  # of the tangents: a quarter differs from a circle by less than 0.03 %
        self._operate("m", points(x + radius), points(y))
        for (ax, ay), (bx, by) in pairwise([(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]):
            first = x + ax * radius + bx * arm, y + ay * radius + by * arm
            second = x + bx * radius + ax * arm, y + by * radius + ay * arm
            end = x + bx * radius, y + by * radius
            self._operate("c", *(points(value) for value in (*first, *second, *end)))
        return self

    def polyline(self, corners: Iterable[Point]) -> Self:
        """Add a line from point to point to the path."""
        for number, (x, y) in enumerate(corners):
            self._operate("l" if number else "m", points(x), points(y))
        return self

    def hairlines(self, lines: Iterable[Segment]) -> Self:
        """Draw lines HAIRLINE_PT wide, the finest that a press holds."""
        self.push().set_line_width(HAIRLINE_PT)
        for x, y, to_x, to_y in lines:
            self.polyline([(x, y), (to_x, to_y)])
        return self.stroke().pop()

    def write(self, texts: Iterable[tuple[str, float, float]], size: float) -> Self:
        """Draw each text at its (x, y) in single strokes, `size` mm high; no font is needed, and none would be embedded."""
        self.push().set_line_width(round(size * 0.35, 3))._operate("J", 1)._operate("j", 1)
        for text, x, y in texts:
            for number, character in enumerate(text):
                left = x + number * ADVANCE * size
                self.polyline(_corners(STROKES[character], left, y, size / 4))
        return self.stroke().pop()

    def plates(self, texts: Iterable[tuple[str, float, float]], size: float) -> Self:
        """Draw the white grounds on which these texts can be read."""
        unit = size / 4
        self.push().set_fill_color(1, 1, 1)
        for text, x, y in texts:
            self.rectangle(x - unit, y - unit, len(text) * ADVANCE * size + unit, size + 2 * unit)
        return self.fill().pop()

    def clip(self) -> Self:
        """Clip all that follows to the path."""
        return self._operate("W")._operate("n")

    def stroke(self) -> Self:
        """Draw the path as it is, not closed."""
        return self._operate("S")

    def set_stroke_ink(self, ink: Ink) -> Self:
        """Set the colour of lines in DeviceCMYK."""
        return self._operate("K", *ink)

    def _operate(self, operator: str, *operands: float) -> Self:
        instruction = ContentStreamInstruction(operands, Operator(operator))
        self.extend(pikepdf.unparse_content_stream([instruction]))
        return self


def form_of(target: Pdf, page: pikepdf.Page, trim: Sides) -> tuple[pikepdf.Object, float]:
    """The page as a form XObject of `target`, and the factor from its units to points."""
    form = target.copy_foreign(page.as_form_xobject())
    for key in ("/StructParents", "/Group"):
        if key in form:
            del form[key]
    unit = float(page.obj.get("/UserUnit", 1))  # which qpdf has put into the form's matrix
    return form, trim[0] * PT / (float(page.mediabox[2]) * unit)


def add_page(
    target: Pdf, paper: Sides, forms: dict[str, pikepdf.Object], content: Content | Array
) -> None:
    """Add a page of `paper` mm with these forms as resources; its content may be streams that pages share."""
    page = target.add_blank_page(page_size=(paper[0] * PT, paper[1] * PT))
    page.Resources = Dictionary(XObject=Dictionary(forms))
    page.Contents = target.make_stream(content.build()) if isinstance(content, Content) else content


def cut_marks(
    x: float, y: float, width: float, height: float, length: float, gap: float
) -> list[Segment]:
    """Two lines outside each corner of a box, `length` mm long, `gap` mm away from it."""
    lines = []
    for corner, away in ((x, -1), (x + width, 1)):
        for edge in (y, y + height):
            lines.append((corner + away * gap, edge, corner + away * (gap + length), edge))
    for edge, away in ((y, -1), (y + height, 1)):
        for corner in (x, x + width):
            lines.append((corner, edge + away * gap, corner, edge + away * (gap + length)))
    return lines


def points(mm: float) -> float:
    """mm in points, rounded to a thousandth, finer than any press prints."""
    return round(mm * PT, 3)


def saved(target: Pdf) -> bytes:
    """The PDF, its objects packed, with an /ID that its content decides."""
    out = io.BytesIO()
    target.save(
        out,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        fix_metadata_version=False,  # it takes as long as all else, and WeasyPrint has told it
    )
    return out.getvalue()


def _corners(strokes: str, x: float, y: float, unit: float) -> Iterator[Point]:
    values = [float(value) for value in strokes.split()]
    for across, up in zip(values[::2], values[1::2], strict=True):
        yield x + across * unit, y + up * unit
