"""The safety colours, as RGB and as CMYK ink, and the tones of messages, from colours.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

Ink = tuple[float, float, float, float]  # cyan, magenta, yellow, black; 0 to 1


@dataclass(frozen=True)
class Colour:
    """A flat colour: `light` for screens as #rrggbb, `ink` for a print shop."""

    light: str
    ink: Ink


@dataclass(frozen=True)
class Tone:
    """The colour of a message's field, `ground`, and of the `type` on it."""

    ground: Colour
    type: Colour


_TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
COLOURS = {
    name: Colour(row["light"], tuple(row["ink"])) for name, row in _TABLES["colours"].items()
}
TONES = {
    name: Tone(COLOURS[row["ground"]], COLOURS[row["type"]])
    for name, row in _TABLES["tones"].items()
}


def custom_properties(**more: str) -> str:
    """Declarations for the :root of a style sheet: `--red`, `--warning`, `--warning-type`, …, and `more`."""
    named = {name: colour.light for name, colour in COLOURS.items()}
    for name, tone in TONES.items():
        named |= {name: tone.ground.light, f"{name}-type": tone.type.light}
    return "; ".join(f"--{name}: {value}" for name, value in (named | more).items())
