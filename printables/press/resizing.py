"""The styles of a region in another size, found on the cascade that is there.

Only what stands on the custom properties which the fit sets is found anew, from the values that WeasyPrint's cascade gave
each element, so that no rule of a style sheet is known here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from printables.press import internals
from printables.press.internals import Box, Style, boxes

ABSOLUTE = frozenset({"px", "pt", "pc", "in", "cm", "mm", "q"})
RELATIVE = frozenset({"em", "ex", "ch", "ic", "cap", "lh"})  # units that grow with the type

# How a property is found: as it was, from the parent, by solving an expression, or by all that WeasyPrint does.
Way = Literal["kept", "inherited", "solved", "anew"]


def written(style: Style) -> Style:
    """The style of the element in which an anonymous box stands."""
    while isinstance(style, internals.AnonymousStyle):
        style = style.parent_style
    return style


def _names(tokens: Iterable[Any]) -> Iterator[str]:
    """The custom properties that an expression stands on, and the units in it that stand on the type."""
    for token in tokens:
        inside = list(getattr(token, "arguments", None) or getattr(token, "content", None) or ())
        if token.type == "function" and token.lower_name == "var":
            yield inside[0].value.replace("-", "_")
        elif token.type == "dimension" and token.lower_unit not in ABSOLUTE:
            yield token.lower_unit
        yield from _names(inside)


class Region:
    """The boxes in a box; `width` is that of its containing block in px, `properties` those that will be given to it."""

    def __init__(self, box: Box, width: float, properties: Iterable[str]) -> None:
        self.box = box
        self.width = width
        self.style = box.style
        within = [each for each in (box, *box.descendants()) if hasattr(each.style, "cascaded")]
        self._moving_names = {name.replace("-", "_") for name in properties} | RELATIVE
        self._add_what_follows({id(each.style): each.style for each in within}.values())
        self._is_heir: dict[int, bool] = {id(self.style): False}
        self._moves: dict[int, bool] = {}
        self._scopes: dict[int, object] = {id(self.style): ()}
        self._ways: dict[int, dict[str, Way]] = {}
        self.kept: dict[int, dict[str, object]] = {}  # the properties of a style that never move
        self._moving = [
            (each, each.style)
            for each in within
            # A table shares the style of its element with its wrapper.
            if self.moves(each.style) and not isinstance(each, boxes.TableBox)
        ]

    def resize(self, properties: Mapping[str, str]) -> "Resized":
        """Give all boxes the style that they have with these custom properties of the region."""
        styles = Resized(self, properties)
        for box, style in self._moving:
            box.style = styles.of(style)
        return styles

    def moves(self, style: Style) -> bool:
        """True if a length of this style can change with the custom properties."""
        if isinstance(style, _Resized):
            return True
        if (moves := self._moves.get(id(style))) is None:
            self._moves[id(style)] = moves = self._inherits(style) or self.moves_by_itself(style)
        return moves

    def moves_by_itself(self, style: Style) -> bool:
        """True if the element's own rules move a length."""
        return any(self._moved(style))

    def scope(self, style: Style) -> object:
        """Equal for elements to which all custom properties are the same."""
        if (scope := self._scopes.get(id(style))) is None:
            scope = self.scope(written(style.parent_style))
            own = tuple(id(v[0]) for name, v in style.cascaded.items() if name.startswith("__"))
            self._scopes[id(style)] = scope = (scope, own) if own else scope
        return scope

    def way(self, style: Style, key: str) -> Way:
        """How a property of this style is found in another size."""
        ways = self._ways.setdefault(id(style), {})
        if (way := ways.get(key)) is None:
            ways[key] = way = self._way(style, key)
        return way

    def _way(self, style: Style, key: str) -> Way:
        value, _ = style.cascaded.get(key, (None, None))
        is_custom, logical = key.startswith("__"), internals.PHYSICAL_FUNCTIONS.get(key)
        if is_custom or (
            logical and logical(block="ttb", inline=style["direction"]) in style.cascaded
        ):
            return "anew"
        if value is None:
            return "inherited" if key in internals.INHERITED else "kept"
        if key in ("display", "float", "position"):
            return "kept"
        if isinstance(value, internals.Pending):
            return "solved" if self._is_moved(value) else "kept"
        unit = getattr(value, "unit", "")
        if isinstance(value, str | float | int) or unit in ABSOLUTE or unit == "%":
            return "anew" if key == "font_size" or value == "inherit" else "kept"
        return "anew"

    def _add_what_follows(self, styles: Iterable[Style]) -> None:
        """Add the custom properties that stand on those that move, and so move too."""
        own = [
            (name, set(_names(getattr(value, "tokens", value) or ())))
            for style in styles
            for name, (value, _) in style.cascaded.items()
            if name.startswith("__") and not isinstance(value, str)
        ]
        before = 0
        while before < len(self._moving_names):
            before = len(self._moving_names)
            self._moving_names |= {name for name, on in own if on & self._moving_names}

    def _moved(self, style: Style) -> Iterator[str]:
        for name, (value, _) in style.cascaded.items():
            if (
                isinstance(value, internals.Pending)
                and not name.startswith("__")
                and self._is_moved(value)
            ):
                yield name

    def _is_moved(self, value: Any) -> bool:
        return any(name in self._moving_names for name in _names(value.tokens))

    def _inherits(self, style: Style) -> bool:
        if (heir := self._is_heir.get(id(style))) is None:
            parent = written(style.parent_style)
            heir = self._inherits(parent) or any(
                name in internals.INHERITED for name in self._moved(parent)
            )
            self._is_heir[id(style)] = heir
        return heir


