"""Pictograms that a developer adds: their own colours and sizes are told before a sign is printed with them."""

import shutil
from pathlib import Path

import pytest

from printables.signs import artwork
from printables.signs.registry import HERE, find


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0h9"/></svg>', ["pictogram-size"]),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M0 0h9" stroke="red"/></svg>', ["pictogram-colour"]),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M0 0h9" style="fill:red"/></svg>', ["pictogram-colour"]),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><image href="x.png"/></svg>', ["pictogram-colour"]),
        ("<svg", ["pictogram-missing"]),
        ("", ["pictogram-missing"]),
    ],
)  # fmt: skip
def test_a_pictogram_brings_no_colour_and_no_size(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    folder = shutil.copytree(HERE / "pictograms", tmp_path / "pictograms")
    assert list(artwork.wrong(folder)) == []
    path = folder / f"{find('W008').pictogram}.svg"
    path.write_text(text, encoding="utf-8")
    found = list(artwork.wrong(folder))
    assert [each.code for each in found] == told
    assert {each.path for each in found} == {str(path)}
