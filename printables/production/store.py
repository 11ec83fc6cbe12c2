"""A store of files that each build of the site needs again (pages, cards, packs): made once, then linked to."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from printables.files import link, sha256, whole


class Store:
    """A folder of files with one suffix; the name of each holds the digests of its parts and of its content.

    Whatever a disk, a killed process or an editor did to a file, its content no longer has the digest in its name.
    """

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self.suffix = suffix
        self._stored = {_parts(path): path for path in folder.glob(f"*{suffix}")}
        self._used: set[Path] = set()

    def put(self, parts: str, make: Callable[[], bytes], to: Path) -> None:
        """Put the file made of `parts` at `to`; `make` is called if the store does not have it whole."""
        key = hashlib.sha256(parts.encode()).hexdigest()
        stored = self._stored.get(key)
        if stored is None or not self._is_whole(stored):
            stored = self._stored[key] = self._write(key, make())
        self._used.add(stored)
        try:
            link(stored, to)
        except FileNotFoundError:
            to.parent.mkdir(parents=True, exist_ok=True)
            if not stored.exists():  # another build cleared it away
                stored = self._write(key, make())
            link(stored, to)

    def _is_whole(self, stored: Path) -> bool:
        try:
            return stored.name == self._name(_parts(stored), sha256(stored))
        except FileNotFoundError:  # another build cleared it away
            return False

    def _write(self, key: str, content: bytes) -> Path:
        stored = self.folder / self._name(key, hashlib.sha256(content).hexdigest())
        with whole(stored) as part:
            part.write_bytes(content)
        return stored

    def _name(self, key: str, content: str) -> str:
        return f"{key}.{content[:32]}{self.suffix}"

    def clear(self) -> None:
        """Delete files that this build did not use and no site links to."""
        for stored in self.folder.glob(f"*{self.suffix}"):
            with suppress(FileNotFoundError):  # another build was quicker
                if stored not in self._used and stored.stat().st_nlink == 1:
                    stored.unlink()


def _parts(stored: Path) -> str:
    """The digest of the parts in a file's name."""
    return stored.name.partition(".")[0]
