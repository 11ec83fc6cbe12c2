"""Which finishing a design asks for, by name: `tiles-a4`, `tiles-a3`, `labels-a4`, `booklet-a4`, `shop`."""

import io

from pikepdf import Pdf

from printables.finishing import BLEED_MM, PAPERS, Size, booklet, labels, tile
from printables.sheet import Finished
from printables.shop import shop

FINISHINGS = ("tiles-a4", "tiles-a3", "labels-a4", "booklet-a4", "shop")


def finish(pdf: bytes, trim: Size, finishing: str) -> tuple[Finished, bytes]:
    """The finished form of a plain PDF whose sheet measures `trim` mm, and its measures.

    Raises ValueError for a finishing that is not one of FINISHINGS, or a sheet that it cannot take.
    """
    kind, _, paper = finishing.partition("-")
    if finishing not in FINISHINGS:
        raise ValueError(f"no finishing {finishing}: {', '.join(FINISHINGS)}")
    if kind == "shop":
        return _finished(finishing, shop(pdf, trim), trim, BLEED_MM)
    if kind == "booklet":
        return _finished(finishing, booklet(pdf, trim), trim, 0)
    work = tile if kind == "tiles" else labels
    return _finished(finishing, work(pdf, trim, PAPERS[paper]), trim, 0)


def _finished(finishing: str, pdf: bytes, trim: Size, bleed: float) -> tuple[Finished, bytes]:
    with Pdf.open(io.BytesIO(pdf)) as document:
        return Finished(finishing, len(document.pages), trim, bleed), pdf
