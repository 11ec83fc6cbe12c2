"""YAML files beside the chapters: owner.yml, the glossary, campaigns."""

from pathlib import Path

import yaml

from printables.chapters import safe_yaml, sanitizer
from printables.findings import Finding, Rejected, finding


def read(path: Path) -> tuple[str, object]:
    """The file's text and its value; raises Rejected for a file that is missing, unsafe or no YAML."""
    try:
        if path.is_symlink():
            raise Rejected([finding("link-inside", path, target=path)])
        text = _text(path)
        return text, safe_yaml.front_matter(text)
    except safe_yaml.Refused as refused:
        refusal = finding(refused.code, path, refused.line + 1, **refused.values)
        raise Rejected([refusal]) from None
    except yaml.YAMLError as error:
        raise Rejected([_broken(path, error)]) from None


def line_of(text: str, *place: str | int) -> int:
    """Line, from 1, of the value at `place` in YAML (keys, and indexes from 0), else of its parent; else 0."""
    node, line = yaml.compose(text), 0
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


def _text(path: Path) -> str:
    if not path.is_file():
        raise Rejected([finding("file-missing", path)])
    with path.open("rb") as file:
        content = file.read(sanitizer.MOST_BYTES + 1)
    if len(content) > sanitizer.MOST_BYTES:
        raise Rejected([finding("page-too-large", path, most=f"{sanitizer.MOST_BYTES // 1000} KB")])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Rejected([finding("file-not-text", path)]) from None
    if wrong := sanitizer.text(path, content, text):
        raise Rejected(wrong)
    return text


def _broken(path: Path, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    return finding("front-matter-broken", path, mark.line + 1 if mark else 0, reason=reason)
