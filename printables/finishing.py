"""What happens to a finished PDF afterwards: tiles for office printers, labels, booklets, print-shop files.

Everything here works on the plain PDF, so that its type and fit are what was measured. Structure
tags are lost; the plain PDF is the accessible one. pikepdf (MPL-2.0, maintained) does the parsing.
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Pdf

from printables.points import PT

A4, A3 = (210.0, 297.0), (297.0, 420.0)
OVERLAP_MM = 15.0  # glued over each other
MARGIN_MM = 6.0  # what office printers leave blank, and a little more
LABEL_MARGIN_MM = 5.0  # a label has a rim or field that may lose a hair
LABEL_GAP_MM = 4.0
BLEED_MM = 3.0
SLUG_MM = 10.0  # room round the trim for bleed and crop marks
MARK_MM = 5.0
HAIRLINE_PT = 0.25

Size = tuple[float, float]
PAPERS = {"a4": A4, "a3": A3}


@dataclass(frozen=True)
class Tile:
    """A piece of a sheet: row and column from 0, lower left corner and size in mm of the original."""

    row: int
    column: int
    left: float
    bottom: float
    width: float
    height: float

    @property
    def name(self) -> str:
        """`A1` is upper left; rows are letters, columns numbers."""
        return f"{chr(ord('A') + self.row)}{self.column + 1}"


def tiles(trim: Size, paper: Size) -> tuple[Size, list[Tile]]:
    """How a sheet of `trim` mm parts into pieces that `paper` holds; the way round that needs fewer.

    Returns the paper as it lies (width, height) and the tiles from upper left, row by row.
    """
    choices = [_tiles(trim, paper), _tiles(trim, paper[::-1])]
    return min(choices, key=lambda choice: len(choice[1]))


def _tiles(trim: Size, paper: Size) -> tuple[Size, list[Tile]]:
    live = [side - 2 * MARGIN_MM for side in paper]
    counts = [
        max(1, math.ceil((side - OVERLAP_MM) / (room - OVERLAP_MM)))
        for side, room in zip(trim, live, strict=True)
    ]
    width, height = (
        (side + (count - 1) * OVERLAP_MM) / count for side, count in zip(trim, counts, strict=True)
    )
    found = []
    for row in range(counts[1]):
        for column in range(counts[0]):
            left = column * (width - OVERLAP_MM)
            top = row * (height - OVERLAP_MM)
            found.append(Tile(row, column, left, trim[1] - top - height, width, height))
    return (paper[0], paper[1]), found


def tile(pdf: bytes, trim: Size, paper: Size) -> bytes:
    """Each page on several sheets of `paper`, with an overlap, cut lines and names; first a map."""
    (width, height), pieces = tiles(trim, paper)
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        for page in source.pages:
            form, scale = form_of(target, page, trim)
            _add(target, (width, height), form, _map(pieces, trim, (width, height), scale))
            for piece in pieces:
                _add(target, (width, height), form, _piece(piece, (width, height), scale))
        return saved(target)


def _piece(piece: Tile, paper: Size, scale: float) -> bytes:
    """One tile in the middle of its paper, clipped, with cut lines where it meets its neighbours."""
    x, y = (paper[0] - piece.width) / 2, (paper[1] - piece.height) / 2
    shown = (
        f"q {_n(x)} {_n(y)} {_n(piece.width)} {_n(piece.height)} re W n "
        f"q {scale:.6f} 0 0 {scale:.6f} {_n(x - piece.left)} {_n(y - piece.bottom)} cm /S Do Q Q "
    )
    marks = corners(x, y, piece.width, piece.height, MARGIN_MM - 2, 1)
    return (shown + marks + _written(piece.name, x + 1, y - 4.2, 3)).encode()


def _map(pieces: list[Tile], trim: Size, paper: Size, scale: float) -> bytes:
    """The whole sheet small, with the tiles' edges and names."""
    live = [side - 2 * (MARGIN_MM + 6) for side in paper]
    small = min(room / side for room, side in zip(live, trim, strict=True))
    x, y = ((side - small * length) / 2 for side, length in zip(paper, trim, strict=True))
    parts = [f"q {scale * small:.6f} 0 0 {scale * small:.6f} {_n(x)} {_n(y)} cm /S Do Q "]
    size = min(10.0, min(pieces[0].width, pieces[0].height) * small / 5)
    for piece in pieces:
        left, bottom = x + piece.left * small, y + piece.bottom * small
        box = f"{_n(left)} {_n(bottom)} {_n(piece.width * small)} {_n(piece.height * small)} re"
        parts.append(f"q 0.5 w 1 G {box} S [3 3] 0 d 0 G {box} S Q ")
        parts.append(_written(piece.name, left + size / 2, bottom + size / 2, size, plate=True))
    return "".join(parts).encode()


