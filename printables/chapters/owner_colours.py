"""Contrast of the owner's colours, and whether a logo can be seen on them."""

from collections.abc import Mapping

SEEN = 1.6  # contrast of two colours that an eye still tells apart in a logo


def contrast(one: str, other: str) -> float:
    """Contrast of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def vanishes(shares: Mapping[str, float], band: str, ground: str) -> bool:
    """True if some of a logo is not seen on `band`, and more of it on `ground`; `shares` are of its colours."""
    return _seen(shares, band) < min(0.98, _seen(shares, ground))


def _seen(shares: Mapping[str, float], ground: str) -> float:
    """The share of a logo that is seen on a ground."""
    return sum(share for colour, share in shares.items() if contrast(colour, ground) >= SEEN)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
