"""A YAML loader for untrusted files: no anchors, no tags, no repeated keys, at most six levels."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

import yaml

MOST_YAML_DEPTH = 6


class _Loader(yaml.SafeLoader):
    """Refuses anchors, which can repeat a text without end, tags, deep nesting, and keys that are written twice."""

    depth = 0

    def compose_node(self, parent: object, index: object) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Refused("front-matter-alias", event.start_mark.line)
        if tag := getattr(event, "tag", None):
            reason = f"could not determine a constructor for the tag {tag!r}"
            raise yaml.constructor.ConstructorError(None, None, reason, event.start_mark)
        self.depth += 1
        if self.depth > MOST_YAML_DEPTH:
            raise Refused("nested-too-deep", event.start_mark.line)
        node = super().compose_node(parent, index)  # type: ignore[arg-type]
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Refused("nested-too-deep", key.start_mark.line)
            if key.value in seen:
                raise Refused("repeated-key", key.start_mark.line, key=str(key.value))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _ImpossibleDate:
    """Value of a date such as 2026-02-30; pydantic rejects it, whatever the key's type."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return repr(self.text)


def _day(loader: _Loader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except (ValueError, OverflowError):
        return _ImpossibleDate(node.value)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


class Refused(Exception):
    """YAML that is not accepted: the code of the finding, its line from 0, its values."""

    def __init__(self, code: str, line: int, **values: str) -> None:
        super().__init__(code)
        self.code, self.line, self.values = code, line, values


@lru_cache(maxsize=16)  # the preview reads the same glossary again and again
def front_matter(head: str) -> object:
    """The value of the YAML `head`, cached, so not to be changed; raises Refused or yaml.YAMLError."""
    try:
        return yaml.load(head, _Loader)
    except ValueError as error:  # a number such as 0b_, which YAML lets pass and Python does not
        raise yaml.YAMLError(str(error)) from None
