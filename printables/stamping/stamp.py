"""A firm's name, telephones and mark on a finished sheet, in the boxes that the press has left empty.

Whatever finishing has made of the sheet, the boxes are the same forms in it, each filled once.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, Object, Page, Pdf, Stream, String

from printables.finishing.drawing import saved
from printables.job import Firm
from printables.languages import FACTS
from printables.layout.lettering import LEADING, Room, Run, Setting
from printables.layout.owner_words import characters, set_in
from printables.press.face import Face
from printables.stamping.mark import Mark

CREATOR = (  # of the metadata (XMP)
    '<rdf:Description rdf:about=""><dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>'
    "</rdf:Description></rdf:RDF>"
)
WEIGHTS = ("Bold", "Medium", "Black")  # of what a firm says
BASELINE = 0.9  # of an em, from the top of a line


class Unreadable(Exception):
    """Words that lack room at the smallest type."""


class Stamp:
    """A firm's stamp, made once for all its sheets."""

    def __init__(self, firm: Firm, faces: dict[str, Face] | None = None) -> None:
        self.firm = firm
        self._faces = {} if faces is None else faces
        self._marks: dict[str, Mark] = {}

    @classmethod
    def alike(cls, firms: Iterable[Firm]) -> dict[Firm, "Stamp"]:
        """Stamps of firms for one file, in the same type: each font stands in the file once."""
        each = list(dict.fromkeys(firms))
        faces = {
            weight: Face(weight, "".join(characters(firm, weight) for firm in each))
            for weight in WEIGHTS
        }
        return {firm: cls(firm, faces) for firm in each}

    def face(self, weight: str) -> Face:
        """A weight with all characters that the firm has in it."""
        if weight not in self._faces:
            self._faces[weight] = Face(weight, characters(self.firm, weight))
        return self._faces[weight]

    def mark(self, ground: str) -> Mark | None:
        """The mark that is seen on a ground, #rrggbb; None if there is none."""
        address = dict(self.firm.marks).get(ground)
        if not address:
            return None
        if address not in self._marks:
            self._marks[address] = Mark(address)
        return self._marks[address]

    def on(self, pdf: bytes) -> bytes:
        """A sheet with this stamp; raises Unreadable."""
        with Pdf.open(io.BytesIO(pdf)) as document:
            forms = boxes(document)
            if not forms:
                return pdf
            drawn: dict[object, Object] = {}
            for form in forms:
                _Box(self, document, form, drawn).fill()
            _introduce(document, self.firm)
            return saved(document)

    def add_to(self, document: Pdf, page: Page, drawn: dict[object, Object]) -> None:
        """Add a page of a document once more, with this stamp; all else that it shows is shared. `drawn` is the firm's in this document."""
        document.pages.append(page)
        copy = document.pages[-1].obj
        copy.Resources = Dictionary(dict(page.obj.Resources.items()))
        own = f"/Owner-{page.obj.StructParents}-"  # the pages of a sheet have their resources in common
        shown = {}
        for name, form in page.obj.Resources.get("/XObject", Dictionary()).items():
            if "/OwnerBox" not in form:
                shown[name] = form
            elif name.startswith(own):
                shown[name] = document.make_stream(form.read_raw_bytes(), dict(form.stream_dict))
                shown[name].Resources = Dictionary(dict(form.Resources.items()))
                _Box(self, document, shown[name], drawn).fill()
        copy.Resources.XObject = Dictionary(shown)


def boxes(document: Pdf) -> list[Any]:
    """The forms of a document that wait for a stamp."""
    return [each for each in document.objects if isinstance(each, Stream) and "/OwnerBox" in each]


def kind_of(form: Any) -> str:
    """What stands in a form: `name`, `short`, `mark`, or a telephone by its number."""
    return str(form.OwnerBox)[1:]


def room_of(form: Any) -> Room:
    """The room of a form for words, in units of its page."""
    left, bottom, right, top = map(float, form.BBox)
    pairs = list(form.Least)
    least = zip(map(str, pairs[::2]), map(float, pairs[1::2]), strict=True)
    return Room(right - left, top - bottom, tuple(map(str, form.Languages)), tuple(least))


