"""Files that a site needs again: made once, kept by a digest of what they are made of, and linked to."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from printables.files import is_sealed, link, seal, whole


class Store:
    """A folder of such files. `clear` takes out what this build did not use and no site links to."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self.suffix = suffix
        self._used: set[str] = set()

    def put(self, parts: str, make: Callable[[], bytes], to: Path) -> None:
        """Let what is made of `parts` stand at `to`; `make` is asked where it was not made before."""
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
        for stored in self.folder.glob(f"*{self.suffix}"):
            if stored.name not in self._used and stored.stat().st_nlink == 1:
                stored.unlink(missing_ok=True)
