"""Sign → SVG: a frame and a pictogram in flat colours."""

from collections.abc import Iterable
from functools import cache
from math import sqrt
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from printables.colours import COLOURS
from printables.languages import LANGUAGES
from printables.signs.registry import HERE, Sign, find

RED, YELLOW, GREEN, BLUE, BLACK, WHITE = (
    COLOURS[name].light for name in ("red", "yellow", "green", "blue", "black", "white")
)

SIZE = 100.0  # width of every frame in viewBox units; the ratios below are shares of it

RING = 0.10

BAR = 0.08

BAR_EDGE = 0.02  # white on both sides: without colours red is hardly lighter than the picture

EDGE = 0.04

CORNER = 0.04

GHS_BORDER = 0.055

BAND = 0.07  # share of the height of the warning triangle

PICTURE_COLOURS = {
    "warning": BLACK,
    "prohibition": BLACK,
    "mandatory": WHITE,
    "safe": WHITE,
    "fire": WHITE,
    "ghs": BLACK,
}

# The warning triangle: the sharp one around it, its visible height once the corners are rounded,
# and the middle of the circle inside, which is where a picture looks centred.
CORNER_RADIUS = SIZE * CORNER

TRIANGLE_SIDE = SIZE + 2 * CORNER_RADIUS * (sqrt(3) - 1)

TRIANGLE_HEIGHT = TRIANGLE_SIDE * sqrt(3) / 2 - CORNER_RADIUS

TRIANGLE_INRADIUS = TRIANGLE_SIDE / (2 * sqrt(3))

TRIANGLE_MIDDLE = TRIANGLE_HEIGHT - TRIANGLE_INRADIUS

# Diameter of the circle that holds a pictogram at scale 1; pictograms are drawn to fill theirs.
PICTURE_DIAMETERS = {
    "warning": 2 * (TRIANGLE_INRADIUS - BAND * TRIANGLE_HEIGHT - 2.5),
    "prohibition": 75.0,
    "mandatory": 86.0,
    "safe": 92.0,
    "fire": 92.0,
    "ghs": 2 * (SIZE / sqrt(8) - SIZE * GHS_BORDER - 2),
}

SHAPES = {"path", "circle", "rect", "polygon", "g"}


def compose(code: str, languages: Iterable[str] = LANGUAGES, *, edge: bool = False) -> str:
    """Return the sign as a standalone SVG, named in `languages`; `edge` puts a white edge around its frame.

    Raises KeyError, naming the closest codes, when there is no such sign.
    """
    sign = find(code)
    margin = SIZE * EDGE if edge else 0.0
    height = TRIANGLE_HEIGHT if sign.frame == "warning" else SIZE
    view_box = _numbers([-margin, -margin, SIZE + 2 * margin, height + 2 * margin])
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" role="img">',
            f"<title>{escape(' / '.join(sign.name[code] for code in languages))}</title>",
            _edge(sign.frame, margin) if edge else "",
            _ground(sign.frame),
            _picture(sign) if sign.pictogram else "",
            _bar() if sign.frame == "prohibition" else "",
            "</svg>",
        ]
    )


def _ground(frame: str) -> str:
    """Draw everything of the frame that lies under the picture."""
    match frame:
        case "warning":
            band = BAND * TRIANGLE_HEIGHT
            return _outline(frame, BLACK) + _triangle(YELLOW, inset=band, radius=CORNER_RADIUS / 3)
        case "prohibition":
            return _outline(frame, RED) + _disc(WHITE, SIZE * (0.5 - RING))
        case "ghs":
            return _outline(frame, RED) + _diamond(WHITE, inset=SIZE * GHS_BORDER)
        case "mandatory":
            return _outline(frame, BLUE)
        case "safe":
            return _outline(frame, GREEN)
        case "fire":
            return _outline(frame, RED)
    raise ValueError(f"no frame {frame!r}")


def _outline(frame: str, fill: str, extra: str = "") -> str:
    """Draw the whole shape of a frame in one colour."""
    match frame:
        case "warning":
            return _triangle(fill, inset=0, radius=CORNER_RADIUS, extra=extra)
        case "prohibition" | "mandatory":
            return _disc(fill, SIZE / 2, extra)
        case "ghs":
            return _diamond(fill, inset=0, extra=extra)
    return (
        f'<rect width="{_number(SIZE)}" height="{_number(SIZE)}" rx="{_number(CORNER_RADIUS)}"'
        f' fill="{fill}"{extra}/>'
    )


