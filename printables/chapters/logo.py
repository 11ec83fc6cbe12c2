"""The owner's logo: PNG, JPEG or SVG, whoever made it → a data: address that sheets can print and pages can show."""

import base64
import io
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from printables.chapters.owner_colours import vanishes
from printables.findings import part

if TYPE_CHECKING:  # Pillow loads for longer than an owner without a logo needs
    from PIL import Image

MOST_BYTES = 2_000_000
MOST_SVG_BYTES = 500_000
MOST_PIXELS = 12_000_000
SIDE_PX = 1200  # of the longer side, once stored: 600 dots an inch where a poster shows it largest
MOST_SHAPES = 20_000  # drawn, with those that <use> repeats
PLATE = 0.08  # the rim of a ground below a logo, as a share of its height

KINDS = {".svg": "SVG", ".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
SHAPES = frozenset(
    ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use"]
)
KNOWN = SHAPES | {
    "svg",
    "g",
    "defs",
    "symbol",
    "switch",
    "tspan",
    "style",
    "clipPath",
    "pattern",
    "marker",
}
KNOWN |= {"linearGradient", "radialGradient", "stop"}
ACTIVE = re.compile(
    r"script|foreignObject|animate.*|set|a|iframe|audio|video|handler|listener|discard"
)
DROPPED = frozenset({"metadata", "title", "desc"})
DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
ENTITY = re.compile(r"<!ENTITY\s+[\w.-]+\s+(?:\"[^\"&%]{0,300}\"|'[^'&%]{0,300}')\s*>")
LEADS_OUT = re.compile(r"url\((?!\s*[\"']?#)|@import|expression\(|behavior:", re.IGNORECASE)
OWN_PICTURE = re.compile(r"data:image/(?:png|jpe?g);base64,([A-Za-z0-9+/=\s]*)")
LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|mm|cm|in)?\s*")
PIXELS = {None: 1, "px": 1, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
PAINT = re.compile(r"(?:^|[;{\s])(fill|stroke|stop-color)\s*:\s*([^;}]+)")


class Unfit(Exception):
    """A logo that cannot be used; `reason` is by language."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = part(f"logo-{reason}", **values)


def embed(name: str, folder: Path, band: str, ground: str) -> str:
    """The logo `name` below `folder` as a data: address, on a plate of the colour `ground` if it would vanish on `band`.

    Raises Unfit for one that is not there, is not what its name says, is too large, or would run or load something.
    """
    path, content = folder / name, b""
    if path.resolve() != Path(normpath(folder.resolve() / name)) or not path.resolve().is_relative_to(folder.resolve()):  # fmt: skip
        raise Unfit("outside")
    if path.is_file():
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    kind = path.suffix.lower()
    if not path.is_file():
        raise Unfit("missing")
    if kind not in KINDS:
        raise Unfit("kind", kind=path.suffix or "–")
    if len(content) > (most := MOST_SVG_BYTES if KINDS[kind] == "SVG" else MOST_BYTES):
        raise Unfit("large", most=f"{most / 1e6:g} MB")
    if KINDS[kind] == "SVG":
        media, made = "svg+xml", _drawing(content, band, ground)
    else:
        media, made = "png", _picture(content, band, ground)
    return f"data:image/{media};base64,{base64.b64encode(made).decode()}"


# --- PNG and JPEG


def _picture(content: bytes, band: str, ground: str) -> bytes:
    """The picture as PNG, on a plate where it would vanish."""
    from PIL import Image, ImageOps

    picture = _decoded(content, "PNG", "JPEG")  # whichever its name says, as chats rename them
    alpha = picture.getchannel("A")
    if alpha.getbbox() is None:
        raise Unfit("empty")
    if _is_clear(picture) and vanishes(_shares(picture), band, ground):
        rim = math.ceil(PLATE * picture.height)
        plate = Image.new("RGBA", picture.size, ground)
        plate.alpha_composite(picture)
        picture = ImageOps.expand(plate, rim, ground)
        picture.putalpha(255)
    return _encoded(picture)


def _decoded(content: bytes, *formats: str) -> "Image.Image":
    """The picture in RGB with its transparency, no larger than a sheet can show; raises Unfit."""
    from PIL import Image, ImageFile, ImageOps

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=formats)
            if image.width * image.height > MOST_PIXELS:
                raise Unfit("large", most=f"{MOST_PIXELS // 1_000_000} MP")
            # A JPEG of several is what telephones make; the first one is the picture.
            if image.format == "PNG" and getattr(image, "n_frames", 1) > 1:
                raise Unfit("active", tag="APNG")
            upright = ImageOps.exif_transpose(image)
            picture = (upright.convert("RGB") if upright.mode == "CMYK" else upright).convert(
                "RGBA"
            )
    except Unfit:
        raise
    except Image.DecompressionBombError:  # so many that Pillow does not count them
        raise Unfit("large", most=f"{MOST_PIXELS // 1_000_000} MP") from None
    except Exception:  # a decoder meets whatever a stranger sends
        raise Unfit("broken") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient  # as WeasyPrint sets it, where it is loaded
    picture.thumbnail((SIDE_PX, SIDE_PX))
    return picture


def _encoded(picture: "Image.Image") -> bytes:
    """PNG in grey or RGB, with transparency where there is any."""
    opaque = not _is_clear(picture)
    grey = all(one == picture.getchannel("R") for one in map(picture.getchannel, "GB"))
    out = io.BytesIO()
    picture.convert(("L" if grey else "RGB") + ("" if opaque else "A")).save(out, "PNG", optimize=True)  # fmt: skip
    return out.getvalue()


def _is_clear(picture: "Image.Image") -> bool:
    """True if anything of it can be seen through."""
    return bytes(picture.getchannel("A").tobytes()).strip(b"\xff") != b""


def _shares(picture: "Image.Image") -> dict[str, float]:
    """The colours of what is opaque, by their share of it."""
    small = picture.resize((min(picture.width, 100), min(picture.height, 100)))
    dots = small.tobytes()
    seen = [dots[at : at + 3] for at in range(0, len(dots), 4) if dots[at + 3] > 127]
    return {f"#{colour.hex()}": seen.count(colour) / len(seen) for colour in set(seen)}


# --- SVG


def _drawing(content: bytes, band: str, ground: str) -> bytes:
    """The drawing without what no printer needs, with a size, and on a plate where it would vanish."""
    root = _parsed(content)
    try:
        _clean(root)
        box = _box(root)
        if _count(root) == 0:
            raise Unfit("empty")
    except RecursionError:  # groups within groups
        raise Unfit("heavy", most=MOST_SHAPES) from None
    colours = set(_colours(root, "black"))
    if colours and vanishes(dict.fromkeys(colours, 1 / len(colours)), band, ground):
        rim = PLATE * box[3]
        box = (box[0] - rim, box[1] - rim, box[2] + 2 * rim, box[3] + 2 * rim)
        x, y, width, height = (f"{value:g}" for value in box)
        plate = {"x": x, "y": y, "width": width, "height": height, "fill": ground}
        root.insert(0, Element(f"{{{SVG}}}rect", plate))
    root.set("viewBox", " ".join(f"{value:g}" for value in box))
    root.set("width", f"{box[2]:g}")
    root.set("height", f"{box[3]:g}")
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK[1:].partition("}")[0])
    return ElementTree.tostring(root, encoding="unicode").encode()


def _parsed(content: bytes) -> Element:
    """The root; entities of its own are allowed where they are plain words, as drawing programs write them."""
    declared = DECLARED.match(content)
    try:
        text = content.decode(declared[1].decode() if declared else "utf-8-sig")
    except (LookupError, UnicodeError):
        try:
            text = content.decode("utf-16")
        except UnicodeError:
            raise Unfit("broken") from None
    text = re.sub(r"^\s*<\?xml.*?\?>", "", text.lstrip("\ufeff"), count=1, flags=re.DOTALL)
    if "<!ENTITY" in ENTITY.sub("", text) or text.count("<!ENTITY") > 50:
        raise Unfit("active", tag="<!ENTITY>")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        raise Unfit("broken") from None
    if root.tag != f"{{{SVG}}}svg":
        raise Unfit("broken")
    return root


def _clean(element: Element) -> None:
    """Drop what is not drawn; raises Unfit for what would run, move or load something."""
    for name, value in list(element.attrib.items()):
        local = name.rpartition("}")[2].lower()
        if local.startswith("on") or LEADS_OUT.search(value):
            raise Unfit("active", tag=f'{local}="{value[:30]}"')
        if local == "href" and (data := OWN_PICTURE.fullmatch(value)):
            picture = _encoded(_decoded(_unpacked(data[1]), "PNG", "JPEG"))
            element.set(name, f"data:image/png;base64,{base64.b64encode(picture).decode()}")
        elif local == "href" and not value.startswith("#"):
            raise Unfit("active", tag=f'href="{value[:30]}"')
        if "}" in name and name != XLINK:
            del element.attrib[name]
    if element.tag == f"{{{SVG}}}style" and LEADS_OUT.search(element.text or ""):
        raise Unfit("active", tag="<style>")
    for child in list(element):
        space, _, local = str(child.tag).rpartition("}")
        if space != f"{{{SVG}" or local in DROPPED:
            element.remove(child)
        elif local not in KNOWN:
            raise Unfit("active" if ACTIVE.fullmatch(local) else "unprinted", tag=f"<{local}>")
        else:
            _clean(child)


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        raise Unfit("broken") from None


def _box(root: Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is drawn, in its own units."""
    try:
        numbers = [float(word) for word in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    except ValueError:
        sides = [LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
        numbers = [0, 0, *(float(side[1]) * PIXELS[side[2]] for side in sides if side)]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)) or min(numbers[2:]) <= 0:
        raise Unfit("no-size")
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _count(root: Element) -> int:
    """How many shapes are drawn, with those that <use> repeats; raises Unfit where these are too many, or without end."""
    by_id = {element.get("id", ""): element for element in root.iter()}
    counts: dict[Element, int] = {}

    def count(element: Element, inside: frozenset[Element]) -> int:
        if element in inside:
            raise Unfit("heavy", most=MOST_SHAPES)
        if element not in counts:
            around = inside | {element}
            total = sum(count(child, around) for child in element)
            total += element.tag.rpartition("}")[2] in SHAPES
            target = element.get("href") or element.get(XLINK) or ""
            if element.tag == f"{{{SVG}}}use" and (used := by_id.get(target[1:])) is not None:
                total += count(used, around)
            counts[element] = total
        if counts[element] > MOST_SHAPES:
            raise Unfit("heavy", most=MOST_SHAPES)
        return counts[element]

    return count(root, frozenset())


def _colours(element: Element, fill: str) -> Iterator[str]:
    """The colours that shapes are painted with, as #rrggbb; one without any is painted in its parent's, at last black."""
    local = element.tag.rpartition("}")[2]
    if local == "style":
        yield from (
            hexed for _, value in PAINT.findall(element.text or "") if (hexed := _hexed(value))
        )
        return
    paints: Mapping[str, str] = {**element.attrib, **dict(PAINT.findall(element.get("style", "")))}
    fill = paints.get("fill", fill).strip()
    used = [paints.get("stroke", ""), paints.get("stop-color", "")]
    if local in SHAPES - {"image", "use", "line"} and not (
        element.get("class") and "fill" not in paints
    ):
        used.append(fill)
    yield from (hexed for value in used if (hexed := _hexed(value)))
    for child in element:
        yield from _colours(child, fill)


def _hexed(value: str) -> str:
    """A colour as #rrggbb; "" for none, a gradient, or what is no colour."""
    from PIL import ImageColor

    try:
        return "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(value.strip())[:3])
    except ValueError:
        return ""
