"""Files that a site needs again: made once, kept by a digest of what they are made of, and linked to."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SECOND_NS = 10**9


def link(source: Path | str, to: Path) -> None:
    """Let the same file stand at `to`, whatever stood there."""
    try:
        os.link(source, to)
    except FileExistsError:
        to.unlink()  # writing into it might write into what another name keeps
        link(source, to)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, to)


def seal(path: Path) -> int:
    """Give a file a whole second that has passed as its time, and say which.

    Archives keep it, and whoever writes into the file later, or into a link to it, breaks it.
    """
    seconds = int(time.time()) - 1
    os.utime(path, (seconds, seconds))
    return seconds


class Drawer:
    """A folder of such files. `clear` takes out what this build did not use and no site links to."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self.suffix = suffix
        self._used: set[str] = set()

    def put(self, parts: str, make: Callable[[], bytes], to: Path) -> None:
        """Let what is made of `parts` stand at `to`; `make` is asked where it was not made before."""
        name = hashlib.sha256(parts.encode()).hexdigest() + self.suffix
        kept = self.folder / name
        self._used.add(name)
        if not _sealed(kept):
            self._keep(kept, make())
        try:
            link(kept, to)
        except FileNotFoundError:
            to.parent.mkdir(parents=True, exist_ok=True)
            link(kept, to)

    def _keep(self, kept: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(part).chmod(0o644)
            seal(Path(part))
            Path(part).replace(kept)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def clear(self) -> None:
        for kept in self.folder.glob(f"*{self.suffix}"):
            if kept.name not in self._used and kept.stat().st_nlink == 1:
                kept.unlink(missing_ok=True)


def _sealed(kept: Path) -> bool:
    try:
        return kept.stat().st_mtime_ns % SECOND_NS == 0
    except FileNotFoundError:
        return False
