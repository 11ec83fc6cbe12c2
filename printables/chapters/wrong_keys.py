"""What is wrong with the keys of a library file, or of owner.yml → findings that an editor understands."""

import reprlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from printables.findings import Finding, finding, nearest
from printables.languages import TWICE

Sample = Mapping[str, str]


def wrong_key(
    path: Path,
    error: ErrorDetails,
    model: type[BaseModel],
    line_of: Callable[..., int],
    sample: Sample,
    begin: tuple[str | int, ...] = (),
) -> Finding:
    """A finding for an error of `model`, whose keys stand at `begin` in the file.

    `line_of` tells the line of a place, and `sample` how such an entry is written.
    """
    place = (*begin, *error["loc"])
    line = line_of(*place) or 1
    steps = place[1:] if place and isinstance(place[0], int) else place  # of a list of entries
    key = ".".join(map(str, steps)) or path.stem
    if error["type"] == TWICE:
        return twice(path, line, error, key)
    if error["input"] is None and not place:  # the file holds nothing
        return finding("missing-key", path, 1, key=_keys(model)[0], example=sample)
    if error["type"] == "missing":
        return finding("missing-key", path, line, key=key, example=sample)
    if error["type"] == "extra_forbidden":
        near = nearest(str(place[-1]), _keys(_model_at(model, error["loc"][:-1])))
        return finding("unknown-key", path, line, key=key, near=near)
    given = error["input"]
    value = str(given) if isinstance(given, date) else reprlib.repr(given)
    return finding("wrong-value", path, line, key=key, value=value, example=sample)


def twice(path: Path, line: int, error: ErrorDetails, key: str) -> Finding:
    """A finding for what stands twice in a list."""
    return finding("entry-twice", path, line, key=key, value=error["ctx"]["value"])


def _model_at(model: type[BaseModel], place: tuple[str | int, ...]) -> type[BaseModel]:
    """The model of the entry at `place`."""
    for step in place:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if step in fields:
            model = next(_models(fields[str(step)].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that a value may hold, wherever in its type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inside in get_args(annotation):
        yield from _models(inside)


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
