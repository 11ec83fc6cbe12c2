"""The front matter of a chapter: its schema, its keys and its findings."""

import re
import reprlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails

from printables.chapters import characters, markdown_typos, safe_yaml, sanitizer
from printables.chapters.wrong_keys import twice
from printables.findings import Finding, Rejected, example, finding, nearest
from printables.languages import TWICE, Once

# A front matter as MkDocs reads it; text below its last line is shown on the page.
HEAD = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)

EARLIEST = date(2000, 1, 1)  # no chapter was reviewed before there was one

DRAFT = re.compile(r"^[\"']?draft[\"']?:[ \t]*true\b", re.MULTILINE)  # in YAML that cannot be read

Trimmed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[Trimmed, BeforeValidator(lambda value: _line(value))]


def _day(value: object, info: ValidationInfo) -> object:
    """A date of YAML, or remembered as JSON; raises ValueError for text and numbers, which pydantic would count from 1970, and for old days."""
    if info.mode == "json":
        return value
    if not isinstance(value, date) or isinstance(value, datetime) or value < EARLIEST:
        raise ValueError("no day")
    return value


def _line(value: object) -> object:
    """A text on one line; raises ValueError for several, and for marks alone."""
    if isinstance(value, str) and "\n" in value.strip():
        raise ValueError("several lines")
    if isinstance(value, str) and not any(map(str.isalnum, value)):
        raise ValueError("no letters")
    return value


class FrontMatter(BaseModel):
    """章节文件头：两行 --- 之间的各项 · The keys between the two `---` at the head of a chapter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[Line, Field(description="章名 · the chapter's name")]
    summary: Annotated[Line, Field(description="一句话 · one sentence")]
    slogan: Annotated[Line, Field(description="海报标语，空格分行 · the poster's headline")]
    tone: Annotated[
        Literal["warning", "prohibition", "mandatory", "rescue"],
        Field(description="安全色 · the safety colour of the message"),
    ]
    signs: Annotated[
        tuple[str, ...],
        Once,
        Field(min_length=1, description="标志编号，第一个最大 · signs, the first one large"),
    ]
    prints: Annotated[
        tuple[str, ...], Once, Field(description="版式 · the designs it is printed in")
    ]
    order: Annotated[
        int, Field(strict=True, description="在读本中的次序 · its place in the reader")
    ]
    reviewed: Annotated[
        date,
        BeforeValidator(_day),
        Field(description="审核日期 · when its facts were last checked"),
    ]
    critical: Annotated[
        bool,
        Field(strict=True, description="译文过期即报错 · a stale translation of it is an error"),
    ] = False
    draft: Annotated[
        bool,
        Field(
            strict=True,
            description="草稿：只在预览中显示 · shown in the preview, left out of the site",
        ),
    ] = False
    translates: Annotated[
        str,
        Field(
            pattern=r"^([0-9a-f]{12})?$",
            description="译文所依据的原文，由 script/translate done 填写 · the source it was made from",
        ),
    ] = ""


def schema() -> dict[str, object]:
    """The JSON Schema of a chapter's front matter, for editors that check while typing."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FrontMatter.model_json_schema(),
    }


def read(path: Path) -> str:
    """The file's text; raises Rejected where it is not UTF-8."""
    return decode(path, path.read_bytes())


def decode(path: Path, content: bytes) -> str:
    """The text of a file with \n as line ends; raises Rejected where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Rejected([finding("file-not-text", path)]) from None


def split(path: Path, text: str) -> tuple[str, str, int]:
    """Front matter, body and the body's first line in the file, from 1; raises Rejected without a front matter."""
    match = HEAD.match(text)
    if not match:
        code = "front-matter-open" if text.startswith("---\n") else "front-matter-missing"
        raise Rejected([finding(code, path, 1)])
    return match[1], text[match.end() :], text[: match.end()].count("\n") + 1


Keys = TypeVar("Keys", bound=BaseModel)


def keys(path: Path, head: str, model: type[Keys]) -> tuple[Keys | None, list[Finding]]:
    """The keys of the front matter `head`, None where they cannot be read; and its findings.

    A mistyped line gives one finding, with the right spelling, and none for what YAML made of it.
    """
    typos = markdown_typos.head(path, head)
    front, findings = _keys(path, head, model)
    if not typos:
        return front, findings
    if any(each.code == "front-matter-broken" for each in findings):
        return None, typos
    lines = {typo.line for typo in typos}
    return None, typos + [each for each in findings if each.line not in lines]


