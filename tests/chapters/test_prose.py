"""Lines of one paragraph are read as a reader reads them."""

import pytest

from printables.chapters.prose import blocks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("先通风\n再检测", "先通风再检测"),
        ("先通风，\nGB 46768", "先通风，GB 46768"),
        ("依据\nGB 46768", "依据 GB 46768"),
        ("Ventilate first,\nthen test", "Ventilate first, then test"),
    ],
)
def test_lines_are_joined_by_a_space_only_where_one_is_written(source: str, text: str) -> None:
    assert [block.text for block in blocks(source, 1)] == [text]
