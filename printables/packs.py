"""Packs: the printables of a topic or campaign in one zip, with a sheet that lists them."""

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from printables import catalogue, words
from printables.job import Job
from printables.sheet import Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date of the format: the same files, the same bytes
WORDS = words.load(Path(__file__).with_name("words.toml"))


def pack(title: Mapping[str, str], sheets: Mapping[Job, Sheet]) -> bytes:
    """A zip of every sheet's files, each below its language, and the list of contents.

    PDFs are compressed already and are only stored.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, "内容 Contents.txt", contents(title, sheets).encode())
        for job, sheet in sheets.items():
            folder = f"{job.language}/{job.design}"
            _put(archive, f"{folder}/{job.stem}.pdf", sheet.pdf)
            for after in sheet.finished:
                _put(archive, f"{folder}/{job.stem}-{after.finishing}.pdf", after.pdf)
    return out.getvalue()


def contents(title: Mapping[str, str], sheets: Mapping[Job, Sheet]) -> str:
    """What the pack holds, in both languages: file, size, pages, distance, edition."""
    lines = []
    for language in words.LANGUAGES:
        say = WORDS[language]
        lines += [title[language], ""]
        for job, sheet in sheets.items():
            for entry in catalogue.entries(job, sheet):
                width, height = (f"{side:g}" for side in entry["trim_mm"])  # type: ignore[attr-defined]
                name = str(entry["file"]).rsplit("/", 1)[-1]
                readable = say["readable"].format(f"{job.distance_m:g}")
                parts = [f"{width} × {height} mm", f"{entry['pages']} {say['pages']}", readable]
                lines.append(f"{name}: {' · '.join(parts)} · {say['edition']} {job.edition}")
        lines.append("")
    return "\n".join(lines)


def keep(folder: Path, title: Mapping[str, str], sheets: Mapping[Job, Sheet], to: Path) -> None:
    """Put the pack at `to`; it is made only where `folder` does not hold the very same one."""
    digest = hashlib.sha256(repr(sorted(title.items())).encode())
    digest.update(Path(__file__).read_bytes())
    for job, sheet in sheets.items():
        digest.update(job.key.encode() + hashlib.sha256(sheet.pdf).digest())
        for after in sheet.finished:
            digest.update(after.finishing.encode() + hashlib.sha256(after.pdf).digest())
    kept = folder / f"{digest.hexdigest()}.zip"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(pack(title, sheets))
        part.replace(kept)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.unlink(missing_ok=True)
    try:
        os.link(kept, to)
    except OSError:  # another file system
        to.write_bytes(kept.read_bytes())


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
