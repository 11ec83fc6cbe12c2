"""A chapter's Markdown by sections: each shaped by its role, and handed over as data.

The page's template and the page of both languages take sections from here; nobody reads them back from HTML.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from printables.chapters import sanitizer
from printables.chapters.telephones import telephones
from printables.languages import FACTS
from printables.signs.drawing import compose
from printables.signs.registry import registry
from printables.web.phrase_breaks import allow_breaks, hold
from printables.web.pictures import Picture, show_pictures
from printables.web.quiz import make_checklist, make_quiz
from printables.words import Words

COLON = re.compile(r"\s*[：:]\s*")
LEADS = {"points", "steps", "emergency"}  # roles whose items are a command and a line of why
SIGNED = {"points", "never"}


@dataclass(frozen=True)
class Part:
    """A section as HTML; `inside` is it without its heading.

    What stands before the first has no id, and the role "title" where it holds the page's own heading.
    """

    id: str
    role: str
    html: Markup
    inside: Markup


class Sections(Extension):
    """Reads a chapter's sections by role, in the words of the page that is being rendered.

    `refuse` is called with what a page would run or load after all extensions; it raises.
    """

    def __init__(self, refuse: Callable[[list[str]], None]) -> None:
        super().__init__()
        self.refuse = refuse
        self.words: Words = {}
        self.signs: Sequence[str] = ()
        self.pictures: Mapping[str, Sequence[Picture | None]] = {}  # of items, by role
        self.language = ""
        self.parts: tuple[Part, ...] = ()  # of the page that was converted last

    def signs_of(self, role: str, roles: Collection[str]) -> list[str]:
        """Prohibitions stand with what is never done, all other signs with the points."""
        known = [code for code in self.signs if code in registry()]
        prohibited = "never" in roles
        return [code for code in known if (prohibited and code[0] == "P") == (role == "never")]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Raw HTML stays text; shape after attr_list (8) and toc (5), hand over after everything else."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Shaping(md, self), "sections", 1)
        md.treeprocessors.register(_HandingOver(md, self), "parts", -100)


class _Shaping(Treeprocessor):
    """Wraps the sections, when headings have their ids and roles, and gives each what its role needs."""

    def __init__(self, md: Markdown, sections: Sections) -> None:
        super().__init__(md)
        self.sections = sections

    def run(self, root: Element) -> None:
        wrapped = wrap(root)
        roles = {role for role, _ in wrapped}
        for role, section in wrapped:
            if role in LEADS:
                part_leads(section)
            if role in SIGNED:
                codes = self.sections.signs_of(role, roles)
                show_signs(section, codes, self.md, self.sections.language)
            if role == "checklist":
                make_checklist(section)
            if role == "emergency":
                link_calls(section)
            if role == "quiz":
                make_quiz(section, self.md, self.sections.words, self.sections.language)


class _HandingOver(Treeprocessor):
    """Looks at what the page would run, and keeps each section as HTML."""

    def __init__(self, md: Markdown, sections: Sections) -> None:
        super().__init__(md)
        self.sections = sections

    def run(self, root: Element) -> None:
        if found := sanitizer.unsafe(root):
            self.sections.refuse(found)
        hold(root)
        if self.sections.language and not FACTS[self.sections.language].is_spaced:
            allow_breaks(root)
        parts = []
        if before := [child for child in root if child.tag != "section"]:
            html = self._html(before)
            role = "title" if root.find(".//h1") is not None else ""
            parts.append(Part("", role, html, html))
        for section in root.iterfind("section"):
            role = section.get("class", "").removeprefix("role role-")
            show_pictures(section, self.sections.pictures.get(role, ()))
            inside = [child for child in section if child.tag != "h2"]
            name = section.get("aria-labelledby", "")
            parts.append(Part(name, role, self._html([section]), self._html(inside)))
        self.sections.parts = tuple(parts)

    def _html(self, elements: list[Element]) -> Markup:
        """What Markdown makes of elements at the end of a conversion."""
        text = "".join(map(self.md.serializer, elements))
        for postprocessor in self.md.postprocessors:
            text = postprocessor.run(text)
        return Markup(text.strip())


def wrap(root: Element) -> list[tuple[str, Element]]:
    """Put every h2 and what follows it into a section; return each with its role."""
    sections: list[tuple[str, Element]] = []
    for element in list(root):
        if element.tag == "h2":
            role = element.attrib.pop("class", "plain")
            section = SubElement(root, "section", {"class": f"role role-{role}"})
            if "id" in element.attrib:
                section.set("aria-labelledby", element.attrib["id"])
            section.tail = "\n"
            sections.append((role, section))
        if sections:
            root.remove(element)
            sections[-1][1].append(element)
    return sections


def part_leads(section: Element) -> None:
    """Set the colon after a command apart: the look breaks the line there and hides it."""
    for item in section.iter("li"):
        holder = item[0] if len(item) and item[0].tag == "p" else item
        lead = holder[0] if len(holder) and not (holder.text or "").strip() else None
        if lead is None or lead.tag != "strong" or not (colon := COLON.match(lead.tail or "")):
            continue
        span = Element("span", {"class": "colon"})
        span.text, span.tail = colon[0], (lead.tail or "")[colon.end() :]
        lead.tail = None
        holder.insert(1, span)


def show_signs(section: Element, codes: Sequence[str], md: Markdown, language: str) -> None:
    """Set signs with their names below a section's heading."""
    if not codes:
        return
    strip = Element("p", {"class": "signs"})
    for code in codes:
        entry = SubElement(strip, "span")
        picture = SubElement(entry, "span", {"aria-hidden": "true"})
        picture.text = md.htmlStash.store(compose(code, [language], edge=True))
        picture.tail = registry()[code].name[language]
    section.insert(1, strip)


def link_calls(element: Element) -> None:
    """Make telephone numbers in an element callable."""
    children = list(element)
    before, links = _calls(element.text or "")
    element.text = before
    for child in children:
        if child.tag != "a":
            link_calls(child)
    for child in reversed(children):
        child.tail, after = _calls(child.tail or "")
        for link in reversed(after):
            element.insert(list(element).index(child) + 1, link)
    for link in reversed(links):
        element.insert(0, link)


def _calls(text: str) -> tuple[str, list[Element]]:
    """Part `text` at its telephone numbers: what stands before, then a link for each."""
    found = list(telephones(text))
    starts = [*(call.start() for call in found), len(text)]
    links = []
    for call, end in zip(found, starts[1:], strict=True):
        link = Element("a", {"class": "call", "href": f"tel:{call[0]}"})
        link.text, link.tail = call[0], text[call.end() : end]
        links.append(link)
    return text[: starts[0]], links
