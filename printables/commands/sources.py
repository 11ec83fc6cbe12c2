"""What becomes of the law: documents that come or end within a year, what rests on them, and chapters to review."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date

from printables.chapters.chapter import Chapter
from printables.findings import Rejected
from printables.last_net import run
from printables.project import Project
from printables.publishing.law_watch import Watched, old_reviews, watched

STANDINGS = {
    "over": "{day} 起不再有效 · no longer in force from {day}",
    "ends": "{day} 起不再有效 · ends: no longer in force from {day}",
    "not_yet": "{day} 起施行 · not yet in force, begins on {day}",
}
OLD = "审核超过一年 · reviewed more than a year ago"
NOTHING = "没有要看的 · nothing to look at"


def as_json(on: date, documents: Iterable[Watched], chapters: Iterable[Chapter]) -> str:
    """One object: the day, documents with all that rests on them, chapters with the day of their review."""
    told = {
        "on": str(on),
        "documents": [
            {
                "id": each.name,
                "standing": each.standing,
                "day": str(each.day),
                "title": each.title.model_dump(),
                "replaced_by": each.by and each.by.model_dump(),
                "claims": [
                    {"file": str(claim.path), "line": claim.line, "mark": claim.mark}
                    for claim in each.claims
                ],
                "papers": [
                    {"file": str(paper.path), "line": paper.line, "names": paper.mark}
                    for paper in each.papers
                ],
                "sheets": list(each.sheets),
                "editions": [edition.label for edition in each.editions],
            }
            for each in documents
        ],
        "chapters": [
            {"file": str(each.path), "reviewed": str(each.front.reviewed)} for each in chapters
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_text(on: date, documents: Iterable[Watched], chapters: Iterable[Chapter]) -> str:
    """Markdown that is read well as it stands: a heading for each document, a line for each that rests on it."""
    lines = []
    for each in documents:
        title = f"{each.title.zh} · {each.title.en}"
        lines += [f"## {each.name}: {title}", "", STANDINGS[each.standing].format(day=each.day), ""]
        if each.by:
            named = dict.fromkeys((each.by.zh, each.by.en))
            lines += [f"代替它的 · replaced by: {' · '.join(named)}", ""]
        lines += [f"- {claim.path}:{claim.line} [^{claim.mark}]" for claim in each.claims]
        lines += [
            f"- 文书 · paper: {paper.path}:{paper.line} {paper.mark}" for paper in each.papers
        ]
        lines += [f"- 印刷品 · sheet: {name}" for name in each.sheets]
        lines += [f"- 已发布 · issued: {edition.label} {edition.name}" for edition in each.editions]
        lines.append("")
    if old := [f"- {each.path} ({each.front.reviewed})" for each in chapters]:
        lines += [f"## {OLD}", "", *old, ""]
    return "\n".join([f"# {on}", "", *(lines or [NOTHING])]).rstrip()


def main(arguments: list[str] | None = None) -> int:
    """Run `status`; 0 whatever it tells, 1 where the project's files are wrong, 2 for a wrong call."""
    asked = _parser().parse_args(arguments)
    project = Project()
    collection, prospect = project.read()
    try:
        register = project.register()
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1
    if prospect.findings:
        print(Rejected(prospect.findings), file=sys.stderr)
        return 1
    documents = watched(collection, project.library, prospect.editions, register, asked.on)
    chapters = old_reviews(collection, asked.on)
    tell = as_json if asked.format == "json" else as_text
    print(tell(asked.on, documents, chapters))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"没有这一天 · no such day: {text}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/sources", description=__doc__)
    parser.add_argument("what", choices=("status",))
    parser.add_argument(
        "--on",
        type=_day,
        default=date.today(),
        metavar="2027-02-01",
        help="按哪一天算，默认今天 · as of which day; default: today",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


if __name__ == "__main__":
    sys.exit(run(main))
