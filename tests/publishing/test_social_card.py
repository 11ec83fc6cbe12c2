"""Cards: a chat that shows only the middle square shows the message."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops
from project import BASE

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.layout.panels import scene_address
from printables.publishing import social_card
from printables.publishing.social_card import HEIGHT, WIDTH, Card
from printables.scenes.scene import PLACE


def picture(card: Card, owner: Owner) -> Image.Image:
    printed = social_card.print_card(social_card.compose(card, owner))
    return Image.open(io.BytesIO(printed)).convert("RGB")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_of_a_card_stands_in_its_middle_square(
    base_collection: Collection, base_owner: Owner, language: str
) -> None:
    chapter = social_card.of_chapter(base_collection.chapters[language, "teams/ladders"])
    scene = scene_address(BASE / PLACE, "call-120", [language], "warning", 1.5)
    shown = replace(chapter, scene=scene)
    assert picture(shown, base_owner).tobytes() != picture(chapter, base_owner).tobytes()
    titles = [("打印中心", "安全读本"), ("企业负责人读本", "安全读本")] if language == "zh" else []
    titles += [("Print centre", "Safety Readers"), ("Reader for managers of firms", "Readers")]
    for card in (chapter, shown, *(social_card.of_page(*words, language) for words in titles)):
        image = picture(card, base_owner)
        assert image.size == (WIDTH, HEIGHT)
        ground = Image.new("RGB", image.size, image.getpixel((0, 0)))
        left, top, right, bottom = ImageChops.difference(image, ground).getbbox() or (0, 0, 0, 0)
        side = (WIDTH - HEIGHT) / 2
        assert left >= side and right <= WIDTH - side and top > 0 and bottom < HEIGHT, card
