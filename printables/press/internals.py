"""WeasyPrint from within: its boxes before their layout, and text as Pango measures it.

The only place that knows names of WeasyPrint that it does not publish; they are those of the version in
script/requirements. tests/press/test_castoff.py tells when an upgrade has changed what they mean.
"""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from printables.press.engine import Document, fonts
from printables.press.lines import EM, SPACE, Run

# isort: split
# After the engine, which hides the system's fonts.
from tinycss2 import parse_component_value_list
from weasyprint import DEFAULT_OPTIONS
from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.css.properties import INHERITED
from weasyprint.css.tokens import Pending
from weasyprint.document import Document as Layouts
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout.block import block_level_width, collapse_margin
from weasyprint.layout.float import avoid_collisions, find_float_position, get_clearance
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.replaced import inline_replaced_box_width_height
from weasyprint.layout.table import fixed_table_layout
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import (
    Layout,
    _font_style_cache_key,
    can_break_text,
    first_line_metrics,
)

__all__ = [
    "INHERITED",
    "PHYSICAL_FUNCTIONS",
    "AnonymousStyle",
    "ComputedStyle",
    "Pending",
    "avoid_collisions",
    "block_level_width",
    "boxes",
    "collapse_margin",
    "find_float_position",
    "fixed_table_layout",
    "get_clearance",
    "inline_replaced_box_width_height",
    "parse_component_value_list",
    "resolve_percentages",
]

# What resolve_percentages sets.
LENGTHS = (
    *(
        f"{edge}_{side}"
        for edge in ("margin", "padding")
        for side in ("top", "right", "bottom", "left")
    ),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *(f"{limit}{side}" for limit in ("", "min_", "max_") for side in ("width", "height")),
)

Box = Any  # WeasyPrint has no types
Style = Any
Context = Any


def structure(document: Document, sizes: str) -> tuple[Context, Box]:
    """What a layout with `sizes` begins with: its context, and the root of its boxes."""
    html, counters = document.html, CounterStyle()
    options = DEFAULT_OPTIONS | {"stylesheets": document.styles(sizes), "cache": document.images}
    context = Layouts._build_layout_context(html, fonts()[0], counters, {}, options)
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    return context, root


# --- text


@dataclass(frozen=True)
class Face:
    """A font as a style asks for it, in any size."""

    name: str
    style: Style = field(compare=False)  # in the size EM

    @property
    def is_spaced(self) -> bool:
        """True if the style spaces letters or words, or hyphenates: none of which is followed."""
        spacing = self.style["letter_spacing"], self.style["word_spacing"]
        return spacing != ("normal", 0) or self.style["hyphens"] == "auto"


_faces: dict[str, Face] = {}


def face(style: Style) -> Face:
    """The face of a style."""
    known: Face | None = style.__dict__.get("face")
    if known is None:
        beside = style["letter_spacing"], style["word_spacing"], style["hyphens"]
        name = f"{_font_style_cache_key(style)} {beside}"
        if name not in _faces:
            large = style.copy()
            large["font_size"] = EM
            _faces[name] = Face(name, large)
        known = style.face = _faces[name]
    return known


@lru_cache(maxsize=8192)
def may_end_between(last: str, first: str, language: str | None) -> bool:
    """True if a line may end between these two characters."""
    return bool(can_break_text(last + first, language))


def px_a_unit(style: Style) -> float:
    """Width in px of a unit of advance: Pango rounds sizes."""
    return float(int(style["font_size"] * TO_UNITS) * FROM_UNITS / EM)


def fitting(room: float) -> float:
    """The widest line in px that Pango sets in this room, which it rounds."""
    return float(int(room * TO_UNITS) * FROM_UNITS)


def covering(width: float) -> float:
    """The narrowest room in px in which Pango sets a line of this width."""
    return float(math.ceil(width * TO_UNITS) * FROM_UNITS)


@lru_cache(maxsize=8192)
def measured(text: str, face: Face, wraps: bool, anywhere: bool) -> Run:
    """Text on one line; a line may end in it if it `wraps`, and in its words if `anywhere`."""
    layout = Layout(face.style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    at, number = {}, 0
    for index, character in enumerate(text):
        at[number] = index
        number += len(character.encode())
    advances = [0.0] * len(text)
    run = line.runs
    while run != ffi.NULL:
        glyphs, offset = run.data.glyphs, run.data.item.offset
        for n in range(glyphs.num_glyphs):
            width = glyphs.glyphs[n].geometry.width
            advances[at[offset + glyphs.log_clusters[n]]] += width * FROM_UNITS
        run = run.next
    marks = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
    breaks = (n for n in range(1, len(text)) if marks[n].is_line_break) if wraps else ()
    return Run(text, tuple(advances), tuple(breaks), wraps and anywhere)


@lru_cache(maxsize=256)
def height_and_baseline(face: Face) -> tuple[float, float]:
    """Height of a line, and its baseline from the top, in em."""
    layout = Layout(face.style)
    layout.set_text(SPACE)
    line, _ = layout.get_first_line()
    *_, height, baseline = first_line_metrics(line, SPACE, layout, None, False, face.style)
    return height / EM, baseline / EM


def leading(style: Style, height: float) -> float:
    """Line height of a style in px, that of its face being `height` em."""
    value = style["line_height"]
    if value == "normal":
        value = height
    return float(value * style["font_size"] if isinstance(value, float) else value.value)
