"""Put a new site in the place of the old one, at once: python -m printables.commands.put .cache/site.x1 site."""

import ctypes
import errno
import fcntl
import os
import sys
from pathlib import Path

from printables.last_net import run

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of Linux: fcntl.h, fs.h
UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.EOPNOTSUPP}  # to this file system


def put(new: Path, place: Path) -> None:
    """Move the folder `new` to `place`; what stood there stands at `new` afterwards, if anything did.

    Two builds that end at once take turns, and there is always a site.
    """
    with (new.parent / "put.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not place.exists():
            new.rename(place)
        elif not _exchanged(new, place):
            old = new.with_name(f"{new.name}.old")
            place.rename(old)
            new.rename(place)
            old.rename(new)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    if rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code not in UNKNOWN:
        raise OSError(code, os.strerror(code), str(other))
    return False


def main() -> int:
    """Run the command."""
    put(Path(sys.argv[1]), Path(sys.argv[2]))
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
