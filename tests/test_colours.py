"""The safety colours stand in one file, and everything that shows them takes them from there."""

import re
from typing import get_args

from project import ROOT

from printables.chapters.front_matter import FrontMatter
from printables.colours import COLOURS, TONES, custom_properties

SHOWN = ("printables", "hooks", "overrides")
ARTWORK = {".svg", ".png", ".ttf", ".pyc"}


def test_the_colours_are_the_ones_agreed_on() -> None:
    agreed = {"red": "#b00000", "yellow": "#ffc900", "green": "#00693e", "blue": "#005387"}
    shown = {name: colour.light for name, colour in COLOURS.items()}
    around = {
        "pale": "#f4f4f1",
        "grey": "#c9ccd0",
        "steel": "#7d838a",
        "pit": "#e3e5e6",
    }  # of scenes
    around["shine"] = "#d3e2ec"
    around["orange"] = "#f08a00"  # of a level of risk
    assert shown == agreed | around | {"black": "#111111", "white": "#ffffff"}


def test_no_other_file_names_a_safety_colour() -> None:
    colour = re.compile("ffc900|b00000|005387|00693e", re.IGNORECASE)
    files = [path for folder in SHOWN for path in (ROOT / folder).rglob("*") if path.is_file()]
    named = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if path.suffix not in ARTWORK and colour.search(path.read_text(encoding="utf-8"))
    }
    assert named == {"printables/colours.toml"}


def test_every_tone_of_a_chapter_has_its_colours() -> None:
    assert set(get_args(FrontMatter.model_fields["tone"].annotation)) == set(TONES)


def test_a_style_sheet_can_name_every_colour() -> None:
    properties = custom_properties(band="#222222")
    assert "--red: #b00000;" in properties
    assert "--warning: #ffc900; --warning-type: #111111;" in properties
    assert properties.endswith("--band: #222222")


def test_every_property_that_a_style_sheet_uses_is_declared() -> None:
    """A misspelt one would print as if it were not there, without a word."""
    sheets = [*ROOT.glob("printables/layout/**/*.css"), ROOT / "overrides/assets/readers.css"]
    names = {*COLOURS, *TONES, *(f"{tone}-type" for tone in TONES)}
    known = {f"--{name}" for name in names}
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        for used in re.findall(r"(?:background|color): var\((--[\w-]+)\)", text):
            assert used in known or f"{used}:" in text or used.startswith("--band"), (sheet, used)
