"""Props and places: drawings of props/*.toml, and those that take measures, of lines, places and numerals."""

import inspect
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from printables.scenes import lines, numerals, places
from printables.scenes.geometry import Drawing, Point, Shape


@dataclass(frozen=True)
class Prop:
    """Something that is drawn: shapes around its origin, and the points by which others hold it."""

    shapes: tuple[Shape, ...]
    points: Mapping[str, Point] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of prop: how it is drawn, and the measures that it takes with their usual values.

    A kind with `through` runs through points of the scene, and has no place of its own.
    """

    draw: Callable[..., Prop]
    measures: Mapping[str, Any]

    @property
    def through(self) -> bool:
        return "through" in self.measures


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of prop by name."""
    found: dict[str, Kind] = {}
    for path in sorted((Path(__file__).parent / "props").glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[name] = _fixed(table)
    for module in (lines, places, numerals):
        for name, draw in inspect.getmembers(module, inspect.isfunction):
            if draw.__module__ == module.__name__ and not name.startswith("_"):
                found[name.replace("_", "-")] = _measured(draw)
    return MappingProxyType(dict(sorted(found.items())))


def _fixed(table: Mapping[str, Any]) -> Kind:
    shapes = tuple(Shape(**row) for row in table["shapes"])
    points = {name: (x, y) for name, (x, y) in table.get("points", {}).items()}
    prop = Prop(shapes, points)
    return Kind(lambda: prop, {})


def _measured(draw: Callable[..., Drawing]) -> Kind:
    measures = {
        name: [] if parameter.default is inspect.Parameter.empty else parameter.default
        for name, parameter in inspect.signature(draw).parameters.items()
    }

    def drawn(**values: Any) -> Prop:
        shapes, points = draw(**values)
        return Prop(tuple(shapes), points)

    return Kind(drawn, measures)
