"""What the tests share: a small valid project, warm workers, sheets and a site made once for all processes of a run."""

import compileall
import contextlib
import os
import re
import shutil
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from project import (
    BASE,
    REAL,
    ROOT,
    Crew,
    Lasting,
    Press,
    build,
    chapters,
    held,
    is_looked_at,
    on_first_sheet,
    once,
    plain,
)

from printables.chapters import owner
from printables.chapters.owner import Owner
from printables.checks.collection import Collection, collect
from printables.job import Job
from printables.layout import design
from printables.press.sheet import Filed
from printables.production import planning
from printables.production.cache import Cache
from printables.production.executors import LocalPool
from printables.production.workers import print_all
from printables.project import Project

HERE = Path(__file__).resolve().parent


TURN = pytest.StashKey[ExitStack]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the tests that run alone: nobody is in the middle of a long one yet."""
    items.sort(key=lambda item: not is_alone(item))


def is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Several processes may have a test each, unless one of them runs alone."""
    with ExitStack() as turn:
        with held(HERE / "conftest.py"):
            turn.enter_context(held(HERE / "project.py", together=True))
        item.stash[TURN] = turn
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test that is marked `alone` runs, when it has all it needs, while no other process of the run has one.

    Whoever waits for its turn holds the gate, so that those who come later wait behind it.
    """
    if not is_alone(item):
        return (yield)
    item.stash[TURN].close()
    with held(HERE / "conftest.py"), held(HERE / "project.py"):
        return (yield)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """The same processes for every run of the session."""
    pool = LocalPool()
    yield lambda jobs: Lasting(pool)
    pool.shutdown()


@pytest.fixture(scope="session")
def press_cache(shared: Path) -> Cache:
    """One cache for the run, so that every sheet is printed once."""
    return Cache(shared / "press")


@pytest.fixture(scope="session")
def press(press_cache: Cache, crew: Crew, shared: Path) -> Press:
    """Prints jobs in which nothing is wrong; processes take turns, as they often want the same ones."""

    def press(jobs: Iterable[Job]) -> dict[Job, Filed]:
        with held(shared / "press.lock"):
            outcome = print_all(jobs, press_cache, crew)
        assert not outcome.findings
        return {job: sheet for job, sheet in outcome.sheets.items() if isinstance(job, Job)}

    return press


def furnish(at: Path) -> None:
    """Make `workshop` at this place."""
    shutil.copytree(BASE, at)
    for name in ("hooks", "overrides", "printables"):
        shutil.copytree(ROOT / name, at / name, ignore=shutil.ignore_patterns("__pycache__"))
    (at / "library" / "campaigns").mkdir(parents=True)
    for name in ("mkdocs.yml", "library/synonyms.toml"):
        shutil.copy(ROOT / name, at / name)
    terms = (ROOT / "library/glossary.yml").read_text(encoding="utf-8")
    laws = re.compile(r"^ +law: .*\n", re.MULTILINE)  # of which the small bibliography has none
    (at / "library/glossary.yml").write_text(laws.sub("", terms), encoding="utf-8")
    for page in (ROOT / "docs").glob("*/*.md"):  # home, print centre and what else is no chapter
        shutil.copy(page, at / page.relative_to(ROOT))
    (at / "editions.jsonl").touch()
    (at / ".cache").mkdir()
    for name in ("hooks", "printables"):  # a command in a copy starts in half the time
        compileall.compile_dir(at / name, quiet=1)
    with contextlib.chdir(at):
        Project().read()  # remembered in .cache, by every copy as well


@pytest.fixture(scope="session")
def workshop(shared: Path, press_cache: Cache) -> Path:
    """This project with the one chapter of tests/base; nobody writes into it, tests work on a copy of it (`project`)."""
    os.environ["PRINT_CACHE"] = str(press_cache.folder)  # sheets are printed once
    return once(shared / "workshop", furnish)


@pytest.fixture(scope="session")
def workshop_site(workshop: Path, shared: Path) -> Path:
    """The site of the workshop; tests read it."""

    def make(at: Path) -> None:
        built = build(shutil.copytree(workshop, at, symlinks=True))
        assert built.returncode == 0, built.stderr

    return once(shared / "built", make) / "site"


@pytest.fixture
def project(workshop: Path, tmp_path: Path) -> Path:
    return shutil.copytree(workshop, tmp_path / "project", symlinks=True)


@pytest.fixture(scope="session")
def base_project(shared: Path) -> Path:
    """A copy of tests/base with what is remembered of it: who changes a copy parses and composes what changed."""

    def make(at: Path) -> None:
        shutil.copytree(BASE, at)
        with contextlib.chdir(at):
            Project().read()

    return once(shared / "base", make)


@pytest.fixture(scope="session")
def base_owner() -> Owner:
    return owner.load(BASE / "owner.yml")


@pytest.fixture(scope="session")
def base_collection() -> Collection:
    """The chapters of tests/base, in which nothing is wrong."""
    collection = collect(BASE / "docs", design.names())
    assert not collection.findings
    return collection


@pytest.fixture(scope="session")
def base_jobs(base_collection: Collection, base_owner: Owner) -> dict[tuple[str, str], Job]:
    """The jobs of tests/base on the first sheet of each design, by design and language."""
    jobs = chapters(planning.plan(base_collection, base_owner))
    return {(job.design, job.language): job for job in jobs if on_first_sheet(job)}


@pytest.fixture(scope="session")
def base_sheets(
    base_jobs: dict[tuple[str, str], Job], press: Press
) -> dict[tuple[str, str], Filed]:
    sheets = press(base_jobs.values())
    return {place: sheets[job] for place, job in base_jobs.items()}


@pytest.fixture(scope="session")
def real_collection(shared: Path) -> Collection:
    """The chapters of this project, parsed once for all processes of the run."""

    def read(memory: Path) -> Collection:
        return collect(ROOT / "docs", design.names(), memory)

    return read(once(shared / "real.json", read))


@pytest.fixture(scope="session")
def real_owner() -> Owner:
    return owner.load(ROOT / "owner.yml")


@pytest.fixture(scope="session")
def real_sheets(real_collection: Collection, real_owner: Owner, press: Press) -> dict[Job, Filed]:
    """One real chapter on every sheet there is, another on the first of each design."""
    own = {key: each for key, each in real_collection.chapters.items() if key[1] in REAL}
    plan = planning.plan(replace(real_collection, chapters=own), real_owner)
    return press(plain(job) for job in chapters(plan) if is_looked_at(job))
