"""The slogan, the sign and the scene beside it: how large each is at a scale.

The slogan comes first. The sign takes what its widest line leaves, up to the slogan's height. Where there is a scene, it
stands there instead, and the sign, if there is one, above it, beside the sheet's title; the slogan's lines part to stand as high as both.
"""

from printables.job import HeadlineRoom

LEADING = 1.08  # line height of the slogan
OPEN_LEADING = 1.3  # the same at most, beside a scene
TITLE = 1.2  # height of the title's line, in units
GAP_MM = 4.0  # between sign and scene
SHAPE = 1.5  # a scene's width by its height
MOST_SIGN = 1.3  # of its least side: signs of neighbours are alike


def properties(room: HeadlineRoom, unit: float, scale: float) -> dict[str, float]:
    """Em and line height of the slogan and side of the sign, in mm, at the scale; `unit` is the smallest em.

    Alone the sign drops to the middle of the slogan. With a scene there are its width and the least height of all three.
    """
    headline = headline_mm(room, unit, scale)
    lines = LEADING * headline * len(room.lines)
    left = room.live_mm - headline * max(room.widths_em) - room.gap_mm
    if not room.scene_mm:
        sign = min(left, max(lines, 2 * LEADING * headline))
        drop = max(0.0, lines - sign) / 2
        return {"headline": headline, "leading": LEADING * headline, "sign": sign, "drop": drop}
    beside = TITLE * unit * max(1.0, scale)
    # What the sign takes of the slogan's height.
    above = room.sign_mm and room.sign_mm + GAP_MM - beside
    least = room.scene_mm * min(1.0, scale) ** 2  # it gives way before the slogan does
    scene = min(left, max(least, SHAPE * (lines - above)))
    high = max(lines, scene / SHAPE + above)
    sign = min(left, high - scene / SHAPE + beside - GAP_MM, MOST_SIGN * room.sign_mm)
    leading = min(OPEN_LEADING * headline, high / len(room.lines))
    return {"headline": headline, "leading": leading, "sign": sign, "scene": scene, "hero": high}


def headline_mm(room: HeadlineRoom, unit: float, scale: float) -> float:
    """The slogan's em in mm at a scale."""
    return min(max(room.ratio * unit * scale, room.floor_mm), room.ceiling_mm)
