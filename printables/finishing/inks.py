"""Colours of light become ink in everything that a page draws: strokes, forms, patterns, gradients, pictures."""

from collections.abc import Iterator
from typing import Any, cast

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Name, Object, Operator, Pdf, PdfImage, String

from printables.colours import COLOURS, Ink

INKS = {colour.light: colour.ink for colour in COLOURS.values()}
MARKED = {"BDC", "BMC", "EMC", "MP", "DP"}
FILL, STROKE = {"rg", "g", "sc", "scn"}, {"RG", "G", "SC", "SCN"}
MOST_COLOURS = (
    256  # of a picture: each is looked up once, as a colour of the house is a certain ink
)


def ink(red: float, green: float, blue: float) -> Ink:
    """CMYK of an RGB colour, all 0 to 1: as colours.toml has it, else computed."""
    light = "#" + "".join(f"{round(channel * 255):02x}" for channel in (red, green, blue))
    if light in INKS:
        return INKS[light]
    black = 1 - max(red, green, blue)
    if max(red, green, blue) - min(red, green, blue) < 0.01:
        return 0, 0, 0, black
    cyan, magenta, yellow = ((1 - black - c) / (1 - black) for c in (red, green, blue))
    return cyan, magenta, yellow, black


def to_ink(source: Pdf, page: pikepdf.Page) -> None:
    """Turn the colours of a page into CMYK, and drop its structure marks.

    Raises ValueError for a gradient or a picture of a kind that cannot become ink.
    """
    instructions = pikepdf.unparse_content_stream(list(_inked(page)))
    page.Contents = source.make_stream(instructions)
    if "/ColorSpace" in page.Resources:
        del page.Resources["/ColorSpace"]
    _resources(page.Resources, set())


def things(resources: Object) -> Iterator[tuple[str, Object]]:
    """What a page or form draws with: kind (`XObject`, `Pattern`, `Shading`) and object of each."""
    for kind in ("XObject", "Pattern", "Shading"):
        for thing in cast(dict[str, Object], resources.get(f"/{kind}", {})).values():
            yield kind, thing


def _resources(resources: Object, seen: set[tuple[int, int]]) -> None:
    for kind, thing in things(resources):
        if thing.is_indirect and thing.objgen in seen:
            continue
        seen.add(thing.objgen)
        if kind == "Shading":
            _gradient(thing)
        elif "/Shading" in thing:
            _gradient(thing.Shading)
        elif thing.get("/Subtype") == "/Image":
            _picture(thing)
        else:
            thing.write(pikepdf.unparse_content_stream(list(_inked(thing))))
            if "/OwnerBox" in thing:  # and what will be stamped into it
                thing.Ink = _array(thing.Ink)
            if "/CS" in thing.get("/Group", {}):
                thing.Group.CS = Name.DeviceCMYK
            if "/Resources" in thing:
                _resources(thing.Resources, seen)


def _inked(stream: pikepdf.Page | Object) -> Iterator[ContentStreamInstruction]:
    """The instructions of a content stream, all flat colours in CMYK."""
    for instruction in pikepdf.parse_content_stream(stream):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in MARKED or (operator in {"cs", "CS"} and operands != [Name.Pattern]):
            continue
        if operator in FILL | STROKE and operands and not isinstance(operands[-1], Name):
            values = [round(value, 4) for value in _of(*(float(value) for value in operands))]
            yield ContentStreamInstruction(values, Operator("k" if operator in FILL else "K"))
        else:
            yield instruction  # type: ignore[misc]


def _of(*values: float) -> Ink:
    """The ink of a colour in shades of grey, RGB or CMYK."""
    if len(values) == 1:
        return 0, 0, 0, 1 - values[0]
    if len(values) == 3:
        return ink(*values)
    return cast(Ink, values)


def _gradient(shading: Object) -> None:
    if (
        shading.ColorSpace != Name.DeviceRGB
    ):  # grey is that of masks, which print nothing themselves
        return
    shading.ColorSpace = Name.DeviceCMYK
    if "/Background" in shading:
        shading.Background = _array(shading.Background)
    functions = [shading.Function]
    while functions:
        function = functions.pop()
        if function.FunctionType == 3:
            functions += list(cast(Any, function.Functions))
        elif function.FunctionType == 2:
            function.C0, function.C1 = _array(function.C0), _array(function.C1)
        else:
            raise ValueError("a gradient of a kind that cannot become ink")


def _array(light: Object) -> Array:
    return Array([round(value, 4) for value in _of(*(float(v) for v in cast(Any, light)))])


def _picture(image: Object) -> None:
    """Give a picture a table of inks; one in shades of grey stays, as grey prints in black alone."""
    from PIL import Image

    space = image.get("/ColorSpace")
    if space in (None, Name.DeviceGray, Name.DeviceCMYK):
        return
    if isinstance(space, Array) and Name.DeviceCMYK in list(cast(Any, space))[:2]:
        return  # pages share it, and another has been there
    try:
        picture = PdfImage(cast(Any, image)).as_pil_image().convert("RGB")
    except Exception as error:  # pikepdf tells in many ways what it does not know
        raise ValueError(f"a picture that cannot become ink ({error})") from None
    colours = picture.getcolors(MOST_COLOURS)
    if colours:
        exact = Image.new("P", (1, 1))
        exact.putpalette(
            [channel for _, colour in sorted(colours) for channel in cast(Any, colour)]
        )
        indexed = picture.quantize(MOST_COLOURS, palette=exact, dither=Image.Dither.NONE)
    else:
        indexed = picture.quantize(MOST_COLOURS, dither=Image.Dither.NONE)
    table = indexed.getpalette() or []
    lights = [table[at : at + 3] for at in range(0, len(table), 3)]
    lookup = bytes(round(part * 255) for light in lights for part in ink(*(c / 255 for c in light)))
    for key in ("/DecodeParms", "/Decode"):
        if key in image:
            del image[key]
    image.write(indexed.tobytes())
    image.ColorSpace = Array([Name.Indexed, Name.DeviceCMYK, len(lights) - 1, String(lookup)])
    image.BitsPerComponent = 8
