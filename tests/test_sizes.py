"""The sizes of sheets: one line each, with a name in both languages."""

import shutil
from pathlib import Path

import pytest
from project import edit

from printables.findings import Rejected
from printables.languages import LANGUAGES
from printables.layout import design
from printables.layout.design import BOOKS, DESIGNS
from printables.sizes import SIZES, Size, called


def test_a_size_that_is_not_called_by_its_code_has_a_name_in_every_language() -> None:
    for code, size in SIZES.items():
        assert set(size.name) in (set(), set(LANGUAGES)), code
        assert all(size.name.values())


def test_no_two_sizes_are_called_the_same() -> None:
    for language in LANGUAGES:
        assert len({called(code, language) for code in SIZES}) == len(SIZES)
    assert called("a4", "zh") == "A4"
    assert called("16k", "zh") == "大 16 开"


def test_a_sheet_is_upright_unless_its_copy_decides_its_length() -> None:
    for code, size in SIZES.items():
        assert 0 <= size.width <= size.height, code
        assert not size.round or size.width == size.height
    assert SIZES["a4"].trim == (210.0, 297.0)
    assert Size(height=700).trim == (0.0, 700.0)


def test_every_size_is_that_of_a_design() -> None:
    """Else nobody could order it."""
    folders = [path.parent for at in (DESIGNS, BOOKS) for path in at.glob("*/design.toml")]
    assert {size for folder in folders for size in design.read(folder).spec.sizes} == set(SIZES)


def test_a_size_misspelt_in_a_design_names_the_nearest(tmp_path: Path) -> None:
    folder = shutil.copytree(DESIGNS / "sticker", tmp_path / "sticker")
    edit(folder / "design.toml", 'sizes = ["round100"]', 'sizes = ["round10"]')
    with pytest.raises(
        Rejected, match=r"sizes\.0: .*there is no round10\. Write instead: round100"
    ):
        design.read(folder)
