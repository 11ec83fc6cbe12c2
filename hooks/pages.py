"""What a chapter's Markdown becomes on the site: numbered sources, sections by role, a quiz."""

import hashlib
import html
import logging
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from jinja2 import Environment
from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from printables.chapters.chapter import MARK, Chapter
from printables.layout.headline import breathe, width_em
from printables.layout.line_breaks import MEASURE
from printables.signs.drawing import compose
from printables.signs.registry import registry

log = logging.getLogger("mkdocs.hooks.pages")

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|])")
COLON = re.compile(r"\s*[：:]\s*")
# A telephone number, and not a measure that happens to read the same: 120 mm, 120 秒.
CALL = re.compile(
    r"(?<![\d.–～-])(119|120|12350)(?![\d.%–～]|\s?(?:%|℃|mm|cm|m\b|s\b|V\b|米|秒|分))"
)
LEADS = {"points", "steps", "emergency"}  # roles whose items are a command and a line of why
SIGNED = {"points", "never"}

Words = Mapping[str, str]
Source = Mapping[str, str]


def width(lines: Sequence[str]) -> float:
    """The longest line in em, so that a style sheet can fill the field with it."""
    return round(max(map(width_em, lines)), 2)


def number_marks(markdown: str, sources: Sequence[Source]) -> str:
    """Replace `[^id]` by links to the numbered list; raise KeyError for an id that it lacks."""
    numbers = {source["id"]: number for number, source in enumerate(sources, 1)}

    def link(mark: re.Match[str]) -> str:
        number = numbers[mark[1]]
        return f'[{number}](#source-{number}){{.source data-search-exclude=""}}'

    return MARK.sub(link, markdown)


def text_edition(chapters: Sequence[Chapter]) -> str:
    """Date of review and four hex digits of what chapters say: `2026-11-23·1f3a`."""
    said = "".join(chapter.source_hash for chapter in chapters)
    digits = said if len(chapters) == 1 else hashlib.sha256(said.encode()).hexdigest()
    return f"{max(chapter.front.reviewed for chapter in chapters)}·{digits[:4]}"


def literal(text: str) -> str:
    """Markdown that shows `text` as it stands."""
    return SPECIAL.sub(r"\\\1", html.escape(str(text), quote=False))


def sources_section(sources: Sequence[Source], words: Words) -> str:
    """The list that the marks point to: a line for each document, in it its cited clauses."""
    documents: dict[str, list[str]] = {}
    for number, source in enumerate(sources, 1):
        document = words["comma"].join(
            str(source[key]) for key in ("title", "number") if key in source
        )
        cited = f"**{number}** {literal(source.get('clause', ''))}".strip()
        documents.setdefault(document, []).append(f"_{cited}_{{: #source-{number} }}")
    lines = [f"- {literal(title)} {' '.join(cited)}" for title, cited in documents.items()]
    return "\n".join([f"## {words['sources']} {{#sources .sources}}", "", *lines])


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


def hold_measures(root: Element) -> None:
    """Keep numbers and their units on one line."""
    for element in root.iter():
        element.text = MEASURE.sub("\u00a0", element.text or "")
        element.tail = MEASURE.sub("\u00a0", element.tail or "")


def calls(text: str) -> tuple[str, list[Element]]:
    """Part `text` at its telephone numbers: what stands before, then a link for each."""
    before, *rest = CALL.split(text)
    links = []
    for number, after in zip(rest[::2], rest[1::2], strict=True):
        link = Element("a", {"class": "call", "href": f"tel:{number}"})
        link.text, link.tail = number, after
        links.append(link)
    return before, links


def link_calls(element: Element) -> None:
    """Make telephone numbers in an element callable."""
    children = list(element)
    before, links = calls(element.text or "")
    element.text = before
    for child in children:
        if child.tag != "a":
            link_calls(child)
    for child in reversed(children):
        child.tail, after = calls(child.tail or "")
        for link in reversed(after):
            element.insert(list(element).index(child) + 1, link)
    for link in reversed(links):
        element.insert(0, link)


def make_quiz(section: Element, md: Markdown, words: Words) -> None:
    """Letter the options and fold each explanation away with the answer that it explains."""
    for question in section.findall("./ol/li"):
        options = question.find("ul")
        reason = question.find("blockquote")
        if options is None:
            continue
        right = letter_options(options, md)
        if reason is not None:
            fold(question, reason, right, words)


def make_checklist(section: Element) -> None:
    """Give each item a label to tap; its box can be ticked even where no script runs."""
    for item in section.iter("li"):
        holder = item[0] if len(item) and item[0].tag == "p" else item
        box = HTML_PLACEHOLDER_RE.match(holder.text or "")
        if not box:
            continue
        label = Element("label")
        tick = SubElement(label, "input", {"type": "checkbox", "autocomplete": "off"})
        tick.tail = (holder.text or "")[box.end() :]
        for child in list(holder):
            if child.get("class") == "source":  # a link of its own, not part of the name
                break
            holder.remove(child)
            label.append(child)
        holder.text = None
        holder.insert(0, label)


