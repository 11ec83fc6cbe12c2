"""A finished printable: its files and what was measured in them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printables.files import whole
from printables.job import PDF, Finished

PICTURE = ".webp"


@dataclass(frozen=True)
class Measures:
    """What was measured in a sheet; `fill` is the used share of the emptiest page's height.

    `smallest_text_mm` is the character height, in the finished PDF, of the smallest line that is
    read from the job's distance; `layouts` is how often it was laid out until it fitted.
    """

    picture_px: tuple[int, int]
    pages: int
    scales: tuple[float, ...]
    fill: float
    smallest_text_mm: float
    layouts: int
    finished: tuple[Finished, ...]


@dataclass(frozen=True)
class Filed(Measures, ABC):
    """A sheet whose files can be had by suffix: PDF, PICTURE, and one for each finishing."""

    @abstractmethod
    def length(self, suffix: str) -> int:
        """Length of a file in bytes."""

    @abstractmethod
    def read(self, suffix: str) -> bytes:
        """A file's content."""

    @abstractmethod
    def put(self, suffix: str, path: Path) -> None:
        """Let the file stand at `path`, whole or not at all."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        return PDF, PICTURE, *(after.suffix for after in self.finished)

    @property
    def pdf(self) -> bytes:
        return self.read(PDF)

    @property
    def picture(self) -> bytes:
        return self.read(PICTURE)


@dataclass(frozen=True)
class Sheet(Filed):
    """A sheet as it leaves the press."""

    files: Mapping[str, bytes]

    def length(self, suffix: str) -> int:
        return len(self.files[suffix])

    def read(self, suffix: str) -> bytes:
        return self.files[suffix]

    def put(self, suffix: str, path: Path) -> None:
        with whole(path) as part:
            part.write_bytes(self.files[suffix])
