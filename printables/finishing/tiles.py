"""Tiles: a poster on the paper of office printers, with an overlap to glue, and a map first."""

import io
import math
from dataclasses import dataclass

from pikepdf import Name, Object, Pdf

from printables.finishing.drawing import Content, Sides, add_page, cut_marks, form_of, saved

OVERLAP_MM = 15.0  # glued over each other

MARGIN_MM = (
    9.0  # office printers print no nearer to the edge than 5, and the marks stand outside the tile
)
MARK_MM, APART_MM = 4.0, 1.0
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
    def name(self) -> str:
        """Row as a letter and column as a number: `A1` is upper left."""
        return f"{chr(ord('A') + self.row)}{self.column + 1}"


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
    (width, height), pieces = tiles(trim, paper)
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        said = _said(target, guide)
        for page in source.pages:
            form, scale = form_of(target, page, trim)
            content = _map(pieces, trim, (width, height), scale, 1.0 if said else 0.0)
            add_page(target, (width, height), {"/S": form, **said}, content)
            for piece in pieces:
                content = _piece(piece, (width, height), scale)
                add_page(target, (width, height), {"/S": form}, content)
        return saved(target)


def _said(target: Pdf, guide: bytes) -> dict[str, Object]:
    """The guide as a form; none where there is none."""
    if not guide:
        return {}
    with Pdf.open(io.BytesIO(guide)) as source:
        return {"/G": form_of(target, source.pages[0], GUIDE)[0]}


def _piece(piece: Tile, paper: Sides, scale: float) -> Content:
    """One tile in the middle of its paper, with cut marks and its name."""
    x, y = (paper[0] - piece.width) / 2, (paper[1] - piece.height) / 2
    box = (x, y, piece.width, piece.height)
    content = Content().push().rectangle(*box).clip()
    content.form(Name.S, scale, x - piece.left, y - piece.bottom).pop()
    content.hairlines(cut_marks(*box, MARK_MM, APART_MM))
    return content.write(piece.name, x + 2, y - 4.6, 3.4)


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
    size = min(10.0, min(pieces[0].width, pieces[0].height) * small / 5)
    for piece in pieces:
        left, bottom = x + piece.left * small, y + piece.bottom * small
        box = (left, bottom, piece.width * small, piece.height * small)
        content.push().set_line_width(0.5).set_stroke_color(1, 1, 1).rectangle(*box).stroke()
        content.set_dashes([3, 3]).set_stroke_color(0, 0, 0).rectangle(*box).stroke().pop()
        name = (piece.name, left + size / 2, bottom + size / 2, size)
        content.plate(*name).write(*name)
    return content
