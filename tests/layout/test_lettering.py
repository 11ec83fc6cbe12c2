"""Words in a box: no line is empty, whatever of them is a space."""

import pytest

from printables.layout.lettering import Room, Run, largest


@pytest.mark.parametrize("text", ["Guard ", "值班 ", "A  B "])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_space_takes_no_line_of_its_own(text: str, language: str) -> None:
    """Of a telephone without a number, what it is called stands alone, with the space that would part them."""
    room = Room(60, 40, (language,), ((language, 10.0), ("zh", 12.0)))
    setting = largest(((Run(text, "Medium", language),),), room)
    assert setting.scale >= 1
    words = [run.text for line in setting.lines for run in line]
    assert words and all(word and word == word.strip() for word in words)
