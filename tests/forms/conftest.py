"""A small library of forms, and the real one."""

import shutil
from pathlib import Path

import pytest
from project import BASE, ROOT

from printables.chapters import owner
from printables.chapters.owner import Owner
from printables.forms import compose
from printables.forms.reading import PLACE, Library
from printables.job import Job

SMALL = Path(__file__).with_name("small")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with one form that has a part of each kind; a test may change it."""
    return shutil.copytree(SMALL, tmp_path / "forms")


@pytest.fixture(scope="session")
def publisher() -> Owner:
    return owner.load(BASE / "owner.yml")


@pytest.fixture(scope="session")
def library() -> Library:
    """The forms of this repository."""
    return Library(ROOT / PLACE)


@pytest.fixture(scope="session")
def jobs(library: Library, publisher: Owner) -> list[Job]:
    """Every job of every form of this repository."""
    found = []
    for path in library.files:
        made, findings = compose.jobs(path, library, publisher)
        assert findings == []
        found += made
    return found
