"""Label sheets: as many labels as the paper holds, with marks for a guillotine."""

import io
from itertools import product

from pikepdf import Name, Pdf

from printables.finishing.drawing import Content, Segment, Sides, add_page, form_of, saved

LABEL_MARGIN_MM = 5.0  # nearer to the edge than a tile: a label may lose a hair of its rim

LABEL_GAP_MM = 4.0

MARK_MM = 5.0


def labels(pdf: bytes, trim: Sides, paper: Sides) -> bytes:
    """As many labels as `paper` holds, LABEL_GAP_MM apart or less, with marks to cut along; sizes in mm."""
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
            content = Content()
            for x, y in product(across, up):
                content.form(Name.S, scale, x, y)
            add_page(target, paper, {"/S": form}, content.hairlines(_cuts(across, up, trim)))
        return saved(target)


def _row(side: float, length: float, count: int) -> list[float]:
    """Left or lower edges, in mm, of `count` labels of `length` mm in the middle of `side` mm."""
    gap = min(LABEL_GAP_MM, (side - 2 * LABEL_MARGIN_MM - count * length) / max(count - 1, 1))
    first = (side - count * length - (count - 1) * gap) / 2
    return [first + number * (length + gap) for number in range(count)]


def _cuts(across: list[float], up: list[float], trim: Sides) -> list[Segment]:
    """Marks around all labels, two for each edge, as a guillotine cuts from end to end."""
    left, right = across[0] - 0.5, across[-1] + trim[0] + 0.5
    low, high = up[0] - 0.5, up[-1] + trim[1] + 0.5
    lines = []
    for x in sorted({edge for at in across for edge in (at, at + trim[0])}):
        lines += [(x, low, x, low - MARK_MM), (x, high, x, high + MARK_MM)]
    for y in sorted({edge for at in up for edge in (at, at + trim[1])}):
        lines += [(left, y, left - MARK_MM, y), (right, y, right + MARK_MM, y)]
    return lines
