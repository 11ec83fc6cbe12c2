"""A YAML loader for untrusted files: no anchors, no tags, no repeated keys, no riddles, at most six levels."""

import math
import re
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor

from printables.findings import Finding, finding

MOST_YAML_DEPTH = 6

# Plain scalars that every reader takes for the same. YAML 1.1 reads 0123 as 83, 19:30 as 1170, and no as false.
PLAIN = {
    "tag:yaml.org,2002:int": re.compile(r"-?(?:0|[1-9]\d*)"),
    "tag:yaml.org,2002:float": re.compile(r"-?(?:0|[1-9]\d*)\.\d+"),
    "tag:yaml.org,2002:bool": re.compile("true|false"),
}
NOTHING = frozenset({"~", "null", "Null", "NULL"})
TRUTHS = {"draft", "critical", "exclude"}  # keys that are true or false
COUNTS = {"order"}  # keys that are numbers


@dataclass(frozen=True)
class Riddle:
    """A number or truth on a `line`, from 0: what stands `here`, what YAML reads, what to write instead."""

    line: int
    here: str
    read: str
    instead: str


class _Strict(Composer, SafeConstructor):
    """Refuses anchors, which can repeat a text without end, tags, deep nesting, and keys that are written twice.

    `riddles` are the plain numbers and truths that are not read as they are written.
    """

    depth = 0
    riddles: list[Riddle]

    def compose_node(self, parent: object, index: object) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[attr-defined]  # of either parser
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
        if isinstance(node, yaml.ScalarNode) and not node.style:
            self._ask(node, getattr(index, "value", ""))
        return node

    def _ask(self, node: yaml.ScalarNode, key: str) -> None:
        """Note a plain number or truth that is not read as it is written; `key` is the one that it belongs to."""
        line, text = node.start_mark.line, node.value
        if node.tag == "tag:yaml.org,2002:merge":
            raise Refused("front-matter-alias", line)
        known = PLAIN.get(node.tag)
        if known is None:
            return
        read = self.construct_object(node)
        exact = not isinstance(read, float) or (math.isfinite(read) and str(read) == text)
        if not (known.fullmatch(text) and exact):
            shown = str(read).lower() if isinstance(read, bool) else str(read)
            self.riddles.append(Riddle(line, text, shown, _instead(key, text, read)))

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Refused("nested-too-deep", key.start_mark.line)
            if key.value in seen:
                raise Refused("repeated-key", key.start_mark.line, key=str(key.value))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _instead(key: str, text: str, read: object) -> str:
    if key in TRUTHS and isinstance(read, bool):
        return str(read).lower()
    if key in COUNTS and isinstance(read, (int, float)) and math.isfinite(read):
        return str(int(text) if text.isascii() and text.isdigit() else int(read))
    if isinstance(read, float) and not math.isfinite(read):
        return "1"
    return f'"{text}"'


class _Loader(_Strict, yaml.SafeLoader):
    """Reads with Python, whose words for what is wrong the findings repeat."""

    def __init__(self, text: str) -> None:
        yaml.SafeLoader.__init__(self, text)
        self.riddles = []


class _Quick(_Strict, yaml.CSafeLoader):
    """Reads with libyaml, in a fifth of the time."""

    def __init__(self, text: str) -> None:
        Composer.__init__(self)
        yaml.CSafeLoader.__init__(self, text)
        self.riddles = []


class _Typed(_Loader):
    """Reads every value as the text that was typed."""

    yaml_implicit_resolvers: ClassVar[dict[str, object]] = {}  # type: ignore[misc]

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        """The text of a scalar; what YAML reads as nothing is none."""
        text = super().construct_scalar(node)
        return "" if getattr(node, "style", "") is None and text in NOTHING else text


def typed(text: str) -> object:
    """The value of YAML, all scalars as typed; raises Refused or yaml.YAMLError."""
    return yaml.load(text, _Typed)


class _ImpossibleDate:
    """Value of a date such as 2026-02-30; pydantic rejects it, whatever the key's type."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return repr(self.text)


def _day(loader: Any, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except (ValueError, OverflowError):
        return _ImpossibleDate(node.value)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)
_Quick.add_constructor("tag:yaml.org,2002:timestamp", _day)


class Refused(Exception):
    """YAML that is not accepted: the code of the finding, its line from 0, its values."""

    def __init__(self, code: str, line: int, **values: str) -> None:
        super().__init__(code)
        self.code, self.line, self.values = code, line, values


def front_matter(head: str) -> object:
    """The value of the YAML `head`, cached, so not to be changed; raises Refused or yaml.YAMLError."""
    return _loaded(head)[0]


def misread(path: Path, head: str, first_line: int) -> list[Finding]:
    """A finding for all that is not read as it is written in the YAML `head`, which begins on `first_line` of a file.

    Raises Refused or yaml.YAMLError.
    """
    return [
        finding(
            "yaml-misread",
            path,
            first_line + riddle.line,
            here=riddle.here,
            read=riddle.read,
            instead=riddle.instead,
        )
        for riddle in _loaded(head)[1]
    ]


def nodes(text: str) -> yaml.Node | None:
    """The nodes of a YAML text, with their places; raises yaml.YAMLError."""
    with suppress(yaml.YAMLError):
        return yaml.compose(text, yaml.CSafeLoader)
    return yaml.compose(text, yaml.SafeLoader)


@lru_cache(maxsize=16)  # the preview reads the same glossary again and again
def _loaded(head: str) -> tuple[object, tuple[Riddle, ...]]:
    if "\t" not in head:  # which libyaml lets stand where nobody sees what it means
        with suppress(yaml.YAMLError):
            return _load(_Quick(head))
    return _load(_Loader(head))


def _load(loader: _Loader | _Quick) -> tuple[object, tuple[Riddle, ...]]:
    try:
        return loader.get_single_data(), tuple(loader.riddles)
    except ValueError as error:  # a number such as 0b_, which YAML lets pass and Python does not
        raise yaml.YAMLError(str(error)) from None
    finally:
        loader.dispose()
