"""Markdown → Chapter; raises Rejected with every finding."""

import hashlib
import itertools
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
    SCENE,
    Chapter,
    Item,
    Option,
    Passage,
    Section,
)
from printables.chapters.characters import decoded
from printables.chapters.front_matter import FrontMatter
from printables.chapters.wrong_items import wrong_items
from printables.findings import Finding, Rejected, finding, nearest, part
from printables.languages import LANGUAGES, NO_SPACE
from printables.signs.registry import meant, registry

LIKE_ITEM = re.compile(r"\s*(?:[-*+·•]|\d+[.、．)）])")  # mistyped ones are told as such
PRINTS = re.compile(
    r"^prints:.*\n(?:[ \t]+.*\n|-(?!--).*\n)*", re.MULTILINE
)  # the key with its list

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
        md.inlinePatterns.deregister("entity")  # it would hide entities behind a sign of its own
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

    Raises Rejected with every finding: front matter, signs, roles, ids, items.
    """
    language, name = address(path, docs)
    text = front_matter.read(path)
    return understand(path, language, name, text, grow(front_matter.split(path, text)[1]))


def understand(path: Path, language: str, name: str, text: str, tree: Element) -> Chapter:
    """The chapter of a file's `text` and the element `tree` of its body; raises Rejected with every finding."""
    head, body, first_line = front_matter.split(path, text)
    front, wrong_keys = front_matter.keys(path, head, FrontMatter)
    parts, wrong_sections = sections(path, tree, body, first_line)
    findings = [*sanitizer.tags(path, body, first_line), *wrong_keys, *wrong_sections]
    if front:
        findings += _unknown_signs(path, front, head)
    findings += _misplaced_scenes(path, body, first_line)
    if findings or front is None:
        raise Rejected(findings)
    return Chapter(
        path,
        name,
        language,
        front,
        tuple(parts),
        source_hash(text),
        slogan_line=front_matter.line_of_key(head, "slogan"),
        prints_line=front_matter.line_of_key(head, "prints"),
        reviewed_line=front_matter.line_of_key(head, "reviewed"),
        marks=tuple(_all_marks(body, first_line)),
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
    """12 hex digits of the text's sha256.

    Its kind of line ends and trailing spaces do not count, nor what is printed from it, nor scenes: no translation has to
    follow these.
    """
    text = SCENE.sub("", PRINTS.sub("", text.replace("\r\n", "\n"), count=1))
    lines = (line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def text_of(element: Element) -> str:
    """The element's text on one line, without source marks, scenes and nested lists."""
    text = SCENE.sub("", MARK.sub("", decoded("".join(_texts(element)))))
    return NO_SPACE.sub("", " ".join(text.split()))


def _texts(element: Element) -> list[str]:
    texts = [element.text or ""]
    for child in element:
        if child.tag not in {"ul", "ol", "blockquote"}:
            texts += _texts(child)
        texts.append(child.tail or "")
    return texts


def _unknown_signs(path: Path, front: FrontMatter, head: str) -> Iterator[Finding]:
    line = front_matter.line_of_key(head, "signs")
    for code in front.signs:
        if code not in registry():
            near = meant(code) or part("see-signs")
            yield finding("unknown-sign", path, line, code=code, near=near)


def outline(path: Path, text: str) -> tuple[tuple[Passage, ...], tuple[Section, ...]]:
    """What a page that is no chapter says before its first section, and its sections; raises Rejected."""
    body, first_line = front_matter.split(path, text)[1:]
    tree = grow(body)
    before = itertools.takewhile(lambda element: element.tag != "h2", tree)
    parts = sections(path, tree, body, first_line)[0]
    return tuple(passage for element in before if (passage := _passage(element))), tuple(parts)


def _all_marks(body: str, first_line: int) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(body.splitlines(), first_line):
        for mark in MARK.findall(line):
            yield mark, number


def _misplaced_scenes(path: Path, body: str, first_line: int) -> Iterator[Finding]:
    """A finding for each scene that does not end the line of an item, or is the second of its line."""
    for number, line in enumerate(body.splitlines(), first_line):
        found = SCENE.findall(line)
        if found and not (
            len(found) == 1 and LIKE_ITEM.match(line) and line.rstrip().endswith("}")
        ):
            yield finding("scene-misplaced", path, number, scene=found[0])


def sections(
    path: Path, tree: Element, body: str, first_line: int
) -> tuple[list[Section], list[Finding]]:
    """The sections of the Markdown `body`, which begins on `first_line`, and what is wrong with them."""
    lines = _Lines(body, first_line)
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
    yield from wrong_items(path, section)


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
        scene=next(iter(SCENE.findall("".join(_texts(body)))), ""),
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
