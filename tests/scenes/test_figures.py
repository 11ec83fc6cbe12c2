"""Figures: proportions, contact with the ground, hands that reach, what is worn."""

from dataclasses import replace

import pytest

from printables.scenes import figure
from printables.scenes.geometry import Place
from printables.scenes.skeleton import FOREARM, HEAD, UPPER_ARM, Pose, joints, poses, reaching
from printables.scenes.worn import headgears, worn

GROUND = 176.0


def standing(name: str, **more: object) -> figure.Drawn:
    pose = poses()[name]
    return figure.draw(pose, Place(150, GROUND - figure.lowest(pose)), **more)  # type: ignore[arg-type]


def test_a_figure_is_seven_heads_high() -> None:
    _, top, _, bottom = standing("stand").box
    assert (bottom - top - 2 * figure.HALO) / (2 * HEAD) == pytest.approx(7, abs=0.25)


@pytest.mark.parametrize("name", [name for name, pose in poses().items() if pose.rests == "lowest"])
def test_every_pose_touches_the_ground_and_does_not_sink_into_it(name: str) -> None:
    black = [
        place.box(shape.box)[3]
        for place, shapes in standing(name).groups
        for shape in shapes
        if shape.fill == "black"
    ]
    assert max(black) == pytest.approx(GROUND, abs=0.6)


@pytest.mark.parametrize("name", ["kneel", "kneel-both", "compress", "bend", "breathe", "crawl"])
def test_who_kneels_has_a_knee_on_the_ground(name: str) -> None:
    pose = poses()[name]
    knee = joints(pose)["near_knee"][1] + figure.LEG[1]
    assert knee == pytest.approx(figure.lowest(pose), abs=3)


@pytest.mark.parametrize("name", ["lie", "lie-side"])
def test_who_lies_has_hip_and_heel_on_the_ground(name: str) -> None:
    """A casualty does not hover: the leg below lies flat."""
    at = joints(poses()[name])
    heel = at["far_ankle"][1] + figure.LEG[2]
    assert heel == pytest.approx(at["hip"][1] + figure.WAIST, abs=2)


@pytest.mark.parametrize("side", ["near", "far"])
@pytest.mark.parametrize("target", [(30, -60), (10, -20), (-20, -70), (0, -88)])
@pytest.mark.parametrize("name", ["stand", "stoop", "front", "kneel"])
def test_a_hand_is_where_it_was_told_to_be(
    name: str, target: tuple[float, float], side: str
) -> None:
    pose, short = reaching(poses()[name], side, target)
    hand = joints(pose)[f"{side}_hand"]
    if short == 0:
        assert hand == pytest.approx(target, abs=0.5)
    shoulder = joints(pose)[f"{side}_shoulder"]
    distance = ((target[0] - shoulder[0]) ** 2 + (target[1] - shoulder[1]) ** 2) ** 0.5
    assert short == pytest.approx(max(0, distance - UPPER_ARM - FOREARM), abs=0.1)


def test_elbows_bend_as_elbows_do() -> None:
    """Forearms flex forwards; of one who faces the viewer elbows point outwards."""
    side = reaching(Pose(), "near", (30, -45))[0]
    assert side.near_arm[1] > side.near_arm[0]
    front = replace(Pose(), view="front")
    for name, sign in (("near", 1), ("far", -1)):
        pose, _ = reaching(front, name, (sign * 8, -70))
        at = joints(pose)
        assert sign * at[f"{name}_elbow"][0] > sign * at[f"{name}_shoulder"][0]


def test_a_ring_on_the_back_is_behind_the_trunk() -> None:
    at = joints(Pose())
    assert at["back"][0] < min(at["hip"][0], at["chest"][0]) - 5


@pytest.mark.parametrize("name", sorted(worn()))
def test_whatever_is_worn_can_be_seen(name: str) -> None:
    """From one side at least: what is worn on the back is not seen from the front."""
    views = ("stand", "front")
    plain, dressed = ([standing(view, worn=w) for view in views] for w in ((), (name,)))
    assert any(a.groups != b.groups for a, b in zip(plain, dressed, strict=True))


def test_nobody_has_a_face() -> None:
    """The head is a disc; only what is worn lies upon it."""
    for view in headgears():
        pose = replace(Pose(), view=view)
        head = figure.draw(pose, Place()).groups[1][1]
        assert len(head) == 1 and head[0].fill == "black"
