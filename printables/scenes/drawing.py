"""Scene → SVG: parts stand where they should, hands reach what they hold, everything inside the frame."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from printables.colours import COLOURS, TONES
from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import LANGUAGES
from printables.scenes import figure, props
from printables.scenes.figure import Drawn
from printables.scenes.geometry import Box, Place, Point, Shape, disc, line, numbers, union
from printables.scenes.scene import Part, Scene, Spot, read
from printables.scenes.skeleton import poses, reaching

WIDTH, HEIGHT = 300.0, 200.0
MOST_BYTES = 8192
SLACK = 4.0  # units by which a hand may miss what it reaches for
MARK_RADIUS, MARK_INSET = 15.0, 8.0
CROSS = 54.0  # half its width: a figure that stands in it can still be read
# A figure never wears red, which means danger.
ACCENTS = {
    tone: (COLOURS["yellow"] if colours.ground is COLOURS["red"] else colours.ground).light
    for tone, colours in TONES.items()
}


def compose(
    scene: Scene,
    languages: Iterable[str] = LANGUAGES,
    *,
    tone: str = "warning",
    width: float = WIDTH,
) -> str:
    """The scene as a standalone SVG on its own pale ground, 200 units high and `width` wide; `tone` is its accent.

    Raises Rejected where a part leaves the frame, a hand does not reach, a point is not known, or the SVG is too large.
    """
    drawn = _Stage(scene).drawn()
    lights = {name: colour.light for name, colour in COLOURS.items()}
    palette = {name: _short(light) for name, light in (lights | {"accent": ACCENTS[tone]}).items()}
    left = _left([each.box for _, each in drawn], width)
    title = " / ".join(scene.says[code] for code in languages)
    level = HEIGHT - scene.ground
    body = [
        f'<path d="M{numbers(left)} 0H{numbers(left + width)}V200H{numbers(left)}Z" fill="{palette["pale"]}"/>'
    ]
    if scene.ground > 0:
        ground = Shape(f"M{numbers(left)} {numbers(level)}H{numbers(left + width)}", stroke="steel")
        body.append(_path(ground, palette))
    for _, parts_drawn in drawn:
        body += [_group(place, shapes, palette) for place, shapes in parts_drawn.groups]
    for part, parts_drawn in drawn:
        if scene.crossed and part.name == scene.crossed:
            body += [_path(shape, palette) for shape in _cross(parts_drawn.box)]
    body += [_path(shape, palette) for shape in _mark(scene.mark, left, width)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{numbers(left, 0, width, HEIGHT)}" role="img" fill="none"'
        f' stroke-linecap="round" stroke-linejoin="round"><title>{escape(title)}</title>{"".join(body)}</svg>'
    )
    if (size := len(svg.encode())) > MOST_BYTES:
        raise Rejected([finding("scene-heavy", scene.path, 0, size=size, most=MOST_BYTES)])
    return svg


def wrong(path: Path) -> list[Finding]:
    """What is wrong with the scene of a file."""
    try:
        compose(read(path))
    except Rejected as rejected:
        return rejected.findings
    return []


class _Stage:
    """Every part of a scene in its place; parts that hang on others are placed after these."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.level = HEIGHT - scene.ground
        self.named = {part.name: part for part in scene.parts if part.name}
        self.done: dict[int, Drawn] = {}
        self.waiting: list[Part] = []
        self.findings: list[Finding] = []

    def drawn(self) -> list[tuple[Part, Drawn]]:
        """Parts in order, drawn; raises Rejected."""
        drawn = [(part, self.part(part)) for part in self.scene.parts]
        lost = {found.line for found in self.findings}
        for part, each in drawn:
            if part.line not in lost and not _inside(each.box):
                edges = " ".join(f"{edge:.0f}" for edge in each.box)
                self.tell("scene-outside", part, name=part.pose or part.prop, edges=edges)
        if self.findings:
            raise Rejected(self.findings)
        return drawn

    def part(self, part: Part) -> Drawn:
        if id(part) not in self.done:
            self.waiting.append(part)
            self.done[id(part)] = self.figure(part) if part.pose else self.prop(part)
            self.waiting.pop()
        return self.done[id(part)]

    def prop(self, part: Part) -> Drawn:
        kind = props.kinds()[part.prop]
        measures: dict[str, Any] = dict(part.measures)
        if kind.through:
            measures["through"] = [self.spot(spot, part) for spot in measures["through"]]
        place = Place() if kind.through else self.place(part)
        prop = kind.draw(**measures)
        return Drawn(
            ((place, prop.shapes),), {name: place.point(at) for name, at in prop.points.items()}
        )

    def figure(self, part: Part) -> Drawn:
        pose = poses()[part.pose]
        stands = self.place(part)
        low = figure.lowest(pose) if not part.turned else 0.0
        place = Place(stands.x, stands.y - low * part.scale, part.scale, part.turned, part.mirrored)
        for side, spot in (("near", part.near_hand), ("far", part.far_hand)):
            if spot is None:
                continue
            told = len(self.findings)
            pose, short = reaching(pose, side, place.local(self.spot(spot, part)))
            if short * part.scale > SLACK and len(self.findings) == told:
                missing = f"{short * part.scale:.0f}"
                self.tell("scene-hand-short", part, side=side, short=missing)
        return figure.draw(pose, place, part.worn)

    def place(self, part: Part) -> Place:
        x, y = self.spot(part.at, part)
        return Place(x + part.moved[0], y - part.moved[1], part.scale, part.turned, part.mirrored)

    def spot(self, spot: Spot, by: Part) -> Point:
        """A spot in the coordinates of the SVG."""
        if not isinstance(spot, str):
            return spot[0], self.level - spot[1]
        name, _, point = spot.partition(".")
        part = self.named.get(name)
        if part is None or part in self.waiting:
            known = [each for each in self.named if self.named[each] not in self.waiting]
            near = nearest(name, known) if known else "[x, y]"
            self.tell("scene-unknown-point", by, point=spot, near=near)
            return 0.0, 0.0
        points = self.part(part).points
        if point not in points:
            near = ", ".join(f"{name}.{each}" for each in sorted(points)) or "[x, y]"
            if points and len(points) > 6:
                near = f"{name}.{nearest(point, points)}"
            self.tell("scene-unknown-point", by, point=spot, near=near)
            return 0.0, 0.0
        return points[point]

    def tell(self, code: str, part: Part, /, **values: object) -> None:
        self.findings.append(finding(code, self.scene.path, part.line, **values))


