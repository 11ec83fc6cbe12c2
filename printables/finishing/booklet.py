"""Booklets: pages two up, in the order for folding and stitching."""

import io
import math

from pikepdf import Name, Pdf

from printables.finishing.drawing import Content, Sides, add_page, form_of, saved


def saddle_stitch(pages: int) -> list[tuple[int | None, int | None]]:
    """Left and right page, from 0, of every side of a booklet's sheets; None is an empty page.

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


def booklet(pdf: bytes, trim: Sides, paper: Sides) -> bytes:
    """The pages two up on `paper` in landscape, in the order for folding and stitching; sizes in mm."""
    across, up = paper[1], paper[0]
    left, bottom = across / 2 - trim[0], (up - trim[1]) / 2
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        forms = [form_of(target, page, trim) for page in source.pages]
        for sides in saddle_stitch(len(forms)):
            content, used = Content(), {}
            for half, number in enumerate(sides):
                if number is not None:
                    used[f"/S{half}"], scale = forms[number]
                    content.form(Name(f"/S{half}"), scale, left + half * trim[0], bottom)
            add_page(target, (across, up), used, content)
        return saved(target)
