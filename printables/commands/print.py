"""Print one chapter, form or slogan without MkDocs: python -m printables docs/zh/teams/x.md --design poster."""

import argparse
import sys
from pathlib import Path

from printables.chapters import bibliography, bibliography_files, lone_slogan
from printables.chapters.chapter import Chapter
from printables.chapters.parser import address, parse
from printables.files import whole
from printables.findings import Rejected, finding, nearest
from printables.forms import compose as form
from printables.forms import formulas
from printables.forms.reading import SHARED, Library
from printables.job import Job
from printables.languages import LANGUAGES, VOICES
from printables.layout import compose, design, owner_room
from printables.publishing import catalogue
from printables.sizes import SIZES
from printables.workbooks import writing


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when everything was printed, 1 with findings, 2 for a wrong call."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.out.exists() and not asked.out.is_dir():
        parser.error(f"--out {asked.out}: not a folder · 不是文件夹")
    if (asked.chapter is None) == (asked.slogan is None):
        parser.error("chapter | --slogan TEXT · 章节，或标语")
    try:
        jobs = _slogans(asked) if asked.slogan is not None else _jobs(asked)
        for number, job in enumerate(jobs, 1):
            print(f"[{number}/{len(jobs)}] {job.name} …", flush=True)
            _print(job, asked.out)
        if asked.chapter and asked.chapter.suffix == ".toml":
            _keep(asked.chapter, asked.owner, asked.out)
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m printables",
        description="Print the sheets of a chapter or a form. 打印一章的印刷品，或一张表格。",
        epilog="Examples 示例: python -m printables docs/zh/teams/confined-space.md --design poster; "
        "python -m printables library/forms/2B.toml --language zh-en; "
        "python -m printables --slogan 坚决遏制重特大事故",
    )
    parser.add_argument(
        "chapter",
        nargs="?",
        type=Path,
        help="docs/<language>/<reader>/<name>.md or library/forms/<code>.toml · 章节或表格文件",
    )
    parser.add_argument(
        "--slogan",
        metavar="TEXT",
        help=f"a banner of these words, or another of {', '.join(_of_a_slogan())}; no chapter · 只印这句标语，默认横幅",
    )
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
    if path.suffix == ".toml":
        return _forms(asked)
    docs = path.absolute().parents[2] if len(path.absolute().parents) > 2 else path
    language, name = address(path, docs)
    wanted = asked.language or language
    twins = _twins(docs, name, wanted, path)
    publisher = owner_room.load(asked.owner or docs.parent / "owner.yml")
    names = asked.design or twins[language].front.prints
    designs = [compose.asked(each, twins, wanted, path) for each in names]
    return [compose.compose(each, twins, wanted, publisher, asked.size) for each in designs]


def _of_a_slogan() -> list[str]:
    """The designs that show a slogan and nothing else of a chapter."""
    specs = {name: design.find(name).spec for name in design.names()}
    return [name for name, spec in specs.items() if spec.line or not (spec.pages or spec.roles)]


def _slogans(asked: argparse.Namespace) -> list[Job]:
    """The sheets of a slogan that no chapter has."""
    owner = asked.owner or Path("owner.yml")
    publisher = owner_room.load(owner)
    chapter = lone_slogan.chapter(asked.slogan, Path("docs"))
    language = asked.language or chapter.language
    names = asked.design or ["banner"]
    if wrong := [name for name in names if name not in _of_a_slogan()]:
        near = ", ".join(_of_a_slogan())
        raise Rejected(
            [finding("unknown-design", lone_slogan.ASKED, design=each, near=near) for each in wrong]
        )
    twins = {chapter.language: chapter}
    made = [compose.asked(name, twins, language, Path(lone_slogan.ASKED)) for name in names]
    return [compose.compose(each, twins, language, publisher, asked.size) for each in made]


def _forms(asked: argparse.Namespace) -> list[Job]:
    """The sheets of a form and its variants, in one language and, if asked for, one size."""
    path = asked.chapter
    folder = path.absolute().parents[path.parent.name == SHARED]
    library = Library(folder)
    publisher = owner_room.load(asked.owner or folder.parents[1] / "owner.yml")
    language = asked.language or LANGUAGES[0]
    jobs, findings = form.jobs(path, library, publisher)
    findings += form.shared(library)[1]
    if findings:
        raise Rejected(findings)
    made = [job for job in jobs if job.language == language]
    if not made:
        near = nearest(language, VOICES)
        raise Rejected([finding("unknown-language", path, language=language, near=near)])
    chosen = [job for job in made if asked.size in ("", job.size)]
    if not chosen:
        sizes = ", ".join(dict.fromkeys(job.size for job in made))
        values = {"design": form.FORM, "size": asked.size, "near": sizes}
        raise Rejected([finding("size-not-offered", path, **values)])
    return chosen


def _keep(path: Path, owner: Path | None, out: Path) -> None:
    """Write the workbook of a ledger, whatever the language: it speaks them all."""
    library = Library(path.parent)
    if findings := [each for each in formulas.wrong(library) if each.path == str(path)]:
        raise Rejected(findings)
    if ledger := formulas.ledgers(library).get(path.stem):
        publisher = owner_room.load(owner or path.absolute().parents[2] / "owner.yml")
        written = out / f"{path.stem}{writing.SUFFIX}"
        with whole(written) as part:
            part.write_bytes(writing.workbook(ledger, library.shelf, publisher))
        print(written)


def _twins(docs: Path, name: str, wanted: str, path: Path) -> dict[str, Chapter]:
    """The chapter, and its twin if the wanted language needs it."""
    language = path.absolute().relative_to(docs).parts[0]
    needed = {language, *(code for code in LANGUAGES if code in wanted.split("-"))}
    as_typed = path.parents[2] if len(path.parents) > 2 else docs
    files = {code: as_typed / code / f"{name}.md" for code in sorted(needed)}
    library, wrong = bibliography_files.read(as_typed.parent / bibliography.PLACE)
    if wrong:
        raise Rejected(wrong)
    return {code: bibliography.cite(parse(file, as_typed), library) for code, file in files.items()}


def _print(job: Job, out: Path) -> None:
    from printables.stamping.print_stamped import print_stamped

    sheet = print_stamped(job)
    for path in catalogue.deliver(job, sheet, out):
        print(path)
    scales = ", ".join(f"{scale:.2f}" for scale in sheet.scales)
    print(
        f"{sheet.pages} p. · {job.trim[0]:g} × {job.trim[1]:g} mm · {job.distance_m:g} m · "
        f"text ≥ {sheet.smallest_text_mm:.1f} mm · scale {scales} · fill {sheet.fill:.0%} · "
        f"{sheet.layouts} layouts"
    )
