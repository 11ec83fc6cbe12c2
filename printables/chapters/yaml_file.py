"""YAML files beside the chapters: owner.yml, the glossary, campaigns."""

from functools import lru_cache, partial
from pathlib import Path

import yaml

from printables.chapters import characters, kept_file, safe_yaml
from printables.findings import Finding, Rejected, finding


def read(path: Path, *, as_typed: bool = False) -> tuple[str, object]:
    """The file's text and its value; raises Rejected for a file that is missing, unsafe or no YAML.

    With `as_typed` every value is text, and none a number or a date.
    """
    try:
        text = kept_file.text_of(path)
        entries = _parsed(text, as_typed)
        wrong = (
            _unseen(path, text, entries)
            if as_typed
            else [*safe_yaml.misread(path, text, 1), *_unsafe(path, text, entries)]
        )
    except safe_yaml.Refused as refused:
        refusal = finding(refused.code, path, refused.line + 1, **refused.values)
        raise Rejected([refusal]) from None
    except yaml.YAMLError as error:
        raise Rejected([_broken(path, error)]) from None
    if wrong:
        raise Rejected(wrong)
    return text, entries


@lru_cache(16)
def _parsed(text: str, as_typed: bool) -> object:
    """The value of a text; a preview reads the same files again and again. Nobody may change it."""
    return safe_yaml.typed(text) if as_typed else safe_yaml.front_matter(text)


def _unseen(path: Path, text: str, entries: object) -> list[Finding]:
    """A finding for every text of owner.yml with an invisible character; all else is shown as it was typed."""
    return [
        finding("hidden-character", path, line_of(text, *place), character=hidden)
        for place, value in kept_file.texts(entries)
        if (hidden := characters.hidden(value))
    ]


def _unsafe(path: Path, text: str, entries: object) -> list[Finding]:
    """Findings for what no text of another file may hold; YAML ends a folded text with a line end."""
    found = ((place, value.rstrip("\n")) for place, value in kept_file.texts(entries))
    return kept_file.unsafe(path, found, partial(line_of, text))


def line_of(text: str, *place: str | int) -> int:
    """Line, from 1, of the value at `place` in YAML (keys, and indexes from 0), else of its parent; else 0."""
    node, line = safe_yaml.nodes(text), 0
    for step in place:
        if isinstance(node, yaml.MappingNode):
            entries = {key.value: (key, value) for key, value in node.value}
        else:
            items = node.value if isinstance(node, yaml.SequenceNode) else ()
            entries = {number: (item, item) for number, item in enumerate(items)}
        if step not in entries:
            break
        key, node = entries[step]
        line = key.start_mark.line + 1
    return line


def _broken(path: Path, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    return finding("front-matter-broken", path, mark.line + 1 if mark else 0, reason=reason)
