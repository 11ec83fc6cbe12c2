"""A Job: everything that a printable's bytes depend on, apart from fonts and code."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class HeadlineRoom:
    """The slogan's limits: em widths of its lines, least em and width of its room in mm."""

    lines: tuple[str, ...]
    widths_em: tuple[float, ...]
    floor_mm: float
    room_mm: float
    ratio: float
    sign_mm: float

    @property
    def ceiling_mm(self) -> float:
        """The em at which the widest line fills the room."""
        return self.room_mm / max(self.widths_em)


@dataclass(frozen=True)
class Job:
    """One printable to be pressed. Lengths are mm; `units` are the least em of a language.

    `source` is the file that findings name; `sections` are the titles of boxes by their ids, and
    `lines` where they stand in that file;
    `on_page` names the boxes of each page, and `gaps` counts the elements
    of each page that take up what is left of the sheet. `start` is the scale at which fit begins.
    """

    source: str
    chapter: str
    title: str
    language: str
    design: str
    sheet: str
    trim: tuple[float, float]
    pages: int
    distance_m: float
    start: float
    most: float
    units: tuple[tuple[str, float], ...]
    headline: HeadlineRoom
    html: str
    style: str
    sections: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, int], ...]
    on_page: tuple[tuple[str, ...], ...]
    gaps: tuple[int, ...]
    edition: str
    source_hash: str

    @property
    def name(self) -> str:
        """What progress and messages call it: `teams/confined-space poster zh`."""
        return f"{self.chapter} {self.design} {self.language}"

    def line(self, section: str) -> int:
        """Line on which a section, or the slogan, stands in the chapter's file."""
        return dict(self.lines).get(section, 0)

    @property
    def stem(self) -> str:
        """Name of its files, without extension: `confined-space-poster-a3-zh`."""
        return f"{self.chapter.split('/')[-1]}-{self.design}-{self.sheet}-{self.language}"

    @property
    def key(self) -> str:
        """Hex sha256 of all of it but what only findings show: the path and the lines."""
        shown = asdict(self) | {"source": "", "lines": ()}
        text = json.dumps(shown, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
