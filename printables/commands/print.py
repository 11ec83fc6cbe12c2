"""Print one chapter without MkDocs: python -m printables docs/zh/teams/x.md --design poster."""

import argparse
import sys
from pathlib import Path

from printables.chapters import owner
from printables.chapters.chapter import Chapter
from printables.chapters.parser import address, parse
from printables.findings import Rejected
from printables.job import Job
from printables.languages import LANGUAGES
from printables.layout import compose, design
from printables.publishing import catalogue
from printables.sizes import SIZES


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when everything was printed, 1 with findings, 2 for a wrong call."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.out.exists() and not asked.out.is_dir():
        parser.error(f"--out {asked.out}: not a folder · 不是文件夹")
    try:
        jobs = _jobs(asked)
        for number, job in enumerate(jobs, 1):
            print(f"[{number}/{len(jobs)}] {job.name} …", flush=True)
            _print(job, asked.out)
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m printables",
        description="Print a chapter's sheets. 打印一章的印刷品。",
        epilog="Example 示例: python -m printables docs/zh/teams/confined-space.md --design poster",
    )
    parser.add_argument("chapter", type=Path, help="docs/<language>/<reader>/<name>.md · 章节文件")
    parser.add_argument(
        "--design",
        action="append",
        metavar="NAME",
        help=f"{', '.join(design.names())}; may be repeated; default: the chapter's prints · 版式，默认为该章 prints 各项",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        help="zh, en or zh-en; default: the file's · 语言，默认与文件相同",
    )
    parser.add_argument(
        "--size",
        default="",
        metavar="NAME",
        choices=["", *SIZES],
        help=f"{', '.join(SIZES)}; default: the design's first · 尺寸，默认为版式的第一种",
    )
    parser.add_argument(
        "--out", type=Path, default=Path(), help="folder for PDF and picture · 输出文件夹"
    )
    parser.add_argument(
        "--owner", type=Path, help="default: owner.yml beside docs/ · 本单位信息文件"
    )
    return parser


def _jobs(asked: argparse.Namespace) -> list[Job]:
    path = asked.chapter
    docs = path.absolute().parents[2] if len(path.absolute().parents) > 2 else path
    language, name = address(path, docs)
    wanted = asked.language or language
    twins = _twins(docs, name, wanted, path)
    publisher = owner.load(asked.owner or docs.parent / "owner.yml")
    names = asked.design or twins[language].front.prints
    designs = [compose.asked(each, twins, wanted, path) for each in names]
    return [compose.compose(each, twins, wanted, publisher, asked.size) for each in designs]


def _twins(docs: Path, name: str, wanted: str, path: Path) -> dict[str, Chapter]:
    """The chapter, and its twin if the wanted language needs it."""
    language = path.absolute().relative_to(docs).parts[0]
    needed = {language, *(code for code in LANGUAGES if code in wanted.split("-"))}
    as_typed = path.parents[2] if len(path.parents) > 2 else docs
    files = {code: as_typed / code / f"{name}.md" for code in sorted(needed)}
    return {code: parse(file, as_typed) for code, file in files.items()}


def _print(job: Job, out: Path) -> None:
    from printables.press.print_job import print_sheet

    sheet = print_sheet(job)
    for path in catalogue.deliver(job, sheet, out):
        print(path)
    scales = ", ".join(f"{scale:.2f}" for scale in sheet.scales)
    print(
        f"{sheet.pages} p. · {job.trim[0]:g} × {job.trim[1]:g} mm · {job.distance_m:g} m · "
        f"text ≥ {sheet.smallest_text_mm:.1f} mm · scale {scales} · fill {sheet.fill:.0%} · "
        f"{sheet.layouts} layouts"
    )
