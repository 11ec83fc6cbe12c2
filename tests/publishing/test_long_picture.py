"""The long picture of a chapter: as high as what it says, with its signs' colours and its code."""

import io
from html import unescape

import pytest
from PIL import Image

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.colours import COLOURS
from printables.languages import LANGUAGES
from printables.publishing import long_picture
from printables.words import Words

KIB = 1024
ADDRESS = "https://example.org/zh/teams/ladders/"


def html(collection: Collection, owner: Owner, language: str) -> str:
    words: Words = {"picture_of": "{} …"}
    return long_picture.compose(collection.chapters[language, "teams/ladders"], owner, words, ADDRESS)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_ends_where_the_band_ends(
    base_collection: Collection, base_owner: Owner, language: str
) -> None:
    made = long_picture.print_picture(html(base_collection, base_owner, language))
    image = Image.open(io.BytesIO(made)).convert("RGB")
    assert image.width == long_picture.WIDTH < image.height and len(made) <= 150 * KIB
    edge = {image.getpixel((3, y)) for y in range(image.height - 12, image.height - 2)}
    assert len(edge) == 1 and edge != {(255, 255, 255)}  # the band, and nothing below it
    blue = tuple(bytes.fromhex(COLOURS["blue"].light[1:]))
    seen = {colour for _, colour in image.getcolors(1 << 20) or []}
    assert any(max(abs(one - two) for one, two in zip(colour, blue, strict=True)) < 9 for colour in seen if isinstance(colour, tuple))  # fmt: skip


def test_it_says_what_the_chapter_says(base_collection: Collection, base_owner: Owner) -> None:
    chapter, said = base_collection.chapters["en", "teams/ladders"], html(base_collection, base_owner, "en")  # fmt: skip
    said = unescape(said).replace("\u2060", "").replace("\u00a0", " ")  # what holds words together
    for role in long_picture.ROLES:
        section = chapter.section(role)
        assert section and section.title in said
        assert all(item.lead in said for item in section.items)
    assert ADDRESS in said and chapter.front.reviewed.isoformat() in said and "[^" not in said
