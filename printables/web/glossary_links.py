"""Terms of the glossary on a page: a link where a chapter first uses one.

Without a script a link leads to its entry in the list; assets/hint.js shows what it carries beside the word.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from printables.chapters.bibliography import Bibliography
from printables.chapters.glossary import Glossary, Term
from printables.languages import LANGUAGES
from printables.signs.registry import registry

PAGE = "../glossary.md"  # as a chapter sees it; MkDocs makes it an address
UNTOUCHED = {"a", "code", "pre", "h1", "h2", "h3", "summary", "details", "strong", "svg"}
NAMES = {"signs", "role role-sources"}  # classes of what holds names, which are no place for hints


class TermLinks(Extension):
    """Links terms on the page that is being rendered, in its `language`; none where that is empty.

    `bibliography` names what terms rest on.
    """

    def __init__(self, glossaries: Mapping[str, Glossary], bibliography: Bibliography) -> None:
        super().__init__()
        self.glossaries = glossaries
        self.bibliography = bibliography
        self.language = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Register after the sections, which give quizzes and calls their shape."""
        md.treeprocessors.register(_Linking(md, self), "terms", 0.5)


class _Linking(Treeprocessor):
    """Links the first use of each term, outside headings, links and answers."""

    def __init__(self, md: Markdown, links: TermLinks) -> None:
        super().__init__(md)
        self.links = links

    def run(self, root: Element) -> None:
        if glossary := self.links.glossaries.get(self.links.language):
            self._walk(root, glossary, set())

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
        language = self.links.language
        other = _other(language)
        link = Element("a", {"class": "term", "href": f"{PAGE}#{term.id}"})
        link.set("data-term", term[language])
        link.set("data-twin", term[other])
        link.set("data-twin-lang", other)
        link.set("data-means", term.means[language])
        if term.law and (source := self.links.bibliography.source(term.law, language)):
            link.set(
                "data-law", " ".join(filter(None, (source.title, source.number, source.clause)))
            )
            link.set("data-law-mark", term.law)
        if term.sign and term.sign in registry():
            link.set("data-sign", registry()[term.sign].name[language])
            link.set("data-sign-code", term.sign)
        link.text = words
        return link


def _other(language: str) -> str:
    return next(code for code in LANGUAGES if code != language)
