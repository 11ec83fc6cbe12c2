"""Poses as joint angles, and the joints of a figure that takes one.

A figure is seven heads high: 150 units from sole to crown. Angles are degrees from hanging straight down, forwards (to the right)
positive: an arm of 90 points forward, one of 180 straight up.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import acos, atan2, degrees, hypot
from pathlib import Path
from types import MappingProxyType
from typing import Any

from printables.scenes.geometry import Point, toward

HEAD = 10.7  # radius; a seventh of the height is its diameter
SPINE, NECK = 41.0, 24.5  # hip to chest, chest to the middle of the head
UPPER_ARM, FOREARM, THIGH, SHIN, FOOT = 25.0, 25.0, 34.0, 34.0, 11.0
SHOULDERS, HIPS = 13.0, 6.5  # half the widths of a figure seen from the front

Angles = tuple[float, float]  # upper and lower limb


@dataclass(frozen=True)
class Pose:
    """Joint angles of a figure: `lean` of the trunk, tilt of the `head` against it, limbs near to and far from the viewer.

    In the view "front" near is the right side of the picture. `rests` on "lowest", its lowest point, or on "hip", as one who
    sits. A foot without an angle stands flat, or follows a shin that is far from upright.
    """

    lean: float = 0.0
    head: float = 0.0
    near_arm: Angles = (10.0, 22.0)
    far_arm: Angles = (-16.0, -6.0)
    near_leg: Angles = (10.0, 4.0)
    far_leg: Angles = (-9.0, -14.0)
    near_foot: float | None = None
    far_foot: float | None = None
    view: str = "side"
    rests: str = "lowest"


Joints = Mapping[str, Point]


@cache
def poses() -> Mapping[str, Pose]:
    """The poses of poses.toml by name."""
    tables = tomllib.loads(Path(__file__).with_name("poses.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: _pose(table) for name, table in tables.items()})


def _pose(table: Mapping[str, Any]) -> Pose:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    return Pose(**values)


def joints(pose: Pose) -> dict[str, Point]:
    """Every joint by name, the hip at (0, 0)."""
    hip = (0.0, 0.0)
    up = 180.0 - pose.lean
    chest = toward(hip, up, SPINE)
    front = pose.view == "front"
    found = {
        "hip": hip,
        "chest": chest,
        "neck": toward(chest, up, 12.5),
        "head": toward(toward(chest, up, 6), up - pose.head, NECK - 6),
        "back": toward(toward(hip, up, SPINE * 0.8), up + 90, 0 if front else 10),
    }
    for side, sign in (("near", 1), ("far", -1)):
        shoulder = toward(chest, up - 90, sign * SHOULDERS if front else 0.0)
        thigh = toward(hip, up - 90, sign * HIPS if front else 0.0)
        arm, leg = getattr(pose, f"{side}_arm"), getattr(pose, f"{side}_leg")
        elbow, knee = toward(shoulder, arm[0], UPPER_ARM), toward(thigh, leg[0], THIGH)
        ankle = toward(knee, leg[1], SHIN)
        toe = toward(ankle, _foot(pose, side, leg[1]), FOOT * (0.5 if front else 1.0))
        found |= {
            f"{side}_shoulder": shoulder,
            f"{side}_elbow": elbow,
            f"{side}_hand": toward(elbow, arm[1], FOREARM),
            f"{side}_thigh": thigh,
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_toe": toe,
        }
    return found


def _foot(pose: Pose, side: str, shin: float) -> float:
    given: float | None = getattr(pose, f"{side}_foot")
    if given is not None:
        return given
    if pose.view == "front":
        return 60.0 if side == "near" else -60.0
    return 90.0 if abs(shin) <= 22 else 90.0 + shin


def reaching(pose: Pose, side: str, target: Point) -> tuple[Pose, float]:
    """The pose with the hand of `side` at `target` (in the figure's units), and by how much the arm is too short for it.

    The elbow bends the way elbows do, or outwards where the figure faces the viewer; an arm that is too short points at the target.
    """
    shoulder = joints(pose)[f"{side}_shoulder"]
    dx, dy = target[0] - shoulder[0], target[1] - shoulder[1]
    straight = degrees(atan2(dx, dy))
    far = hypot(dx, dy)
    reach = min(far, UPPER_ARM + FOREARM - 0.01)
    bend = degrees(
        acos(min(1.0, reach / (UPPER_ARM + FOREARM)))
    )  # equal lengths: half the bend each
    if pose.view == "front":
        outwards = 1 if side == "near" else -1
        across = [toward(shoulder, straight + sign * bend, 1)[0] * outwards for sign in (-1, 1)]
        bend = -bend if across[1] > across[0] else bend
    arm = (straight - bend, straight + bend)
    named = replace(pose, near_arm=arm) if side == "near" else replace(pose, far_arm=arm)
    return named, max(0.0, far - reach)