def show_signs(section: Element, codes: Sequence[str], md: Markdown, language: str) -> None:
    """Set signs with their names below a section's heading."""
    if not codes:
        return
    strip = Element("p", {"class": "signs"})
    for code in codes:
        entry = SubElement(strip, "span")
        picture = SubElement(entry, "span", {"aria-hidden": "true"})
        picture.text = md.htmlStash.store(compose(code, edge=True))
        picture.tail = getattr(registry()[code], language)
    section.insert(1, strip)


def letter_options(options: Element, md: Markdown) -> list[str]:
    """Turn tick boxes into a list A, B, C; return the right ones in words."""
    options.tag = "ol"
    options.attrib = {"class": "options", "type": "A"}
    right = []
    for place, option in enumerate(options.findall("li")):
        option.attrib.pop("class", None)
        holder = option[0] if len(option) and option[0].tag == "p" else option
        box = HTML_PLACEHOLDER_RE.match(holder.text or "")
        if not box:
            continue
        holder.text = (holder.text or "")[box.end() :].lstrip()
        if "checked" in str(md.htmlStash.rawHtmlBlocks[int(box[1])]):
            right.append(f"{chr(ord('A') + place)} {''.join(option.itertext()).strip()}")
    options.set("data-right", "".join(answer[0] for answer in right))
    return right


def fold(question: Element, reason: Element, right: Sequence[str], words: Words) -> None:
    """Replace an explanation by details that open without a script."""
    details = Element("details", {"class": "answer"})
    SubElement(details, "summary").text = words["answer_and_why"]
    SubElement(details, "p", {"class": "right"}).text = words["or"].join(right)
    details.extend(reason)
    details.tail = reason.tail
    question[list(question).index(reason)] = details


class SectionTreeprocessor(Treeprocessor):
    """Shapes the tree after attr_list and toc, when headings have their ids and roles."""

    def __init__(self, md: Markdown, extension: "Sections") -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        """Wrap the sections and give each what its role needs."""
        hold_measures(root)
        sections = wrap(root)
        roles = {role for role, _ in sections}
        for role, section in sections:
            if role in LEADS:
                part_leads(section)
            if role in SIGNED:
                show_signs(
                    section, self.extension.signs_of(role, roles), self.md, self.extension.language
                )
            if role == "checklist":
                make_checklist(section)
            if role == "emergency":
                link_calls(section)
            if role == "quiz":
                make_quiz(section, self.md, self.extension.words)


class Sections(Extension):
    """Sections by role, in the words of the page that is being rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.words: Words = {}
        self.signs: Sequence[str] = ()
        self.language = ""

    def signs_of(self, role: str, roles: Collection[str]) -> list[str]:
        """Prohibitions stand with what is never done, all other signs with the points."""
        known = [code for code in self.signs if code in registry()]
        prohibited = "never" in roles
        return [code for code in known if (prohibited and code[0] == "P") == (role == "never")]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Register after attr_list (8) and toc (5)."""
        md.treeprocessors.register(SectionTreeprocessor(md, self), "sections", 1)


sections = Sections()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the sections to what MkDocs renders Markdown with."""
    config.markdown_extensions.append(sections)  # type: ignore[arg-type] # Markdown takes both
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Number the sources of a chapter and list them at its end."""
    language = page.file.src_uri.partition("/")[0]
    sections.words = config.extra["words"].get(language, {})
    sections.language = language
    sections.signs = page.meta.get("signs", ())
    sources = page.meta.get("sources")
    if not sources:
        return markdown
    try:
        numbered = number_marks(markdown, sources)
    except KeyError as error:
        log.warning("%s: add the source %s to `sources`", page.file.src_uri, error)
        return markdown
    return f"{numbered}\n\n{sources_section(sources, sections.words)}\n"


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell a page which chapter it shows, and which edition of its text."""
    language, _, name = page.file.src_uri.removesuffix(".md").partition("/")
    chapter = config.extra["collection"].chapters.get((language, name))
    context["chapter"] = chapter
    context["edition"] = chapter and text_edition([chapter])
    return context


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Lend templates the slogan's lines and the sign; escape titles, which Material does not."""
    env.globals["address"] = lambda uri: files.src_uris[uri].url
    env.globals["text_edition"] = text_edition
    env.globals["registry"] = registry
    env.filters["breathe"] = breathe
    env.filters["sign"] = compose
    env.filters["width"] = width
    for file in files.documentation_pages():
        if file.page and "title" in file.page.meta:
            file.page.meta["title"] = escape(file.page.meta["title"])
    return env
