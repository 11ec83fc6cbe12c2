"""Where the bytes of a built site are: by kind of file, and within its PDFs by kind of object."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from printables.job import FINISHINGS
from printables.publishing.catalogue import FOLDER, SMALL

OBJECTS = ("fonts", "drawing", "pictures", "metadata", "structure and the rest")


def rows(site: Path) -> Iterator[dict[str, str]]:
    """A row for each kind of file, the heaviest first, and one for all."""
    kinds: dict[str, list[Path]] = {}
    for path in site.rglob("*"):
        if path.is_file():
            kinds.setdefault(_kind(path.relative_to(site)), []).append(path)
    sizes = {kind: sum(path.stat().st_size for path in paths) for kind, paths in kinds.items()}
    for kind in sorted(kinds, key=lambda kind: -sizes[kind]):
        yield _row(kind, len(kinds[kind]), sizes[kind], _within(kinds[kind]))
    yield _row("all files", sum(map(len, kinds.values())), sum(sizes.values()), Counter())


def _row(kind: str, number: int, size: int, within: Counter[str]) -> dict[str, str]:
    shown = {"Bytes": kind, "files": f"{number}", "MB": f"{size / 1e6:.1f}"}
    shares = {name: f"{within[name] / size:.0%}" if within else "–" for name in OBJECTS}
    return shown | {"kB a file": f"{size / number / 1e3:.1f}"} | shares


def _kind(path: Path) -> str:
    """What a file is, by its name in the site."""
    if path.parts[0] != FOLDER:
        return f"{path.suffix or path.name} of pages"
    for finishing in FINISHINGS:
        if path.name.endswith(f"-{finishing}.pdf"):
            return f"PDF, {finishing}"
    if path.suffix == ".pdf":
        return "PDF, plain"
    return "pictures in lists" if path.name.endswith(SMALL) else f"{path.suffix} of sheets"


def _within(paths: list[Path]) -> Counter[str]:
    """Bytes of these files by what they are for; nothing for files that are no PDFs."""
    found: Counter[str] = Counter()
    for path in paths:
        if path.suffix == ".pdf":
            streams = _streams(path)
            found += streams
            found["structure and the rest"] += path.stat().st_size - streams.total()
    return found


def _streams(path: Path) -> Counter[str]:
    """Bytes of a PDF's streams; objects without one are packed, and are the rest."""
    found: Counter[str] = Counter()
    with pikepdf.open(path) as document:
        fonts = {
            each[key].objgen
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary)
            for key in ("/FontFile2", "/ToUnicode")
            if key in each
        }
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Type") not in ("/ObjStm", "/XRef"):
                found[_use(each, fonts)] += len(each.read_raw_bytes())
    return found


def _use(stream: pikepdf.Stream, fonts: set[tuple[int, int]]) -> str:
    if stream.objgen in fonts:
        return "fonts"
    if stream.get("/Subtype") == "/Image":
        return "pictures"
    return "metadata" if stream.get("/Type") == "/Metadata" else "drawing"
