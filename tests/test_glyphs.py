"""What the fonts can draw: what Chinese offices type, in every weight."""

import pytest
import uharfbuzz

from printables import glyphs


@pytest.mark.parametrize(
    "characters",
    [
        "〇㎡㎥㎏㎜℡℃①⑳☐☑✓✔■▼",
        "堃喆淼犇玥翀赟",  # names, in GB 2312 or not
        "䶮㛃𬭸𬀩𫖯𠙶",  # 通用规范汉字表 beyond the first plane and in its extensions
    ],
    ids=["marks", "names", "extensions"],
)
def test_what_offices_type_can_be_drawn(characters: str) -> None:
    assert not set(characters) - set(map(chr, glyphs.drawn()))


def test_gb_2312_is_whole_and_the_list_of_8105_beside_it() -> None:
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    han = {ord(each) for code in codes if (each := code.decode("gb2312", "ignore"))}
    assert len(han) == 6763 and not han - glyphs.drawn()
    assert len([c for c in glyphs.drawn() if 0x3400 <= c <= 0x9FFF or c >= 0x20000]) >= 8105


def test_every_weight_draws_the_same() -> None:
    faces = [
        uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
        for path in sorted(glyphs.FONTS.glob("*.ttf"))
    ]
    first, *others = (frozenset(face.unicodes) for face in faces)
    assert len(faces) == 4
    assert all(other == first for other in others)
