"""TOML files beside the chapters: their keys, what their texts must not hold, and the lines of both."""

import re
import tomllib
from functools import partial
from pathlib import Path

from printables.chapters import kept_file
from printables.findings import Finding, Rejected, finding

TABLE = re.compile(r"\s*\[+([^\[\]]+)\]+\s*(?:#.*)?$")
ENTRY = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)
NAME = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s.]+)")
DATE = "Invalid date"  # so tomllib begins where a day does not exist
REPEATED = re.compile(
    r"Cannot declare .* twice|Cannot overwrite a value|Duplicate inline table key"
)
BROKEN_AT = re.compile(r"(.*) \(at line (\d+), column \d+\)", re.DOTALL)


def read(path: Path, *, printed: bool = False) -> tuple[str, dict[str, object]]:
    """The file's text and its keys; raises Rejected for a file that is missing, unsafe or no TOML.

    Texts that are `printed` may have several lines, and no character that the fonts lack.
    """
    text = kept_file.text_of(path)
    try:
        keys = tomllib.loads(text)
        found = kept_file.texts(keys)
        texts = ((at, each.replace("\n", " ") if printed else each) for at, each in found)
        unsafe = kept_file.unsafe(path, texts, partial(line_of, text), printed=printed)
    except tomllib.TOMLDecodeError as error:
        raise Rejected([_broken(path, text, str(error))]) from None
    except RecursionError:
        raise Rejected([finding("nested-too-deep", path)]) from None
    if unsafe:
        raise Rejected(unsafe)
    return text, keys


def line_of(text: str, *place: str | int) -> int:
    """Line, from 1, of the key at `place`, else of the nearest table around it; 1 where there is none."""
    wanted = [str(step) for step in place]
    table: list[str] = []
    best, length = 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if head := TABLE.match(line):
            here = table = _names(head[1])
        elif entry := ENTRY.match(line):
            here = [*table, *_names(entry[1])]
        else:
            continue
        shared = min(len(here), len(wanted))
        if shared > length and here[:shared] == wanted[:shared]:
            best, length = number, shared
    return best


def _names(dotted: str) -> list[str]:
    """The keys of `clauses."5.9.1"`: clauses, 5.9.1."""
    return ["".join(match.groups("")) for match in NAME.finditer(dotted)]


def _broken(path: Path, text: str, message: str) -> Finding:
    """What tomllib says, and where; at the end of the file it names no line."""
    lines = text.rstrip("\n").split("\n")
    match = BROKEN_AT.fullmatch(message)
    line, reason = (int(match[2]), match[1]) if match else (len(lines), message)
    if DATE in reason:
        return finding("date-impossible", path, line, here=lines[line - 1].strip())
    head = TABLE.match(lines[line - 1]) or ENTRY.match(lines[line - 1])
    if REPEATED.match(reason) and head:
        return finding("repeated-key", path, line, key=head[1])
    return finding("toml-broken", path, line, reason=reason)
