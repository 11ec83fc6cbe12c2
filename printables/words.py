"""Fixed words of sheets and pages, in every language, from TOML files."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from printables.languages import LANGUAGES

Words = Mapping[str, str]


def load(path: Path) -> dict[str, Words]:
    """Read `key = {zh = "…", en = "…"}` entries; return one mapping a language.

    Raises KeyError, naming file and key, when an entry lacks a language.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    words: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for key, entry in entries.items():
        for language in LANGUAGES:
            if language not in entry:
                raise KeyError(f"{path}: {key} has no {language}")
            words[language][key] = entry[language]
    return {language: words[language] for language in LANGUAGES}


WORDS = load(Path(__file__).with_name("words.toml"))
