"""Files for a print shop: ink instead of light, bleed, crop marks, boxes, an output intent.

What comes out is a PDF with DeviceCMYK alone, black text in K only, embedded fonts, TrimBox, BleedBox
and the name of its printing condition. It is preflighted here and is not certified as PDF/X.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

from printables.finishing import BLEED_MM, PT, SLUG_MM, Size, corners, form_of, saved

Ink = tuple[float, float, float, float]

# The house's colours as ink (ISO 3864 colours as RAL gives them, the field's tints set by eye).
INKS: dict[str, Ink] = {
    "ffc900": (0, 0.22, 1, 0),
    "b00000": (0.2, 1, 1, 0.1),
    "005387": (0.95, 0.6, 0, 0.2),
    "00693e": (0.92, 0.2, 0.85, 0.25),
    "111111": (0, 0, 0, 1),
}
CONDITION = "FOGRA39"  # ISO 12647-2, coated paper; registered at the ICC, so that it may go by name
MOST_INK = 3.0
OFFSET_MM = BLEED_MM + 1  # crop marks begin outside the bleed
MARKED = {"BDC", "BMC", "EMC", "MP", "DP"}


def shop(pdf: bytes, trim: Size) -> bytes:
    """The PDF for a print shop; `trim` is the finished size in mm.

    The bleed repeats the sheet's edge, which is plain colour in every design: text keeps away from it.
    Raises ValueError where the sheet holds a picture in RGB that cannot become ink.
    """
    with Pdf.open(io.BytesIO(pdf)) as source, Pdf.new() as target:
        for page in source.pages:
            _ink(source, page)
            form, scale = form_of(target, page, trim)
            _add(target, trim, form, scale)
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
    code = "".join(f"{round(channel * 255):02x}" for channel in (red, green, blue))
    if code in INKS:
        return INKS[code]
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


def _add(target: Pdf, trim: Size, form: pikepdf.Object, scale: float) -> None:
    width, height = (side * PT for side in trim)
    slug, bleed = SLUG_MM * PT, BLEED_MM * PT
    wide, high = ((side + 2 * bleed) / side for side in (width, height))
    ring = f"{-bleed:.3f} {-bleed:.3f} {width + 2 * bleed:.3f} {height + 2 * bleed:.3f} re"
    inside = f"0 0 {width:.3f} {height:.3f} re"
    content = (
        f"q 1 0 0 1 {slug:.3f} {slug:.3f} cm "
        f"q {ring} {inside} W* n q {scale * wide:.6f} 0 0 {scale * high:.6f} {-bleed:.3f} {-bleed:.3f} cm /S Do Q Q "
        f"q {inside} W n q {scale:.6f} 0 0 {scale:.6f} 0 0 cm /S Do Q Q "
        f"0 0 0 1 K {corners(0, 0, trim[0], trim[1], SLUG_MM - OFFSET_MM - 1, OFFSET_MM)} Q"
    )
    page = target.add_blank_page(page_size=(width + 2 * slug, height + 2 * slug))
    page.Resources = Dictionary(XObject=Dictionary(S=form))
    page.Contents = target.make_stream(content.encode())
    page.obj.TrimBox = Array([slug, slug, slug + width, slug + height])
    outer = [slug - bleed, slug - bleed, slug + width + bleed, slug + height + bleed]
    page.obj.BleedBox = Array(outer)


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
    gaps = [abs(a - b) / PT for a, b in zip(*boxes, strict=True)]
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
