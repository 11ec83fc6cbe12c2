"""Golden cases: a copy of tests/base with something wrong, and every finding it must give.

A folder below tests/cases holds `case.toml` and `expected.txt`, the findings in English, one a line;
`<n>` stands for any number, as it follows from type and paper, and `<…>` for any text;
in what is put in, `<soon>` stands for the day in a month's time.
case.toml knows, in this order:

    [[delete]]  file = "…"
    [[write]]   file = "…"  text = "…"  encoding = "utf-8"
    [[edit]]    file = "…"  find = "…"  replace = "…"     (`find` stands exactly once)
    [[link]]    file = "…"  target = "…"                  (a symbolic link)
    [[pipe]]    file = "…"                                (a pipe, into which nobody writes)

Files below designs/ are the designs that the case prints with, at first those of the project. And it knows

    first = [["printables.commands.edition", "issue"]]   (commands on the base, before anything is changed)
    command = ["printables.commands.edition", "status"]  (what is run instead of the checks; `<id>` is the first edition issued)
    seconds = 0.01                            (for each sheet, instead of what a build gives)
"""

import contextlib
import importlib
import os
import re
import shutil
import tomllib
from collections.abc import Container, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from project import BASE, ROOT, Crew, on_first_sheet, plain

from printables import findings
from printables.findings import Finding
from printables.layout import design
from printables.production.cache import Cache
from printables.production.executors import LocalPool
from printables.production.workers import print_all
from printables.project import Project
from printables.publishing import editions
from printables.publishing import register as register_file

CASES = ROOT / "tests" / "cases"
ARTWORK = ("pictogram-missing", "pictogram-size", "pictogram-colour")  # of the package: tests/signs
FAULTS = (
    "unforeseen",
    "system-refused",
)  # of the program or the system: tests/commands/test_last_net.py
STEPS = ("delete", "write", "edit", "link", "pipe")


def prepare(case: dict, root: Path) -> None:
    """Make the project of a case in the empty folder `root`."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    change(case, root)


def change(case: dict, root: Path) -> None:
    """Take the steps of a case, one kind after the other."""
    for step in case.get("delete", []):
        (root / step["file"]).unlink()
    for step in case.get("write", []):
        path = root / step["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(step["text"].encode(step.get("encoding", "utf-8")))
    for step in case.get("edit", []):
        path = root / step["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(step["find"]) == 1, f"{step['find']!r} does not stand once in {path}"
        soon = str(date.today() + timedelta(days=30))
        put = step["replace"].replace("<soon>", soon)
        path.write_text(text.replace(step["find"], put), encoding="utf-8")
    for step in case.get("link", []):
        path = root / step["file"]
        if path.is_dir():
            shutil.rmtree(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(step["target"])
    for step in case.get("pipe", []):
        os.mkfifo(root / step["file"])


def check(press_cache: Cache, crew: Crew, printed: Container[str] = ()) -> list[Finding]:
    """All that script/check tells of the project in the present folder, notes as well.

    Books, sheets that only enlarge the first one, and finishings are left out: they say the same. So are jobs with the
    keys of `printed`, with which nothing is wrong.
    """
    collection, prospect = Project().read()
    if collection.files:  # recalled, every file says what it said when it was parsed
        assert sorted(Project().collection().findings) == sorted(collection.findings)
    plan, planned = prospect.plan, [*prospect.findings]
    jobs = plan.jobs([key for key in plan.orders if key not in printed])
    own = [job for job in jobs if job.design in design.names()]
    jobs = [plain(job) for job in own if on_first_sheet(job)]
    outcome = print_all(jobs, press_cache, crew)
    assert len(outcome.sheets) + outcome.report.failed == len(jobs)
    return sorted(set(planned + outcome.findings + collection.notes))


def run(command: list[str]) -> None:
    """Run the `main` of a module in the present folder."""
    name, *arguments = command
    register = register_file.load(Path(editions.NAME))
    first = next(iter(register.editions), "")
    module = importlib.import_module({"printables": "printables.commands.print"}.get(name, name))
    module.main([argument.replace("<id>", first) for argument in arguments])


@pytest.fixture
def own_designs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Print with the designs of the present folder, where it has any."""
    monkeypatch.setattr(design, "DESIGNS", Path("designs"))
    design.find.cache_clear()
    yield
    design.find.cache_clear()


@pytest.fixture(scope="session")
def printed(base_project: Path) -> frozenset[str]:
    """The keys of all jobs of tests/base."""
    with contextlib.chdir(base_project):
        return frozenset(Project().read()[1].plan.orders)


@pytest.mark.usefixtures("base_sheets")  # printed once, before the working folder changes
@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_case(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
    base_project: Path,
    printed: frozenset[str],
    press_cache: Cache,
    crew: Crew,
) -> None:
    case = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    shutil.copytree(base_project, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("READERS_LANGUAGE", "en")
    for command in case.get("first", []):
        run(command)
    if any(step["file"].startswith("designs/") for kind in STEPS for step in case.get(kind, [])):
        shutil.copytree(design.DESIGNS, "designs")
        shutil.rmtree(".cache")  # knows no designs but the project's
        request.getfixturevalue("own_designs")
    change(case, tmp_path)
    if "command" in case:
        capfd.readouterr()
        run(case["command"])
        lines = "".join(capfd.readouterr()).splitlines()
    else:
        if seconds := case.get("seconds"):
            told = check(Cache(tmp_path / "press"), lambda jobs: LocalPool(jobs, seconds))
        else:
            told = check(press_cache, crew, printed)
        lines = [each.text() for each in told]
    assert sorted(_as_expected(line, expected) for line in lines) == sorted(expected)


def test_nothing_is_wrong_with_the_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, press_cache: Cache, crew: Crew
) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert check(press_cache, crew) == []


def test_every_kind_of_finding_has_a_case() -> None:
    files = (ROOT / "tests").glob("cases*/*/expected.txt")
    expected = "".join(path.read_text(encoding="utf-8") for path in files)
    # Forms and lists of firms have small libraries and lists of their own.
    rooms = [ROOT / "tests" / room for room in ("forms", "workbooks", "firms")]
    tests = "".join(path.read_text("utf-8") for room in rooms for path in room.glob("test_*.py"))
    kinds = findings.texts().keys() - {"example", "part", *FAULTS, *ARTWORK}
    assert [
        code
        for code in sorted(kinds)
        if not (
            code in tests
            if code.startswith(("form-", "firms-"))
            else _stands(findings.texts()[code]["en"], expected)
        )
    ] == []


def _as_expected(text: str, expected: list[str]) -> str:
    """The expected line that `text` is but for its numbers; else `text`."""
    for line in expected:
        pattern = re.escape(line).replace("<n>", r"[\d.]+").replace("<…>", ".*")
        if re.fullmatch(pattern, text):
            return line
    return text


def _stands(message: str, expected: str) -> bool:
    """Whether a message of this kind is one of the expected lines."""
    parts = re.split(r"\{\w+\}", message.replace("{{", "{").replace("}}", "}"))
    return re.search(".*".join(map(re.escape, parts)), expected) is not None
