"""Terms of the glossary: a page in each language, and a hint where a chapter first uses one."""

import os
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from printables.chapters.glossary import PLACE, Glossary, Term, read
from printables.findings import Rejected
from printables.words import LANGUAGES

PAGE = "../glossary.md"  # as a chapter sees it; MkDocs makes it an address
UNTOUCHED = {"a", "code", "pre", "h1", "h2", "h3", "summary", "details", "strong", "svg"}
NAMES = {"signs", "role role-sources"}  # classes of what holds names, which are no place for hints


class TermTreeprocessor(Treeprocessor):
    """Links the first use of each term, outside headings, links and answers."""

    def __init__(self, md: Markdown, terms: "Terms") -> None:
        super().__init__(md)
        self.terms = terms

    def run(self, root: Element) -> None:
        if self.terms.glossary:
            self._walk(root, self.terms.glossary, set())

    def _walk(self, element: Element, glossary: Glossary, seen: set[str]) -> None:
        for child in list(element):
            if child.tag not in UNTOUCHED and child.get("class") not in NAMES:
                self._walk(child, glossary, seen)
            self._mend(element, child, glossary, seen)
        self._mend(element, None, glossary, seen)

    def _mend(
        self, parent: Element, before: Element | None, glossary: Glossary, seen: set[str]
    ) -> None:
        """Link the first new term in the text behind `before`, or at the parent's beginning."""
        text = (parent.text if before is None else before.tail) or ""
        for match in glossary.pattern.finditer(text):
            term = glossary.term(match[0])
            if term.id in seen:
                continue
            seen.add(term.id)
            link = self._link(match[0], term)
            link.tail = text[match.end() :]
            place = 0 if before is None else list(parent).index(before) + 1
            parent.insert(place, link)
            if before is None:
                parent.text = text[: match.start()]
            else:
                before.tail = text[: match.start()]
            self._mend(parent, link, glossary, seen)
            return

    def _link(self, words: str, term: Term) -> Element:
        other = next(code for code in LANGUAGES if code != self.terms.language)
        link = Element("a", {"class": "term", "href": f"{PAGE}#{term.id}"})
        link.set("title", term.said(other))
        link.text = words
        return link


class Terms(Extension):
    """What the page that is being rendered needs: its language and its glossary."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Term] = []
        self.glossary: Glossary | None = None
        self.language = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Register after the sections, which give quizzes and calls their shape."""
        md.treeprocessors.register(TermTreeprocessor(md, self), "terms", 0.5)


terms = Terms()
glossaries: dict[str, Glossary] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the glossary."""
    try:
        terms.all = read(Path(os.path.relpath(config.config_file_path)).parent / PLACE)
    except Rejected as error:
        raise PluginError(str(error)) from None
    glossaries.update({language: Glossary(terms.all, language) for language in LANGUAGES})
    config.markdown_extensions.append(terms)  # type: ignore[arg-type] # Markdown takes both
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Chapters get hints; the glossary's own page gets its list."""
    language, _, rest = page.file.src_uri.partition("/")
    chapter = rest.count("/") == 1 and not rest.endswith("/index.md")
    terms.glossary = glossaries.get(language) if chapter else None
    terms.language = language
    if rest == "glossary.md":
        return markdown + "\n\n" + _listed(language)
    return markdown


def _listed(language: str) -> str:
    """Every term with its twin, in the order of this language, as a Markdown list with anchors."""
    other = next(code for code in LANGUAGES if code != language)
    ordered: list[Any] = sorted(terms.all, key=lambda term: term.said(language).lower())
    entries = (
        f"- **{escape(term.said(language))}** {escape(term.said(other))}\n    {{: #{term.id} }}"
        for term in ordered
    )
    return "\n".join(entries)