def rooms(pdf: bytes) -> list[tuple[str, Room]]:
    """The boxes for words in a sheet: their kinds, and their rooms."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        found = [(kind_of(each), each) for each in boxes(document)]
        return [(kind, room_of(each)) for kind, each in found if kind != "mark"]


@dataclass
class _Box:
    """A form of a document that is filled; one for which the firm has nothing keeps its label."""

    stamp: Stamp
    document: Pdf
    form: Any
    drawn: dict[object, Object]  # fonts and marks, each once in a document

    def fill(self) -> None:
        kind = kind_of(self.form)
        if content := self._mark() if kind == "mark" else self._words(kind):
            self.form.write(content.encode())

    def _words(self, kind: str) -> str:
        room = room_of(self.form)
        setting, _ = set_in(self.stamp.firm, kind, room)
        if setting.scale < 1:
            raise Unreadable(kind)
        if not setting.lines:
            return ""
        self.form.Resources = Dictionary()
        return "\n".join([_colour(self.form.Ink), *self._lines(setting, room)])

    def _lines(self, setting: Setting, room: Room) -> Iterator[str]:
        ems = {code: em * setting.scale for code, em in room.least}
        heights = [LEADING * max(ems[run.language] for run in line) for line in setting.lines]
        left, _, _, top = map(float, self.form.BBox)
        top -= (room.height - sum(heights)) / 2
        for line, high in zip(setting.lines, heights, strict=True):
            shown = [(run, *self.stamp.face(run.weight).shown(run.text)) for run in line]
            wide = sum(width * ems[run.language] for run, _, width in shown)
            x = left + (room.width - wide) / 2 if bool(self.form.Centred) else left
            baseline = top - BASELINE / LEADING * high
            for run, glyphs, width in shown:
                yield self._run(run, glyphs, (x, baseline), ems[run.language], room)
                x += width * ems[run.language]
            top -= high

    def _run(self, run: Run, glyphs: str, at: tuple[float, float], em: float, room: Room) -> str:
        font = self._font(run.weight)
        drawn = f"BT {font} {em:.3f} Tf {at[0]:.3f} {at[1]:.3f} Td {glyphs} TJ ET"
        if run.language == room.languages[0]:
            return drawn
        return f"/Span <</Lang ({FACTS[run.language].tag})>> BDC {drawn} EMC"

    def _font(self, weight: str) -> Name:
        name = Name(f"/{weight}")
        if weight not in self.drawn:
            self.drawn[weight] = self.stamp.face(weight).embed(self.document)
        if "/Font" not in self.form.Resources:
            self.form.Resources.Font = Dictionary()
        self.form.Resources.Font[name] = self.drawn[weight]
        return name

    def _mark(self) -> str:
        ground = "#" + "".join(f"{round(float(part) * 255):02x}" for part in self.form.Ground)
        mark = self.stamp.mark(ground)
        if mark is None:
            return ""
        if mark not in self.drawn:
            self.drawn[mark] = mark.embed(self.document, in_ink=len(self.form.Ink) == 4)
        self.form.Resources.XObject = Dictionary(Mark=self.drawn[mark])
        left, bottom, right, top = map(float, self.form.BBox)
        scale = min((right - left) / mark.width, (top - bottom) / mark.height)
        x, y = right - scale * mark.width, (top + bottom - scale * mark.height) / 2
        return f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm /Mark Do Q"


def _colour(ink: Object) -> str:
    channels = [float(part) for part in cast(Any, ink)]
    return " ".join(f"{part:g}" for part in channels) + (" k" if len(channels) == 4 else " rg")


def _introduce(document: Pdf, firm: Firm) -> None:
    """Tell who publishes the sheet, and what its mark is, to those who do not see it."""
    lead = str(document.Root.get("/Lang", ""))
    names = {FACTS[code].tag: name for code, name in firm.name}
    name = names.get(lead) or firm.name[0][1]
    document.docinfo["/Author"] = String(name)
    if "/Metadata" in document.Root:
        told = document.Root.Metadata.read_bytes()
        document.Root.Metadata.write(
            told.replace(b"</rdf:RDF>", CREATOR.format(escape(name)).encode())
        )
    if "/StructTreeRoot" in document.Root and firm.marks:
        for element in document.Root.StructTreeRoot.K[0].K:
            if str(element.get("/T", "")) == "owner-mark":
                element.S, element.Alt = Name.Figure, String(name)
