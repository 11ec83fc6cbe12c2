"""What finishing draws itself: forms of pages, cut marks, names in single strokes, saved the same every time."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Pdf

from printables.geometry import PT

HAIRLINE_PT = 0.25

Size = tuple[float, float]


def form_of(target: Pdf, page: pikepdf.Page, trim: Size) -> tuple[pikepdf.Object, float]:
    """The page as a form for `target`, and the factor from its units to points."""
    form = target.copy_foreign(page.as_form_xobject())
    for key in ("/StructParents", "/Group"):
        if key in form:
            del form[key]
    unit = float(page.obj.get("/UserUnit", 1))  # which qpdf has put into the form's matrix
    return form, trim[0] * PT / (float(page.mediabox[2]) * unit)


def add_page(target: Pdf, paper: Size, form: pikepdf.Object, content: bytes) -> None:
    page = target.add_blank_page(page_size=(paper[0] * PT, paper[1] * PT))
    page.Resources = Dictionary(XObject=Dictionary(S=form))
    page.Contents = target.make_stream(content)


def corners(x: float, y: float, width: float, height: float, length: float, gap: float) -> str:
    """Cut marks outside the four corners of a box; mm."""
    lines = []
    for corner, away in ((x, -1), (x + width, 1)):
        for edge in (y, y + height):
            lines.append((corner + away * gap, edge, corner + away * (gap + length), edge))
    for edge, away in ((y, -1), (y + height, 1)):
        for corner in (x, x + width):
            lines.append((corner, edge + away * gap, corner, edge + away * (gap + length)))
    return drawn(lines)


def drawn(lines: list[tuple[float, float, float, float]]) -> str:
    """Hairlines from a point to another; mm."""
    drawn = " ".join(f"{points(a)} {points(b)} m {points(c)} {points(d)} l" for a, b, c, d in lines)
    return f"q {HAIRLINE_PT} w {drawn} S Q "


# Strokes of the few characters that finishing writes itself, on a field 2 wide and 4 high.
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


def written(text: str, x: float, y: float, size: float, plate: bool = False) -> str:
    """`text` in single strokes, `size` mm high; no font is needed, and none would be embedded."""
    unit = size / 4
    parts = []
    if plate:
        width = len(text) * 3 * unit + unit
        box = f"{points(x - unit)} {points(y - unit)} {points(width)} {points(size + 2 * unit)} re"
        parts.append(f"q 1 g {box} f Q ")
    for number, character in enumerate(text):
        pairs = list(_pairs(STROKES[character], x + number * 3 * unit, y, unit))
        path = " ".join(
            f"{points(a)} {points(b)} {'l' if i else 'm'}" for i, (a, b) in enumerate(pairs)
        )
        parts.append(f"q {size * 0.35:.3f} w 1 J 1 j 0 G {path} S Q ")
    return "".join(parts)


def _pairs(strokes: str, x: float, y: float, unit: float) -> Iterator[tuple[float, float]]:
    values = [float(value) for value in strokes.split()]
    for across, up in zip(values[::2], values[1::2], strict=True):
        yield x + across * unit, y + up * unit


def points(mm: float) -> str:
    """mm as a PDF number in points."""
    return f"{mm * PT:.3f}"


def saved(target: Pdf) -> bytes:
    out = io.BytesIO()
    target.save(out, deterministic_id=True)
    return out.getvalue()
