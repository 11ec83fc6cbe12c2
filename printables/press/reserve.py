"""Empty forms on a written sheet: placed, tagged and named, so that a stamp fills them and changes nothing else.

What such a box is for stands in the form itself, and goes when a stamp fills it.

What a stamp must know stands in the form's own dictionary, so that it is the same in whatever finishing makes of the sheet:
OwnerBox is what it shows, Languages those of the sheet, Least the smallest em by language, Ink and Ground colours, BBox its place on the page.
"""

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from printables.finishing.drawing import saved
from printables.geometry import PT, Rect
from printables.job import Reserved
from printables.languages import FACTS
from printables.press.face import Face

LABELLED = "Medium"  # the weight of labels
GAP = 0.4  # of an em, between a label's languages

Place = tuple[int, Rect]  # page from 0, box in mm from its upper left corner


def reserve(pdf: bytes, boxes: Mapping[Reserved, Sequence[Place]]) -> bytes:
    """The sheet with an empty form in each place, drawn last; its tags stay valid (PDF/UA-1)."""
    if not boxes:
        return pdf
    with Pdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            here = [(box, at) for box, places in boxes.items() for on, at in places if on == number]
            if here:
                _reserve(document, page, here)
        return saved(document)


def _reserve(document: Pdf, page: pikepdf.Page, boxes: Sequence[tuple[Reserved, Rect]]) -> None:
    root = document.Root.StructTreeRoot
    parents = _parents(root, int(page.obj.StructParents))
    above = root.K[0] if isinstance(root.K, Array) else root.K
    if not isinstance(above.K, Array):
        above.K = Array([above.K])
    high, unit = float(page.mediabox[3]), PT / float(page.obj.get("/UserUnit", 1))
    drawn = []
    for box, at in boxes:
        marked = len(parents)
        name = Name(f"/Owner-{page.obj.StructParents}-{marked}")
        form = _form(document, box, at, high, unit)
        if box.label:
            _label(document, form, box, unit)
        page.add_resource(form, Name.XObject, name)
        tag = "NonStruct" if box.kind == "mark" else "P"
        element = Dictionary(
            Type=Name.StructElem, S=Name(f"/{tag}"), P=above, K=marked, Pg=page.obj
        )
        element.T = String(box.id)
        if box.kind == "mark":
            element.A = Dictionary(O=Name.Layout, BBox=form.BBox)
        above.K.append(document.make_indirect(element))
        parents.append(above.K[-1])
        drawn.append(f"/{tag} <</MCID {marked}>> BDC {name} Do EMC")
    page.contents_add(document.make_stream(b"q"), prepend=True)
    page.contents_add(document.make_stream("\n".join(["Q", *drawn]).encode()))


def _parents(root: Object, key: int) -> Object:
    """The structure elements of a page's marked content, by its number."""
    numbers = root.ParentTree.Nums
    at = next(at for at in range(0, len(numbers), 2) if int(numbers[at]) == key)
    return numbers[at + 1]


def _form(document: Pdf, box: Reserved, at: Rect, high: float, unit: float) -> Object:
    """The form of a box on a page that is `high`; `unit` is a mm in the page's units."""
    form = document.make_stream(b"")
    form.Type, form.Subtype, form.Resources = Name.XObject, Name.Form, Dictionary()
    edges = at.left * unit, high - at.bottom * unit, at.right * unit, high - at.top * unit
    form.BBox = Array([round(edge, 3) for edge in edges])
    form.OwnerBox = Name(f"/{box.kind}")
    form.Languages = Array([String(code) for code in box.languages])
    least = ((String(code), round(em * unit, 4)) for code, em in box.least)
    form.Least = Array([part for pair in least for part in pair])
    form.Ink, form.Ground = (Array(_channels(colour)) for colour in (box.ink, box.ground))
    form.Centred = box.centred
    return form


def _label(document: Pdf, form: Object, box: Reserved, unit: float) -> None:
    """Write what an empty box is for at its left edge, at half its height."""
    face = _face("".join(text for _, text in box.label))
    em = box.label_mm * unit
    left, bottom, _, top = map(float, form.BBox)
    baseline = (top + bottom) / 2 - 0.35 * em
    parts = ["{:g} {:g} {:g} rg".format(*_channels(box.ink))]
    for code, text in box.label:
        glyphs, width = face.shown(text)
        words = f"BT /Label {em:.3f} Tf {left:.3f} {baseline:.3f} Td {glyphs} TJ ET"
        tagged = f"/Span <</Lang ({FACTS[code].tag})>> BDC {words} EMC"
        parts.append(words if code == box.languages[0] else tagged)
        left += (width + GAP) * em
    form.write("\n".join(parts).encode())
    form.Resources.Font = Dictionary(Label=face.embed(document))


@lru_cache
def _face(text: str) -> Face:
    """The characters of a label, which many sheets have."""
    return Face(LABELLED, text)


def _channels(colour: str) -> list[float]:
    """Red, green and blue of #rrggbb, 0 to 1."""
    return [round(int(colour[at : at + 2], 16) / 255, 4) for at in (1, 3, 5)]
