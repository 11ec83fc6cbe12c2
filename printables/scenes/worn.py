"""What figures wear: helmet, vest, harness, gloves, breathing apparatus and more, following the joints."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from printables.scenes.geometry import Point, Shape, between, capsule, disc, line, toward
from printables.scenes.skeleton import Pose

# Worn on the trunk and the limbs; what is worn on the head stands in headgear.toml.
ON_BODY = frozenset(
    {"vest", "harness", "apron", "gloves", "sleeves", "boots", "breathing-apparatus", "pregnant"}
)


@cache
def headgears() -> Mapping[str, Mapping[str, tuple[Shape, ...]]]:
    """What is worn on the head by view, then name."""
    tables = tomllib.loads(Path(__file__).with_name("headgear.toml").read_text(encoding="utf-8"))
    return {
        view: {
            name: tuple(Shape(**row) for row in table["shapes"]) for name, table in named.items()
        }
        for view, named in tables.items()
    }


@cache
def worn() -> frozenset[str]:
    """The names of all that figures wear."""
    return ON_BODY.union(*headgears().values())


@dataclass(frozen=True)
class Body:
    """The joints of a figure and its pose: what worn things follow."""

    at: Mapping[str, Point]
    pose: Pose

    @property
    def up(self) -> float:
        """The direction of the trunk."""
        return 180 - self.pose.lean

    def trunk(self, along: float, forward: float) -> Point:
        """A point of the trunk: `along` from hip (0) to chest (1), `forward` of its middle."""
        return toward(between(self.at["hip"], self.at["chest"], along), self.up - 90, forward)


def headgear(wearing: frozenset[str], view: str) -> list[Shape]:
    """What is worn on the head, in the head's own coordinates, looking right."""
    return [
        shape for name, shapes in headgears()[view].items() if name in wearing for shape in shapes
    ]


def under_trunk(body: Body, wearing: frozenset[str]) -> list[Shape]:
    """What is carried on the back."""
    if "breathing-apparatus" not in wearing or body.pose.view == "front":
        return []
    low, high = body.trunk(0.16, -15.5), body.trunk(1.0, -17)
    return [
        Shape(capsule(low, 7.4, high, 7.4), fill="accent", stroke="pale", width=2),
        Shape(line([body.trunk(1.0, -17), body.trunk(1.3, -17)]), stroke="black", width=5),
        Shape(line([body.trunk(0.72, -24), body.trunk(0.72, -6)]), stroke="black", width=3),
        Shape(line([body.trunk(0.3, -23), body.trunk(0.3, -6)]), stroke="black", width=3),
    ]


def over_trunk(body: Body, wearing: frozenset[str]) -> list[Shape]:
    """What is worn over the trunk: vest, apron, harness; and boots and hose."""
    shapes: list[Shape] = []
    if "pregnant" in wearing:
        belly = capsule(body.trunk(0.12, 5), 12, body.trunk(0.42, 12), 12.5)
        shapes.append(Shape(belly, fill="black"))
    if "boots" in wearing:
        shapes += _boots(body)
    if "vest" in wearing:
        shapes += _front_vest(body) if body.pose.view == "front" else _side_vest(body)
    if "apron" in wearing:
        shapes.append(_apron(body))
    if "harness" in wearing:
        shapes += _front_harness(body) if body.pose.view == "front" else _side_harness(body)
    if "breathing-apparatus" in wearing and body.pose.view == "side":
        mouth = toward(toward(body.at["head"], body.up - body.pose.head - 90, 11), body.up, -9)
        hose = [mouth, body.trunk(0.95, 16), body.trunk(0.55, 7)]
        shapes += [
            Shape(line(hose), stroke="pale", width=6.4),
            Shape(line(hose), stroke="steel", width=3.6),
            Shape(line([body.trunk(0.98, 3), body.trunk(0.5, 1)]), stroke="pale", width=2.2),
        ]
    return shapes


