"""Titles that two readers share, or two chapters of a reader."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from printables.chapters import front_matter
from printables.chapters.same_names import Named, same_names
from printables.checks.source_file import PageFrontMatter, SourceFile
from printables.findings import Finding
from printables.languages import LANGUAGES

INDEX = re.compile(rf"(?:{'|'.join(LANGUAGES)})/[^/]+/index\.md")  # the page of a reader


def shared(files: Sequence[SourceFile]) -> Iterator[Finding]:
    """Readers that have one title, and chapters of one reader."""
    indexes = [each for each in files if INDEX.fullmatch(each.key) and not each.refused]
    yield from same_names(
        (each.path, {each.key.partition("/")[0]: title}, partial(_line_of_title, each.path))
        for each in indexes
        if (title := _title(each.path))
    )
    readers: dict[str, list[Named]] = defaultdict(list)
    for chapter in (file.chapter for file in files if file.chapter):
        named, place = {chapter.language: chapter.front.title}, chapter.path
        readers[chapter.reader].append((place, named, partial(_line_of_title, place)))
    for chapters in readers.values():
        yield from same_names(chapters)


def _line_of_title(path: Path) -> int:
    return front_matter.line_of_key(_head(path), "title")


def _title(path: Path) -> str:
    keys = front_matter.keys(path, _head(path), PageFrontMatter)[0]
    return keys.title if keys else ""


def _head(path: Path) -> str:
    return front_matter.split(path, front_matter.read(path))[0]
