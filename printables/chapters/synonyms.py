"""library/synonyms.toml: a word that chapters say, and what people type for it."""

import reprlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from printables.chapters import toml_file
from printables.findings import Finding, Rejected, example, finding

PLACE = Path("library/synonyms.toml")  # below the project's folder
MOST_IN_WORD = 40  # characters; longer ones are sentences, which nobody types twice

Synonyms = Mapping[str, tuple[str, ...]]


def read(path: Path) -> Synonyms:
    """What is typed for each word, nothing without such a file; raises Rejected with every wrong entry and its line."""
    if not (path.exists() or path.is_symlink()):
        return {}
    text, entries = toml_file.read(path)
    if wrong := [found for word in entries for found in _wrong(path, text, word, entries[word])]:
        raise Rejected(wrong)
    return {word: tuple(typed) for word, typed in entries.items() if isinstance(typed, list)}


def _wrong(path: Path, text: str, word: str, typed: object) -> Iterator[Finding]:
    if not isinstance(typed, list) or not typed:
        line = toml_file.line_of(text, word)
        yield finding("synonyms-no-list", path, line, word=word, example=example("synonyms"))
        return
    for each in (word, *typed):
        if not isinstance(each, str) or len(each) > MOST_IN_WORD:
            line, wrong = toml_file.line_of(text, word), reprlib.repr(each)
            yield finding("synonym-wrong", path, line, word=word, wrong=wrong, most=MOST_IN_WORD)
