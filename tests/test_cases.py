"""Golden cases: a copy of tests/base with something wrong, and every finding it must give.

A folder below tests/cases holds `case.toml` and `expected.txt`, the findings in English, one a line;
`<n>` stands for any number, as it follows from type and paper, and `<…>` for any text.
case.toml knows, in this order:

    [[delete]]  file = "…"
    [[write]]   file = "…"  text = "…"  encoding = "utf-8"
    [[edit]]    file = "…"  find = "…"  replace = "…"     (`find` stands exactly once)
    [[link]]    file = "…"  target = "…"                  (a symbolic link)

and `fails = "why"` while the engine does not behave as expected.txt says.
"""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from project import BASE, ROOT, Crew, on_first_sheet, plain

from printables import design, findings, layout, owner
from printables.cache import Cache
from printables.findings import Finding
from printables.shelf import stock
from printables.works import print_all

CASES = ROOT / "tests" / "cases"
ROOMS = ("chapter", "shelf", "layout", "fit", "printer")
# Given by the command, the owner's file or a design; the tests of those rooms ask for them.
ELSEWHERE = {
    "design-broken",
    "example",
    "file-missing",
    "imprint-too-small",
    "job-failed",
    "language-not-offered",
    "not-a-chapter",
    "owner-colour",
    "owner-logo",
    "press-warning",
    "sheet-not-offered",
    "text-too-small",
}


def cases() -> list[object]:
    """Every folder of tests/cases, those that fail marked with the reason."""
    found: list[object] = []
    for folder in sorted(CASES.iterdir()):
        reason = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8")).get("fails")
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        found.append(pytest.param(folder, id=folder.name, marks=marks))
    return found


def prepare(case: dict, root: Path) -> None:
    """Make the project of a case in the empty folder `root`."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
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
        path.write_text(text.replace(step["find"], step["replace"]), encoding="utf-8")
    for step in case.get("link", []):
        (root / step["file"]).symlink_to(step["target"])


def check(press_cache: Cache, crew: Crew) -> list[Finding]:
    """All that is wrong with the project in the present folder, as hooks/printing.py asks for it.

    Sheets that only enlarge the first one, and finishings, are left out: they say the same.
    """
    shelf = stock(Path("docs"), design.names())
    jobs, unplanned = layout.plan(shelf.twins(), owner.load(Path("owner.yml")))
    jobs = [plain(job) for job in jobs if on_first_sheet(job)]
    outcome = print_all(jobs, press_cache, crew)
    assert len(outcome.sheets) + outcome.report.failed == len(jobs)
    return sorted(set(shelf.findings + unplanned + outcome.findings))


def remembered(memory: Path) -> list[Finding]:
    """What the shelf finds when every page is recalled and none is parsed."""
    stock(Path("docs"), design.names(), memory)
    return sorted(stock(Path("docs"), design.names(), memory).findings)


@pytest.mark.usefixtures("base_sheets")  # printed once, before the working folder changes
@pytest.mark.parametrize("folder", cases())
def test_case(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    press_cache: Cache,
    crew: Crew,
) -> None:
    prepare(tomllib.loads((folder / "case.toml").read_text(encoding="utf-8")), tmp_path)
    monkeypatch.chdir(tmp_path)
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    found = [_as_expected(finding.text("en"), expected) for finding in check(press_cache, crew)]
    assert sorted(found) == sorted(expected)
    assert remembered(tmp_path / "memory.json") == sorted(
        stock(Path("docs"), design.names()).findings
    )


def test_nothing_is_wrong_with_the_base(
    monkeypatch: pytest.MonkeyPatch, press_cache: Cache, crew: Crew
) -> None:
    monkeypatch.chdir(BASE)
    assert check(press_cache, crew) == []


def test_every_message_that_a_chapter_can_cause_has_a_case() -> None:
    code = "".join((ROOT / "printables" / f"{room}.py").read_text("utf-8") for room in ROOMS)
    given = {name for name in findings.texts() if f'"{name}"' in code}
    expected = "".join(path.read_text(encoding="utf-8") for path in CASES.glob("*/expected.txt"))
    assert {name for name in given if not _stands(findings.texts()[name], expected)} <= ELSEWHERE


def _as_expected(text: str, expected: list[str]) -> str:
    """The expected line that `text` is but for its numbers; else `text`."""
    for line in expected:
        pattern = re.escape(line).replace("<n>", r"[\d.]+").replace("<…>", ".*")
        if re.fullmatch(pattern, text):
            return line
    return text


def _stands(texts: dict, expected: str) -> bool:
    """Whether a message of this kind is one of the expected lines."""
    message = texts.get("en", "")
    parts = re.split(r"\{\w+\}", message.replace("{{", "{").replace("}}", "}"))
    return re.search(".*".join(map(re.escape, parts)), expected) is not None
