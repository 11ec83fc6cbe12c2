"""A figure in its pose: limbs as shapes, a halo where one crosses another, and what it wears."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from printables.scenes.geometry import (
    Box,
    Place,
    Point,
    Shape,
    between,
    capsule,
    disc,
    line,
    path_box,
    union,
)
from printables.scenes.skeleton import HEAD, Pose, joints
from printables.scenes.worn import Body, headgear, over_hands, over_trunk, under_trunk

HALO = 2.2
CHEST, WAIST = 12.0, 9.6
ARM = (5.6, 4.9, 4.2)  # radii of shoulder, elbow and wrist
LEG = (8.2, 6.4, 4.9)
HAND, SOLE = 4.7, 4.6


@dataclass(frozen=True)
class Drawn:
    """A part as drawn: groups of shapes, each with its place, and the scene's points by name."""

    groups: tuple[tuple[Place, tuple[Shape, ...]], ...]
    points: Mapping[str, Point]

    @property
    def box(self) -> Box:
        return union(place.box(shape.box) for place, shapes in self.groups for shape in shapes)


def lowest(pose: Pose) -> float:
    """How far below the hip the figure touches the ground."""
    if pose.rests == "hip":
        return LEG[0]
    at = joints(pose)
    limbs = [d for side in ("near", "far") for d in (_arm(at, side), _leg(at, side))]
    shapes = [*limbs, _trunk(at, pose.view), disc(at["head"], HEAD)]
    return union(path_box(d) for d in shapes)[3]


def draw(pose: Pose, place: Place, worn: Iterable[str] = ()) -> Drawn:
    """The figure with what it wears, its hip at the place's origin."""
    at = joints(pose)
    wearing = frozenset(worn)
    body = Body(at, pose)
    head = Place(*at["head"], turned=pose.lean + pose.head)
    layers = [
        [_black(_arm(at, "far")), *over_hands(body, wearing, "far")],
        [_black(_leg(at, "far"))],
        under_trunk(body, wearing),
        [] if pose.view == "front" else [_halo(at, "near_thigh", "near_knee", "near_ankle", LEG)],
        [_black(_leg(at, "near"))],
        [_black(_trunk(at, pose.view))],
        over_trunk(body, wearing),
    ]
    before = tuple(shape for layer in layers for shape in layer)
    arm = (
        _halo(at, "near_shoulder", "near_elbow", "near_hand", ARM),
        _black(_arm(at, "near")),
        *over_hands(body, wearing, "near"),
    )
    on_head = (_black(disc((0, 0), HEAD)), *headgear(wearing, pose.view))
    groups = ((place, (*_outline(at), *before)), (_on(place, head), on_head), (place, arm))
    return Drawn(groups, {name: place.point(point) for name, point in at.items()})


def _on(place: Place, head: Place) -> Place:
    """The place of the head in the scene."""
    x, y = place.point((head.x, head.y))
    return Place(x, y, place.scale, place.turned + head.turned, place.mirrored)


def _black(d: str) -> Shape:
    return Shape(d, fill="black")


def _arm(at: Mapping[str, Point], side: str) -> str:
    shoulder, elbow, hand = (at[f"{side}_{name}"] for name in ("shoulder", "elbow", "hand"))
    return (
        capsule(shoulder, ARM[0], elbow, ARM[1])
        + capsule(elbow, ARM[1], hand, ARM[2])
        + disc(hand, HAND)
    )


def _leg(at: Mapping[str, Point], side: str) -> str:
    thigh, knee, ankle, toe = (at[f"{side}_{name}"] for name in ("thigh", "knee", "ankle", "toe"))
    return (
        capsule(thigh, LEG[0], knee, LEG[1])
        + capsule(knee, LEG[1], ankle, LEG[2])
        + capsule(ankle, SOLE + 0.3, toe, SOLE - 0.6)
    )


def _trunk(at: Mapping[str, Point], view: str) -> str:
    if view == "side":
        return capsule(at["hip"], WAIST, at["chest"], CHEST)
    left, right = at["far_shoulder"], at["near_shoulder"]
    hips = at["far_thigh"], at["near_thigh"]
    return (
        capsule(left, ARM[0] + 1, right, ARM[0] + 1)
        + line([left, right, *hips[::-1]], closed=True)
        + capsule(hips[0], LEG[0], hips[1], LEG[0])
        + capsule(between(left, hips[0], 0.1), ARM[0], hips[0], LEG[0] - 1)
        + capsule(between(right, hips[1], 0.1), ARM[0], hips[1], LEG[0] - 1)
    )


def _halo(
    at: Mapping[str, Point], root: str, joint: str, end: str, radii: tuple[float, float, float]
) -> Shape:
    """What parts a near limb from what is behind it; it begins below the root, so that the limb stays on the body."""
    low = between(at[joint], at[end], 0.75 if joint == "near_knee" else 1.0)  # not into the ground
    points = [between(at[root], at[joint], 0.45), at[joint], low]
    return Shape(line(points), stroke="pale", width=2 * (radii[1] + HALO))


def _outline(at: Mapping[str, Point]) -> list[Shape]:
    """What parts the whole figure from what is behind it."""
    arms = legs = ""
    for side in ("far", "near"):
        thigh, knee, ankle = (at[f"{side}_{name}"] for name in ("thigh", "knee", "ankle"))
        legs += line([thigh, knee, between(knee, ankle, 0.7)])
        arms += line([at[f"{side}_{name}"] for name in ("shoulder", "elbow", "hand")])
    trunk = line([at["hip"], at["chest"]])
    return [
        Shape(arms, stroke="pale", width=2 * (ARM[1] + HALO)),
        Shape(legs, stroke="pale", width=2 * (LEG[1] + HALO)),
        Shape(trunk, stroke="pale", width=2 * (CHEST + HALO)),
        Shape(disc(at["head"], HEAD + HALO), fill="pale"),
    ]
