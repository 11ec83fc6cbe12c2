"""Findings: one thing that is wrong, with file, line and remedy, in the reader's language."""

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, total_ordering
from pathlib import Path
from typing import Any

from printables.languages import LANGUAGES

TYPED = {"here", "instead"}  # values that were typed, or have to be
MOST_SHOWN = 80  # characters of these
MOST_OFFERED = 12  # words, where none is similar
TEXTS = Path(__file__).with_name("findings.toml")
# Characters that a terminal or browser would obey or hide: controls, line ends, bidirectional overrides.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@cache
def texts() -> dict[str, dict[str, Any]]:
    """Messages by code and language; `example` has samples of keys, `part` words within messages."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def reader_language() -> str:
    """Language of messages: READERS_LANGUAGE, else the locale's, else English."""
    wanted = (
        os.environ.get("READERS_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    )
    return next((code for code in LANGUAGES if (wanted or "").startswith(code)), "en")


@total_ordering
@dataclass(frozen=True, eq=False)
class Finding:
    """One thing that is wrong; `line` counts from 1, and is 0 for the whole file."""

    path: str
    line: int
    code: str
    values: tuple[tuple[str, object], ...] = ()

    @property
    def _place(self) -> tuple[str, int, str, str]:
        """Key for order and equality; `values` may be mappings, which cannot be ordered or hashed."""
        return self.path, self.line, self.code, repr(self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and self._place == other._place

    def __lt__(self, other: "Finding") -> bool:
        return self._place < other._place

    def __hash__(self) -> int:
        return hash(self._place)

    def message(self, language: str | None = None) -> str:
        """The message in `language`; invisible characters are written as <U+…>."""
        language = language or reader_language()
        values = {name: _in_language(value, language) for name, value in self.values}
        if {"here", "instead"} <= values.keys():
            values |= {name: _shown(values[name]) for name in TYPED & values.keys()}
        return _visible(texts()[self.code][language].format(**values))

    def text(self, language: str | None = None) -> str:
        """`file:line: message` in `language`."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{_visible(place)}: {self.message(language)}"

    def __str__(self) -> str:
        return self.text()


class Rejected(Exception):
    """Input that cannot be printed or published; `findings` are sorted, each once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> tuple[type, tuple[list[Finding]]]:
        return Rejected, (self.findings,)


def finding(code: str, path: Path | str, line: int = 0, /, **values: object) -> Finding:
    """A finding with a code of findings.toml; raises KeyError for any other."""
    if code not in texts():
        raise KeyError(code)
    plain_values = (
        (name, value if isinstance(value, (str, int, float, dict)) else str(value))
        for name, value in values.items()
    )
    return Finding(str(path), line, code, tuple(plain_values))


def part(key: str, **values: object) -> dict[str, str]:
    """Words of findings.toml that go into a message, by language."""
    return {code: text.format(**values) for code, text in texts()["part"][key].items()}


# What tells two causes apart; the same slogan is too long on a dozen sheets.
CAUSES: dict[str, tuple[str, ...]] = {
    "slogan-too-long": (),
    "copy-too-long": ("design", "language", "page", "section"),
    "copy-too-long-both": ("design", "language", "page", "section"),
    "text-too-small": ("design", "language", "text"),
    "imprint-too-small": ("design", "language", "text"),
}


def by_cause(found: Iterable[Finding]) -> list[Finding]:
    """The findings sorted, one for each cause: of the same thing on several sheets, that on the least room."""
    causes: dict[object, Finding] = {}
    for each in sorted(set(found), key=lambda one: (_room(one), one)):
        values = dict(each.values)
        telling = CAUSES.get(each.code)
        cause = each if telling is None else tuple(values.get(name) for name in telling)
        causes.setdefault((each.path, each.line, each.code, cause), each)
    return sorted(causes.values())


def _room(found: Finding) -> float:
    """Characters that there is room for, where a message that is told once says so."""
    told = found.code in CAUSES
    return float(str(dict(found.values).get("characters", 0))) if told else 0.0


def example(key: str) -> dict[str, str]:
    """A sample of a key of a front matter or of another YAML file, by language."""
    sample: dict[str, str] = texts()["example"][key]
    return sample


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str:
    """The word of `words` that was probably meant; else all of them, or the nearest of many.

    `cutoff` is how alike they must be, 0 to 1.
    """
    words = sorted(words)
    near = get_close_matches(word, words, n=1, cutoff=cutoff)
    if not near and len(words) > MOST_OFFERED:
        return ", ".join([*get_close_matches(word, words, n=3, cutoff=0.0), "…"])
    return near[0] if near else ", ".join(words)


def _in_language(value: object, language: str) -> object:
    """A value in the reader's language, if it is a mapping by language."""
    if isinstance(value, dict):
        return value[language]
    return value


def _shown(value: object) -> object:
    """A value as a message shows it, a long text only by its beginning."""
    if isinstance(value, str) and len(value) > MOST_SHOWN:
        return f"{value[:MOST_SHOWN].rstrip()}…"
    return value


def _visible(text: str) -> str:
    return UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
