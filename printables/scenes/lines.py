"""Props that run through points of a scene: ropes, hoses, arrows, ladders; each function is a kind of prop."""

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from printables.scenes.geometry import Drawing, Point, Shape, between, disc, line, numbers


def rope(
    through: Sequence[Point], colour: str = "steel", width: float = 3, sag: float = 0
) -> Drawing:
    """A rope, wire or strap through points, with a knot at its end; it sags between them."""
    d = f"M{numbers(*through[0])}"
    for a, b in pairwise(through):
        middle = between(a, b, 0.5)
        d += (
            f"Q{numbers(middle[0], middle[1] + 2 * sag)} {numbers(*b)}"
            if sag
            else f"L{numbers(*b)}"
        )
    halo = Shape(d, stroke="pale", width=width + 2.4)
    return [
        halo,
        Shape(d, stroke=colour, width=width),
        Shape(disc(through[-1], width * 0.95), fill=colour),
    ], {}


def stick(through: Sequence[Point], colour: str = "steel", width: float = 5) -> Drawing:
    """A stick, pole or bar from point to point."""
    d = line(through)
    return [Shape(d, stroke="pale", width=width + 3), Shape(d, stroke=colour, width=width)], {}


def tube(through: Sequence[Point], width: float = 15) -> Drawing:
    """A duct or thick hose, rounded at its bends."""
    d = _rounded(through, 26)
    return [
        Shape(d, stroke="steel", width=width),
        Shape(d, stroke="grey", width=width - 5),
        *_ribs(through, width),
    ], {}


def _ribs(through: Sequence[Point], width: float) -> list[Shape]:
    a, b = through[-2], through[-1]
    mouth = hypot(b[0] - a[0], b[1] - a[1])
    nx, ny = (b[1] - a[1]) / mouth * width / 2, -(b[0] - a[0]) / mouth * width / 2
    return [Shape(line([(b[0] - nx, b[1] - ny), (b[0] + nx, b[1] + ny)]), stroke="black", width=4)]


def hose(
    through: Sequence[Point], colour: str = "black", width: float = 4.5, bend: float = 18
) -> Drawing:
    """A thin hose or cable, rounded at its bends."""
    d = _rounded(through, bend)
    return [Shape(d, stroke="pale", width=width + 3), Shape(d, stroke=colour, width=width)], {}


def _rounded(through: Sequence[Point], radius: float) -> str:
    d = f"M{numbers(*through[0])}"
    for before, corner, after in zip(through, through[1:], through[2:], strict=False):
        ins, outs = (_short(corner, other, radius) for other in (before, after))
        d += f"L{numbers(*ins)}Q{numbers(*corner)} {numbers(*outs)}"
    return d + f"L{numbers(*through[-1])}"


def _short(corner: Point, other: Point, radius: float) -> Point:
    length = hypot(other[0] - corner[0], other[1] - corner[1])
    return between(corner, other, min(0.5, radius / length) if length else 0)


def arrow(through: Sequence[Point], colour: str = "blue", width: float = 7) -> Drawing:
    """An arrow through points, its head at the last."""
    neck, tip = _head(through[-2], through[-1], width)
    return _arrow(_rounded([*through[:-1], neck], 20), tip, colour, width)


def span(through: Sequence[Point], colour: str = "black", width: float = 6) -> Drawing:
    """A distance, or a way to and fro: an arrow with a head at both ends."""
    a, b = through[0], through[-1]
    (start, left), (end, right) = _head(b, a, width), _head(a, b, width)
    return _arrow(line([start, end]), left + right, colour, width)


def _head(a: Point, b: Point, width: float) -> tuple[Point, str]:
    """The head at `b` of an arrow from `a`: where its shaft ends, and its outline."""
    along = atan2(b[1] - a[1], b[0] - a[0])
    head = width * 2.5
    neck = b[0] - head * 0.7 * cos(along), b[1] - head * 0.7 * sin(along)
    wings = [
        (b[0] - head * cos(along + t), b[1] - head * sin(along + t)) for t in (pi / 5.4, -pi / 5.4)
    ]
    return neck, line([b, *wings], closed=True)


def _arrow(shaft: str, tips: str, colour: str, width: float) -> Drawing:
    return [
        Shape(shaft, stroke="pale", width=width + 4),
        Shape(shaft, stroke=colour, width=width),
        Shape(tips, fill=colour, stroke=colour, width=2),
    ], {}


def ladder(through: Sequence[Point], width: float = 26) -> Drawing:
    """A ladder from its foot to its top; a narrow one is seen from beside."""
    foot, top = through[0], through[-1]
    length = hypot(top[0] - foot[0], top[1] - foot[1])
    nx, ny = (top[1] - foot[1]) / length * width / 2, -(top[0] - foot[0]) / length * width / 2
    rails = [line([(p[0] + sign * nx, p[1] + sign * ny) for p in (foot, top)]) for sign in (-1, 1)]
    count = int(length / 18)
    rungs = ""
    for step in range(count):
        x, y = between(foot, top, (step + 0.7) / count)
        rungs += line([(x - nx, y - ny), (x + nx, y + ny)])
    return [
        Shape(rungs, stroke="steel", width=3.6),
        Shape("".join(rails), stroke="steel", width=4.6),
    ], {}


def spray(through: Sequence[Point], width: float = 34, colour: str = "white") -> Drawing:
    """Powder, foam or water from a nozzle to where it lands, widening."""
    a, b = through[0], through[-1]
    along = atan2(b[1] - a[1], b[0] - a[0])
    nx, ny = -sin(along) * width / 2, cos(along) * width / 2
    far = [(b[0] + s * nx, b[1] + s * ny) for s in (1, -1)]
    edge = "blue" if colour == "blue" else "steel"
    mist = [between(p, q, t) for p, q, t in ((a, far[0], 0.98), (a, b, 1.06), (a, far[1], 0.98))]
    end = numbers(*between(a, b, 1.12))  # where it spreads: round, not cut
    d = f"M{numbers(*between(a, b, 0.02))}L{numbers(*mist[0])}Q{end} {numbers(*mist[2])}Z"
    return [
        Shape(d, fill=colour, stroke=edge, width=2),
        Shape(
            "".join(
                line([between(a, p, 0.45), between(a, p, 0.86)])
                for p in (between(mist[0], b, 0.4), b, between(mist[2], b, 0.4))
            ),
            stroke="white" if colour == "blue" else "grey",
            width=2.6,
        ),
    ], {}
