"""Finishings of a printed PDF: tiles for office printers, labels, booklets, print-shop files.

All of them take the plain PDF as it left the press, so that its type and fit are as measured. Structure
tags are lost; the plain PDF is the accessible one. pikepdf (MPL-2.0, maintained) does the parsing.
"""

import io

from pikepdf import Array, Dictionary, Name, Pdf, String

from printables.finishing.booklet import booklet
from printables.finishing.drawing import saved
from printables.finishing.labels import labels
from printables.finishing.prepress import BLEED_MM, shop
from printables.finishing.tiles import tile, tiles
from printables.job import FINISHINGS, Finished, Job
from printables.languages import FACTS
from printables.sizes import SIZES


def finish(pdf: bytes, job: Job, finishing: str, guide: bytes = b"") -> tuple[Finished, bytes]:
    """Measures and PDF of a finishing, one of FINISHINGS, of a job's plain PDF; `guide` stands above a map of tiles.

    Raises ValueError for a sheet that this finishing cannot take.
    """
    entry = FINISHINGS[finishing]
    paper = SIZES[entry.paper].trim if entry.paper else job.trim
    match entry.room:
        case "prepress":
            finished = shop(pdf, job.trim, job.folds_mm, SIZES[job.size].round)
        case "tiles":
            finished = tile(pdf, job.trim, paper, guide)
        case "labels":
            finished = labels(pdf, job.trim, paper, SIZES[job.size].round)
        case "booklet":
            finished = booklet(pdf, job.trim, paper)
        case "fields":
            raise ValueError("what is typed into is made by the press, of another document")
    with Pdf.open(io.BytesIO(finished)) as document:
        pages = len(document.pages)
        _introduce(document, job, finishing)
        finished = saved(document)
    bleed_mm = BLEED_MM if entry.is_for_a_print_shop else 0
    return Finished(finishing, pages, job.trim, bleed_mm), finished


def _introduce(document: Pdf, job: Job, finishing: str) -> None:
    """Give a PDF its title, a printer's settings and names of pages (ISO 32000-2, 12.4.2 and 14.3.3, table 147)."""
    entry = FINISHINGS[finishing]
    backed = "DuplexFlipLongEdge" if len(document.pages) > 1 else "Simplex"  # all labels are alike
    duplex = {
        "booklet": "DuplexFlipShortEdge",
        "labels": backed,
        "prepress": job.duplex,
    }.get(entry.room, "Simplex")
    document.docinfo["/Title"] = job.called(finishing)
    document.Root.Lang = String(FACTS[job.language.partition("-")[0]].tag)
    document.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=Name(f"/{duplex}")
    )
    names: list[str] = []
    if entry.room == "tiles":
        pieces = tiles(job.trim, SIZES[entry.paper].trim)[1]
        names = ["0", *(piece.name for piece in pieces)]
    elif entry.room == "booklet":
        names = [f"{sheet}{side}" for sheet in range(1, len(document.pages)) for side in "ab"]
    elif entry.room == "labels" and len(document.pages) > 1:
        names = ["1a", "1b"]  # front and back of one sheet
    if names:
        labels = [
            (at, Dictionary(P=String(names[at % len(names)]))) for at in range(len(document.pages))
        ]
        numbers = [part for pair in labels for part in pair]
        document.Root.PageLabels = Dictionary(Nums=Array(numbers))
