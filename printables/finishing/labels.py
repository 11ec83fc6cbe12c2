"""Label sheets: as many labels as the paper holds, each with a hairline around it to cut along."""

import io
from itertools import product

from pikepdf import Name, Pdf

from printables.finishing.drawing import HAIRLINE_PT, Content, Sides, add_page, form_of, saved
from printables.geometry import OFFICE_MARGIN_MM, pieces

LABEL_GAP_MM = 4.0
GREY = 0.45  # of the line: seen beside every colour, and by whoever cuts a little beside it hardly


def labels(pdf: bytes, trim: Sides, paper: Sides, is_round: bool = False) -> bytes:
    """As many labels as `paper` holds, LABEL_GAP_MM apart or less, sizes in mm.

    The line around each is where it ends: marks at the edge of the paper would lie where office printers print nothing.
    """
    across, up = (
        _row(side, length, count)
        for side, length, count in zip(paper, trim, pieces(trim, paper), strict=True)
    )
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        for page in source.pages:
            form, scale = form_of(target, page, trim)
            content = Content()
            for x, y in product(across, up):
                content.form(Name.S, scale, x, y)
            content.push().set_line_width(HAIRLINE_PT).set_stroke_color(GREY, GREY, GREY)
            for x, y in product(across, up):
                if is_round:
                    content.circle(x + trim[0] / 2, y + trim[1] / 2, trim[0] / 2)
                else:
                    content.rectangle(x, y, *trim)
            add_page(target, paper, {"/S": form}, content.stroke().pop())
        return saved(target)


def _row(side: float, length: float, count: int) -> list[float]:
    """Left or lower edges, in mm, of `count` labels of `length` mm in the middle of `side` mm."""
    gap = min(LABEL_GAP_MM, (side - 2 * OFFICE_MARGIN_MM - count * length) / max(count - 1, 1))
    first = (side - count * length - (count - 1) * gap) / 2
    return [first + number * (length + gap) for number in range(count)]
