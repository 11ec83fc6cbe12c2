"""The Jinja templates of designs, their globals and filters, and their style."""

import base64
from functools import cache
from pathlib import Path

import jinja2

from printables.chapters.owner import Owner
from printables.chapters.telephones import NUMBERS
from printables.glyphs import width_em
from printables.languages import FACTS
from printables.layout import line_breaks
from printables.layout.design import FAMILY, Design
from printables.signs.drawing import compose as draw


def template(design: Design) -> jinja2.Template:
    """The design's template; compiled again only where it changed."""
    return _environment(design.folder.parent).get_template(f"{design.name}/template.html")


def shared(name: str) -> jinja2.Template:
    """A template of the family that is no design."""
    return _environment(FAMILY).get_template(name)


@cache
def _environment(designs: Path) -> jinja2.Environment:
    loader = jinja2.FileSystemLoader([designs, FAMILY])
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"languages": FACTS, "telephones": NUMBERS}
    environment.filters["sign"] = sign_address
    environment.filters["held"] = line_breaks.hold
    environment.filters["held_reason"] = line_breaks.hold_reason
    environment.filters["held_even"] = line_breaks.hold_even
    environment.filters["held_command"] = line_breaks.hold_command
    environment.filters["halves"] = line_breaks.halves
    environment.filters["clauses"] = line_breaks.clauses
    environment.filters["width_em"] = width_em
    return environment


@cache
def sign_address(code: str, tone: str) -> str:
    """The sign as a data: address; it has a white edge unless the field has its own colour."""
    svg = draw(code, edge=not (tone == "warning" and code.startswith("W")))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def style(design: Design, owner: Owner) -> str:
    """The CSS of a design: the owner's and the safety colours, the family's style, its own."""
    properties = f"{owner.colours.properties}; --margin: {design.spec.margin_mm}mm"
    return (
        f":root {{ {properties} }}\n"
        + (FAMILY / "family.css").read_text(encoding="utf-8")
        + design.style
    )
