"""Boxes around paths, and places in a scene."""

from math import cos, pi, sin

import pytest

from printables.scenes.geometry import Place, Shape, around, capsule, disc, path_box


def test_the_box_of_a_disc_is_its_square() -> None:
    assert path_box(disc((10, 20), 5)) == pytest.approx((5, 15, 15, 25), abs=0.1)


@pytest.mark.parametrize("turn", range(0, 360, 30))
def test_the_box_of_a_limb_holds_both_ends_and_no_more(turn: int) -> None:
    """The hull of two discs reaches as far as the discs do, whichever way it points."""
    angle = turn * pi / 180
    far = 40 * cos(angle), 40 * sin(angle)
    discs = [(0.0, 0.0, 9.0), (*far, 4.0)]
    corners = [(x + s * r, y + t * r) for x, y, r in discs for s in (-1, 1) for t in (-1, 1)]
    assert path_box(capsule((0, 0), 9, far, 4)) == pytest.approx(around(corners), abs=0.6)


def test_a_limb_that_one_end_swallows_is_a_disc() -> None:
    assert capsule((0, 0), 9, (1, 0), 2) == disc((0, 0), 9)


def test_half_a_stroke_lies_outside_of_a_path() -> None:
    assert Shape("M0 0H10", stroke="black", width=4).box == (-2, -2, 12, 2)
    assert Shape("M0 0H10V5Z", fill="black").box == (0, 0, 10, 5)


@pytest.mark.parametrize("d", ["m0 0h5", "M0 0l5 5", "M0 0S1 1 2 2", "L5 5"])
def test_a_path_whose_box_would_be_wrong_is_refused(d: str) -> None:
    with pytest.raises(ValueError, match="absolute"):
        path_box(d)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turned", [0, 35, -120])
def test_a_place_leads_there_and_back(mirrored: bool, turned: float) -> None:
    place = Place(70, 90, 1.4, turned, mirrored)
    assert place.local(place.point((12, -7))) == pytest.approx((12, -7))


def test_a_mirrored_place_turns_before_it_is_mirrored_as_its_transform_says() -> None:
    place = Place(100, 50, 2, 90, True)
    assert place.point((10, 0)) == pytest.approx((100, 70))
    assert place.point((0, 10)) == pytest.approx((120, 50))
    assert place.transform == "translate(100 50)scale(-2 2)rotate(90)"


def test_a_place_is_drawn_at_the_scale_that_its_points_have() -> None:
    """Rounded to a tenth, a figure of 0.84 stood above the ground and its hands missed what they held."""
    assert Place(scale=0.84).transform == "translate(0 0)scale(0.84 0.84)"