def over_hands(body: Body, wearing: frozenset[str], side: str) -> list[Shape]:
    """Gloves with their cuffs, and sleeves that hang loose."""
    hand, elbow = body.at[f"{side}_hand"], body.at[f"{side}_elbow"]
    shapes = []
    if "sleeves" in wearing:
        cuff = between(elbow, hand, 0.8)
        shapes.append(Shape(capsule(elbow, 5.5, cuff, 8), fill="black", stroke="pale", width=1.2))
    if "gloves" in wearing:
        cuff = between(elbow, hand, 0.55)
        glove = capsule(cuff, 5.8, hand, 5.4)
        shapes.append(Shape(glove, fill="accent", stroke="pale", width=1.4))
    return shapes


def _side_vest(body: Body) -> list[Shape]:
    cut = [(1.22, -6.5), (1.22, 4.5), (1.02, 11.2), (0.08, 9), (0.08, -9), (1.02, -11.2)]
    vest = line([body.trunk(*corner) for corner in cut], closed=True)
    bands = [(0.3, 9.4), (0.56, 10)]
    return [
        Shape(vest, fill="accent", stroke="accent", width=1.2),
        *(
            Shape(line([body.trunk(a, -w), body.trunk(a, w)]), stroke="pale", width=3.4)
            for a, w in bands
        ),
        Shape(line([body.trunk(0.58, 3), body.trunk(1.24, 1)]), stroke="pale", width=3),
    ]


def _front_vest(body: Body) -> list[Shape]:
    left = [(1.14, -13), (1.14, -6), (0.8, -1), (0.06, -1), (0.06, -13), (0.6, -13.5)]
    sides = ""
    for sign in (1, -1):
        sides += line([body.trunk(a, sign * f) for a, f in left], closed=True)
    bands = [(0.28, 13.2), (0.54, 13.4)]
    return [
        Shape(sides, fill="accent", stroke="accent", width=1),
        *(
            Shape(line([body.trunk(a, -w), body.trunk(a, w)]), stroke="pale", width=3.2)
            for a, w in bands
        ),
    ]


def _apron(body: Body) -> Shape:
    knee = between(body.at["near_thigh"], body.at["near_knee"], 0.75)
    low = toward(knee, body.up - 90, 9)
    corners = [body.trunk(1.05, 9), body.trunk(0.95, 0), body.trunk(0.3, -4), knee, low]
    return Shape(
        line([*corners, body.trunk(0.2, 12)], closed=True), fill="grey", stroke="steel", width=2
    )


def _side_harness(body: Body) -> list[Shape]:
    thigh = between(body.at["near_thigh"], body.at["near_knee"], 0.28)
    straps = [
        line([body.trunk(1.2, 5), body.trunk(0.72, -10), body.trunk(0.08, -4)]),
        line([body.trunk(0.16, -9.4), body.trunk(0.16, 9.4)]),
        line([toward(thigh, body.up - 78, 8), toward(thigh, body.up + 78, 8)]),
    ]
    ring = body.at["back"]
    return [
        Shape("".join(straps), stroke="accent", width=3.4),
        Shape(disc(ring, 3.4), fill="pale", stroke="black", width=2),
    ]


def _front_harness(body: Body) -> list[Shape]:
    straps = "".join(
        line([body.trunk(1.16, sign * 8), body.trunk(0.3, sign * 6), body.trunk(-0.2, sign * 13)])
        for sign in (1, -1)
    )
    straps += line([body.trunk(0.7, -7), body.trunk(0.7, 7)])
    straps += line([body.trunk(0.16, -12), body.trunk(0.16, 12)])
    return [Shape(straps, stroke="accent", width=3.2)]


def _boots(body: Body) -> list[Shape]:
    """Boots of the near leg; those of the far one are behind it."""
    knee, ankle, toe = (body.at[f"near_{name}"] for name in ("knee", "ankle", "toe"))
    boot = capsule(between(knee, ankle, 0.5), 6.6, ankle, 5.6) + capsule(ankle, 5.6, toe, 4.8)
    return [
        Shape(boot, fill="accent", stroke="pale", width=1.6),
    ]