def _edge(frame: str, width: float) -> str:
    """Draw the shape of the frame once more, white and wider by `width` on every side."""
    stroke = f' stroke="{WHITE}" stroke-width="{_number(2 * width)}" stroke-linejoin="round"'
    return _outline(frame, WHITE, stroke)


def _disc(fill: str, radius: float, extra: str = "") -> str:
    middle = _number(SIZE / 2)
    return f'<circle cx="{middle}" cy="{middle}" r="{_number(radius)}" fill="{fill}"{extra}/>'


def _diamond(fill: str, inset: float, extra: str = "") -> str:
    """Draw a square on its point, each side moved inwards by `inset`."""
    low, middle, high = inset * sqrt(2), SIZE / 2, SIZE - inset * sqrt(2)
    corners = _numbers([middle, low, high, middle, middle, high, low, middle])
    return f'<polygon points="{corners}" fill="{fill}"{extra}/>'


def _triangle(fill: str, inset: float, radius: float, extra: str = "") -> str:
    """Draw an equilateral triangle, point up, each side moved inwards by `inset`."""
    half = TRIANGLE_SIDE / 2 - inset * sqrt(3)
    left, right, middle = SIZE / 2 - half, SIZE / 2 + half, SIZE / 2
    base = TRIANGLE_HEIGHT - inset
    top = base - half * sqrt(3)
    along = radius * sqrt(3)  # from a sharp corner to the start of its rounding
    across, down = along / 2, along * sqrt(3) / 2
    arc = f"A{_numbers([radius, radius])} 0 0 1 "
    d = (
        f"M{_numbers([middle - across, top + down])}{arc}{_numbers([middle + across, top + down])}"
        f"L{_numbers([right - across, base - down])}{arc}{_numbers([right - along, base])}"
        f"L{_numbers([left + along, base])}{arc}{_numbers([left + across, base - down])}Z"
    )
    return f'<path d="{d}" fill="{fill}"{extra}/>'


def _bar() -> str:
    """Draw the prohibition bar at 45°, upper left to lower right, its ends under the ring's."""
    wide, inner = SIZE * (BAR / 2 + BAR_EDGE), SIZE * (0.5 - RING)
    edge = _strip(sqrt(inner**2 - wide**2), wide, WHITE)  # ends where it meets the ring
    return edge + _strip(SIZE * (0.5 - RING / 2), SIZE * BAR / 2, RED)


def _strip(reach: float, half_width: float, fill: str) -> str:
    """Draw a strip through the middle at 45°, upper left to lower right."""
    reach, half = reach / sqrt(2), half_width / sqrt(2)
    near, far = SIZE / 2 - reach, SIZE / 2 + reach
    corners = [
        *(near + half, near - half, far + half, far - half),
        *(far - half, far + half, near - half, near + half),
    ]
    return f'<polygon points="{_numbers(corners)}" fill="{fill}"/>'


def _picture(sign: Sign) -> str:
    """Place the pictogram around the middle of its frame, in the frame's picture colour."""
    view_size, shapes = _pictogram(sign.pictogram)
    size = PICTURE_DIAMETERS[sign.frame] * sign.scale
    middle = TRIANGLE_MIDDLE if sign.frame == "warning" else SIZE / 2
    x, y = SIZE / 2 + sign.dx - size / 2, middle + sign.dy - size / 2
    return (
        f'<g transform="translate({_numbers([x, y])}) scale({size / view_size:.4f})"'
        f' fill="{PICTURE_COLOURS[sign.frame]}">{shapes}</g>'
    )


@cache
def _pictogram(name: str) -> tuple[float, str]:
    """Read a pictogram: the side of its square viewBox and its shapes without their own fills."""
    root = ElementTree.parse(HERE / "pictograms" / f"{name}.svg").getroot()
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    if width != height:
        raise ValueError(f"pictogram {name}: its viewBox is not square")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element is not root and element.tag not in SHAPES:
            raise ValueError(f"pictogram {name}: unexpected <{element.tag}>")
        element.attrib.pop("fill", None)
    return width, "".join(ElementTree.tostring(child, encoding="unicode").strip() for child in root)


def _number(value: float) -> str:
    return f"{round(value, 2) + 0:g}"


def _numbers(values: Iterable[float]) -> str:
    return " ".join(map(_number, values))
