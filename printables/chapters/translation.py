"""Stale translations: which there are, the changes of their source, and marking one as done.

The front matter of a translation has, as `translates`, the hash of the source that it was made from. A commit's id would be
lost by squash merges, and both languages often change in one commit.
"""

import difflib
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from printables.chapters import front_matter
from printables.chapters.chapter import Chapter
from printables.chapters.parser import source_hash
from printables.findings import Finding, finding
from printables.languages import LANGUAGES

KEY = re.compile(r"^translates:.*\n", re.MULTILINE)
MOST_VERSIONS = 400  # of a file's history, newest first, that `changes` searches


def stale(translation: Chapter, source: Chapter) -> bool:
    """True if the source has changed since the translation was made from it."""
    made_from = translation.front.translates
    return bool(made_from) and made_from != source.source_hash


def judge(one: Chapter, other: Chapter) -> tuple[list[Finding], list[Finding]]:
    """Errors and warnings on twins of which one translates the other."""
    findings: list[Finding] = []
    notes: list[Finding] = []
    if one.front.translates and other.front.translates:
        findings.append(finding("translation-both", other.path, 1, twin=one.path))
        return findings, notes
    for made, source in ((one, other), (other, one)):
        if stale(made, source):
            critical = made.front.critical or source.front.critical
            code = "translation-stale-critical" if critical else "translation-stale"
            (findings if critical else notes).append(
                finding(code, made.path, 1, source=source.path)
            )
    return findings, notes


@dataclass(frozen=True)
class Standing:
    """A pair of twins and its `word`: "fresh", "stale", "untracked" (no `translates`) or "missing" (no twin)."""

    name: str
    translation: Path | None
    source: Path
    word: str


def standings(pairs: dict[str, dict[str, Chapter]]) -> list[Standing]:
    """The standing of every chapter, in order of name."""
    return [_standing(name, pair) for name, pair in pairs.items()]


def _standing(name: str, pair: dict[str, Chapter]) -> Standing:
    if len(pair) < len(LANGUAGES):
        return Standing(name, None, next(iter(pair.values())).path, "missing")
    source, made = (pair[code] for code in LANGUAGES)
    if source.front.translates:
        source, made = made, source
    word = "untracked" if not made.front.translates else "stale" if stale(made, source) else "fresh"
    return Standing(name, made.path, source.path, word)


def done(translation: Path, source: Path) -> None:
    """Write into the translation that it was made from the source as it is now."""
    text = front_matter.read(translation)
    line = f'translates: "{source_hash(front_matter.read(source))}"\n'
    head = front_matter.split(translation, text)[0]
    told = KEY.sub(line, head, count=1) if KEY.search(head) else head + line
    text = text.replace(head, told, 1)
    translation.write_text(text, encoding="utf-8")


def changes(translation: Path, source: Path) -> str | None:
    """Unified diff of the source since the translation was made; None where git's history lacks that version."""
    head = front_matter.split(translation, front_matter.read(translation))[0]
    match = re.search(r'^translates: *"?([0-9a-f]{12})', head, re.MULTILINE)
    old = _version(source, match[1]) if match else None
    if match is None or old is None:
        return None
    before, after = (text.splitlines(keepends=True) for text in (old, front_matter.read(source)))
    return "".join(difflib.unified_diff(before, after, f"{source} {match[1]}", str(source), n=1))


def _version(path: Path, wanted: str) -> str | None:
    """The text of `path` whose hash is `wanted`, from git's history."""
    log = _git(path, "log", f"-{MOST_VERSIONS}", "--format=%H", "--", path.name)
    for commit in (log or "").split():
        text = _git(path, "show", f"{commit}:./{path.name}")
        if text is not None and source_hash(text) == wanted:
            return text
    return None


def _git(path: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(path.parent), *arguments]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return answer.stdout if answer.returncode == 0 else None
