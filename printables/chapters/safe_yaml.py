"""YAML without what repeats, nests or hides: the keys of a front matter and of the files beside the chapters."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

import yaml

MOST_YAML_DEPTH = 6


class _Loader(yaml.SafeLoader):
    """YAML without anchors, which repeat a text without end, and without a key that stands twice."""

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


class _NoDay:
    """A day that does not exist: neither day nor text, for every schema to refuse."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return repr(self.text)


def _day(loader: _Loader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except (ValueError, OverflowError):
        return _NoDay(node.value)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


class Refused(Exception):
    """A finding's code, and on which line of the front matter, from 0, it holds."""

    def __init__(self, code: str, line: int, **values: str) -> None:
        super().__init__(code)
        self.code, self.line, self.values = code, line, values


@lru_cache(maxsize=16)  # the preview reads the same glossary again and again
def front_matter(head: str) -> object:
    """The keys between the `---`, for nobody to change; raises Refused or yaml.YAMLError."""
    try:
        return yaml.load(head, _Loader)
    except ValueError as error:  # a number such as 0b_, which YAML lets pass and Python does not
        raise yaml.YAMLError(str(error)) from None
