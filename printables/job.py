"""The records between layout, press and finishing: Order, Job, Reserved, Firm, Finishing, Finished.

A Job is an Order with everything that its bytes depend on, apart from fonts and code.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Literal

PDF = ".pdf"
Texts = tuple[tuple[str, str], ...]  # by language
# Of a box for the owner: `name`, `short`, `mark`, a telephone by its number, or FIELD and a part of the register.
Kind = str
FIELD = "field-"


@dataclass(frozen=True)
class HeadlineRoom:
    """The limits of the slogan: widths of its lines in em, its smallest em and the width of its room in mm.

    Of the width `live_mm` what its lines leave, less a gap, is the sign's; a scene is at least `scene_mm` wide where the
    text has its smallest type, 0 where there is none, and the sign above it at least `sign_mm`, 0 where there is none.
    """

    lines: tuple[str, ...]
    widths_em: tuple[float, ...]
    floor_mm: float
    room_mm: float
    ratio: float
    live_mm: float
    gap_mm: float
    scene_mm: float = 0.0
    sign_mm: float = 0.0

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


@dataclass(frozen=True)
class Reserved:
    """An empty box of a sheet, which a stamp fills: its id, and what of the firm stands in it.

    `languages` are those of the sheet; `least` are the smallest ems in mm on the finished sheet, by language, the sheet's
    first one first; `ink` and `ground` are #rrggbb. `page` is the one that it stands on in a book, from 0, or from its end;
    else the regions tell. As long as it is empty it says `label`, by language, in an em of `label_mm` on the finished sheet.
    """

    id: str
    kind: Kind
    languages: tuple[str, ...]
    least: tuple[tuple[str, float], ...]
    ink: str
    ground: str
    centred: bool = False
    page: int | None = None
    label: Texts = ()
    label_mm: float = 0.0


@dataclass(frozen=True)
class Firm:
    """What a stamp prints: names, telephones (what they are called, and their numbers), and the mark by its ground.

    `short` are the names on small sheets. Texts are by language; a firm may have them in one alone. `filled` is what a
    register of firms knows of it, by its parts.
    """

    name: Texts
    short: Texts = ()
    telephones: tuple[tuple[Texts, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    filled: tuple[tuple[str, Texts], ...] = ()


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
    `titles` are those of the PDFs by finishing, "plain" of the sheet itself; `duplex` is how a printer turns the paper, and
    `guide` the document that stands above a map of tiles; `leaves` are what its pages are called, where each hangs by
    itself; `typed` is the document to type into, of a form.
    `reserved` are the boxes that `firm` is stamped into; without a firm they stay empty.
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
    titles: tuple[tuple[str, str], ...] = ()
    duplex: str = "Simplex"
    guide: str = ""
    leaves: tuple[str, ...] = ()
    typed: str = ""
    reserved: tuple[Reserved, ...] = ()
    firm: Firm | None = None

    @cached_property
    def blank(self) -> "Job":
        """The job without its firm: the same for every firm."""
        return replace(self, firm=None)

    @property
    def order(self) -> Order:
        """The job without its document and limits."""
        return Order(**{field.name: getattr(self, field.name) for field in fields(Order)})

    def called(self, finishing: str = "plain") -> str:
        """The title of a PDF."""
        return dict(self.titles).get(finishing, self.title)

    def line(self, section: str) -> int:
        """Line of a section, or of the slogan, in the chapter's file; 0 where it has none."""
        return dict(self.lines).get(section, 0)

    @cached_property
    def key(self) -> str:
        """Hex sha256 of all fields that decide the bytes: all but path, lines and hash of the source."""
        if self.firm:
            return stamped_key(self.blank.key, self.firm)
        content = asdict(self) | {"source": "", "lines": (), "source_hash": ""}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def stamped_key(blank: str, firm: Firm) -> str:
    """The key of a job with a firm, from its key without one."""
    return hashlib.sha256(f"{blank} {firm!r}".encode()).hexdigest()


@dataclass(frozen=True)
class Finishing:
    """A finishing: the module of finishing/ that does it (the press itself, where it has fields), and the size of its `paper` ("" where the sheet decides)."""

    room: Literal["tiles", "labels", "booklet", "prepress", "fields"]
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
    "typed": Finishing("fields"),
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
