"""Markdown → Chapter; raises Rejected with every finding."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from printables.chapters import front_matter, sanitizer
from printables.chapters.chapter import (
    LISTED,
    MARK,
    ROLES,
    Chapter,
    Item,
    Option,
    Passage,
    Section,
)
from printables.chapters.front_matter import FrontMatter
from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import LANGUAGES, NO_SPACE
from printables.signs.registry import registry

SEVERAL = re.compile("多选|[Mm]ore than one answer")  # in a question with several right answers

# Those of the site, so that nothing is a link there that was none when it was checked.
EXTENSIONS = ("abbr", "admonition", "attr_list", "tables", "toc")


class _Capture(Extension, Treeprocessor):
    """A Markdown extension that keeps the element tree, so that no HTML has to be parsed again."""

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
    text = front_matter.read(path)
    return understand(path, language, name, text, grow(front_matter.split(path, text)[1]))


def understand(path: Path, language: str, name: str, text: str, tree: Element) -> Chapter:
    """The chapter of a file's `text` and the element `tree` of its body; raises Rejected with every finding."""
    head, body, first_line = front_matter.split(path, text)
    front, wrong_keys = front_matter.keys(path, head, FrontMatter)
    sections, wrong_sections = _sections(path, tree, _Lines(body, first_line))
    findings = [*sanitizer.tags(path, body, first_line), *wrong_keys, *wrong_sections]
    if front:
        findings += _unknown_signs(path, front, head)
        findings += _wrong_sources(path, front, head, body, first_line)
    if findings or front is None:
        raise Rejected(findings)
    return Chapter(
        path,
        name,
        language,
        front,
        tuple(sections),
        source_hash(text),
        slogan_line=front_matter.line_of_key(head, "slogan"),
        prints_line=front_matter.line_of_key(head, "prints"),
    )


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


def source_hash(text: str) -> str:
    """12 hex digits of the text's sha256; its kind of line ends and trailing spaces do not count."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def text_of(element: Element) -> str:
    """The element's text on one line, without source marks and nested lists."""
    return NO_SPACE.sub("", " ".join(MARK.sub("", "".join(_texts(element))).split()))


def _texts(element: Element) -> list[str]:
    texts = [element.text or ""]
    for child in element:
        if child.tag not in {"ul", "ol", "blockquote"}:
            texts += _texts(child)
        texts.append(child.tail or "")
    return texts


def _unknown_signs(path: Path, front: FrontMatter, head: str) -> list[Finding]:
    line, codes = front_matter.line_of_key(head, "signs"), registry()
    return [
        finding("unknown-sign", path, line, code=code, near=nearest(code, codes))
        for code in front.signs
        if code not in codes
    ]


def _wrong_sources(
    path: Path, front: FrontMatter, head: str, body: str, first_line: int
) -> list[Finding]:
    ids = [source.id for source in front.sources]
    findings = []
    used = set()
    for number, line in enumerate(body.splitlines(), first_line):
        for mark in MARK.findall(line):
            used.add(mark)
            if mark not in ids:
                near = nearest(mark, ids)
                findings.append(finding("unknown-source", path, number, id=mark, near=near))
    for index, source in enumerate(ids):
        if source not in used:
            entry_line = front_matter.line_of_entry(head, "sources", index)
            findings.append(finding("unused-source", path, entry_line, id=source))
    return findings


def _sections(path: Path, tree: Element, lines: "_Lines") -> tuple[list[Section], list[Finding]]:
    """The sections of a chapter, and what is wrong with them."""
    sections: list[Section] = []
    findings: list[Finding] = []
    for heading, elements in _by_heading(tree):
        line, has_id = lines.heading()
        section = _section(heading, elements, line, lines)
        if not has_id:
            findings.append(finding("heading-id-missing", path, line, title=section.title))
        findings += _wrong_section(path, section)
        if section.role and section.role in {before.role for before in sections}:
            findings.append(finding("repeated-role", path, line, role=section.role))
        if section.id in {before.id for before in sections}:
            findings.append(finding("repeated-id", path, line, id=section.id))
        sections.append(section)
    return sections, findings


def _by_heading(tree: Element) -> list[tuple[Element, list[Element]]]:
    """Each h2 with the elements that follow it."""
    groups: list[tuple[Element, list[Element]]] = []
    for element in tree:
        if element.tag == "h2":
            groups.append((element, []))
        elif groups:
            groups[-1][1].append(element)
    return groups


def _section(heading: Element, elements: list[Element], line: int, lines: "_Lines") -> Section:
    lists = [element for element in elements if element.tag in {"ul", "ol"}]
    return Section(
        role=heading.get("class", ""),
        id=heading.get("id", ""),
        title=text_of(heading),
        line=line,
        items=tuple(_item(entry, lines.item()) for entries in lists for entry in entries),
        paragraphs=tuple(text_of(element) for element in elements if element.tag == "p"),
        passages=tuple(passage for element in elements if (passage := _passage(element))),
        marks=tuple(dict.fromkeys(mark for element in elements for mark in _marks(element))),
    )


def _wrong_section(path: Path, section: Section) -> Iterator[Finding]:
    """An unknown role, no items where the role needs some, and what is wrong with the items."""
    role, line, title = section.role, section.line, section.title
    if role and role not in ROLES:
        near = nearest(role, ROLES)
        yield finding("unknown-role", path, line, title=title, role=role, near=near)
    if role in LISTED and not section.items:
        yield finding("section-empty", path, line, title=title, role=role)
    yield from _wrong_items(path, role, section.items)


def _marks(block: Element) -> list[str]:
    return MARK.findall("".join(block.itertext()))


def _passage(block: Element) -> Passage | None:
    if block.tag == "p":
        return Passage("p", ((text_of(block),),))
    if block.tag in {"ul", "ol"}:
        kind: Literal["ul", "ol"] = "ul" if block.tag == "ul" else "ol"
        return Passage(kind, tuple((text_of(entry),) for entry in block))
    if block.tag == "table":
        return Passage(
            "table", tuple(tuple(text_of(cell) for cell in row) for row in block.iter("tr"))
        )
    return None


def _item(entry: Element, line: int) -> Item:
    body = entry if (entry.text and entry.text.strip()) or len(entry) == 0 else _unwrapped(entry)
    lead = (
        body[0] if len(body) and body[0].tag == "strong" and not (body.text or "").strip() else None
    )
    text = text_of(body)
    first = text_of(lead) if lead is not None else ""
    rest = text.removeprefix(first).lstrip("：:。. —") if first else text
    first = first.rstrip("：:")
    quotes = entry.findall("blockquote")
    return Item(
        lead=first,
        text=re.sub(r"^\[[ xX]\]\s*", "", rest),
        line=line,
        marks=tuple(_marks(entry)),
        options=tuple(_option(option) for option in entry.findall("./ul/li")),
        explanation=" ".join(text_of(block) for quote in quotes for block in quote),
        boxed=rest.startswith("[ ]"),
    )


def _unwrapped(entry: Element) -> Element:
    """The paragraph that Markdown puts into a list item where empty lines separate the items."""
    return entry[0] if entry[0].tag == "p" else entry


def _option(option: Element) -> Option:
    text = text_of(
        _unwrapped(option) if len(option) and not (option.text or "").strip() else option
    )
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
    """Line numbers, from 1, of the file's h2 headings and top-level list items, in reading order."""

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
