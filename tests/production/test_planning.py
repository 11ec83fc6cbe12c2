"""What was ordered last time is not composed again, unless something that decides it changed."""

import gc
import shutil
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest
from fake_press import fake_sheet
from imports import imported_by, is_in
from project import BASE

from printables import files
from printables.chapters import owner
from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.checks.collection import collect
from printables.job import Job
from printables.layout import compose, design
from printables.production import planning
from printables.production.cache import Cache
from printables.production.planning import Plan, plan

# They write files and tell of errors, and have no say in what is composed.
BESIDE = {"printables.files", "printables.last_net"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The base project with a second chapter, and a package that may be changed."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    for language in ("zh", "en"):
        folder = tmp_path / "docs" / language / "teams"
        text = (folder / "ladders.md").read_text(encoding="utf-8")
        (folder / "steps.md").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the chapters that were composed."""
    seen: list[str] = []
    original = compose.jobs

    def jobs(twins: dict[str, Chapter], publisher: Owner) -> planning.Composed:
        seen.append(twins["zh"].name)
        return original(twins, publisher)

    monkeypatch.setattr(compose, "jobs", jobs)
    yield seen


def planned(project: Path) -> Plan:
    collection = collect(project / "docs", design.names())
    return plan(collection, owner.load(project / "owner.yml"), project / "plan.json")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_plan_composes_nothing_and_orders_the_same(
    project: Path, composed: list[str]
) -> None:
    first = planned(project)
    assert composed == ["teams/ladders", "teams/steps"]
    second = planned(project)
    assert len(composed) == 2
    assert (second.orders, second.findings) == (first.orders, first.findings)
    assert list(second.orders) == list(first.orders)


def test_what_is_remembered_is_the_same_to_the_letter(project: Path) -> None:
    """Packs are told apart by what their orders look like; a banner's length is of its own."""
    for language in ("zh", "en"):
        path = project / "docs" / language / "teams" / "steps.md"
        change(path, "prints: [poster, flyer]", "prints: [banner]")
    assert repr(planned(project).orders) == repr(planned(project).orders)


def test_a_changed_chapter_alone_is_composed_again(project: Path, composed: list[str]) -> None:
    first = planned(project)
    change(project / "docs" / "en" / "teams" / "steps.md", "Ladder", "Step")
    second = planned(project)
    assert composed[2:] == ["teams/steps"]
    new = {second.orders[key].chapter for key in second.orders.keys() - first.orders.keys()}
    assert new <= {"teams/steps", "teams"}  # the book too
    assert "teams/steps" in new


def test_what_memory_does_not_hold_can_be_left_for_later(
    project: Path, composed: list[str]
) -> None:
    def remembered() -> Plan:
        collection = collect(project / "docs", design.names())
        publisher = owner.load(project / "owner.yml")
        return plan(collection, publisher, project / "plan.json", from_memory=True)

    first = planned(project)
    assert remembered().complete and remembered().orders == first.orders
    change(project / "docs" / "en" / "teams" / "steps.md", "Ladder", "Step")
    composed.clear()
    without = remembered()
    assert composed == [] and not without.complete
    assert {order.chapter for order in without.orders.values()} == {"teams/ladders", "teams"}
    planned(project)  # the memory of the unchanged chapter was not lost
    assert composed == ["teams/steps"]
    assert remembered().complete


def test_a_chapter_is_composed_once_for_plan_and_press(project: Path, composed: list[str]) -> None:
    first = planned(project)
    assert len(first.jobs(first.orders)) == len(first.orders)
    assert composed == ["teams/ladders", "teams/steps"]


def test_no_job_is_kept_until_it_is_pressed(project: Path) -> None:
    first = planned(project)
    gc.collect()
    kept = [each for each in gc.get_objects() if isinstance(each, Job)]
    assert not [job for job in kept if Path(job.source).is_relative_to(project)]
    assert first.jobs(first.orders)


def test_another_firm_composes_nothing_and_is_on_every_order_that_has_room_for_it(
    project: Path, composed: list[str]
) -> None:
    first = planned(project)
    change(project / "owner.yml", "示范园区", "新园区")
    second = planned(project)
    assert len(composed) == 2
    assert list(second.orders.values()) == list(first.orders.values())
    assert second.blanks.keys() & first.orders.keys() == set()
    assert list(second.blanks.values()) == list(first.blanks.values())
    for job in second.jobs(second.orders):
        assert second.blanks.get(job.key) == (job.blank.key if job.firm else None)


def test_what_of_the_owner_a_sheet_holds_for_good_decides_every_order(
    project: Path, composed: list[str]
) -> None:
    first = planned(project)
    with (project / "owner.yml").open("a", encoding="utf-8") as file:
        file.write('emergency: ["119", "12345"]\n')
    second = planned(project)
    assert composed[2:] == ["teams/ladders", "teams/steps"]
    assert second.orders.keys() & first.orders.keys() == set()


@pytest.mark.parametrize(
    "part",
    ["layout/compose.py", "layout/designs/poster/template.html", "words.toml", "signs/signs.toml"],
)
def test_the_package_decides_every_order(
    project: Path, composed: list[str], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = project / "printables"
    shutil.copytree(files.PACKAGE, copy)
    monkeypatch.setattr(files, "PACKAGE", copy)
    planned(project)
    with (copy / part).open("a", encoding="utf-8") as file:
        file.write("\n")
    planned(project)
    assert composed[2:] == ["teams/ladders", "teams/steps"]


def test_what_a_clause_says_decides_no_order_but_its_title_does(
    project: Path, composed: list[str]
) -> None:
    source = project / "library" / "sources" / "ladders.toml"
    first = planned(project)
    change(source, "stands 1 metre out", "is to stand 1 metre out")
    change(source, "looked = 2026-01-02", "looked = 2026-01-03")
    assert (composed[2:], planned(project).orders) == ([], first.orders)
    change(source, "梯子安全使用规范", "梯子使用规范")
    change(source, "GB 12142", "GB 12143")
    second = planned(project)
    assert composed[2:] == ["teams/ladders", "teams/steps"]
    editions = {order.edition for order in first.orders.values()}
    changed = {o.design for o in second.orders.values() if o.edition not in editions}
    assert changed == {"poster", "flyer", "book"}


def test_a_damaged_memory_is_made_anew(project: Path, composed: list[str]) -> None:
    first = planned(project)
    memory = project / "plan.json"
    memory.write_bytes(memory.read_bytes()[:-5])
    assert planned(project).orders == first.orders
    assert len(composed) == 4
    planned(project)
    assert len(composed) == 4


def test_findings_are_remembered(project: Path, composed: list[str]) -> None:
    for language in ("zh", "en"):
        change(project / "docs" / language / "teams" / "steps.md", ".steps}", ".talk2}")
    first, second = planned(project), planned(project)
    assert first.findings == second.findings


def test_jobs_are_those_that_were_asked_for(project: Path) -> None:
    planned(project)
    remembered = planned(project)
    key = list(remembered.orders)[5]
    [job] = remembered.jobs([key])
    assert (job.key, job.order) == (key, remembered.orders[key])


def test_only_what_the_cache_lacks_is_pressed(
    project: Path, composed: list[str], tmp_path: Path
) -> None:
    cache, made = Cache(tmp_path / "press"), planned(project)
    wanted: list[Job] = made.jobs(made.orders)
    for job in wanted:
        cache.put(job.key, fake_sheet(job))
    composed.clear()

    def no_press(jobs: int) -> Executor:
        raise AssertionError(f"{jobs} jobs were handed out")

    outcome = planned(project).press(cache, no_press)
    assert not composed
    assert (outcome.report.cached, outcome.report.printed) == (len(wanted), 0)
    assert list(outcome.sheets) == [job.order for job in wanted]


def test_every_room_that_composes_decides_the_orders() -> None:
    made = imported_by("printables.layout.compose") | imported_by("printables.layout.book")
    assert {module for module in made if not is_in(module, planning.ROOMS)} <= BESIDE


def test_a_changed_scene_has_its_chapters_composed_again(
    project: Path, composed: list[str]
) -> None:
    for language in ("zh", "en"):
        path = project / "docs" / language / "teams" / "ladders.md"
        change(path, "prints: [poster, flyer]", "prints: [wallchart]")
    first = planned(project)
    change(project / "library" / "scenes" / "ladder-held.toml", "width = 46", "width = 40")
    second = planned(project)
    assert composed[2:] == ["teams/ladders", "teams/steps"]
    new = {second.orders[key].design for key in second.orders.keys() - first.orders.keys()}
    assert new == {"wallchart"}
