"""Files for a print shop: ink instead of light, bleed, crop marks, boxes, an output intent.

What comes out is a PDF with DeviceCMYK alone, black text in K only, embedded fonts, TrimBox, BleedBox
and the name of its printing condition. It is preflighted here and is not certified as PDF/X.
"""

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

from printables.colours import COLOURS, Ink
from printables.finishing.drawing import Size, corners, drawn, form_of, saved
from printables.geometry import PT, points_a_unit

BLEED_MM = 3.0
SLUG_MM = 10.0  # room round the trim for bleed and crop marks
Folds = Sequence[Sequence[float]]

INKS = {colour.light: colour.ink for colour in COLOURS.values()}
CONDITION = "FOGRA39"  # ISO 12647-2, coated paper; registered at the ICC, so that it may go by name
MOST_INK = 3.0
OFFSET_MM = BLEED_MM + 1  # marks begin outside the bleed
LENGTH_MM = SLUG_MM - OFFSET_MM - 1
MARKED = {"BDC", "BMC", "EMC", "MP", "DP"}


def shop(pdf: bytes, trim: Size, folds: Folds = ()) -> bytes:
    """The PDF for a print shop; `trim` is the finished size in mm, `folds` where each page is folded.

    The bleed mirrors the sheet's edge, so that what a cut a little off shows goes on as it was.
    Raises ValueError where the sheet holds a picture in RGB that cannot become ink.
    """
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        for number, page in enumerate(source.pages):
            _ink(source, page)
            form, scale = form_of(target, page, trim)
            _add(target, trim, form, scale, _marks(trim, folds[number] if folds else ()))
        target.Root.OutputIntents = Array([_intent()])
        return saved(target)


def preflight(pdf: bytes) -> list[str]:
    """What keeps the file from the press: colour that is not ink, boxes, fonts, too much ink."""
    found = []
    with Pdf.open(io.BytesIO(pdf)) as document:
        if "/OutputIntents" not in document.Root:
            found.append("no output intent")
        for number, page in enumerate(document.pages, 1):
            found += [f"page {number}: {fault}" for fault in _faults(page)]
    return found


def ink(red: float, green: float, blue: float) -> Ink:
    """Cyan, magenta, yellow and black, 0 to 1, for a colour of light, 0 to 1."""
    light = "#" + "".join(f"{round(channel * 255):02x}" for channel in (red, green, blue))
    if light in INKS:
        return INKS[light]
    black = 1 - max(red, green, blue)
    if max(red, green, blue) - min(red, green, blue) < 0.01:
        return 0, 0, 0, black
    cyan, magenta, yellow = ((1 - black - c) / (1 - black) for c in (red, green, blue))
    return cyan, magenta, yellow, black


def _ink(source: Pdf, page: pikepdf.Page) -> None:
    """Turn the page's colours into ink, and drop the structure marks, which no press reads."""
    for image in page.Resources.get("/XObject", {}).values():
        if image.get("/Subtype") == "/Image" and image.get("/ColorSpace") != "/DeviceGray":
            raise ValueError("a picture in RGB: use SVG, or a picture in shades of grey")
    instructions = list(_inked(page))
    page.Contents = source.make_stream(pikepdf.unparse_content_stream(instructions))
    if "/ColorSpace" in page.Resources:
        del page.Resources["/ColorSpace"]


def _inked(page: pikepdf.Page) -> Iterator[ContentStreamInstruction]:
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in MARKED:
            continue
        if operator in {"rg", "RG"}:
            values = [round(v, 4) for v in ink(*(float(v) for v in instruction.operands))]
            yield ContentStreamInstruction(values, Operator("k" if operator == "rg" else "K"))
        elif operator in {"g", "G"}:
            values = [0, 0, 0, round(1 - float(instruction.operands[0]), 4)]
            yield ContentStreamInstruction(values, Operator("k" if operator == "g" else "K"))
        else:
            yield instruction  # type: ignore[misc]


def _marks(trim: Size, folds: Sequence[float]) -> str:
    """Cut marks at the corners, broken lines where the sheet is folded; all of it outside the bleed."""
    ends = [(edge, edge + LENGTH_MM) for edge in (-OFFSET_MM - LENGTH_MM, trim[1] + OFFSET_MM)]
    folded = drawn([(x, low, x, high) for x in folds for low, high in ends])
    cut = corners(0, 0, trim[0], trim[1], LENGTH_MM, OFFSET_MM)
    return f"q 0 0 0 1 K {cut}[2 1] 0 d {folded}Q "


def _add(target: Pdf, trim: Size, form: pikepdf.Object, scale: float, marks: str) -> None:
    width, height = (side * PT for side in trim)
    slug = SLUG_MM * PT
    unit = points_a_unit(max(trim) + 2 * SLUG_MM)
    shown = "".join(
        f"q {x:.3f} {y:.3f} {wide:.3f} {high:.3f} re W n "
        f"{across * scale:.6f} 0 0 {up * scale:.6f} {left:.3f} {bottom:.3f} cm /S Do Q "
        for x, wide, across, left in _mirrored(width)
        for y, high, up, bottom in _mirrored(height)
    )
    size = f"{1 / unit:.6f} 0 0 {1 / unit:.6f} {slug / unit:.3f} {slug / unit:.3f} cm"
    page = target.add_blank_page(page_size=((width + 2 * slug) / unit, (height + 2 * slug) / unit))
    page.Resources = Dictionary(XObject=Dictionary(S=form))
    page.Contents = target.make_stream(f"q {size} {shown}{marks}Q".encode())
    page.obj.TrimBox = _box(0, width, height, unit)
    page.obj.BleedBox = _box(BLEED_MM * PT, width, height, unit)
    if unit > 1:
        page.obj.UserUnit = unit


def _mirrored(side: float) -> list[tuple[float, float, int, float]]:
    """Bleed, sheet and bleed along a side: begin and length of each, its direction, its origin."""
    bleed = BLEED_MM * PT
    return [(-bleed, bleed, -1, 0), (0, side, 1, 0), (side, bleed, -1, 2 * side)]


def _box(more: float, width: float, height: float, unit: int) -> Array:
    """The finished sheet, `more` all round, in the page's units."""
    slug = SLUG_MM * PT
    edges = slug - more, slug - more, slug + width + more, slug + height + more
    return Array([edge / unit for edge in edges])


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
        for stream in (page, form):
            yield from _colour_faults(stream)


def _colour_faults(stream: pikepdf.Page | pikepdf.Object) -> Iterator[str]:
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator in {"rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "g", "G"}:
            yield f"colour that is not ink ({operator})"
        if operator in {"k", "K"} and sum(float(v) for v in instruction.operands) > MOST_INK:
            yield "more than 300 % of ink"