class Resized:
    """The styles of a region with other custom properties, on the cascade that is there."""

    def __init__(self, region: Region, properties: Mapping[str, str]) -> None:
        self.region = region
        self.solved: dict[tuple[object, ...], object] = {}
        style = region.style
        cascaded = dict(style.cascaded)
        for name, value in properties.items():
            key = name.replace("-", "_")
            cascaded[key] = (internals.parse_component_value_list(value), cascaded[key][1])
        self._new = {id(style): _Resized(self, style, style.parent_style, cascaded)}

    def of(self, style: Style) -> Style:
        """The style that a box, or a text in it, has in this size, whatever size its present style is of."""
        style = written(style)
        if isinstance(style, _Resized):
            style = style.old
        return self._renewed(style) if self.region.moves(style) else style

    def _renewed(self, style: Style) -> Style:
        if (new := self._new.get(id(style))) is None:
            parent = self._renewed(written(style.parent_style))
            self._new[id(style)] = new = _Resized(self, style, parent, style.cascaded)
        return new


class _Resized(internals.ComputedStyle):  # type: ignore[misc]
    """A computed style that finds anew only what moves, and solves an expression once for all to whom it means the same."""

    def __init__(
        self, styles: Resized, old: Style, parent: Style, cascaded: Mapping[str, Any]
    ) -> None:
        super().__init__(
            parent,
            cascaded,
            old.pseudo_type,
            old.root_style,
            old.base_url,
            old.font_config,
            old.initial_page_sizes,
        )
        self._styles = styles
        self.old = old
        self._scope = styles.region.scope(old)
        self._kept = styles.region.kept.setdefault(id(old), {})
        self.update(self._kept)

    def __missing__(self, key: str) -> object:
        match self._styles.region.way(self.old, key):
            case "kept":
                value = self._kept[key] = self.old[key]
            case "inherited":
                value = self.parent_style[key]
            case "solved":
                value = self._solved(key)
            case _:
                return super().__missing__(key)
        self[key] = value
        return value

    def _solved(self, key: str) -> object:
        em = (self.parent_style if key == "font_size" else self)["font_size"]
        meaning = (id(self.cascaded[key][0]), key, self._scope, em)
        if meaning not in self._styles.solved:
            self._styles.solved[meaning] = super().__missing__(key)
        return self._styles.solved[meaning]
