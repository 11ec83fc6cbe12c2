"""What rooms hand on: an Order to print, the Job that sets it, each finishing, and what came of it.

A Job is the order with everything that its bytes depend on, apart from fonts and code.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Literal

PDF = ".pdf"


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
class Region:
    """A box that is fitted on its own: its id, its page from 0, its height in mm.

    The fit begins at the scale `start`. `inside` are the ids of the boxes in it, `gaps` how many of its elements take up
    what is left, `nearness` the distance from which it is read as a share of the job's.
    """

    id: str
    page: int
    height_mm: float
    inside: tuple[str, ...]
    gaps: int
    start: float = 1.0
    nearness: float = 1.0


def home(chapter: str) -> str:
    """The reader of a volume; everything else is at home where it is."""
    return chapter.partition(".")[0]


@dataclass(frozen=True)
class Order:
    """A chapter or reader in a design, a language and a size, of `trim` mm, read from `distance_m`.

    A reader of several volumes is `teams.1`, `teams.2`; no folder is named so.
    """

    chapter: str
    title: str
    language: str
    design: str
    size: str
    trim: tuple[float, float]
    distance_m: float
    edition: str
    source_hash: str

    @property
    def name(self) -> str:
        """What progress and messages call it: `teams/confined-space poster a3 zh`."""
        return f"{self.chapter} {self.design} {self.size} {self.language}"

    @property
    def home(self) -> str:
        """The chapter or reader on whose page it is shown."""
        return home(self.chapter)

    @property
    def volume(self) -> str:
        """Which of a reader's volumes; nothing where there is one, or no book."""
        return self.chapter.partition(".")[2]

    @property
    def stem(self) -> str:
        """Name of its files, without extension: `confined-space-poster-a3-zh`."""
        return f"{self.chapter.split('/')[-1]}-{self.design}-{self.size}-{self.language}"


@dataclass(frozen=True)
class Job(Order):
    """One order, set and ready to be pressed.

    `trim` is the finished sheet in mm. All other lengths, also those in `html` and `style`, are mm
    on a sheet that is `zoom` times smaller. `units` are the least em of a language; the slogan with its `headline` room stands in the first region.
    `source` is the file that findings name; `sections` are the titles of boxes by their ids, and
    `lines` where they stand in that file. `folds_mm` are the folds of each page, from the left edge of the
    finished sheet.
    """

    source: str
    zoom: float
    pages: int
    most: float
    units: tuple[tuple[str, float], ...]
    headline: HeadlineRoom | None
    html: str
    style: str
    regions: tuple[Region, ...]
    sections: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, int], ...]
    finishings: tuple[str, ...]
    folds_mm: tuple[tuple[float, ...], ...] = ()

    @property
    def order(self) -> Order:
        """The job without its copy."""
        return Order(**{field.name: getattr(self, field.name) for field in fields(Order)})

    def line(self, section: str) -> int:
        """Line on which a section, or the slogan, stands in the chapter's file."""
        return dict(self.lines).get(section, 0)

    @property
    def key(self) -> str:
        """Hex sha256 of all that a sheet shows: not of the path, lines and hash of its source."""
        content = asdict(self) | {"source": "", "lines": (), "source_hash": ""}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Finishing:
    """What is done to a printed PDF: the room of finishing/ that does it, and the size of the paper that it takes."""

    room: Literal["tiles", "labels", "booklet", "prepress"]
    paper: str = ""

    @property
    def is_for_a_print_shop(self) -> bool:
        """Whether it has bleed, and a job ticket goes with it."""
        return self.room == "prepress"


FINISHINGS = {
    "tiles-a4": Finishing("tiles", "a4"),
    "tiles-a3": Finishing("tiles", "a3"),
    "labels-a4": Finishing("labels", "a4"),
    "booklet-a4": Finishing("booklet", "a4"),
    "shop": Finishing("prepress"),
}


@dataclass(frozen=True)
class Finished:
    """The same sheet after a finishing; `trim_mm` is what the reader's hands hold in the end."""

    finishing: str
    pages: int
    trim_mm: tuple[float, float]
    bleed_mm: float

    @property
    def suffix(self) -> str:
        """How the name of its file ends."""
        return f"-{self.finishing}{PDF}"

    @property
    def made(self) -> Finishing:
        """How it was made."""
        return FINISHINGS[self.finishing]
