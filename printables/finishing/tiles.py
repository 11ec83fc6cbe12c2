"""Tiles: a poster on the paper of office printers, with an overlap to glue, and a map first."""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Matrix, Name, Object, Pdf

from printables.finishing.drawing import (
    ADVANCE,
    Content,
    Sides,
    add_page,
    cut_marks,
    form_of,
    points,
    saved,
)

OVERLAP_MM = 15.0  # glued over each other

MARGIN_MM = (
    9.0  # office printers print no nearer to the edge than 5, and the marks stand outside the tile
)
MARK_MM, APART_MM = 4.0, 1.0
NAME_MM = 3.4
GUIDE = (186.0, 34.0)  # width and height in mm of what is said above the map


@dataclass(frozen=True)
class Tile:
    """A piece of a sheet: row and column from 0, lower left corner and size in mm on that sheet."""

    row: int
    column: int
    left: float
    bottom: float
    width: float
    height: float

    @property
    def letter(self) -> str:
        """Its row: `A` is the upper one."""
        return chr(ord("A") + self.row)

    @property
    def number(self) -> str:
        """Its column: `1` is the left one."""
        return str(self.column + 1)

    @property
    def name(self) -> str:
        """Its row and its column: `A1` is upper left."""
        return self.letter + self.number


def tiles(trim: Sides, paper: Sides) -> tuple[Sides, list[Tile]]:
    """The tiles of a sheet of `trim` mm on `paper` mm, in portrait or landscape, whichever needs fewer.

    Returns the paper's (width, height) and the tiles from upper left, row by row.
    """
    choices = [_tiles(trim, paper), _tiles(trim, paper[::-1])]
    return min(choices, key=lambda choice: len(choice[1]))


def _tiles(trim: Sides, paper: Sides) -> tuple[Sides, list[Tile]]:
    live = [side - 2 * MARGIN_MM for side in paper]
    counts = [
        max(1, math.ceil((side - OVERLAP_MM) / (room - OVERLAP_MM)))
        for side, room in zip(trim, live, strict=True)
    ]
    width, height = (
        (side + (count - 1) * OVERLAP_MM) / count for side, count in zip(trim, counts, strict=True)
    )
    pieces = []
    for row in range(counts[1]):
        for column in range(counts[0]):
            left = column * (width - OVERLAP_MM)
            top = row * (height - OVERLAP_MM)
            pieces.append(Tile(row, column, left, trim[1] - top - height, width, height))
    return (paper[0], paper[1]), pieces


def tile(pdf: bytes, trim: Sides, paper: Sides, guide: bytes = b"") -> bytes:
    """Each page as tiles on `paper`, with cut lines and names, after a map of them with its `guide`; sizes in mm."""
    paper, pieces = tiles(trim, paper)
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        said = _said(target, guide)
        for page in source.pages:
            form, scale = form_of(target, page, trim)
            content = _map(pieces, trim, paper, scale, 1.0 if said else 0.0)
            add_page(target, paper, {"/S": form, **said}, content)
            for streams in _pages(target, pieces, paper, scale):
                add_page(target, paper, {"/S": form}, streams)
        return saved(target)


def _said(target: Pdf, guide: bytes) -> dict[str, Object]:
    """The guide as a form; none where there is none."""
    if not guide:
        return {}
    with Pdf.open(io.BytesIO(guide)) as source:
        return {"/G": form_of(target, source.pages[0], GUIDE)[0]}


def _pages(target: Pdf, pieces: list[Tile], paper: Sides, scale: float) -> Iterator[Array]:
    """Each tile in the middle of its paper, with cut marks and its name, as streams.

    A banner has over a hundred tiles: those of a column, and those of a row, share what they draw.
    """
    width, height = pieces[0].width, pieces[0].height
    x, y = (paper[0] - width) / 2, (paper[1] - height) / 2
    letters, numbers, below = x + 2, x + 2 + ADVANCE * NAME_MM, y - 4.6
    begins, ends, rows = {}, {}, {}
    for piece in pieces:
        if piece.row == 0:
            begins[piece.column] = Content().push().rectangle(x, y, width, height).clip()
            begins[piece.column].cm(Matrix(1, 0, 0, 1, points(x - piece.left), 0))
            ends[piece.column] = Content().write([(piece.number, numbers, below)], NAME_MM)
        if piece.column == 0:
            rows[piece.row] = Content().form(Name.S, scale, 0, y - piece.bottom).pop()
            rows[piece.row].hairlines(cut_marks(x, y, width, height, MARK_MM, APART_MM))
            rows[piece.row].write([(piece.letter, letters, below)], NAME_MM)
    begun, drawn, ended = (
        {at: target.make_stream(content.build()) for at, content in contents.items()}
        for contents in (begins, rows, ends)
    )
    for piece in pieces:
        yield Array([begun[piece.column], drawn[piece.row], ended[piece.column]])


def _map(pieces: list[Tile], trim: Sides, paper: Sides, scale: float, guided: float) -> Content:
    """The whole sheet, small, with the tiles' edges and names, below the guide where there is one (`guided` is 1)."""
    larger = (paper[0] - 2 * (MARGIN_MM + 3)) / GUIDE[0]
    above = guided * (larger * GUIDE[1] + 4)
    live = paper[0] - 2 * (MARGIN_MM + 3), paper[1] - 2 * (MARGIN_MM + 3) - above
    small = min(room / side for room, side in zip(live, trim, strict=True))
    x, y = ((side - small * length) / 2 for side, length in zip(live, trim, strict=True))
    x, y = x + MARGIN_MM + 3, y + MARGIN_MM + 3
    content = Content().form(Name.S, scale * small, x, y)
    if guided:
        content.form(Name.G, larger, MARGIN_MM + 3, paper[1] - MARGIN_MM - 3 - larger * GUIDE[1])
    width, height = pieces[0].width * small, pieces[0].height * small
    corners = [(x + piece.left * small, y + piece.bottom * small) for piece in pieces]
    size = min(10.0, min(width, height) / 5)
    names = [
        (piece.name, left + size / 2, bottom + size / 2)
        for piece, (left, bottom) in zip(pieces, corners, strict=True)
    ]
    content.push().set_line_width(0.5).set_stroke_color(1, 1, 1)
    content.rectangles(corners, width, height).stroke()
    content.set_dashes([3, 3]).set_stroke_color(0, 0, 0)
    content.rectangles(corners, width, height).stroke().pop()
    return content.plates(names, size).write(names, size)
