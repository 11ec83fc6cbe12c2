"""A cache of printed sheets, up to a bound of bytes, each filed by the hash of all that its bytes depend on."""

import ctypes
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from printables.files import PART, digest, link, sha256
from printables.job import Finished
from printables.press.sheet import Filed, Measures, Sheet

LOGGER = logging.getLogger("mkdocs.printables")
LIBRARIES = (
    "weasyprint",
    "pydyf",
    "tinyhtml5",
    "tinycss2",
    "pypdfium2",
    "pillow",
    "segno",
    "pikepdf",
    "uharfbuzz",
)
NATIVE = {"libpango-1.0.so.0": "pango_version_string", "libharfbuzz.so.0": "hb_version_string"}
# The code that turns jobs into bytes. Other rooms only make jobs, and the hash of a job covers their work.
ROOMS = (
    "press",
    "finishing",
    "stamping",
    "layout/lettering.py",
    "layout/owner_words.py",
    "fonts",
    "colours.py",
    "colours.toml",
    "geometry.py",
    "glyphs.py",
    "job.py",
    "languages.py",
    "languages.toml",
    "legibility.py",
    "sizes.py",
    "sizes.toml",
)
MOST_BYTES = 1024**3
NAME, RECORD = "sheet", "record.json"
LEFT_S = 3600  # older temporary folders are left by killed builds


@dataclass(frozen=True)
class Kept(Filed):
    """A sheet in the cache; its files can be linked to and must not be written to. `lengths` are bytes."""

    folder: Path
    lengths: Mapping[str, int]

    def length(self, suffix: str) -> int:
        return self.lengths[suffix]

    def read(self, suffix: str) -> bytes:
        return (self.folder / f"{NAME}{suffix}").read_bytes()

    def digest(self, suffix: str) -> str:
        """Hex sha256 of a file."""
        return sha256(self.folder / f"{NAME}{suffix}")

    def put(self, suffix: str, path: Path) -> None:
        link(f"{self.folder}/{NAME}{suffix}", path)


class Cache:
    """A folder with an entry, a folder, for each sheet. Entries are whole; the least recently used go first.

    An entry's record has the measures, and digest and length of each file. A file without its digest is damaged.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self.most_bytes = most_bytes

    def place(self, key: str) -> Path:
        """Folder of the entry for a job with this key."""
        named = hashlib.sha256(f"{fingerprint()}{key}".encode()).hexdigest()
        return self.folder / named[:2] / named

    def get(self, key: str, name: str = "") -> Kept | None:
        """The sheet, or None; a damaged entry is deleted and logged with the sheet's `name`."""
        entry = self.place(key)
        try:
            record = _read(entry / RECORD)
            for suffix, written in record["files"].items():
                if sha256(entry / f"{NAME}{suffix}") != written["sha256"]:
                    raise ValueError("damaged")
            os.utime(entry / RECORD)
        except FileNotFoundError:
            if not entry.exists():
                return None
        except (ValueError, KeyError):
            pass
        else:
            lengths = {suffix: file["bytes"] for suffix, file in record["files"].items()}
            return Kept(**_measures(record["measures"]), folder=entry, lengths=lengths)
        LOGGER.info("%s: the cached sheet is damaged and is printed again", name or key)
        _drop(entry)
        return None

    def put(self, key: str, sheet: Sheet) -> Kept:
        """Store the sheet; two builds may store the same one at once."""
        entry = self.place(key)
        entry.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=entry.parent, suffix=PART))
        try:
            files = {s: _write(part / f"{NAME}{s}", sheet.read(s)) for s in sheet.suffixes}
            measures = {field.name: getattr(sheet, field.name) for field in fields(Measures)}
            measures["finished"] = [asdict(after) for after in sheet.finished]
            text = json.dumps({"measures": measures, "files": files}).encode()
            _write(part / RECORD, hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
            part.chmod(0o755)
            try:
                part.rename(entry)
            except OSError:
                if not entry.is_dir():  # else another build was quicker, and the same stands there
                    raise
        finally:
            shutil.rmtree(part, ignore_errors=True)
        lengths = {suffix: file["bytes"] for suffix, file in files.items()}
        return Kept(**_measures(measures), folder=entry, lengths=lengths)

    def trim(self) -> None:
        """Delete the least recently used entries until the folder has at most `most_bytes`."""
        for path in self.folder.glob(f"*/*{PART}"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - LEFT_S:  # by a build that was killed
                    shutil.rmtree(path, ignore_errors=True)
        entries = []
        for path in self.folder.glob(f"*/*/{RECORD}"):
            with suppress(FileNotFoundError):  # another build was quicker
                size = sum(file.stat().st_size for file in path.parent.iterdir())
                entries.append((path.stat().st_mtime, size, path.parent))
        size = sum(entry[1] for entry in entries)
        for _, length, entry in sorted(entries):
            if size <= self.most_bytes:
                break
            _drop(entry)
            size -= length


def _read(path: Path) -> dict[str, Any]:
    """An entry's record; raises ValueError if it is damaged."""
    digest, _, text = path.read_bytes().partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        raise ValueError("damaged")
    record: dict[str, Any] = json.loads(text)
    return record


def _measures(record: Mapping[str, Any]) -> dict[str, Any]:
    finished = [{**after, "trim_mm": tuple(after["trim_mm"])} for after in record["finished"]]
    return {
        **record,
        "picture_px": tuple(record["picture_px"]),
        "scales": tuple(record["scales"]),
        "finished": tuple(Finished(**after) for after in finished),
    }


def _write(path: Path, content: bytes) -> dict[str, Any]:
    """Write a file; return its digest and length."""
    path.write_bytes(content)
    path.chmod(0o644)  # the site links to it, and a web server reads it as another user
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def _drop(entry: Path) -> None:
    """Move an entry out of the way at once, then delete it."""
    part = Path(tempfile.mkdtemp(dir=entry.parent, suffix=PART))
    with suppress(FileNotFoundError):  # another build was quicker
        entry.rename(part / entry.name)
    shutil.rmtree(part, ignore_errors=True)


@cache
def fingerprint() -> str:
    """Digest of the code, and versions of the libraries, that decide the bytes of a job."""
    versions = [f"{library} {version(library)}" for library in LIBRARIES]
    versions += [f"{library} {_native_version(library, name)}" for library, name in NATIVE.items()]
    return " ".join([digest(ROOMS), *versions])


def _native_version(library: str, name: str) -> str:
    """Version of a C library from its function `name`, without loading WeasyPrint."""
    try:
        function = getattr(ctypes.CDLL(library), name)
    except OSError:
        return "absent"
    function.restype = ctypes.c_char_p
    return str(function().decode())
