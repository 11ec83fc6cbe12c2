"""What was printed: the entry of each printable, and the files below site/."""

from collections.abc import Callable
from pathlib import Path

from printables.job import PDF, Finished, Order
from printables.press.sheet import PICTURE, Filed
from printables.publishing.job_ticket import SHOP, TICKET, ticket

FOLDER = "printables"


def place(job: Order, suffix: str) -> str:
    """Path below site/ of a printable's file: printables/teams/x/x-poster-a3-zh.pdf."""
    return f"{FOLDER}/{job.chapter}/{job.stem}{suffix}"


def entry(job: Order, sheet: Filed) -> dict[str, object]:
    """The plain printable's object in printables.json; lengths in mm, distance in m."""
    return {
        "chapter": job.chapter,
        "title": job.title,
        "language": job.language,
        "design": job.design,
        "sheet": job.sheet,
        "finishing": "plain",
        "file": place(job, PDF),
        "picture": place(job, PICTURE),
        "bytes": sheet.length(PDF),
        "pages": sheet.pages,
        "trim_mm": list(job.trim),
        "bleed_mm": 0,
        "distance_m": job.distance_m,
        "smallest_text_mm": round(sheet.smallest_text_mm, 2),
        "fill": round(sheet.fill, 3),
        "edition": job.edition,
        "source_hash": job.source_hash,
    }


def entries(job: Order, sheet: Filed) -> list[dict[str, object]]:
    """The plain printable and each finished one."""
    plain = entry(job, sheet)
    return [plain, *(plain | _finished(job, sheet, after) for after in sheet.finished)]


def _finished(job: Order, sheet: Filed, after: Finished) -> dict[str, object]:
    return {
        "finishing": after.finishing,
        "file": place(job, after.suffix),
        "bytes": sheet.length(after.suffix),
        "pages": after.pages,
        "trim_mm": list(after.trim_mm),
        "bleed_mm": after.bleed_mm,
    }


def deliver(
    job: Order,
    sheet: Filed,
    folder: Path,
    write: Callable[[str, Path], None] | None = None,
) -> list[Path]:
    """Put PDF, picture, finished files and their tickets into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in sheet.suffixes:
        sheet.put(suffix, folder / f"{job.stem}{suffix}")
    names = [f"{job.stem}{suffix}" for suffix in sheet.suffixes]
    for after in sheet.finished:
        if after.finishing == SHOP:
            names.append(f"{job.stem}{TICKET}")
            (write or _write)(ticket(job, after), folder / names[-1])
    return [folder / name for name in names]


def _write(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")
