"""Pages two up, in the order for folding and stitching."""

import io
import math

from pikepdf import Dictionary, Pdf

from printables.finishing.drawing import Size, form_of, points, saved
from printables.geometry import PT


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


def booklet(pdf: bytes, trim: Size, paper: Size) -> bytes:
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
                    place = f"{points(left + half * trim[0])} {points(bottom)} cm"
                    parts.append(f"q {scale:.6f} 0 0 {scale:.6f} {place} /S{half} Do Q ")
            page = target.add_blank_page(page_size=(across * PT, up * PT))
            page.Resources = Dictionary(XObject=forms_used)
            page.Contents = target.make_stream("".join(parts).encode())
        return saved(target)
