"""Which finishing a design asks for, by name: `tiles-a4`, `tiles-a3`, `labels-a4`, `booklet-a4`, `shop`."""

import io

from pikepdf import Pdf

from printables.finishing import BLEED_MM, PAPERS, booklet, labels, tile
from printables.job import Job
from printables.sheet import Finished
from printables.shop import shop

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
        made = booklet(pdf, job.trim)
    else:
        work = tile if kind == "tiles" else labels
        made = work(pdf, job.trim, PAPERS[paper])
    with Pdf.open(io.BytesIO(made)) as document:
        pages = len(document.pages)
    return Finished(finishing, pages, job.trim, BLEED_MM if kind == "shop" else 0), made
