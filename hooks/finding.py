"""What helps to find a chapter: synonyms in the search index, suggestions while somebody types."""

import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from printables.words import LANGUAGES

suggestions: dict[str, list[list[str]]] = {}


def synonyms(config: MkDocsConfig) -> str:
    """The file of words that chapters use, each with what people type for it."""
    path = Path(config.config_file_path).with_name("library") / "synonyms.toml"
    return path.read_text(encoding="utf-8")


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


def on_pre_build(config: MkDocsConfig) -> None:
    """Begin with no suggestions; a preview builds many times."""
    suggestions.clear()


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Remember chapters: title, address, and words that lead to them."""
    if chapter := context.get("chapter"):
        front = chapter.front
        title = front.title
        said = [title, front.slogan, front.summary, *(part.title for part in chapter.sections)]
        words = also(" ".join(map(str, said)), synonyms(config))
        suggestions.setdefault(chapter.language, []).append([title, page.url, *words])
    return context


@event_priority(-100)  # after the search plugin wrote its index
def on_post_build(config: MkDocsConfig) -> None:
    """Add synonyms to the index, unseen; write the suggestions as a script, which files can load."""
    site, known = Path(config.site_dir), synonyms(config)
    path = site / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] = [with_synonyms(entry, known) for entry in index["docs"]]
    path.write_text(compact(index), encoding="utf-8")
    told = {language: suggestions.get(language, []) for language in LANGUAGES}
    script = site / "assets" / "suggestions.js"
    script.write_text(f"var suggestions = {compact(told)};\n", encoding="utf-8")


def with_synonyms(entry: dict[str, str], known: str) -> dict[str, str]:
    """An entry of the index that is found by synonyms of what it says as well."""
    words: Iterable[str] = also(f"{entry['title']} {entry['text']}", known)
    if not words:
        return entry
    return {**entry, "text": f"{entry['text']}<span hidden> {' '.join(words)}</span>"}


def compact(value: object) -> str:
    """JSON without a needless byte."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
