"""Sheets that were printed before, each below the hash of all that its bytes depend on."""

import ctypes
import ctypes.util
import hashlib
import logging
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from printables.job import Job
from printables.sheet import Sheet, unpack

LOGGER = logging.getLogger("mkdocs.printables")
PACKAGE = Path(__file__).parent
LIBRARIES = (
    "weasyprint",
    "pydyf",
    "tinyhtml5",
    "tinycss2",
    "pypdfium2",
    "pillow",
    "segno",
    "pikepdf",
)
NATIVE = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}
# What makes bytes of a job. The other rooms only make jobs, and a job's hash covers what they made.
ROOMS = (
    "press",
    "fit",
    "printer",
    "proof",
    "legibility",
    "rect",
    "sheet",
    "job",
    "after",
    "finishing",
    "shop",
)
MOST_BYTES = 1024**3


class Cache:
    """A folder of packed sheets; entries are written at once or not at all, the oldest go first."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self.most_bytes = most_bytes

    def path(self, job: Job) -> Path:
        """Where the job's sheet is kept."""
        key = hashlib.sha256(f"{fingerprint()}{job.key}".encode()).hexdigest()
        return self.folder / key[:2] / f"{key}.sheet"

    def get(self, job: Job) -> Sheet | None:
        """The job's sheet, or None; a damaged entry is thrown away, with a word in the log."""
        path = self.path(job)
        try:
            sheet = unpack(path.read_bytes())
            os.utime(path)
            return sheet
        except FileNotFoundError:
            return None
        except ValueError:
            LOGGER.info("%s: the cached sheet is damaged and is printed again", job.name)
            path.unlink(missing_ok=True)
            return None

    def put(self, job: Job, sheet: Sheet) -> None:
        """Keep the job's sheet; two builds may keep the same one at once."""
        path = self.path(job)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sheet.pack())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def trim(self) -> None:
        """Drop what was not used for longest until the folder is within its bound."""
        entries = []
        for path in self.folder.glob("*/*"):
            try:
                entries.append((path.stat().st_mtime, path.stat().st_size, path))
            except FileNotFoundError:
                continue  # another build was quicker
        size = sum(entry[1] for entry in entries)
        for _, length, path in sorted(entries):
            if size <= self.most_bytes:
                break
            path.unlink(missing_ok=True)
            size -= length


@cache
def fingerprint() -> str:
    """Hash of fonts, of the code that presses, and of the versions of the libraries it calls."""
    digest = hashlib.sha256()
    for path in sorted((PACKAGE / "fonts").iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    for room in ROOMS:
        digest.update((PACKAGE / f"{room}.py").read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    for library, asked in NATIVE.items():
        digest.update(f"{library} {_native_version(library, asked)}".encode())
    return digest.hexdigest()


def _native_version(library: str, asked: str) -> str:
    """What a C library says of its version, without loading WeasyPrint for it."""
    path = ctypes.util.find_library(library)
    if path is None:
        return "absent"
    function = getattr(ctypes.CDLL(path), asked)
    function.restype = ctypes.c_char_p
    return function().decode()
