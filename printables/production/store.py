"""A store of files that each build of the site needs again (pages, cards, packs): made once, then linked to."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from printables.files import is_sealed, link, seal, whole


class Store:
    """A folder of files with one suffix, each named by the digest of its parts."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self.suffix = suffix
        self._used: set[str] = set()

    def put(self, parts: str, make: Callable[[], bytes], to: Path) -> None:
        """Put the file made of `parts` at `to`; `make` is called if the store does not have it."""
        name = hashlib.sha256(parts.encode()).hexdigest() + self.suffix
        stored = self.folder / name
        self._used.add(name)
        if not is_sealed(stored):
            self._write(stored, make())
        try:
            link(stored, to)
        except FileNotFoundError:
            to.parent.mkdir(parents=True, exist_ok=True)
            link(stored, to)

    def _write(self, stored: Path, content: bytes) -> None:
        with whole(stored) as part:
            part.write_bytes(content)
            seal(part)

    def clear(self) -> None:
        """Delete files that this build did not use and no site links to."""
        for stored in self.folder.glob(f"*{self.suffix}"):
            if stored.name not in self._used and stored.stat().st_nlink == 1:
                stored.unlink(missing_ok=True)
