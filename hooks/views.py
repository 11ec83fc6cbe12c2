"""Chapters seen another way: both languages side by side, and the quiz of a whole reader."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from printables.chapters.chapter import Chapter
from printables.words import LANGUAGES

SECTION = re.compile(r'<section aria-labelledby="([\w-]+)".*?</section>', re.DOTALL)
LINK = re.compile(r'(?<= href=")[^"]+')
ID = re.compile(r'(?<= )(id|aria-labelledby|for)="([^"]+)"')
HEADING = re.compile(r"<h2.*?</h2>", re.DOTALL)

Twins = Mapping[str, Chapter]


@dataclass(frozen=True)
class Part:
    """The questions of one chapter, as they stand on its page."""

    title: str
    url: str
    questions: str


def twins_of(config: MkDocsConfig) -> list[tuple[str, Twins]]:
    """Chapters that stand in both languages."""
    known = config.extra["collection"].twins().items()
    return [(name, twins) for name, twins in known if len(twins) == len(LANGUAGES)]


def quizzed(
    chapters: list[tuple[str, Twins]], language: str
) -> Iterator[tuple[str, list[Chapter]]]:
    """Each reader with those of its chapters that ask questions, in their order."""
    own = [twins[language] for _, twins in chapters if twins[language].section("quiz")]
    own.sort(key=lambda chapter: (chapter.reader, chapter.front.order, chapter.name))
    for reader, found in groupby(own, key=lambda chapter: chapter.reader):
        yield reader, list(found)


def page_file(config: MkDocsConfig, uri: str, **meta: object) -> File:
    """A page without text of its own; its template takes everything from the chapters."""
    meta |= {"search": {"exclude": True}, "hide": ["navigation", "toc"]}
    head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in meta.items())
    text = f"---\n{head}\n---\n"
    return File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every view."""
    chapters = twins_of(config)
    for language in LANGUAGES:
        said = config.extra["words"][language]
        for name, twins in chapters:
            front = twins[language].front
            shown = {"title": front.title, "tone": front.tone, "summary": front.summary}
            uri = f"{language}/both/{name}.md"
            files.append(page_file(config, uri, template="both.html", **shown))
        for reader, _ in quizzed(chapters, language):
            uri = f"{language}/quiz/{reader}.md"
            files.append(page_file(config, uri, template="quiz.html", title=said["quiz"]))
    return files


@lru_cache(4096)  # while serving, most pages are as they were
def moved(html: str, old: str, new: str, prefix: str | None) -> str:
    """The HTML of the page at `old` as a part of the page at `new`.

    Ids and links to them take the prefix; without one (None) such links lead back to `old`.
    """

    def link(href: re.Match[str]) -> str:
        target = urlsplit(href[0])
        if target.scheme or target.netloc:
            return href[0]
        if not target.path and prefix is not None:
            return f"#{prefix}{target.fragment}"
        where = urljoin(f"/{old}", target.path).removeprefix("/")
        relative = get_relative_url(where, new)
        return f"{relative}#{target.fragment}" if target.fragment else relative

    return ID.sub(rf'\1="{prefix or ""}\2"', LINK.sub(link, html))


def paired(own: Page, other: Page, here: str, prefix: str) -> list[tuple[str, str]]:
    """The sections of two pages by id, each ready to stand on the page at `here`."""
    parts = {match[1]: match[0] for match in SECTION.finditer(other.content or "")}
    return [
        (moved(match[0], own.url, here, ""), moved(parts[match[1]], other.url, here, prefix))
        for match in SECTION.finditer(own.content or "")
        if match[1] in parts
    ]


def questions(page: Page, here: str) -> str:
    """The list of questions of a chapter's page; its marks lead to the sources of that page."""
    section = next(
        match[0] for match in SECTION.finditer(page.content or "") if "role-quiz" in match[0]
    )
    inside = HEADING.sub("", section.partition(">")[2].removesuffix("</section>"))
    return moved(inside, page.url, here, None)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Hand a view what it shows, and a chapter the addresses of its views."""
    language, _, rest = page.file.src_uri.removesuffix(".md").partition("/")
    view, _, name = rest.partition("/")
    pages = {file.src_uri: file.page for file in context["pages"]}
    if page.meta.get("template") == "both.html":
        other = next(code for code in LANGUAGES if code != language)
        own, twin = (pages[f"{code}/{name}.md"] for code in (language, other))
        context |= {"pairs": paired(own, twin, page.url, f"{other}-"), "own": own, "twin": twin}
        context["other"] = other
    elif page.meta.get("template") == "quiz.html":
        chapters = dict(quizzed(twins_of(config), language))[name]
        found = [(chapter, pages[f"{language}/{chapter.name}.md"]) for chapter in chapters]
        context["reader"] = pages[f"{language}/{name}/index.md"]
        context["chapters"] = chapters
        context["parts"] = [
            Part(chapter.front.title, own.url, questions(own, page.url)) for chapter, own in found
        ]
    else:
        context["both"] = pages.get(f"{language}/both/{rest}.md")
        reader = view if "/" in rest else ""
        context["quiz"] = pages.get(f"{language}/quiz/{reader}.md")
    return context