def labels(pdf: bytes, trim: Size, paper: Size = A4) -> bytes:
    """As many copies as `paper` holds, as far apart as there is room for, with marks to cut along."""
    counts = [
        int((side - 2 * LABEL_MARGIN_MM) // length)
        for side, length in zip(paper, trim, strict=True)
    ]
    across, up = (
        _row(side, length, count) for side, length, count in zip(paper, trim, counts, strict=True)
    )
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        for page in source.pages:
            form, scale = form_of(target, page, trim)
            parts = [
                f"q {scale:.6f} 0 0 {scale:.6f} {_n(x)} {_n(y)} cm /S Do Q "
                for y in up
                for x in across
            ]
            parts.append(_cuts(across, up, trim))
            _add(target, paper, form, "".join(parts).encode())
        return saved(target)


def _row(side: float, length: float, count: int) -> list[float]:
    """Where `count` pieces begin that stand in the middle of `side` mm."""
    gap = min(LABEL_GAP_MM, (side - 2 * LABEL_MARGIN_MM - count * length) / max(count - 1, 1))
    first = (side - count * length - (count - 1) * gap) / 2
    return [first + number * (length + gap) for number in range(count)]


def _cuts(across: list[float], up: list[float], trim: Size) -> str:
    """Marks round the whole block, two for every edge, where a guillotine goes through from end to end."""
    left, right = across[0] - 0.5, across[-1] + trim[0] + 0.5
    low, high = up[0] - 0.5, up[-1] + trim[1] + 0.5
    lines = []
    for x in sorted({edge for at in across for edge in (at, at + trim[0])}):
        lines += [(x, low, x, low - MARK_MM), (x, high, x, high + MARK_MM)]
    for y in sorted({edge for at in up for edge in (at, at + trim[1])}):
        lines += [(left, y, left - MARK_MM, y), (right, y, right + MARK_MM, y)]
    return drawn(lines)


def saddle_stitch(pages: int) -> list[tuple[int | None, int | None]]:
    """Left and right page, from 0, of every side of a booklet's sheets; None is a blank page.

    Front and back of a sheet follow each other; folded and nested, the pages read 0, 1, 2, …
    """
    total = math.ceil(pages / 4) * 4
    order: list[int | None] = [page if page < pages else None for page in range(total)]
    sides = []
    for sheet in range(total // 4):
        first, last = 2 * sheet, total - 1 - 2 * sheet
        sides.append((order[last], order[first]))
        sides.append((order[first + 1], order[last - 1]))
    return sides


def booklet(pdf: bytes, trim: Size, paper: Size = A4) -> bytes:
    """The pages two up on `paper` lying, in the order for folding and stitching."""
    across, up = paper[1], paper[0]
    left, bottom = across / 2 - trim[0], (up - trim[1]) / 2
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        forms = [form_of(target, page, trim) for page in source.pages]
        for sides in saddle_stitch(len(forms)):
            parts, forms_used = [], Dictionary()
            for half, number in enumerate(sides):
                if number is not None:
                    form, scale = forms[number]
                    forms_used[f"/S{half}"] = form
                    place = f"{_n(left + half * trim[0])} {_n(bottom)} cm"
                    parts.append(f"q {scale:.6f} 0 0 {scale:.6f} {place} /S{half} Do Q ")
            page = target.add_blank_page(page_size=(across * PT, up * PT))
            page.Resources = Dictionary(XObject=forms_used)
            page.Contents = target.make_stream("".join(parts).encode())
        return saved(target)


def form_of(target: Pdf, page: pikepdf.Page, trim: Size) -> tuple[pikepdf.Object, float]:
    """The page as a form for `target`, and the factor from its units to points."""
    form = target.copy_foreign(page.as_form_xobject())
    for key in ("/StructParents", "/Group"):
        if key in form:
            del form[key]
    unit = float(page.obj.get("/UserUnit", 1))  # which qpdf has put into the form's matrix
    return form, trim[0] * PT / (float(page.mediabox[2]) * unit)


def _add(target: Pdf, paper: Size, form: pikepdf.Object, content: bytes) -> None:
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
    drawn = " ".join(f"{_n(a)} {_n(b)} m {_n(c)} {_n(d)} l" for a, b, c, d in lines)
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


def _written(text: str, x: float, y: float, size: float, plate: bool = False) -> str:
    """`text` in single strokes, `size` mm high; no font is needed, and none would be embedded."""
    unit = size / 4
    parts = []
    if plate:
        width = len(text) * 3 * unit + unit
        box = f"{_n(x - unit)} {_n(y - unit)} {_n(width)} {_n(size + 2 * unit)} re"
        parts.append(f"q 1 g {box} f Q ")
    for number, character in enumerate(text):
        pairs = list(_pairs(STROKES[character], x + number * 3 * unit, y, unit))
        path = " ".join(f"{_n(a)} {_n(b)} {'l' if i else 'm'}" for i, (a, b) in enumerate(pairs))
        parts.append(f"q {size * 0.35:.3f} w 1 J 1 j 0 G {path} S Q ")
    return "".join(parts)


def _pairs(strokes: str, x: float, y: float, unit: float) -> Iterator[tuple[float, float]]:
    values = [float(value) for value in strokes.split()]
    for across, up in zip(values[::2], values[1::2], strict=True):
        yield x + across * unit, y + up * unit


def _n(mm: float) -> str:
    """mm as a PDF number in points."""
    return f"{mm * PT:.3f}"


def saved(target: Pdf) -> bytes:
    out = io.BytesIO()
    target.save(out, deterministic_id=True)
    return out.getvalue()
