"""What happens to a finished PDF afterwards: tiles for office printers, labels, booklets, print-shop files.

Everything here works on the plain PDF, so that its type and fit are what was measured. Structure
tags are lost; the plain PDF is the accessible one. pikepdf (MPL-2.0, maintained) does the parsing.
"""

import io
from collections.abc import Callable

from pikepdf import Pdf

from printables.finishing.booklet import booklet
from printables.finishing.drawing import Sides
from printables.finishing.labels import labels
from printables.finishing.prepress import BLEED_MM, shop
from printables.finishing.tiles import tile
from printables.job import FINISHINGS, Finished, Job
from printables.sizes import SIZES

ON_PAPER: dict[str, Callable[[bytes, Sides, Sides], bytes]] = {
    "tiles": tile,
    "labels": labels,
    "booklet": booklet,
}


def finish(pdf: bytes, job: Job, finishing: str) -> tuple[Finished, bytes]:
    """The finished form of a job's plain PDF, and its measures; `finishing` is one of FINISHINGS.

    Raises ValueError for a sheet that it cannot take.
    """
    way = FINISHINGS[finishing]
    if way.is_for_a_print_shop:
        made = shop(pdf, job.trim, job.folds_mm)
    else:
        made = ON_PAPER[way.room](pdf, job.trim, SIZES[way.paper].trim)
    with Pdf.open(io.BytesIO(made)) as document:
        pages = len(document.pages)
    return Finished(finishing, pages, job.trim, BLEED_MM if way.is_for_a_print_shop else 0), made
