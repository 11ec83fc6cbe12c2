"""Chapters seen another way: both languages side by side, and the quiz of a whole reader."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from posixpath import dirname, relpath
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from printables.chapters.chapter import Chapter
from printables.web.sections import Part

LINK = re.compile(r'(?:(?<= href=")|(?<= src="))[^"]+')
NOTE = re.compile(
    r' id="note-\d+"'
)  # where a source leads back to; on the page of its chapter alone
ID = re.compile(r'(?<= )(id|aria-labelledby|for)="([^"]+)"')

Twins = Mapping[str, Chapter]


@dataclass(frozen=True)
class Questions:
    """The questions of one chapter, as they stand on its page."""

    title: str
    url: str
    questions: Markup


def quizzed(chapters: Iterable[Twins], language: str) -> Iterator[tuple[str, list[Chapter]]]:
    """Each reader with those of its chapters that ask questions, in their order."""
    own = [twins[language] for twins in chapters if twins[language].section("quiz")]
    own.sort(key=lambda chapter: (chapter.reader, chapter.front.order, chapter.name))
    for reader, found in groupby(own, key=lambda chapter: chapter.reader):
        yield reader, list(found)


def paired(
    own: Iterable[Part], other: Iterable[Part], urls: tuple[str, str], here: str, prefix: str
) -> list[tuple[Markup, Markup]]:
    """The sections that two pages share by id, each ready to stand on the page at `here`.

    `urls` are the addresses of the two pages; ids of the other one take the prefix.
    """
    parts = {part.id: part for part in other if part.id}
    return [
        (moved(part.html, urls[0], here, ""), moved(parts[part.id].html, urls[1], here, prefix))
        for part in own
        if part.id in parts
    ]


def questions(parts: Iterable[Part], url: str, here: str) -> Markup:
    """The list of questions of the page at `url`; its marks lead to the sources of that page."""
    quiz = next(part for part in parts if part.role == "quiz")
    return moved(NOTE.sub("", quiz.inside), url, here, None)


@lru_cache(4096)  # while serving, most pages are as they were
def moved(html: str, old: str, new: str, prefix: str | None) -> Markup:
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
        address = _relative(where, new)
        return f"{address}#{target.fragment}" if target.fragment else address

    return Markup(ID.sub(rf'\1="{prefix or ""}\2"', LINK.sub(link, html)))


def _relative(target: str, page: str) -> str:
    """The address of `target`, seen from `page`; both from the site's root, a folder ends in a stroke."""
    address = relpath(target or ".", dirname(page) or ".")
    return f"{address}/" if target.endswith("/") else address
