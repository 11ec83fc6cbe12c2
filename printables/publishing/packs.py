"""Packs: the printables of a topic or campaign in one zip, with a sheet of contents to print or to click on."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2

from printables.colours import custom_properties
from printables.job import PDF, Order
from printables.layout.design import SHEET_NAMES, find
from printables.press.sheet import PICTURE, Filed
from printables.production.cache import Kept
from printables.publishing.job_ticket import SHOP, TICKET, ticket
from printables.words import LANGUAGES, WORDS

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date of the format: the same files, the same bytes
CONTENTS = Path(__file__).with_name("contents.html")
MADE_BY = (Path(__file__), Path(__file__).with_name("job_ticket.py"), CONTENTS)


def pack(title: Mapping[str, str], sheets: Mapping[Order, Filed]) -> bytes:
    """A zip of every sheet's files, each below its language, its tickets, and the contents.

    PDFs are compressed already and are only stored.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, "内容 Contents.html", contents(title, sheets).encode())
        for job, sheet in sheets.items():
            for suffix in sheet.suffixes:
                if suffix != PICTURE:
                    _put(archive, _place(job, suffix), sheet.read(suffix))
            for after in sheet.finished:
                if after.finishing == SHOP:
                    _put(archive, _place(job, TICKET), ticket(job, after).encode())
    return out.getvalue()


def contents(title: Mapping[str, str], sheets: Mapping[Order, Filed]) -> str:
    """What the pack holds, a part in each language: by chapter, design and language, each size with its files."""
    by_chapter: dict[str, list[Order]] = {}
    for job in sheets:
        by_chapter.setdefault(job.chapter, []).append(job)
    chapters = [
        (_titles(jobs), [_row(list(same), sheets) for _, same in groupby(jobs, _printable)])
        for jobs in by_chapter.values()
    ]
    return _template().render(
        title=title, words=WORDS, chapters=chapters, colours=custom_properties()
    )


def _printable(job: Order) -> tuple[str, str]:
    return job.design, job.language


def _titles(jobs: list[Order]) -> dict[str, str]:
    """A chapter's title in each language, or in the other where it has no sheet in one."""
    titles = {job.language: job.title for job in jobs}
    return {code: titles.get(code, jobs[0].title) for code in LANGUAGES}


def _row(jobs: list[Order], sheets: Mapping[Order, Filed]) -> dict[str, Any]:
    return {
        "design": find(jobs[0].design).spec.name.model_dump(),
        "language": jobs[0].language,
        "edition": jobs[0].edition,
        "sheets": [_size(job, sheets[job]) for job in jobs],
    }


def _size(job: Order, sheet: Filed) -> dict[str, Any]:
    width, height = (f"{side:g}" for side in job.trim)
    files = [("plain", _place(job, PDF), sheet.pages)]
    files += [(each.finishing, _place(job, each.suffix), each.pages) for each in sheet.finished]
    name = "" if job.sheet in SHEET_NAMES["zh"] else f"{job.sheet.upper()} · "
    size = f"{name}{width} × {height} mm"
    return {"size": size, "pages": sheet.pages, "distance": f"{job.distance_m:g}", "files": files}


def _place(job: Order, suffix: str) -> str:
    return f"{job.language}/{job.design}/{job.stem}{suffix}"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.from_string(CONTENTS.read_text(encoding="utf-8"))


def digest(title: Mapping[str, str], sheets: Mapping[Order, Kept]) -> str:
    """What tells one pack from another without making it."""
    places = [(job, sheet.folder.name) for job, sheet in sheets.items()]
    designs = {job.design: find(job.design).spec for job in sheets}
    made = [path.read_text(encoding="utf-8") for path in MADE_BY]
    return f"{made}{sorted(title.items())}{places}{designs}{WORDS}{custom_properties()}"


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
