"""What was printed: the entry of each printable, and the files below site/."""

from pathlib import Path

from printables.design import find
from printables.job import Job
from printables.sheet import Finished, Sheet
from printables.ticket import ticket

FOLDER = "printables"


def place(job: Job, suffix: str) -> str:
    """Path below site/ of a printable's file: printables/teams/x/x-poster-a3-zh.pdf."""
    return f"{FOLDER}/{job.chapter}/{job.stem}{suffix}"


def entry(job: Job, sheet: Sheet) -> dict[str, object]:
    """The plain printable's object in printables.json; lengths in mm, distance in m."""
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


def entries(job: Job, sheet: Sheet) -> list[dict[str, object]]:
    """The plain printable and each finished one."""
    plain = entry(job, sheet)
    return [plain, *(plain | _finished(job, after) for after in sheet.finished)]


def _finished(job: Job, after: Finished) -> dict[str, object]:
    return {
        "finishing": after.finishing,
        "file": place(job, f"-{after.finishing}.pdf"),
        "bytes": len(after.pdf),
        "pages": after.pages,
        "trim_mm": list(after.trim_mm),
        "bleed_mm": after.bleed_mm,
    }


def deliver(job: Job, sheet: Sheet, folder: Path) -> list[Path]:
    """Write PDF, picture and finished files into `folder`; returns their paths."""
    files = {f"{job.stem}.pdf": sheet.pdf, f"{job.stem}.webp": sheet.picture}
    for after in sheet.finished:
        files[f"{job.stem}-{after.finishing}.pdf"] = after.pdf
        if after.finishing == "shop":
            names = find(job.design).spec.name.model_dump()
            files[f"{job.stem}-ticket.txt"] = ticket(job, after, names).encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
    return [folder / name for name in files]
