"""What helps to find a chapter: synonyms in the search index, suggestions while somebody types."""

import json
import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from printables.chapters.chapter import Chapter
from printables.languages import LANGUAGES

Suggestion = list[str]  # title, address, and the words that lead there


def suggestion(chapter: Chapter, url: str, known: str) -> Suggestion:
    """What is offered of a chapter; `known` is the text of the file of synonyms."""
    front = chapter.front
    said = [front.title, front.slogan, front.summary, *(part.title for part in chapter.sections)]
    return [front.title, url, *also(" ".join(said), known)]


@lru_cache(4096)  # while serving, most texts are as they were
def also(text: str, known: str) -> list[str]:
    """Every synonym of a word in `text`, each once; Latin words count only as whole words."""
    found: dict[str, None] = {}
    text = text.lower()
    for word, begins, others in _words(known):
        if begins.search(text) if word.isascii() else word in text:
            found |= dict.fromkeys(others)
    return list(found)


@cache
def _words(known: str) -> list[tuple[str, re.Pattern[str], list[str]]]:
    """Each word in small letters, the pattern that finds it where a word begins, and its synonyms."""
    words = {word.lower(): others for word, others in tomllib.loads(known).items()}
    return [(word, re.compile(rf"\b{re.escape(word)}"), words[word]) for word in words]


def complete(index: Path, known: str) -> None:
    """Add synonyms to the entries of a search index, unseen."""
    entries = json.loads(index.read_text(encoding="utf-8"))
    entries["docs"] = [with_synonyms(entry, known) for entry in entries["docs"]]
    index.write_text(_compact(entries), encoding="utf-8")


def with_synonyms(entry: dict[str, str], known: str) -> dict[str, str]:
    """An entry of the index that is found by synonyms of what it says as well."""
    words = also(f"{entry['title']} {entry['text']}", known)
    if not words:
        return entry
    return {**entry, "text": f"{entry['text']}<span hidden> {' '.join(words)}</span>"}


def script(suggestions: dict[str, list[Suggestion]]) -> str:
    """The suggestions by language as a script, which pages opened from files can load."""
    told = {language: suggestions.get(language, []) for language in LANGUAGES}
    return f"var suggestions = {_compact(told)};\n"


def _compact(value: object) -> str:
    """JSON without a needless byte."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
