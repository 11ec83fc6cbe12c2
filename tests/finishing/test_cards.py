"""Cards for a pocket: ten on a page of A4, their backs behind them."""

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from project import Press

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.finishing import finish
from printables.job import Job
from printables.layout import compose
from printables.layout.design import find


@pytest.fixture(scope="module", params=["risk-card", "emergency-card"])
def card(request: pytest.FixtureRequest, base_collection: Collection, base_owner: Owner) -> Job:
    twins = base_collection.twins()["teams/ladders"]
    return compose.compose(find(request.param), twins, "zh", base_owner)


def test_a_card_lies_and_has_two_sides(card: Job) -> None:
    assert (card.trim, card.pages, card.size) == ((86, 54), 2, "card")
    assert "labels-a4" in card.finishings


def test_ten_stand_on_a_page_and_turn_with_it(card: Job, press: Press) -> None:
    job = replace(card, finishings=())
    after, made = finish(press([job])[job].pdf, card, "labels-a4")
    assert after.pages == 2
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert list(document.Root.PageLabels.Nums)[1::2] == [{"/P": "1a"}, {"/P": "1b"}]
        drawn = [page.Contents.read_bytes().count(b" Do") for page in document.pages]
    assert drawn == [10, 10]


def test_what_a_post_writes_itself_is_left_free(card: Job) -> None:
    fields = re.findall(r'class="blank[ "]', card.html)
    assert len(fields) == 2


def test_a_line_to_write_on_takes_a_telephone_number(card: Job, press: Press) -> None:
    """Behind, as rendered: lines of 30 mm, beside each other, with 4.5 mm of white above each."""
    job, dots = replace(card, finishings=()), 10
    page = pypdfium2.PdfDocument(press([job])[job].pdf)[1]
    picture = page.render(scale=dots * 25.4 / 72, grayscale=True).to_pil()

    def tone(x: float, y: int, high: float) -> tuple[int, int]:
        box = (x * dots, y, (x + 30) * dots, y + high * dots)
        return picture.crop(tuple(map(round, box))).getextrema()  # type: ignore[return-value]

    for left in (4.5, 37.5):
        rows = [y for y in range(20 * dots, 50 * dots) if tone(left, y, 0.1)[1] < 160]
        free = [y for y in rows if tone(left, y - 46, 4.5)[0] > 240 and y - 1 not in rows]
        assert len(free) == 1
