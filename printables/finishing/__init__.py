"""Finishings of a printed PDF: tiles for office printers, labels, booklets, print-shop files.

All of them take the plain PDF as it left the press, so that its type and fit are as measured. Structure
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
    """Measures and PDF of a finishing, one of FINISHINGS, of a job's plain PDF.

    Raises ValueError for a sheet that this finishing cannot take.
    """
    entry = FINISHINGS[finishing]
    if entry.is_for_a_print_shop:
        finished = shop(pdf, job.trim, job.folds_mm)
    else:
        finished = ON_PAPER[entry.room](pdf, job.trim, SIZES[entry.paper].trim)
    with Pdf.open(io.BytesIO(finished)) as document:
        pages = len(document.pages)
    bleed_mm = BLEED_MM if entry.is_for_a_print_shop else 0
    return Finished(finishing, pages, job.trim, bleed_mm), finished
