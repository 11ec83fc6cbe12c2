"""Files written whole or not at all, hard links, digests of files and of this package."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parent
PART = ".part"


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


def sha256(path: Path) -> str:
    """Hex sha256 of a file's content; a file that did not change since is not read again by this process."""
    status = path.stat()
    return _sha256(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=20_000)
def _sha256(path: Path, *_status: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(rooms: Iterable[str]) -> str:
    """Hex sha256 of the names and contents of files of this package: `rooms` are folders and files in it."""
    hasher = hashlib.sha256()
    for room in rooms:
        for path in sorted([PACKAGE / room, *(PACKAGE / room).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                hasher.update(f"{path.relative_to(PACKAGE).as_posix()} {sha256(path)}\n".encode())
    return hasher.hexdigest()