def _left(boxes: Iterable[Box], width: float) -> float:
    """The left edge of a frame of this width: a wider one has the parts in its middle."""
    edges = union(boxes)
    spare = max(0.0, (width - WIDTH) / 2)
    return (WIDTH - width) / 2 + min(max((edges[0] + edges[2] - WIDTH) / 2, -spare), spare)


def _inside(box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT


def _cross(box: Box) -> list[Shape]:
    """The cross over the part that does what is forbidden: of one size on every scene, clear of the mark and the frame."""
    x = min(max((box[0] + box[2]) / 2, CROSS + 10), WIDTH - CROSS - 10)
    y = min(max((box[1] + box[3]) / 2, CROSS + 44), HEIGHT - CROSS - 10)
    d = line([(x - CROSS, y - CROSS), (x + CROSS, y + CROSS)]) + line(
        [(x - CROSS, y + CROSS), (x + CROSS, y - CROSS)]
    )
    return [Shape(d, stroke="pale", width=12), Shape(d, stroke="red", width=7.4)]


def _mark(mark: str, left: float, width: float) -> list[Shape]:
    """Do and do not, marked alike on every scene: a disc in the upper left corner, and a frame around what is forbidden."""
    middle = left + MARK_INSET + MARK_RADIUS, MARK_INSET + MARK_RADIUS
    x, y = middle
    if mark == "right":
        tick = line([(x - 7, y + 0.5), (x - 2, y + 6), (x + 7.5, y - 5.5)])
        return [
            Shape(disc(middle, MARK_RADIUS), fill="green"),
            Shape(tick, stroke="white", width=4.6),
        ]
    frame = line(
        [(left + 2, 2), (left + width - 2, 2), (left + width - 2, 198), (left + 2, 198)],
        closed=True,
    )
    cross = line([(x - 5.6, y - 5.6), (x + 5.6, y + 5.6)]) + line(
        [(x - 5.6, y + 5.6), (x + 5.6, y - 5.6)]
    )
    return [
        Shape(frame, stroke="red", width=4),
        Shape(disc(middle, MARK_RADIUS), fill="red"),
        Shape(cross, stroke="white", width=4.6),
    ]


def _group(place: Place, shapes: Iterable[Shape], palette: Mapping[str, str]) -> str:
    """Shapes in their place; neighbours of one paint become one path."""
    merged: list[Shape] = []
    for shape in shapes:
        if merged and replace(shape, d="") == replace(merged[-1], d=""):
            shape = replace(shape, d=merged.pop().d + shape.d)
        merged.append(shape)
    paths = "".join(_path(shape, palette) for shape in merged)
    return f'<g transform="{place.transform}">{paths}</g>' if place != Place() else paths


def _path(shape: Shape, palette: Mapping[str, str]) -> str:
    paint = f' fill="{palette[shape.fill]}"' if shape.fill else ""
    if shape.stroke:
        paint += f' stroke="{palette[shape.stroke]}" stroke-width="{numbers(shape.width)}"'
    return f'<path d="{shape.d.replace(" -", "-")}"{paint}/>'


def _short(colour: str) -> str:
    """#111111 as #111."""
    return "#" + colour[1::2] if colour[1::2] == colour[2::2] else colour
