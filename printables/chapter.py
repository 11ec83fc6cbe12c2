"""One Markdown file in one language becomes a Chapter, or a list of what is wrong with it."""

import hashlib
import re
import reprlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from xml.etree.ElementTree import Element

import markdown
import yaml
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from printables import gate, mistyped, signs
from printables.findings import Finding, Rejected, example, finding, nearest
from printables.words import LANGUAGES

ROLES = ("points", "steps", "never", "emergency", "checklist", "case", "talk", "quiz")
LISTED = frozenset(ROLES) - {"case"}
SEVERAL = re.compile("多选|[Mm]ore than one answer")  # what a question with several says
MARK = re.compile(r"\[\^([\w.-]+)\]")
# Where a front matter ends for MkDocs, which would show what stands below as text.
HEAD = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
# Chinese has no blank where a line ends or a mark was left out.
WIDE = r"[\u3000-\u303f\uff01-\uff5e]"
NO_BLANK = re.compile(rf"(?<={WIDE}) | (?={WIDE})|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
# What the site reads Markdown with, so that nothing is a link there that was none when it was checked.
EXTENSIONS = ("abbr", "admonition", "attr_list", "tables", "toc")

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


def schema() -> dict:
    """The JSON Schema of a chapter's front matter, for editors that check while typing."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FrontMatter.model_json_schema(),
    }


@dataclass(frozen=True)
class Option:
    """A possible answer of a quiz question."""

    text: str
    right: bool


@dataclass(frozen=True)
class Item:
    """An entry of a list: `**lead**: text`, with the ids of its sources."""

    lead: str
    text: str
    line: int
    marks: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    explanation: str = ""
    boxed: bool = False  # begins with a box to tick


@dataclass(frozen=True)
class Block:
    """A paragraph (one cell), a list (a row an item) or a table (its head first), as plain words."""

    kind: Literal["p", "ul", "ol", "table"]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """What stands below one `## heading {#id .role}`.

    `paragraphs` are those outside lists, `blocks` is everything in reading order, `marks` are the
    ids of all its sources.
    """

    role: str
    id: str
    title: str
    line: int
    items: tuple[Item, ...]
    paragraphs: tuple[str, ...]
    blocks: tuple[Block, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A chapter in one language; `name` ("teams/confined-space") is shared with its twin."""

    path: Path
    name: str
    language: str
    front: FrontMatter
    sections: tuple[Section, ...]
    source_hash: str
    slogan_line: int
    prints_line: int
    stale: bool = False  # translated from a source that has changed since

    @property
    def reader(self) -> str:
        return self.name.split("/")[0]

    def section(self, role: str) -> Section | None:
        """The section with this role, if the chapter has it."""
        return next((section for section in self.sections if section.role == role), None)


class _Capture(Extension, Treeprocessor):
    """Keeps the element tree that Markdown builds, so that nobody parses HTML again."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = Element("div")  # Markdown builds none of an empty text

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Markdown's name)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(self, "capture", -100)

    def run(self, root: Element) -> None:
        self.tree = root


def grow(text: str) -> Element:
    """The element tree of Markdown `text`; raw HTML stays text."""
    capture = _Capture()
    markdown.markdown(text, extensions=[*EXTENSIONS, capture])
    return capture.tree


def parse(path: Path, docs: Path) -> Chapter:
    """Read the chapter at `path` below `docs`.

    Raises Rejected with every finding: front matter, signs, roles, ids, items, sources.
    """
    language, name = address(path, docs)
    text = read(path)
    return understand(path, language, name, text, grow(split(path, text)[1]))


def understand(path: Path, language: str, name: str, text: str, tree: Element) -> Chapter:
    """The chapter that `text`, whose body has grown into `tree`, holds; raises Rejected."""
    head, body, first_line = split(path, text)
    findings = list(gate.tags(path, body, first_line))
    front = front_matter(path, head, FrontMatter, findings)
    sections = _sections(path, tree, _Lines(body, first_line), findings)
    if front:
        findings += _wrong_signs(path, front, head)
        findings += _wrong_sources(path, front, head, body, first_line)
    if findings or front is None:
        raise Rejected(findings)
    key = line_of_key(head, "slogan"), line_of_key(head, "prints")
    return Chapter(path, name, language, front, sections, source_hash(text), *key)


def address(path: Path, docs: Path) -> tuple[str, str]:
    """Language and name of the chapter at `path`: docs/zh/teams/x.md is ("zh", "teams/x").

    Raises Rejected where the path is not that of a chapter.
    """
    if not path.is_file():
        raise Rejected([finding("file-missing", path)])
    try:
        language, *folders, file = path.absolute().relative_to(docs.absolute()).parts
    except ValueError:
        raise Rejected([finding("not-a-chapter", path)]) from None
    if len(folders) != 1 or not file.endswith(".md") or file == "index.md":
        raise Rejected([finding("not-a-chapter", path)])
    if language not in LANGUAGES:
        near = nearest(language, LANGUAGES)
        raise Rejected([finding("unknown-language", path, language=language, near=near)])
    return language, f"{folders[0]}/{file.removesuffix('.md')}"


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


def source_hash(text: str) -> str:
    """12 hex digits of the text, whatever its line ends and trailing blanks."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def plain(element: Element) -> str:
    """The element's words without source marks, blanks folded, nested lists left out."""
    return NO_BLANK.sub("", " ".join(MARK.sub("", "".join(_texts(element))).split()))


def _texts(element: Element) -> list[str]:
    texts = [element.text or ""]
    for child in element:
        if child.tag not in {"ul", "ol", "blockquote"}:
            texts += _texts(child)
        texts.append(child.tail or "")
    return texts


Keys = TypeVar("Keys", bound=BaseModel)


def front_matter(path: Path, head: str, model: type[Keys], findings: list[Finding]) -> Keys | None:
    """The keys of `head`, or None and what is wrong with them added to `findings`.

    A line that was mistyped is told as that, and not by what came of it.
    """
    told = mistyped.head(path, head)
    lines, found = {one.line for one in told}, list[Finding]()
    keys = _keys(path, head, model, found)
    broken = told and any(one.code == "front-matter-broken" for one in found)
    findings += told + [one for one in found if not broken and one.line not in lines]
    return None if told else keys


def _keys(path: Path, head: str, model: type[Keys], findings: list[Finding]) -> Keys | None:
    try:
        keys = gate.front_matter(head)
    except gate.Refused as refused:
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
    for key, tag in gate.raw_html(keys):
        findings.append(finding("raw-html", path, line_of_key(head, key), tag=tag))
    try:
        return model.model_validate(keys)
    except ValidationError as error:
        findings += [_wrong_key(path, head, model, dict(issue)) for issue in error.errors()]
        return None


def _wrong_key(path: Path, head: str, model: type[BaseModel], issue: dict) -> Finding:
    key = str(issue["loc"][0])
    line = line_of_key(head, key)
    if issue["type"] == "missing" and len(issue["loc"]) == 1:
        return finding("missing-key", path, 1, key=key, example=example(key))
    if len(issue["loc"]) == 1 and key not in model.model_fields:
        near = nearest(key, model.model_fields)
        return finding("unknown-key", path, line, key=key, near=near)
    if issue["type"] == "extra_forbidden":
        near = nearest(str(issue["loc"][-1]), Source.model_fields)
        line = _line_of_entry(head, key, issue["loc"][1])
        return finding("unknown-key", path, line, key=issue["loc"][-1], near=near)
    if len(issue["loc"]) > 1:
        line = _line_of_entry(head, key, issue["loc"][1])
        key = ".".join(str(part) for part in issue["loc"])
    value = "—" if issue["type"] == "missing" else reprlib.repr(issue["input"])
    show = example(str(issue["loc"][0]))
    return finding("wrong-value", path, line, key=key, value=value, example=show)


def line_of_key(head: str, key: str) -> int:
    """Line of the file on which `key:` stands in its front matter `head`."""
    for number, line in enumerate(head.splitlines(), 2):
        if line.startswith(f"{key}:"):
            return number
    return 1


def _line_of_entry(head: str, key: str, index: object) -> int:
    node = yaml.compose(head)
    for name, value in getattr(node, "value", []):
        if name.value == key and isinstance(index, int) and isinstance(value, yaml.SequenceNode):
            return int(value.value[index].start_mark.line) + 2
    return line_of_key(head, key)


def _wrong_signs(path: Path, front: FrontMatter, head: str) -> list[Finding]:
    line = line_of_key(head, "signs")
    known = signs.registry()
    return [
        finding("unknown-sign", path, line, code=code, near=nearest(code, known))
        for code in front.signs
        if code not in known
    ]


def _wrong_sources(
    path: Path, front: FrontMatter, head: str, body: str, first_line: int
) -> list[Finding]:
    known = [source.id for source in front.sources]
    findings = []
    used = set()
    for number, line in enumerate(body.splitlines(), first_line):
        for mark in MARK.findall(line):
            used.add(mark)
            if mark not in known:
                near = nearest(mark, known)
                findings.append(finding("unknown-source", path, number, id=mark, near=near))
    for index, source in enumerate(known):
        if source not in used:
            entry_line = _line_of_entry(head, "sources", index)
            findings.append(finding("unused-source", path, entry_line, id=source))
    return findings


def _sections(
    path: Path, tree: Element, lines: "_Lines", findings: list[Finding]
) -> tuple[Section, ...]:
    sections: list[Section] = []
    roles: set[str] = set()
    ids: set[str] = set()
    for heading, blocks in _parts(tree):
        section = _section(path, heading, blocks, lines, findings)
        if section.role and section.role in roles:
            findings.append(finding("repeated-role", path, section.line, role=section.role))
        if section.id in ids:
            findings.append(finding("repeated-id", path, section.line, id=section.id))
        roles.add(section.role)
        ids.add(section.id)
        sections.append(section)
    return tuple(sections)


def _parts(tree: Element) -> list[tuple[Element, list[Element]]]:
    """Each h2 with the blocks that follow it."""
    parts: list[tuple[Element, list[Element]]] = []
    for block in tree:
        if block.tag == "h2":
            parts.append((block, []))
        elif parts:
            parts[-1][1].append(block)
    return parts


def _section(
    path: Path, heading: Element, blocks: list[Element], lines: "_Lines", findings: list[Finding]
) -> Section:
    title, role = plain(heading), heading.get("class", "")
    line, explicit = lines.heading()
    if not explicit:
        findings.append(finding("heading-id-missing", path, line, title=title))
    if role and role not in ROLES:
        near = nearest(role, ROLES)
        findings.append(finding("unknown-role", path, line, title=title, role=role, near=near))
    lists = [block for block in blocks if block.tag in {"ul", "ol"}]
    entries = [entry for block in lists for entry in block]
    items = tuple(_item(entry, lines.item()) for entry in entries)
    if role in LISTED and not items:
        findings.append(finding("section-empty", path, line, title=title, role=role))
    findings += _wrong_items(path, role, items)
    paragraphs = tuple(plain(block) for block in blocks if block.tag == "p")
    read = tuple(made for block in blocks if (made := _block(block)))
    marks = tuple(dict.fromkeys(mark for block in blocks for mark in _marks(block)))
    return Section(role, heading.get("id", ""), title, line, items, paragraphs, read, marks)


def _marks(block: Element) -> list[str]:
    return MARK.findall("".join(block.itertext()))


def _block(block: Element) -> Block | None:
    if block.tag == "p":
        return Block("p", ((plain(block),),))
    if block.tag in {"ul", "ol"}:
        kind: Literal["ul", "ol"] = "ul" if block.tag == "ul" else "ol"
        return Block(kind, tuple((plain(entry),) for entry in block))
    if block.tag == "table":
        return Block("table", tuple(tuple(plain(cell) for cell in row) for row in block.iter("tr")))
    return None


def _item(entry: Element, line: int) -> Item:
    body = entry if (entry.text and entry.text.strip()) or len(entry) == 0 else _unwrapped(entry)
    lead = (
        body[0] if len(body) and body[0].tag == "strong" and not (body.text or "").strip() else None
    )
    text = plain(body)
    first = plain(lead) if lead is not None else ""
    rest = text.removeprefix(first).lstrip("：:。. —") if first else text
    first = first.rstrip("：:")
    quotes = entry.findall("blockquote")
    return Item(
        lead=first,
        text=re.sub(r"^\[[ xX]\]\s*", "", rest),
        line=line,
        marks=tuple(_marks(entry)),
        options=tuple(_option(option) for option in entry.findall("./ul/li")),
        explanation=" ".join(plain(block) for quote in quotes for block in quote),
        boxed=rest.startswith("[ ]"),
    )


def _unwrapped(entry: Element) -> Element:
    """The paragraph of a list item that Markdown wrapped because blank lines part the list."""
    return entry[0] if entry[0].tag == "p" else entry


def _option(option: Element) -> Option:
    text = plain(_unwrapped(option) if len(option) and not (option.text or "").strip() else option)
    right = text[:3].lower() == "[x]"
    return Option(re.sub(r"^\[[ xX]\]\s*", "", text), right)


def _wrong_items(path: Path, role: str, items: tuple[Item, ...]) -> list[Finding]:
    findings = []
    for item in items:
        if role == "points" and not (item.lead and item.text):
            findings.append(finding("point-without-command", path, item.line))
        if role == "quiz" and not any(option.right for option in item.options):
            findings.append(finding("quiz-without-answer", path, item.line))
        elif role == "quiz" and _many_right(item) and not SEVERAL.search(item.lead + item.text):
            findings.append(finding("quiz-answers-many", path, item.line))
        if role == "checklist" and not item.boxed:
            findings.append(finding("checklist-without-box", path, item.line))
        if role in LISTED - {"quiz"} and item.options:
            findings.append(finding("item-nested", path, item.line))
        if role == "quiz" and not item.explanation:
            findings.append(finding("quiz-without-explanation", path, item.line))
    return findings


def _many_right(item: Item) -> bool:
    return sum(option.right for option in item.options) > 1


class _Lines:
    """Where headings and top-level list items stand in the file, in reading order."""

    HEADING = re.compile(r"##(?!#)")
    ITEM = re.compile(r"(?:[-*+]|\d+\.)\s")

    def __init__(self, body: str, first_line: int) -> None:
        lines = list(enumerate(body.splitlines(), first_line))
        self._headings = [(n, "{#" in line) for n, line in lines if self.HEADING.match(line)]
        self._items = [n for n, line in lines if self.ITEM.match(line)]
        self._here = (0, False)

    def heading(self) -> tuple[int, bool]:
        """Line of the next heading, and whether it has an id of its own."""
        self._here = self._headings.pop(0) if self._headings else self._here
        return self._here

    def item(self) -> int:
        """Line of the next list item below the heading returned last."""
        while self._items and self._items[0] < self._here[0]:
            self._items.pop(0)
        return self._items.pop(0) if self._items else self._here[0]
