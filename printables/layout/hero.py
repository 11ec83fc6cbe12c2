"""What stands in the field of a sheet: its slogan, and the room that a sign or a scene leaves to it."""

import math
from collections.abc import Sequence

from printables.chapters.chapter import Chapter
from printables.glyphs import width_em
from printables.job import HeadlineRoom
from printables.layout import headline
from printables.layout.design import Design
from printables.layout.panels import chief_scene
from printables.legibility import em_floor, sign_floor

GAP_MM = 10.0  # between the slogan and what stands beside it
SIGN = 0.25  # of a scene's width: the sign above it, but for what its distance asks


def room(design: Design, voices: Sequence[Chapter], size: str) -> HeadlineRoom | None:
    """The limits of the slogan on a size of a sheet in these languages; None where the design has no large slogan."""
    spec, code = design.spec.headline, voices[0].language
    if spec is None:
        return None
    slogan = lines(design, voices)
    live, scene = _live_mm(design, size), scene_share(design, voices)
    return HeadlineRoom(
        lines=slogan,
        widths_em=tuple(width_em(line) for line in slogan),
        floor_mm=em_floor(code, spec.distance_m),
        room_mm=_slogan_mm(design, voices, size),
        ratio=spec.ratio,
        live_mm=live,
        gap_mm=GAP_MM,
        scene_mm=live * scene,
        sign_mm=max(sign_floor(design.spec.distance_m), SIGN * live * scene)
        if scene and has_sign(design, voices)
        else 0.0,
    )


def lines(design: Design, voices: Sequence[Chapter]) -> tuple[str, ...]:
    """The slogan's lines, which all sizes of a design share; broken where the first one lacks room."""
    spec, lead = design.spec.headline, voices[0]
    most_em = math.inf
    if spec:
        room_mm = _slogan_mm(design, voices, design.spec.sizes[0])
        most_em = room_mm / em_floor(lead.language, spec.distance_m)
    return headline.breathe(lead.front.slogan, lead.language, most_em)


def scene_share(design: Design, voices: Sequence[Chapter]) -> float:
    """The share of the live width for a scene beside the slogan; 0 where the design or the chapter has none."""
    spec = design.spec.headline
    return spec.scene[len(voices) > 1] if spec and chief_scene(voices[0]) else 0.0


def has_sign(design: Design, voices: Sequence[Chapter]) -> bool:
    """False where a scene stands in the sign's place."""
    spec = design.spec.headline
    return not scene_share(design, voices) or spec is None or spec.signed[len(voices) > 1]


def _slogan_mm(design: Design, voices: Sequence[Chapter], size: str) -> float:
    spec = design.spec.headline
    share = scene_share(design, voices) or (spec.sign if spec else 0.0)
    return _live_mm(design, size) * (1 - share) - GAP_MM


def _live_mm(design: Design, size: str) -> float:
    return design.trim(size)[0] / design.zoom(size) - 2 * design.spec.margin_mm
