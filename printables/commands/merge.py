"""Print a list of firms their own sheets: python -m printables.commands.merge firms.xlsx --design poster --out merged/."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from printables.files import whole
from printables.findings import Finding, Rejected, finding, nearest, reader_language
from printables.firms import table
from printables.firms.listing import Asked, Entry, Sheet, cut, entries, fitting
from printables.forms.compose import FORM, to_fill
from printables.job import PDF, Job
from printables.languages import VOICES
from printables.last_net import run
from printables.layout import compose, design
from printables.layout.lettering import Room
from printables.press.sheet import Filed
from printables.production.cache import Cache
from printables.production.workers import print_all
from printables.project import Project
from printables.words import WORDS

INSIDE = "merged"  # the one folder of the project into which lists are printed; git leaves it out


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all was printed, 1 with findings, 2 for a wrong call."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.example:
        return _example(asked.example)
    if not asked.list or not asked.out:
        parser.error("firms.xlsx --out DIR · 名单和 --out 都要写")
    try:
        return _merge(Project(), asked)
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/merge", description=__doc__)
    parser.add_argument(
        "list", type=Path, nargs="?",
        help="firms.xlsx, firms.csv; what is hidden in an .xlsx is left out, in .xls and .ods it is not · 企业名单；.xlsx 里隐藏、筛选掉的不印，.xls 和 .ods 里的照印",
    )  # fmt: skip
    parser.add_argument("--example", type=Path, help="write an empty list · 写出一个空名单")
    parser.add_argument("--out", type=Path, help="folder · 输出文件夹")
    parser.add_argument("--design", action="append", default=[], help="default: poster · 版式")
    parser.add_argument(
        "--chapter", action="append", default=[], help="teams/ladders; default: all · 章节"
    )
    parser.add_argument(
        "--language", action="append", default=[], choices=VOICES, help="default: zh · 语言"
    )
    parser.add_argument(
        "--form", action="append", default=[], help="4A; alone, or beside designs · 表格编号"
    )
    parser.add_argument("--size", default="", help="a3, a2, …; default: the first · 尺寸")
    return parser


def _example(path: Path) -> int:
    from printables.firms import receipt

    with whole(path) as part:
        part.write_bytes(receipt.example())
    print(path)
    return 0


def _merge(project: Project, asked: argparse.Namespace) -> int:
    _refuse_inside(project, asked.out)
    rows, findings = table.read(asked.list)
    good, wrong = entries(asked.list, rows, _choices(project, asked))
    jobs, unprinted = _jobs(project, good, asked.size)
    outcome = print_all([job for _, job in jobs], Cache(project.press))
    kept = {job.key: outcome.sheets[job] for _, job in jobs if job in outcome.sheets}
    good, small = fitting(asked.list, good, _rooms(jobs, kept))
    findings += [*wrong, *unprinted, *outcome.findings, *small]
    _write(asked.out, good, dict(jobs), kept, [*findings, *cut(asked.list, good)], len(rows))
    for each in sorted(set(findings)):
        print(each, file=sys.stderr)
    return 1 if findings else 0


def _refuse_inside(project: Project, out: Path) -> None:
    """A folder that would be committed or published."""
    root, place = project.root.resolve(), out.resolve()
    if place.is_relative_to(root) and not place.is_relative_to(root / INSIDE):
        raise Rejected([finding("firms-out-inside", out)])


def _choices(project: Project, asked: argparse.Namespace) -> Asked:
    collection = project.collection()
    twins = collection.twins()
    called = design.called()
    named = asked.design or ([] if asked.form else ["poster"])
    designs = tuple(called.get(name, name) for name in named)
    for name in designs:
        design.find(name)
    for name in asked.chapter:
        if name not in twins:
            raise Rejected(
                [finding("campaign-chapter", asked.list, chapter=name, near=", ".join(twins))]
            )
    known = project.library.forms if asked.form else {}
    for code in asked.form:
        if code not in known:
            raise Rejected(
                [finding("firms-form", asked.list, form=code, near=nearest(code, known))]
            )
    return Asked(
        publisher=project.owner(),
        twins=twins,
        campaigns=project.campaigns(collection)[0],
        synonyms=project.synonyms(),
        chapters=tuple(asked.chapter or twins),
        designs=designs,
        languages=tuple(asked.language or ["zh"]),
        forms=tuple(asked.form),
    )


def _jobs(
    project: Project, good: Sequence[Entry], size: str
) -> tuple[list[tuple[Sheet, Job]], list[Finding]]:
    """The jobs without a firm of all sheets that somebody gets."""
    twins, publisher = project.collection().twins(), project.owner()
    jobs, findings = [], []
    for sheet in dict.fromkeys(sheet for entry in good for sheet in entry.sheets):
        chapter, name, language = sheet
        try:
            if name == FORM:
                path = project.library.path(chapter.partition("/")[2])
                made = to_fill(path, project.library, publisher, language)
            else:
                made = compose.compose(design.find(name), twins[chapter], language, publisher, size)
        except Rejected as rejected:
            findings += rejected.findings
        else:
            jobs.append((sheet, replace(made.blank, finishings=())))
    return jobs, findings


def _rooms(
    jobs: Sequence[tuple[Sheet, Job]], kept: Mapping[str, Filed]
) -> dict[Sheet, list[tuple[str, Room]]]:
    """The boxes of forms, by sheet."""
    from printables.stamping.stamp import rooms

    forms = [(sheet, kept[job.key]) for sheet, job in jobs if job.design == FORM and job.key in kept]  # fmt: skip
    return {sheet: rooms(blank.pdf) for sheet, blank in forms}


def _write(
    out: Path,
    good: Sequence[Entry],
    jobs: dict[Sheet, Job],
    kept: Mapping[str, Filed],
    findings: Sequence[Finding],
    rows: int,
) -> None:
    from printables.firms import merging, receipt

    language = reader_language()
    out.mkdir(parents=True, exist_ok=True)
    sheets = dict(merging.printed(jobs.items(), kept))
    done = merging.merge(good, sheets, out, language, _tell)
    say = WORDS[language]
    _put(out / f"{say['receipt']}.xlsx", receipt.workbook(good, done.files, language))
    _put(out / f"{say['receipt']}{PDF}", receipt.document(good, done.files, language))
    report = [
        f"{len(good)} / {rows} · {say['receipt_firm']}",
        f"{done.stamped + done.kept} PDF: {done.stamped} + {done.kept} ✓",
        *map(str, sorted(set(findings))),
    ]
    _put(out / f"{say['receipt_report']}.txt", ("\n".join(report) + "\n").encode())
    print("\n".join(report[:2]))


def _put(path: Path, content: bytes) -> None:
    """Write a file, if it is not there with this content."""
    if not path.is_file() or path.read_bytes() != content:
        with whole(path) as part:
            part.write_bytes(content)


def _tell(done: int, total: int, left_s: float) -> None:
    """How far it is, without a firm's name."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done}/{total} · {left_s:.0f} s ", end=end, file=sys.stderr, flush=True)
    elif done == total or done % 100 == 0:
        print(f"{done}/{total} · {left_s:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(run(main))
