"""What hangs on a wall: one page, a title in the colour of its message, and the levels of risk in theirs."""

import io

import pypdfium2
import pytest
from project import Press, plain

from printables.colours import COLOURS
from printables.forms import reading
from printables.forms.reading import Library
from printables.job import Job
from printables.press import measure


@pytest.fixture(scope="module")
def boards(library: Library, jobs: list[Job]) -> dict[tuple[str, str, str], Job]:
    looks = {path.stem: reading.load(path, library.shelf).look for path in library.files}
    names = {f"forms/{name}" for name, look in looks.items() if look == "board"}
    return {(job.chapter, job.size, job.language): job for job in jobs if job.chapter in names}


def test_a_board_is_one_page_in_every_language(boards: dict[tuple[str, str, str], Job]) -> None:
    names = ("10A", "10B", "10D", "10E", "10F", "10G", "13A")
    assert {chapter for chapter, _, _ in boards} == {f"forms/{name}" for name in names}
    assert {place[0] for place, job in boards.items() if job.pages > 1} == {
        "forms/10D"
    }  # a card has two sides


@pytest.mark.parametrize("place", [("forms/10A", "a4", "zh-en"), ("forms/10B", "a2", "en")])
def test_levels_of_risk_have_their_colours_and_the_title_is_read_from_afar(
    boards: dict[tuple[str, str, str], Job], press: Press, place: tuple[str, str, str]
) -> None:
    [(job, sheet)] = press([plain(boards[place])]).items()
    page = pypdfium2.PdfDocument(io.BytesIO(sheet.pdf))[0]
    seen = page.render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 20) or []
    painted = {f"#{bytes(colour).hex()}" for count, colour in seen if count > 200}
    assert {COLOURS[name].light for name in ("red", "orange", "yellow", "blue")} <= painted
    _, lines = measure.lines(sheet.pdf, job.trim[0])
    title = max(line.height_mm for line in lines)
    assert title > 3 * min(line.height_mm for line in lines)
