"""Files written whole or not at all, hard links, sealed times, digests of this package's files."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE = Path(__file__).parent
PART = ".part"
SECOND_NS = 10**9


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary file beside `path`; moved there at the end, deleted after an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=PART)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def link(source: Path | str, to: Path) -> None:
    """Make `to` a hard link to `source`, or a copy where links are not possible; replaces what was there."""
    try:
        os.link(source, to)
    except FileExistsError:
        to.unlink()  # writing into it could write into another link's file
        link(source, to)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, to)


def seal(path: Path) -> int:
    """Set a file's time to a whole second in the past; return it, in seconds.

    Archives keep such a time, and whoever writes into the file later, or into a link to it, changes it.
    """
    seconds = int(time.time()) - 1
    os.utime(path, (seconds, seconds))
    return seconds


def is_sealed(path: Path) -> bool:
    """True if the file is there and was not written into since it was sealed."""
    try:
        return path.stat().st_mtime_ns % SECOND_NS == 0
    except FileNotFoundError:
        return False


def digest(rooms: Iterable[str]) -> str:
    """Hex sha256 of the names and contents of files of this package: `rooms` are folders and files in it."""
    hasher = hashlib.sha256()
    for room in rooms:
        for path in sorted([PACKAGE / room, *(PACKAGE / room).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                hasher.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return hasher.hexdigest()
