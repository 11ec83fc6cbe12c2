"""The records between layout, press and finishing: Order, Job, Finishing, Finished.

A Job is an Order with everything that its bytes depend on, apart from fonts and code.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Literal

PDF = ".pdf"


@dataclass(frozen=True)
class HeadlineRoom:
    """The limits of the slogan: widths of its lines in em, its smallest em and the width of its room in mm."""

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

    The fit begins at the scale `start`. `inside` are the ids of the boxes in it, `gaps` the number of its elements that
    take up height to spare, `nearness` its reading distance as a share of the job's.
    """

    id: str
    page: int
    height_mm: float
    inside: tuple[str, ...]
    gaps: int
    start: float = 1.0
    nearness: float = 1.0


def home(chapter: str) -> str:
    """The page that lists a printable: `teams` of the volume `teams.2`, else the chapter or reader itself."""
    return chapter.partition(".")[0]


@dataclass(frozen=True)
class Order:
    """A chapter or reader in a design, a language and a size: `trim` is (width, height) in mm, `distance_m` in m.

    The volumes of a reader are `teams.1`, `teams.2`; no folder has such a name.
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
        """Its name in progress and messages: `teams/confined-space poster a3 zh`."""
        return f"{self.chapter} {self.design} {self.size} {self.language}"

    @property
    def home(self) -> str:
        """Page that lists this printable: `teams.2` → `teams`."""
        return home(self.chapter)

    @property
    def volume(self) -> str:
        """Number of the volume, from 1; "" for a book in one volume, and for sheets."""
        return self.chapter.partition(".")[2]

    @property
    def stem(self) -> str:
        """Name of its files, without extension: `confined-space-poster-a3-zh`."""
        return f"{self.chapter.split('/')[-1]}-{self.design}-{self.size}-{self.language}"


@dataclass(frozen=True)
class Job(Order):
    """One order, composed: a document and the limits of its type; input of the press.

    `trim` is the finished sheet in mm; all other lengths, also those in `html` and `style`, are mm on a sheet that is `zoom`
    times smaller, but for `folds_mm`: for each page, from the left edge of the finished sheet. `units` are (language,
    smallest em in mm), `most` is the largest scale. The slogan, with its limits in `headline`, is in the first region.
    `source` is the file that findings name; `sections` are (id, title) and `lines` (id, line in that file) of boxes.
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
        """The job without its document and limits."""
        return Order(**{field.name: getattr(self, field.name) for field in fields(Order)})

    def line(self, section: str) -> int:
        """Line of a section, or of the slogan, in the chapter's file; 0 where it has none."""
        return dict(self.lines).get(section, 0)

    @property
    def key(self) -> str:
        """Hex sha256 of all fields that decide the bytes: all but path, lines and hash of the source."""
        content = asdict(self) | {"source": "", "lines": (), "source_hash": ""}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Finishing:
    """A finishing: the module of finishing/ that does it, and the size of its `paper` ("" where the sheet decides)."""

    room: Literal["tiles", "labels", "booklet", "prepress"]
    paper: str = ""

    @property
    def is_for_a_print_shop(self) -> bool:
        """True if it has bleed and comes with a job ticket."""
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
    """A sheet after a finishing; `trim_mm` is (width, height) after all cutting, `bleed_mm` on each side."""

    finishing: str
    pages: int
    trim_mm: tuple[float, float]
    bleed_mm: float

    @property
    def suffix(self) -> str:
        """End of its file's name: `-tiles-a4.pdf`."""
        return f"-{self.finishing}{PDF}"

    @property
    def made(self) -> Finishing:
        """Its entry of FINISHINGS."""
        return FINISHINGS[self.finishing]
