"""The sources of a chapter on its page: numbered marks, the list that they lead to, and what a mark opens beside itself.

Without a script a mark leads to the list, whose entries lead to the page of all sources; assets/hint.js shows what an entry
carries.
"""

import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from printables.chapters.bibliography import Bibliography, split
from printables.chapters.chapter import MARK, SCENE, Chapter, Source
from printables.languages import FACTS
from printables.words import Words

PAGE = "../sources.md"  # as a chapter sees it; MkDocs makes it an address
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|])")  # what Markdown would take for its own


def number_marks(markdown: str, sources: Sequence[Source]) -> str:
    """Replace every `[^id]` by a link to the numbered list, which leads back to the first; leave scenes out."""
    numbers = {source.mark: number for number, source in enumerate(sources, 1)}
    seen: set[int] = set()

    def link(mark: re.Match[str]) -> str:
        number = numbers[mark[1]]
        first = "" if number in seen else f" #note-{number}"
        seen.add(number)
        return f"[{number}](#source-{number}){{.source{first}}}"

    return MARK.sub(link, SCENE.sub("", markdown))


def sources_section(
    sources: Sequence[Source], words: Words, language: str, bibliography: Bibliography
) -> str:
    """Markdown of the list that the marks lead to: a line for each document, in it its cited clauses.

    A number leads back to its first mark; a document to its official page as well, where the bibliography has one.
    """
    documents: dict[str, list[str]] = {}
    pages: dict[str, str] = {}
    for number, source in enumerate(sources, 1):
        document, clause = split(source.mark)
        named = FACTS[language].comma.join(filter(None, (source.title, source.number)))
        place = f" [{literal(source.clause)}]({PAGE}#{source.mark})" if clause else ""
        entry = f"_[**{number}**](#note-{number}){{.back}}{place}_{{: #source-{number} }}"
        title = f"[{literal(named)}]({PAGE}#{document})"
        documents.setdefault(title, []).append(entry)
        if (known := bibliography.documents.get(document)) and known.page:
            pages[title] = f" [{words['source_page']}]({known.page})"
    lines = [
        f"- {title}{pages.get(title, '')} {' '.join(cited)}" for title, cited in documents.items()
    ]
    return "\n".join([f"## {words['sources']} {{#sources .sources}}", "", *lines])


class SourceHints(Extension):
    """Gives each entry of a page's list of sources what its marks open: `lines` has term and meaning by the entry's id."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Mapping[str, tuple[str, str]] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Register after attr_list (8), from which the entries have their ids."""
        md.treeprocessors.register(_Carrying(md, self), "source-hints", 2)


class _Carrying(Treeprocessor):
    """Puts the lines on the entries."""

    def __init__(self, md: Markdown, hints: SourceHints) -> None:
        super().__init__(md)
        self.hints = hints

    def run(self, root: Element) -> None:
        for entry in root.iter("em"):
            if line := self.hints.lines.get(entry.get("id", "")):
                entry.set("data-term", line[0])
                entry.set("data-means", line[1])


def lines_of(chapter: Chapter, bibliography: Bibliography) -> dict[str, tuple[str, str]]:
    """Title and place of each of a chapter's sources, and the sentence that says what it is, by the entry's id."""
    comma = FACTS[chapter.language].comma
    return {
        f"source-{number}": (
            comma.join(filter(None, (source.number or source.title, source.clause))),
            says,
        )
        for number, source in enumerate(chapter.sources, 1)
        if (says := bibliography.says(source.mark, chapter.language))
    }


def literal(text: str) -> str:
    """Markdown that shows `text` as it stands."""
    return SPECIAL.sub(r"\\\1", html.escape(str(text), quote=False))


def text_edition(chapters: Sequence[Chapter]) -> str:
    """Date of review and four hex digits of what chapters say and name: `2026-11-23·1f3a`."""
    said = "".join(f"{chapter.source_hash}{chapter.sources}" for chapter in chapters)
    digits = hashlib.sha256(said.encode()).hexdigest()
    return f"{max(chapter.front.reviewed for chapter in chapters)}·{digits[:4]}"
