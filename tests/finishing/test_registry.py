"""The list of finishings: what a design may ask for, what a site says of it, what is done."""

import shutil
from pathlib import Path

import pytest
from project import edit

from printables.findings import Rejected
from printables.job import FINISHINGS
from printables.languages import LANGUAGES
from printables.layout import design
from printables.layout.design import BOOKS, DESIGNS
from printables.sizes import SIZES
from printables.words import WORDS


def test_every_finishing_has_its_words_and_no_other_has() -> None:
    """`plain` is what the site says of a file that nothing was done to."""
    prefix = "finishing_"
    for language in LANGUAGES:
        said = {key.removeprefix(prefix) for key in WORDS[language] if key.startswith(prefix)}
        assert said == {"plain", *(name.replace("-", "_") for name in FINISHINGS)}


def test_every_finishing_is_made_on_paper_that_has_a_size() -> None:
    for name, finishing in FINISHINGS.items():
        if finishing.room in ("prepress", "fields"):  # as large as the sheet
            assert not finishing.paper, name
        else:
            assert finishing.paper in SIZES


def test_every_finishing_is_asked_for_by_a_design() -> None:
    folders = [path.parent for at in (DESIGNS, BOOKS) for path in at.glob("*/design.toml")]
    asked = {
        name
        for folder in folders
        for names in design.read(folder).spec.finishings.values()
        for name in names
    }
    assert asked == set(FINISHINGS) - {"typed"}  # of forms: forms/compose.py asks for it


def test_a_finishing_misspelt_in_a_design_names_the_nearest(tmp_path: Path) -> None:
    folder = shutil.copytree(DESIGNS / "sticker", tmp_path / "sticker")
    edit(folder / "design.toml", '"labels-a4"', '"label-a4"')
    with pytest.raises(Rejected, match=r"there is no label-a4\. Write instead: labels-a4"):
        design.read(folder)
