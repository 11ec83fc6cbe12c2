"""Files for a print shop: CMYK, bleed, crop marks, page boxes, an output intent.

The PDF has DeviceCMYK only, black text in K only, embedded fonts, TrimBox, BleedBox
and the name of its printing condition. It is preflighted here and is not certified as PDF/X.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import product

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Object, Pdf, String

from printables.colours import COLOURS
from printables.finishing.drawing import Content, Sides, cut_marks, form_of, points, saved
from printables.finishing.inks import things, to_ink
from printables.geometry import PT, points_a_unit

BLEED_MM = 3.0
SLUG_MM = 10.0  # around the trim, for bleed and crop marks
Folds = Sequence[Sequence[float]]

CONDITION = (
    "FOGRA39"  # ISO 12647-2, coated paper; registered at the ICC, so that its name is enough
)
MOST_INK = 3.0  # sum of the four inks
LIGHT_ALWAYS = {"rg", "RG", "g", "G"}
LIGHT_UNLESS_PATTERNED = {"cs", "CS", "sc", "SC", "scn", "SCN"}
OFFSET_MM = BLEED_MM + 1  # marks begin outside the bleed
LENGTH_MM = SLUG_MM - OFFSET_MM - 1


def shop(pdf: bytes, trim: Sides, folds: Folds = (), is_round: bool = False) -> bytes:
    """The PDF for a print shop; `trim` is the finished size, `folds` those of each page from the left edge, in mm.

    The bleed mirrors the sheet's edge, so that a cut that is a little off shows nothing new. A disc's rim is white paper, and
    its bleed too: mirrored in a square, it would show slivers of colour where the circle touches the sides.
    Raises ValueError where the sheet holds a gradient or a picture that cannot become ink, or where a fault is left.
    """
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        for number, page in enumerate(source.pages):
            to_ink(source, page)
            form, scale = form_of(target, page, trim)
            _add_page(target, trim, form, scale, folds[number] if folds else (), is_round)
        target.Root.OutputIntents = Array([_intent()])
        file = saved(target)
    if faults := preflight(file):
        raise ValueError("; ".join(faults))
    return file


def preflight(pdf: bytes) -> list[str]:
    """Faults of a print-shop file: colour that is not CMYK, wrong boxes, fonts not embedded, too much ink."""
    faults = []
    with Pdf.open(io.BytesIO(pdf)) as document:
        if "/OutputIntents" not in document.Root:
            faults.append("no output intent")
        for number, page in enumerate(document.pages, 1):
            faults += [f"page {number}: {fault}" for fault in _faults(page)]
    return faults


def _add_marks(content: Content, trim: Sides, folds: Sequence[float]) -> None:
    """Cut marks at the corners and broken lines at the folds, all outside the bleed."""
    ends = [(edge, edge + LENGTH_MM) for edge in (-OFFSET_MM - LENGTH_MM, trim[1] + OFFSET_MM)]
    content.push().set_stroke_ink(COLOURS["black"].ink)
    content.hairlines(cut_marks(0, 0, *trim, LENGTH_MM, OFFSET_MM)).set_dashes([2, 1])
    content.hairlines([(x, low, x, high) for x in folds for low, high in ends]).pop()


def _add_page(
    target: Pdf,
    trim: Sides,
    form: pikepdf.Object,
    scale: float,
    folds: Sequence[float],
    is_round: bool,
) -> None:
    unit = points_a_unit(max(trim) + 2 * SLUG_MM)
    slug = points(SLUG_MM) / unit
    content = Content().push().cm(Matrix(1 / unit, 0, 0, 1 / unit, slug, slug))
    for (x, wide, across, left), (y, high, up, bottom) in product(
        *(_mirrored(side)[is_round : 3 - is_round] for side in trim)
    ):
        content.push().rectangle(x, y, wide, high).clip()
        matrix = Matrix(across * scale, 0, 0, up * scale, points(left), points(bottom))
        content.cm(matrix).draw_xobject(Name.S).pop()
    _add_marks(content, trim, folds)
    width, height = ((side + 2 * SLUG_MM) * PT / unit for side in trim)
    page = target.add_blank_page(page_size=(width, height))
    page.Resources = Dictionary(XObject=Dictionary(S=form))
    page.Contents = target.make_stream(content.pop().build())
    page.obj.TrimBox = _box(0, trim, unit)
    page.obj.BleedBox = _box(BLEED_MM, trim, unit)
    if unit > 1:
        page.obj.UserUnit = unit


def _mirrored(side: float) -> list[tuple[float, float, int, float]]:
    """Bleed, sheet and bleed along a side, in mm: beginning, length, direction (-1 mirrored) and origin of each."""
    return [(-BLEED_MM, BLEED_MM, -1, 0), (0, side, 1, 0), (side, BLEED_MM, -1, 2 * side)]


def _box(more: float, trim: Sides, unit: int) -> Array:
    """The box of the finished sheet and `more` mm on each side, in the page's units."""
    low, *high = SLUG_MM - more, *(SLUG_MM + side + more for side in trim)
    return Array([edge * PT / unit for edge in (low, low, *high)])


def _intent() -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(CONDITION),
        RegistryName=String("http://www.color.org"),
        Info=String("Coated FOGRA39 (ISO 12647-2:2004)"),
    )


def _faults(page: pikepdf.Page) -> Iterator[str]:
    boxes = [[float(edge) for edge in page.obj[name]] for name in ("/TrimBox", "/BleedBox")]
    unit = float(page.obj.get("/UserUnit", 1)) / PT
    gaps = [abs(a - b) * unit for a, b in zip(*boxes, strict=True)]
    if any(abs(gap - BLEED_MM) > 0.05 for gap in gaps):
        yield "the bleed is not 3 mm all round"
    for form in page.Resources.XObject.values():
        for font in form.Resources.get("/Font", {}).values():
            descendant = font.get("/DescendantFonts", [font])[0]
            if not any(key in descendant.FontDescriptor for key in ("/FontFile2", "/FontFile3")):
                yield f"font {font.BaseFont} is not embedded"
    yield from _colour_faults(page)


def _colour_faults(stream: pikepdf.Page | Object) -> Iterator[str]:
    """Colours that are not ink, in a page or form and in all that it draws with."""
    for instruction in pikepdf.parse_content_stream(stream):
        operator, operands = str(instruction.operator), instruction.operands
        patterned = bool(operands) and isinstance(operands[-1], Name)
        if operator in LIGHT_ALWAYS or (operator in LIGHT_UNLESS_PATTERNED and not patterned):
            yield f"colour that is not ink ({operator})"
        if operator in {"k", "K"} and sum(float(v) for v in operands) > MOST_INK:
            yield "more than 300 % of ink"
    holder = stream.obj if isinstance(stream, pikepdf.Page) else stream
    for kind, thing in things(holder.get("/Resources", Dictionary())):
        if "/Shading" in thing or kind == "Shading":
            if thing.get("/Shading", thing).ColorSpace == Name.DeviceRGB:
                yield "a gradient that is not ink"
        elif thing.get("/Subtype") != "/Image":
            yield from _colour_faults(thing)
        elif str(thing.get("/ColorSpace", "/DeviceGray")).find("RGB") >= 0:
            yield "a picture that is not ink"
