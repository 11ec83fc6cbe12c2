"""A file that editors keep beside the chapters, owner.yml or one of library/: its text, and what its texts must not hold."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from printables.chapters import characters, sanitizer
from printables.findings import Finding, Rejected, finding

MOST_LINES = 6_000  # the glossary is a list of short lines, and grows
# What systems and editors leave beside the files; mkdocs.yml leaves the same out of the site.
LEFT = re.compile(r"\..*|Thumbs\.db|desktop\.ini|~\$.*|.*~|.*\.bak")
BREAK = re.compile(r"[\t\n]")
MARKERS = ("<<<<<<< ", ">>>>>>> ")  # what git leaves of two branches

Place = tuple[str | int, ...]  # of a value: its keys, and indexes from 0


def text_of(path: Path) -> str:
    r"""The file's text with \n as line ends; raises Rejected where it is a link, missing, too large or unsafe."""
    if path.is_symlink():
        raise Rejected([finding("link-inside", path, target=path)])
    if not path.is_file():
        raise Rejected([finding("not-a-file" if path.exists() else "file-missing", path)])
    with path.open("rb") as file:
        content = file.read(sanitizer.MOST_BYTES + 1)
    if len(content) > sanitizer.MOST_BYTES:
        raise Rejected([finding("page-too-large", path, most=f"{sanitizer.MOST_BYTES // 1000} KB")])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Rejected([finding("file-not-text", path)]) from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(MARKERS):
            raise Rejected([finding("merge-conflict", path, number, here=line[:30])])
    if wrong := sanitizer.text(path, content, text, MOST_LINES):
        raise Rejected(wrong)
    return text


def texts(value: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text of a value, keys as well, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from texts(key, (*place, key))
            yield from texts(inside, (*place, key))
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            yield from texts(inside, (*place, index))


def unsafe(
    path: Path,
    found: Iterable[tuple[Place, str]],
    line_of: Callable[..., int],
    *,
    printed: bool = False,
) -> list[Finding]:
    """Findings for what an escape such as \\u202e brought in, for several lines, no text at all, and HTML.

    For what the fonts cannot draw as well, in texts that are `printed`.
    """
    return [
        finding(code, path, line_of(*place), **values)
        for place, value in found
        for code, values in _wrong(place, value, printed)
    ]


def _wrong(place: Place, value: str, printed: bool) -> Iterator[tuple[str, dict[str, str]]]:
    steps = place[1:] if place and isinstance(place[0], int) else place  # of a list of entries
    key = ".".join(map(str, steps)) or '""'
    if hidden := characters.hidden(value):
        yield "hidden-character", {"character": hidden}
    elif BREAK.search(value):
        yield "text-of-lines", {"key": key}
    elif not value.strip():
        yield "text-empty", {"key": key}
    elif tag := sanitizer.TAG.search(value):
        yield "raw-html", {"tag": tag[0][:40]}
    elif printed and (missing := characters.undrawable(value)):
        yield "glyph-missing", {"characters": missing}
