"""What the tests share: a small valid project, sheets printed once, the real chapters."""

from pathlib import Path

import pytest

from printables import design, layout, owner
from printables.cache import Cache
from printables.job import Job
from printables.owner import Owner
from printables.sheet import Sheet
from printables.shelf import Shelf, stock
from printables.works import print_all

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "tests" / "base"
REAL = ("teams/confined-space", "managers/legal-duties")


@pytest.fixture(scope="session")
def press_cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """One cache for the whole run, so that every sheet is printed once."""
    return Cache(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="session")
def base_owner() -> Owner:
    return owner.load(BASE / "owner.yml")


@pytest.fixture(scope="session")
def base_shelf() -> Shelf:
    """The chapters of tests/base, in which nothing is wrong."""
    shelf = stock(BASE / "docs", design.names())
    assert not shelf.findings
    return shelf


@pytest.fixture(scope="session")
def base_jobs(base_shelf: Shelf, base_owner: Owner) -> dict[tuple[str, str], Job]:
    """The jobs of tests/base by design and language."""
    return _by_design(layout.plan(base_shelf.twins(), base_owner)[0])


@pytest.fixture(scope="session")
def base_sheets(
    base_jobs: dict[tuple[str, str], Job], press_cache: Cache
) -> dict[tuple[str, str], Sheet]:
    """The sheets of tests/base by design and language."""
    outcome = print_all(base_jobs.values(), press_cache)
    assert not outcome.findings
    return {place: outcome.sheets[job] for place, job in base_jobs.items()}


@pytest.fixture(scope="session")
def real_shelf() -> Shelf:
    return stock(ROOT / "docs", design.names())


@pytest.fixture(scope="session")
def real_jobs(real_shelf: Shelf) -> list[Job]:
    """Every job of the real chapters that the tests look at closely."""
    twins = {name: pair for name, pair in real_shelf.twins().items() if name in REAL}
    jobs, findings = layout.plan(twins, owner.load(ROOT / "owner.yml"))
    assert not findings
    assert {job.chapter for job in jobs} == set(REAL)
    return jobs


@pytest.fixture(scope="session")
def real_sheets(real_jobs: list[Job], press_cache: Cache) -> dict[Job, Sheet]:
    outcome = print_all(real_jobs, press_cache)
    assert not outcome.findings
    return outcome.sheets


def _by_design(jobs: list[Job]) -> dict[tuple[str, str], Job]:
    return {(job.design, job.language): job for job in jobs}