def _keys(path: Path, head: str, model: type[Keys]) -> tuple[Keys | None, list[Finding]]:
    try:
        keys = safe_yaml.front_matter(head)
    except safe_yaml.Refused as refused:
        return None, [finding(refused.code, path, refused.line + 2, **refused.values)]
    except yaml.YAMLError as error:
        return None, [_broken(path, error)]
    if not isinstance(keys, dict):
        return None, [finding("front-matter-missing", path, 1)]
    findings = [
        finding("raw-html", path, line_of_key(head, key), tag=tag)
        for key, tag in sanitizer.raw_html(keys)
    ]
    findings += _unseen(path, head, keys)
    findings += safe_yaml.misread(path, head, 2)
    try:
        front = model.model_validate(keys)
    except ValidationError as error:
        told = {each.line for each in findings}
        wrong = [_wrong_key(path, head, model, each) for each in error.errors()]
        return None, findings + [each for each in wrong if each.line not in told or each.line == 1]
    return front, findings


def is_draft(head: str) -> bool:
    """True if the front matter `head` says `draft: true`, also where other keys are wrong."""
    try:
        keys = safe_yaml.front_matter(head)
    except (safe_yaml.Refused, yaml.YAMLError):
        return DRAFT.search(head) is not None
    return isinstance(keys, dict) and keys.get("draft") is True


def _unseen(path: Path, head: str, keys: object, name: str = "") -> Iterator[Finding]:
    """A finding for every text of the keys with an invisible character, which an escape of YAML may have made."""
    if isinstance(keys, dict):
        for key, value in keys.items():
            yield from _unseen(path, head, value, name or str(key))
    elif isinstance(keys, (list, tuple)):
        for value in keys:
            yield from _unseen(path, head, value, name)
    elif isinstance(keys, str) and (hidden := characters.hidden(keys)):
        yield finding("hidden-character", path, line_of_key(head, name), character=hidden)


def _broken(path: Path, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    return finding("front-matter-broken", path, mark.line + 2 if mark else 1, reason=reason)


def _wrong_key(path: Path, head: str, model: type[BaseModel], error: ErrorDetails) -> Finding:
    key = str(error["loc"][0])
    line = line_of_key(head, key)
    if error["type"] == "missing" and len(error["loc"]) == 1:
        return finding("missing-key", path, 1, key=key, example=example(key))
    if key == "sources":
        return finding("sources-in-chapter", path, line)
    if len(error["loc"]) == 1 and key not in model.model_fields:
        near = nearest(key, model.model_fields)
        return finding("unknown-key", path, line, key=key, near=near)
    if error["type"] == TWICE:
        return twice(path, line, error, key)
    if len(error["loc"]) > 1:
        line = line_of_entry(head, key, error["loc"][1])
        key = ".".join(str(part) for part in error["loc"])
    given = error["input"]
    if error["type"] == "string_type" and isinstance(given, (bool, int, float, date)):
        return finding("not-text", path, line, key=key, value=_written(given))
    shown = str(given) if isinstance(given, date) else reprlib.repr(given)
    value = "—" if error["type"] == "missing" else shown
    sample = example(str(error["loc"][0]))
    return finding("wrong-value", path, line, key=key, value=value, example=sample)


def _written(value: object) -> str:
    """A number, truth or day of YAML as it was written; the loader refuses those that can be written otherwise."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def line_of_key(head: str, key: str) -> int:
    """Line of the file, from 1, of `key:` in its front matter `head`; 1 where it is missing."""
    for number, line in enumerate(head.splitlines(), 2):
        if line.startswith(f"{key}:"):
            return number
    return 1


def line_of_entry(head: str, key: str, index: object) -> int:
    """Line of the file, from 1, of entry `index` (from 0) of the list `key`; else the line of the key."""
    node = safe_yaml.nodes(head)
    for name, value in getattr(node, "value", []):
        if name.value == key and isinstance(index, int) and isinstance(value, yaml.SequenceNode):
            return int(value.value[index].start_mark.line) + 2
    return line_of_key(head, key)
