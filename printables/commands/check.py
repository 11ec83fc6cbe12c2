"""All findings in one run, as text, as JSON, or as annotations of a pull request."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from printables.findings import Finding, part, reader_language
from printables.languages import LANGUAGES
from printables.last_net import run
from printables.production.cache import Cache
from printables.project import Project


def check(files: Iterable[Path] = ()) -> tuple[list[Finding], list[Finding]]:
    """Findings and notes on the project in the present folder, sheets included.

    With `files`, only those on these files, or the files of these folders, and their twins, drafts included, and those on
    what every sheet depends on.
    """
    named = list(files)
    inside = [each for path in named if path.is_dir() for each in path.rglob("*")]
    wanted = {_twinless(path) for path in (*named, *inside)}
    project = Project()
    collection, prospect = project.read(drafts=bool(wanted))
    plan, findings = prospect.plan, [*prospect.findings]
    if wanted:
        plan.orders = {key: order for key, order in plan.orders.items() if order.chapter in wanted}
    findings += plan.press(Cache(project.press)).findings  # cached sheets cost nothing
    return _chosen(findings, wanted), _chosen(collection.notes, wanted)


def _twinless(path: Path | str) -> str:
    """`teams/ladders` for docs/zh/teams/ladders.md and its twin, `forms/2B` for a form; other paths unchanged."""
    parts = Path(os.path.relpath(path)).parts
    if len(parts) > 2 and parts[0] == "docs" and parts[1] in LANGUAGES:
        return "/".join(parts[2:]).removesuffix(".md")
    if parts[:2] == ("library", "forms"):
        return "/".join(parts[1:]).removesuffix(".toml")
    return "/".join(parts)


def _chosen(findings: list[Finding], wanted: set[str]) -> list[Finding]:
    if not wanted:
        return sorted(set(findings))
    return sorted({f for f in findings if _twinless(f.path) in wanted or _is_shared(f.path)})


def _is_shared(path: str) -> bool:
    """True for what no chapter can do without: owner.yml, the register, the glossary, designs, state below the project."""
    is_form = path.rpartition("/")[0] == "library/forms"  # not what forms share, below it
    return not is_form and not path.startswith(("docs/", "library/campaigns/"))


def as_json(findings: list[Finding], notes: list[Finding]) -> str:
    """A JSON list with an object for each finding: file, line, code, level, message by language."""
    entries = [
        {
            "file": each.path,
            "line": each.line,
            "code": each.code,
            "level": level,
            "message": {language: each.message(language) for language in LANGUAGES},
        }
        for level, group in (("error", findings), ("warning", notes))
        for each in group
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1)


def as_annotations(findings: list[Finding], notes: list[Finding], language: str) -> str:
    """Workflow commands, which GitHub shows beside the line of a pull request."""
    lines = []
    for level, group in (("error", findings), ("warning", notes)):
        for each in group:
            place = f"file={_property(each.path)},line={max(each.line, 1)}"
            title = _property(each.code)
            lines.append(f"::{level} {place},title={title}::{_escaped(each.message(language))}")
    return "\n".join(lines)


def as_text(findings: list[Finding], notes: list[Finding], language: str) -> str:
    """A line `file:line: message` for each, and their number."""
    lines = [each.text(language) for each in (*findings, *notes)]
    count = part("to-fix", count=len(findings)) if findings else part("nothing-to-fix")
    return "\n".join([*lines, count[language]])


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 where nothing is wrong, 1 with findings, 2 for a wrong call."""
    parser = argparse.ArgumentParser(
        prog="script/check",
        description="检查章节，一次说全 · Check chapters, all findings in one run.",
    )
    parser.add_argument("files", nargs="*", type=Path, help="默认全部 · default: everything")
    parser.add_argument("--language", choices=LANGUAGES, default=reader_language())
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    asked = parser.parse_args(arguments)
    if missing := [str(path) for path in asked.files if not path.exists()]:
        parser.error(f"没有这些文件 · no such file: {', '.join(missing)}")
    if outside := [str(path) for path in asked.files if os.path.relpath(path).startswith("..")]:
        parser.error(f"不在项目里 · not in this project: {', '.join(outside)}")
    findings, notes = check(asked.files)
    if asked.format == "json":
        print(as_json(findings, notes))
    elif asked.format == "github":
        print(as_annotations(findings, notes, asked.language))
    else:
        print(as_text(findings, notes, asked.language))
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(run(main))
