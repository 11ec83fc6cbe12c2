"""The sources of a chapter on its page: numbered marks, and the list that they lead to."""

import hashlib
import html
import re
from collections.abc import Mapping, Sequence

from printables.chapters.chapter import MARK, Chapter
from printables.languages import FACTS
from printables.words import Words

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|])")  # what Markdown would take for its own

Reference = Mapping[str, str]


def number_marks(markdown: str, sources: Sequence[Reference]) -> str:
    """Replace `[^id]` by links to the numbered list; raise KeyError for an id that it lacks."""
    numbers = {source["id"]: number for number, source in enumerate(sources, 1)}

    def link(mark: re.Match[str]) -> str:
        number = numbers[mark[1]]
        return f'[{number}](#source-{number}){{.source data-search-exclude=""}}'

    return MARK.sub(link, markdown)


def sources_section(sources: Sequence[Reference], words: Words, language: str) -> str:
    """Markdown of the list that the marks lead to: a line for each document, in it its cited clauses."""
    documents: dict[str, list[str]] = {}
    for number, source in enumerate(sources, 1):
        document = FACTS[language].comma.join(
            str(source[key]) for key in ("title", "number") if key in source
        )
        cited = f"**{number}** {literal(source.get('clause', ''))}".strip()
        documents.setdefault(document, []).append(f"_{cited}_{{: #source-{number} }}")
    lines = [f"- {literal(title)} {' '.join(cited)}" for title, cited in documents.items()]
    return "\n".join([f"## {words['sources']} {{#sources .sources}}", "", *lines])


def literal(text: str) -> str:
    """Markdown that shows `text` as it stands."""
    return SPECIAL.sub(r"\\\1", html.escape(str(text), quote=False))


def text_edition(chapters: Sequence[Chapter]) -> str:
    """Date of review and four hex digits of what chapters say: `2026-11-23·1f3a`."""
    said = "".join(chapter.source_hash for chapter in chapters)
    digits = said if len(chapters) == 1 else hashlib.sha256(said.encode()).hexdigest()
    return f"{max(chapter.front.reviewed for chapter in chapters)}·{digits[:4]}"
