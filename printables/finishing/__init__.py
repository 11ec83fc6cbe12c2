"""What happens to a finished PDF afterwards: tiles for office printers, labels, booklets, print-shop files.

Everything here works on the plain PDF, so that its type and fit are what was measured. Structure
tags are lost; the plain PDF is the accessible one. pikepdf (MPL-2.0, maintained) does the parsing.
"""

import io

from pikepdf import Pdf

from printables.finishing.booklet import booklet
from printables.finishing.labels import labels
from printables.finishing.prepress import BLEED_MM, shop
from printables.finishing.tiles import tile
from printables.job import Finished, Job

PAPERS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
FINISHINGS = ("tiles-a4", "tiles-a3", "labels-a4", "booklet-a4", "shop")


def finish(pdf: bytes, job: Job, finishing: str) -> tuple[Finished, bytes]:
    """The finished form of a job's plain PDF, and its measures.

    Raises ValueError for a finishing that is not one of FINISHINGS, or a sheet that it cannot take.
    """
    kind, _, paper = finishing.partition("-")
    if finishing not in FINISHINGS:
        raise ValueError(f"no finishing {finishing}: {', '.join(FINISHINGS)}")
    if kind == "shop":
        made = shop(pdf, job.trim, job.folds_mm)
    elif kind == "booklet":
        made = booklet(pdf, job.trim, PAPERS[paper])
    else:
        work = tile if kind == "tiles" else labels
        made = work(pdf, job.trim, PAPERS[paper])
    with Pdf.open(io.BytesIO(made)) as document:
        pages = len(document.pages)
    return Finished(finishing, pages, job.trim, BLEED_MM if kind == "shop" else 0), made
