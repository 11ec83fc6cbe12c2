"""Packs: the printables of a topic or campaign in one zip, with a sheet that lists them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from printables import catalogue, words
from printables.cache import Kept
from printables.job import Order
from printables.sheet import PICTURE, Filed

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date of the format: the same files, the same bytes
WORDS = words.load(Path(__file__).with_name("words.toml"))


def pack(title: Mapping[str, str], sheets: Mapping[Order, Filed]) -> bytes:
    """A zip of every sheet's files, each below its language, and the list of contents.

    PDFs are compressed already and are only stored.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, "内容 Contents.txt", contents(title, sheets).encode())
        for job, sheet in sheets.items():
            folder = f"{job.language}/{job.design}"
            for suffix in sheet.suffixes:
                if suffix != PICTURE:
                    _put(archive, f"{folder}/{job.stem}{suffix}", sheet.read(suffix))
    return out.getvalue()


def contents(title: Mapping[str, str], sheets: Mapping[Order, Filed]) -> str:
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


def digest(title: Mapping[str, str], sheets: Mapping[Order, Kept]) -> str:
    """What tells one pack from another without making it."""
    places = [(job, sheet.folder.name) for job, sheet in sheets.items()]
    return f"{Path(__file__).read_text(encoding='utf-8')}{sorted(title.items())}{places}"


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
