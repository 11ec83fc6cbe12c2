"""The front matter of a chapter: its schema, its keys and its findings."""

import re
import reprlib
from datetime import date
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
)
from pydantic_core import ErrorDetails

from printables.chapters import markdown_typos, safe_yaml, sanitizer
from printables.findings import Finding, Rejected, example, finding, nearest

# A front matter as MkDocs reads it; text below its last line is shown on the page.
HEAD = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)

Trimmed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _as_text(value: object) -> object:
    """An integer of YAML as text; raises ValueError for a decimal: the clause `5.10` must not become 5.1."""
    if isinstance(value, float):
        raise ValueError("a number")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Source(BaseModel):
    """A law, standard or practice that a claim rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[
        str, Field(pattern=r"^[\w.-]+$", description="标记 [^id] 用的编号 · what [^id] names")
    ]
    title: Trimmed
    number: Annotated[str, BeforeValidator(_as_text)] = ""
    clause: Annotated[str, BeforeValidator(_as_text)] = ""


class FrontMatter(BaseModel):
    """章节文件头：两行 --- 之间的各项 · The keys between the two `---` at the head of a chapter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[Trimmed, Field(description="章名 · the chapter's name")]
    summary: Annotated[Trimmed, Field(description="一句话 · one sentence")]
    slogan: Annotated[Trimmed, Field(description="海报标语，空格分行 · the poster's headline")]
    tone: Annotated[
        Literal["warning", "prohibition", "mandatory", "rescue"],
        Field(description="安全色 · the safety colour of the message"),
    ]
    signs: Annotated[
        tuple[str, ...],
        Field(min_length=1, description="标志编号，第一个最大 · signs, the first one large"),
    ]
    prints: Annotated[tuple[str, ...], Field(description="版式 · the designs it is printed in")]
    order: Annotated[int, Field(description="在读本中的次序 · its place in the reader")]
    reviewed: Annotated[date, Field(description="审核日期 · when its facts were last checked")]
    sources: Annotated[
        tuple[Source, ...], Field(min_length=1, description="依据 · what it rests on")
    ]
    critical: Annotated[
        bool, Field(description="译文过期即报错 · a stale translation of it is an error")
    ] = False
    draft: Annotated[
        bool, Field(description="草稿：只在预览中显示 · shown in the preview, left out of the site")
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
    try:
        return model.model_validate(keys), findings
    except ValidationError as error:
        wrong = [_wrong_key(path, head, model, each) for each in error.errors()]
        return None, findings + wrong


def _broken(path: Path, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    return finding("front-matter-broken", path, mark.line + 2 if mark else 1, reason=reason)


def _wrong_key(path: Path, head: str, model: type[BaseModel], error: ErrorDetails) -> Finding:
    key = str(error["loc"][0])
    line = line_of_key(head, key)
    if error["type"] == "missing" and len(error["loc"]) == 1:
        return finding("missing-key", path, 1, key=key, example=example(key))
    if len(error["loc"]) == 1 and key not in model.model_fields:
        near = nearest(key, model.model_fields)
        return finding("unknown-key", path, line, key=key, near=near)
    if error["type"] == "extra_forbidden":
        near = nearest(str(error["loc"][-1]), Source.model_fields)
        line = line_of_entry(head, key, error["loc"][1])
        return finding("unknown-key", path, line, key=error["loc"][-1], near=near)
    if len(error["loc"]) > 1:
        line = line_of_entry(head, key, error["loc"][1])
        key = ".".join(str(part) for part in error["loc"])
    value = "—" if error["type"] == "missing" else reprlib.repr(error["input"])
    sample = example(str(error["loc"][0]))
    return finding("wrong-value", path, line, key=key, value=value, example=sample)


def line_of_key(head: str, key: str) -> int:
    """Line of the file, from 1, of `key:` in its front matter `head`; 1 where it is missing."""
    for number, line in enumerate(head.splitlines(), 2):
        if line.startswith(f"{key}:"):
            return number
    return 1


def line_of_entry(head: str, key: str, index: object) -> int:
    """Line of the file, from 1, of entry `index` (from 0) of the list `key`; else the line of the key."""
    node = yaml.compose(head)
    for name, value in getattr(node, "value", []):
        if name.value == key and isinstance(index, int) and isinstance(value, yaml.SequenceNode):
            return int(value.value[index].start_mark.line) + 2
    return line_of_key(head, key)
