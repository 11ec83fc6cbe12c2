"""The keys at the head of a file: their schema, and what is wrong with them."""

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

# Where a front matter ends for MkDocs, which would show what stands below as text.
HEAD = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _words(value: object) -> object:
    """YAML reads a number where a title is one; a clause `5.10` must not become 5.1."""
    if isinstance(value, float):
        raise ValueError("a number")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Source(BaseModel):
    """A law, standard or practice that a claim rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[
        str, Field(pattern=r"^[\w.-]+$", description="标记 [^id] 用的编号 · what [^id] names")
    ]
    title: Text
    number: Annotated[str, BeforeValidator(_words)] = ""
    clause: Annotated[str, BeforeValidator(_words)] = ""


class FrontMatter(BaseModel):
    """章节文件头：两行 --- 之间的各项 · The keys between the two `---` at the head of a chapter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[Text, Field(description="章名 · the chapter's name")]
    summary: Annotated[Text, Field(description="一句话 · one sentence")]
    slogan: Annotated[Text, Field(description="海报标语，空格分行 · the poster's headline")]
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
    """The text of a file, line ends made equal; raises Rejected where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Rejected([finding("file-not-text", path)]) from None


def split(path: Path, text: str) -> tuple[str, str, int]:
    """Front matter, body and the line on which the body begins."""
    match = HEAD.match(text)
    if not match:
        code = "front-matter-open" if text.startswith("---\n") else "front-matter-missing"
        raise Rejected([finding(code, path, 1)])
    return match[1], text[match.end() :], text[: match.end()].count("\n") + 1


Keys = TypeVar("Keys", bound=BaseModel)


def keys(path: Path, head: str, model: type[Keys], findings: list[Finding]) -> Keys | None:
    """The keys of `head`, or None and what is wrong with them added to `findings`.

    A line that was mistyped is told as that, and not by what came of it.
    """
    told = markdown_typos.head(path, head)
    lines, found = {one.line for one in told}, list[Finding]()
    read_keys = _keys(path, head, model, found)
    broken = told and any(one.code == "front-matter-broken" for one in found)
    findings += told + [one for one in found if not broken and one.line not in lines]
    return None if told else read_keys


def _keys(path: Path, head: str, model: type[Keys], findings: list[Finding]) -> Keys | None:
    try:
        keys = safe_yaml.front_matter(head)
    except safe_yaml.Refused as refused:
        findings.append(finding(refused.code, path, refused.line + 2, **refused.values))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 2 if mark else 1
        findings.append(finding("front-matter-broken", path, line, reason=reason))
        return None
    if not isinstance(keys, dict):
        findings.append(finding("front-matter-missing", path, 1))
        return None
    for key, tag in sanitizer.raw_html(keys):
        findings.append(finding("raw-html", path, line_of_key(head, key), tag=tag))
    try:
        return model.model_validate(keys)
    except ValidationError as error:
        findings += [_wrong_key(path, head, model, each) for each in error.errors()]
        return None


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
    show = example(str(error["loc"][0]))
    return finding("wrong-value", path, line, key=key, value=value, example=show)


def line_of_key(head: str, key: str) -> int:
    """Line of the file on which `key:` stands in its front matter `head`."""
    for number, line in enumerate(head.splitlines(), 2):
        if line.startswith(f"{key}:"):
            return number
    return 1


def line_of_entry(head: str, key: str, index: object) -> int:
    node = yaml.compose(head)
    for name, value in getattr(node, "value", []):
        if name.value == key and isinstance(index, int) and isinstance(value, yaml.SequenceNode):
            return int(value.value[index].start_mark.line) + 2
    return line_of_key(head, key)
