"""A finished printable: its files and their measures."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printables.files import whole
from printables.job import PDF, Finished

PICTURE = ".webp"


@dataclass(frozen=True)
class Measures:
    """Measures of a sheet; `fill` is the share, 0 to 1, of the emptiest page's height that is used.

    The picture shows no firm: it stays the same, whoever is stamped on the sheet.
    `smallest_text_mm` is the character height, in the finished PDF, of the smallest line that is
    read from the job's distance, before a firm is stamped; `layouts` is the number of layouts until it fitted.
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
    """A sheet with a file for each suffix: PDF, PICTURE, and one for each finishing."""

    @abstractmethod
    def length(self, suffix: str) -> int:
        """Length of a file in bytes."""

    @abstractmethod
    def read(self, suffix: str) -> bytes:
        """A file's content."""

    @abstractmethod
    def put(self, suffix: str, path: Path) -> None:
        """Put the file at `path`, whole or not at all."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Ends of the names of its files: `.pdf`, `.webp`, `-tiles-a4.pdf`, …"""
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
