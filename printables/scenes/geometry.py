"""Shapes of a drawing: points, paths, the boxes around them, and where a part stands.

All lengths are units of a scene: a grown figure is 150 high. y grows downwards, as in SVG.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import acos, atan2, cos, hypot, pi, radians, sin

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

COMMAND = re.compile(r"([MLHVCQAZ])([^A-Z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


@dataclass(frozen=True)
class Shape:
    """A path with round ends: `fill` and `stroke` name colours of the kit, "" is none."""

    d: str
    fill: str = ""
    stroke: str = ""
    width: float = 3.0

    @property
    def box(self) -> Box:
        """The box around the path, its control points and half its stroke."""
        half = self.width / 2 if self.stroke else 0.0
        return grown(path_box(self.d), half)


Drawing = tuple[list[Shape], dict[str, Point]]  # what a prop looks like, and its points by name


@dataclass(frozen=True)
class Place:
    """Where a part stands: its origin, its scale, turned clockwise by `turned` degrees, then mirrored."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    turned: float = 0.0
    mirrored: bool = False

    def point(self, local: Point) -> Point:
        """A point of the part in the scene."""
        angle = radians(self.turned)
        x = (local[0] * cos(angle) - local[1] * sin(angle)) * self.scale
        y = (local[0] * sin(angle) + local[1] * cos(angle)) * self.scale
        return self.x + (-x if self.mirrored else x), self.y + y

    def local(self, point: Point) -> Point:
        """A point of the scene in the part: the inverse of `point`."""
        x = (self.x - point[0] if self.mirrored else point[0] - self.x) / self.scale
        y = (point[1] - self.y) / self.scale
        angle = radians(-self.turned)
        return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)

    def box(self, local: Box) -> Box:
        """The box around a turned box."""
        left, top, right, bottom = local
        corners = [(x, y) for x in (left, right) for y in (top, bottom)]
        return around(self.point(corner) for corner in corners)

    @property
    def transform(self) -> str:
        """The place as an SVG transform."""
        parts = [f"translate({numbers(self.x, self.y)})"]
        across = -self.scale if self.mirrored else self.scale
        if across != 1:
            parts.append(f"scale({across:.4g} {self.scale:.4g})")
        if self.turned:
            parts.append(f"rotate({numbers(self.turned)})")
        return "".join(parts)


def toward(start: Point, angle: float, length: float) -> Point:
    """The point `length` from `start`; `angle` in degrees from hanging straight down, forwards (right) positive."""
    return start[0] + length * sin(radians(angle)), start[1] + length * cos(radians(angle))


def between(a: Point, b: Point, share: float) -> Point:
    """The point at `share` (0 to 1) of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def around(points: Iterable[Point]) -> Box:
    """The box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def union(boxes: Iterable[Box]) -> Box:
    """The box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def grown(box: Box, by: float) -> Box:
    """The box, each side moved outwards."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def numbers(*values: float) -> str:
    """Numbers as SVG writes them, to a tenth of a unit."""
    return " ".join(f"{round(value, 1) + 0:g}" for value in values)


def line(points: Iterable[Point], *, closed: bool = False) -> str:
    """A path through points."""
    return "M" + "L".join(numbers(*point) for point in points) + ("Z" if closed else "")


def disc(centre: Point, radius: float) -> str:
    """A circle as a path."""
    x, y = centre
    arc = f"A{numbers(radius, radius)} 0 1 1 "
    return f"M{numbers(x - radius, y)}{arc}{numbers(x + radius, y)}{arc}{numbers(x - radius, y)}Z"


def capsule(a: Point, a_radius: float, b: Point, b_radius: float) -> str:
    """The hull of two discs: a limb that tapers from `a` to `b`."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    if length <= abs(a_radius - b_radius):
        return disc(a, a_radius) if a_radius > b_radius else disc(b, b_radius)
    along = atan2(b[1] - a[1], b[0] - a[0])
    side = acos((a_radius - b_radius) / length)

    def on(centre: Point, radius: float, angle: float) -> str:
        return numbers(centre[0] + radius * cos(angle), centre[1] + radius * sin(angle))

    return (
        f"M{on(a, a_radius, along + side)}"
        f"A{numbers(a_radius, a_radius)} 0 {int(side < pi / 2)} 1 {on(a, a_radius, along - side)}"
        f"L{on(b, b_radius, along - side)}"
        f"A{numbers(b_radius, b_radius)} 0 {int(side > pi / 2)} 1 {on(b, b_radius, along + side)}Z"
    )


def path_box(d: str) -> Box:
    """The box around the corners and control points of a path of absolute commands; an arc counts as its whole circle's reach.

    Raises ValueError where the path has none, or has another command.
    """
    if not d.startswith("M") or re.search(r"[a-zB-GI-KN-PR-UW-Y]", d):
        raise ValueError(f"not a path of absolute commands: {d[:40]}")
    points: list[Point] = []
    for command, text in COMMAND.findall(d):
        values = [float(value) for value in NUMBER.findall(text)]
        x, y = points[-1] if points else (0.0, 0.0)
        match command:
            case "H":
                points += [(value, y) for value in values]
            case "V":
                points += [(x, value) for value in values]
            case "A":
                for n in range(0, len(values), 7):
                    end = values[n + 5], values[n + 6]
                    points += [*_arc(points[-1], values[n], end, values[n + 3], values[n + 4]), end]
            case _:
                points += list(zip(values[::2], values[1::2], strict=True))
    return around(points)


def _arc(start: Point, radius: float, end: Point, large: float, sweep: float) -> list[Point]:
    """The outermost points of a circle's arc: those of its four sides that it passes."""
    chord = hypot(end[0] - start[0], end[1] - start[1])
    radius = max(radius, chord / 2)
    off = (radius**2 - chord**2 / 4) ** 0.5 * (1 if large != sweep else -1)
    middle = between(start, end, 0.5)
    ux, uy = ((end[0] - start[0]) / chord, (end[1] - start[1]) / chord) if chord else (1.0, 0.0)
    centre = middle[0] - uy * off, middle[1] + ux * off
    first = atan2(start[1] - centre[1], start[0] - centre[0])
    last = atan2(end[1] - centre[1], end[0] - centre[0])
    span = (last - first if sweep else first - last) % (2 * pi)
    sides = [quarter * pi / 2 for quarter in range(4)]
    passed = [a for a in sides if ((a - first if sweep else first - a) % (2 * pi)) <= span]
    return [(centre[0] + radius * cos(a), centre[1] + radius * sin(a)) for a in passed]
