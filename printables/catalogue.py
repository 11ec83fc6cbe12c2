"""What was printed: the entry of each printable, and the files below site/."""

from pathlib import Path

from printables.job import Job
from printables.sheet import Sheet

FOLDER = "printables"


def place(job: Job, suffix: str) -> str:
    """Path below site/ of a printable's file: printables/teams/x/x-poster-a3-zh.pdf."""
    return f"{FOLDER}/{job.chapter}/{job.stem}{suffix}"


def entry(job: Job, sheet: Sheet) -> dict[str, object]:
    """The printable's object in printables.json; lengths in mm, distance in m."""
    return {
        "chapter": job.chapter,
        "title": job.title,
        "language": job.language,
        "design": job.design,
        "sheet": job.sheet,
        "finishing": "plain",
        "file": place(job, ".pdf"),
        "picture": place(job, ".webp"),
        "bytes": len(sheet.pdf),
        "pages": sheet.pages,
        "trim_mm": list(job.trim),
        "bleed_mm": 0,
        "distance_m": job.distance_m,
        "smallest_text_mm": round(sheet.smallest_text_mm, 2),
        "fill": round(sheet.fill, 3),
        "edition": job.edition,
        "source_hash": job.source_hash,
    }


def deliver(job: Job, sheet: Sheet, folder: Path) -> list[Path]:
    """Write the PDF and its picture into `folder`; returns their paths."""
    paths = [folder / f"{job.stem}.pdf", folder / f"{job.stem}.webp"]
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in zip(paths, (sheet.pdf, sheet.picture), strict=True):
        part = path.with_name(path.name + ".part")
        part.write_bytes(content)
        part.replace(path)
    return paths
