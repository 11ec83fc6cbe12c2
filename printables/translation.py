"""Whether a translation still says what its source says, and the command that tells and closes it.

The front matter of a translation holds, as `translates`, the hash of the source that it was made from. A commit's id would be
lost by squash merges, and both languages often change in one commit.
"""

import argparse
import difflib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from printables import chapter as chapters
from printables import heads
from printables.chapter import Chapter
from printables.findings import Finding, finding
from printables.words import LANGUAGES

KEY = re.compile(r"^translates:.*\n", re.MULTILINE)
MOST_VERSIONS = 400  # of a file's history that `diff` looks through


def stale(translation: Chapter, source: Chapter) -> bool:
    """Whether the source has changed since the translation was made from it."""
    made_from = translation.front.translates
    return bool(made_from) and made_from != source.source_hash


def judge(zh: Chapter, en: Chapter) -> tuple[list[Finding], list[Finding]]:
    """Errors and notes on twins of which one translates the other."""
    findings: list[Finding] = []
    notes: list[Finding] = []
    if zh.front.translates and en.front.translates:
        findings.append(finding("translation-both", en.path, 1, twin=zh.path))
        return findings, notes
    for made, source in ((zh, en), (en, zh)):
        if stale(made, source):
            critical = made.front.critical or source.front.critical
            code = "translation-stale-critical" if critical else "translation-stale"
            found = finding(code, made.path, 1, source=source.path)
            (findings if critical else notes).append(found)
    return findings, notes


@dataclass(frozen=True)
class State:
    """How a pair of twins stands: "fresh", "stale", "untracked" or "missing" (no twin to compare)."""

    name: str
    translation: Path | None
    source: Path
    word: str


def states(pairs: dict[str, dict[str, Chapter]]) -> list[State]:
    """The state of every chapter, in order of name."""
    return [_state(name, pair) for name, pair in pairs.items()]


def _state(name: str, pair: dict[str, Chapter]) -> State:
    if len(pair) < len(LANGUAGES):
        return State(name, None, next(iter(pair.values())).path, "missing")
    made, source = (
        (pair["zh"], pair["en"]) if pair["zh"].front.translates else (pair["en"], pair["zh"])
    )
    word = "untracked" if not made.front.translates else "stale" if stale(made, source) else "fresh"
    return State(name, made.path, source.path, word)


def done(translation: Path, source: Path) -> None:
    """Write into the translation that it was made from the source as it is now."""
    text = heads.read(translation)
    line = f'translates: "{chapters.source_hash(heads.read(source))}"\n'
    if not KEY.search(heads.split(translation, text)[0]):
        text = text.replace("sources:", line + "sources:", 1)
    else:
        text = KEY.sub(line, text, count=1)
    translation.write_text(text, encoding="utf-8")


def changes(translation: Path, source: Path) -> str | None:
    """What changed in the source since the translation was made, as a diff; None where history lacks it."""
    head = heads.split(translation, heads.read(translation))[0]
    found = re.search(r'^translates: *"?([0-9a-f]{12})', head, re.MULTILINE)
    old = _version(source, found[1]) if found else None
    if old is None:
        return None
    before, after = (text.splitlines(keepends=True) for text in (old, heads.read(source)))
    return "".join(difflib.unified_diff(before, after, f"{source} {found[1]}", str(source), n=1))  # type: ignore[index]


def _version(path: Path, wanted: str) -> str | None:
    """The text of `path` whose hash is `wanted`, from git's history."""
    log = _git(path, "log", f"-{MOST_VERSIONS}", "--format=%H", "--", path.name)
    for commit in (log or "").split():
        text = _git(path, "show", f"{commit}:./{path.name}")
        if text is not None and chapters.source_hash(text) == wanted:
            return text
    return None


def _git(path: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(path.parent), *arguments]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return answer.stdout if answer.returncode == 0 else None


SAID = {
    "fresh": "译文最新 · up to date",
    "stale": "原文已改，译文过期 · stale",
    "untracked": "未登记 · not tracked",
    "missing": "缺少译文 · no twin",
    "lost": "历史中找不到译文所依据的版本 · the version it was made from is not in the history",
}


def main(arguments: list[str] | None = None) -> int:
    """status, diff or done; 1 from `status` where a translation is stale."""
    from printables import design
    from printables.shelf import stock

    parser = argparse.ArgumentParser(
        prog="script/translate", description=f"{__doc__.splitlines()[0]}"
    )
    parser.add_argument("what", choices=("status", "diff", "done"))
    parser.add_argument(
        "chapters", nargs="*", metavar="teams/ladders", help="默认全部 · default: all"
    )
    asked = parser.parse_args(arguments)
    known = states(stock(Path("docs"), design.names(), drafts=True).twins())
    if unknown := set(asked.chapters) - {state.name for state in known}:
        parser.error(f"没有这些章节 · no such chapter: {', '.join(sorted(unknown))}")
    if asked.what == "done" and not asked.chapters:
        parser.error("请写明章节 · name the chapters")
    chosen = [state for state in known if not asked.chapters or state.name in asked.chapters]
    for state in chosen:
        _tell(asked.what, state)
    return int(asked.what == "status" and any(state.word == "stale" for state in chosen))


def _tell(what: str, state: State) -> None:
    if what == "status":
        print(f"{state.name:40} {SAID[state.word]}")
    elif what == "done" and state.translation:
        done(state.translation, state.source)
        print(f"{state.translation}: {SAID['fresh']}")
    elif what == "diff" and state.word == "stale" and state.translation:
        shown = changes(state.translation, state.source)
        print(f"{state.name}: {SAID['lost']}" if shown is None else shown)


if __name__ == "__main__":
    sys.exit(main())
