"""The pages that phones see at the wall, written as the hook writes them, with sheets that nobody printed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fake_press import fake_sheet
from project import BASE, ROOT

from hooks import editions as hook
from hooks.build import KEY, Build
from printables.chapters.owner import Owner
from printables.checks.collection import Collection, collect
from printables.job import Job
from printables.languages import LANGUAGES, Both
from printables.layout import design
from printables.press.sheet import Sheet
from printables.project import Project
from printables.publishing import catalogue, editions
from printables.publishing.editions import Issue, Register, Withdrawal

MONDAY, TUESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)
SAME = Both(zh="首版", en="First edition")
RUNGS = Both(zh="第二条改为<先查踏棍>", en="Point 2 says <check the rungs> first")
WRONG = Both(zh="急救电话印错", en="The emergency number is wrong")


def issued(job: Job, day: date = MONDAY, changed: Both = SAME, **values: Any) -> Issue:
    """The line with which the job's edition was issued."""
    edition = editions.planned([job])[0]
    return Issue(**{**edition.model_dump(), "issued": day, "changed": changed, **values})


def replaced(issue: Issue, digits: str) -> Issue:
    """An edition of the same printable, with another id."""
    return issue.model_copy(update={"id": digits})


def withdrawn(issue: Issue, day: date = FRIDAY) -> Withdrawal:
    return Withdrawal(id=issue.id, withdrawn=day, reason=WRONG)


def register(*lines: Issue | Withdrawal) -> Register:
    return Register(
        tuple(line for line in lines if isinstance(line, Issue)),
        {line.id: line for line in lines if isinstance(line, Withdrawal)},
    )


@cache
def collection(until: date | None = None) -> Collection:
    """The chapters of tests/base; what they rest on is over after a day."""
    base = collect(BASE / "docs", design.names())
    known = base.bibliography
    rules = known.documents["ladders"].model_copy(
        update={"until": until, "replaced_by": "GB 12142-2030" if until else None}
    )
    documents = {**known.documents, "ladders": rules}
    return replace(base, bibliography=replace(known, documents=documents))


def config(
    site: Path, log: Register, sheets: Mapping[Job, Sheet], owner: Owner, *,
    folders: bool = True, until: date | None = None,
) -> Any:  # fmt: skip
    """What the hook asks of MkDocs' settings."""
    this = Build(Project(ROOT), serving=False)
    this.owner, this.register, this.collection = owner, log, collection(until)
    this.sheets = dict(sheets)
    this.files = SimpleNamespace(
        documentation_pages=lambda: [
            SimpleNamespace(src_uri=f"{code}/teams/ladders.md", url=address(code, folders))
            for code in LANGUAGES
        ],
        get_file_from_path=lambda uri: None,
    )
    return SimpleNamespace(
        extra={KEY: this},
        site_dir=str(site),
        site_url=owner.site,
        theme={"favicon": "logo.svg"},
        use_directory_urls=folders,
        config_file_path=str(ROOT / "mkdocs.yml"),
    )


def address(code: str, folders: bool) -> str:
    """Where the chapter of tests/base stands on the site."""
    return f"{code}/teams/ladders/" if folders else f"{code}/teams/ladders.html"


def write(
    site: Path, log: Register, jobs: list[Job], owner: Owner, *,
    folders: bool = True, until: date | None = None,
) -> None:  # fmt: skip
    """Put the pages, and the files that they show, into `site`; `folders` as MkDocs' addresses.

    The rules behind the sheets are in force `until` the end of a day.
    """
    sheets = {job: fake_sheet(job) for job in jobs}
    for code in LANGUAGES:
        place = address(code, folders)
        page = site / place / "index.html" if folders else site / place
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("<h1>1</h1>")
    for job, sheet in sheets.items():
        catalogue.deliver(job, sheet, (site / catalogue.place(job, "")).parent)
    (site / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (site / "recall.xml").touch()
    hook.on_post_build(config(site, log, sheets, owner, folders=folders, until=until))
