"""Finished sheets of real chapters, measured: size, fill, type, text, tags."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from project import EVERY_SHEET, FIRST_SHEETS
from stamps import said_in_all

from printables.chapters.chapter import Chapter
from printables.checks.collection import Collection
from printables.findings import Rejected
from printables.geometry import Rect
from printables.job import Job
from printables.languages import written_in
from printables.layout.design import find
from printables.layout.edition import number
from printables.legibility import height_floor
from printables.press import measure
from printables.press.measure import Line
from printables.press.print_job import print_sheet
from printables.press.sheet import Filed
from printables.words import WORDS

DESIGNS = ("poster", "flyer")
Printed = tuple[Job, Filed]


def places() -> Iterator[tuple[str, str, str, str]]:
    """Chapter, design, size and language of every sheet that is looked at."""
    for name in DESIGNS:
        spec = find(name).spec
        for chapter in (EVERY_SHEET, FIRST_SHEETS):
            for size in spec.sizes if chapter == EVERY_SHEET else spec.sizes[:1]:
                for language in spec.languages:
                    yield chapter, name, size, language


@pytest.fixture(scope="module", params=places(), ids=lambda place: "-".join(place).split("/")[1])
def printed(request: pytest.FixtureRequest, real_sheets: dict[Job, Filed]) -> Printed:
    by_place = {(job.chapter, job.design, job.size, job.language): job for job in real_sheets}
    job = by_place[request.param]
    return job, real_sheets[job]


@pytest.fixture(scope="module")
def lines(printed: Printed) -> list[Line]:
    job, sheet = printed
    return measure.lines(sheet.pdf, job.trim[0])[1]


@contextmanager
def opened(sheet: Filed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(sheet.pdf)) as document:
        yield document


def floor(job: Job, text: str) -> float:
    return height_floor(written_in(text), job.distance_m)


def joined(text: str) -> str:
    """Text without spaces and hyphens: at the end of a line a PDF has none."""
    return re.sub(r"[\s\x02\ufffe-]", "", text)


def test_a_sheet_has_its_pages(printed: Printed) -> None:
    job, sheet = printed
    assert len(pypdfium2.PdfDocument(sheet.pdf)) == sheet.pages == find(job.design).spec.pages


def test_a_sheet_is_full(printed: Printed) -> None:
    assert 0.85 <= printed[1].fill <= 1


def test_a_sheet_has_its_size(printed: Printed) -> None:
    job, sheet = printed
    with opened(sheet) as document:
        for page in document.pages:
            for box in (page.mediabox, page.trimbox, page.cropbox):
                x, y, right, top = map(float, box)
                size = [(right - x) * 25.4 / 72, (top - y) * 25.4 / 72]
                assert size == pytest.approx(job.trim, abs=0.1)


def owner_of(job: Job) -> str:
    """The owner's names, if the sheet promises them from a shorter distance than its message."""
    panel = find(job.design).spec.owner
    assert panel and panel.name and job.firm
    return joined("".join(name for _, name in job.firm.name)) if panel.name.distance_m else ""


def test_all_of_the_message_can_be_read_from_afar(printed: Printed, lines: list[Line]) -> None:
    """The imprint begins with the edition, at the foot; all above it is the message, but for what is at the code, what a box to write in asks for, and an owner's name beside it."""
    job, sheet = printed
    name = joined(WORDS[job.language.split("-")[0]]["edition"])
    top = next(line.box.top for line in lines if joined(line.text).startswith(name))
    imprint = [line for line in lines if line.page == 0 and line.box.top > top - 0.5]
    by_hand = ("scan", "here")  # at the code, and in the box that somebody fills in
    nearer = joined("".join(WORDS[c][key] for key in by_hand for c in job.language.split("-")))
    nearer += number(job.edition) + owner_of(job)
    message = [line for line in lines if line not in imprint and joined(line.text) not in nearer]
    assert top > job.trim[1] * 0.85
    assert job.edition in "".join(line.text for line in imprint)
    assert min(line.height_mm for line in imprint) >= 2 - 0.01
    assert [line for line in message if line.height_mm < floor(job, line.text) - 0.01] == []
    assert job.firm
    stamped = joined(said_in_all(job.firm, sheet.pdf))
    smallest = min(line.height_mm for line in message if joined(line.text) not in stamped)
    assert sheet.smallest_text_mm == pytest.approx(smallest, abs=0.001)


def test_nothing_leaves_the_page(printed: Printed, lines: list[Line]) -> None:
    page = Rect(0, 0, *printed[0].trim)
    margin = 4.0  # office printers print no nearer to the edge
    live = Rect(margin, margin, page.right - margin, page.bottom - margin)
    assert [line.text for line in lines if not live.holds(line.box, slack=0)] == []


def overlap(one: Rect, other: Rect) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return width > 0.2 and height > 0.2


def test_no_two_lines_overlap(printed: Printed, lines: list[Line]) -> None:
    pairs = combinations(lines, 2)
    touching = [
        (one.text, other.text)
        for one, other in pairs
        if one.page == other.page
        and any(overlap(a, b) for a in one.parts for b in other.parts)  # columns of the foot
    ]
    assert touching == []


def test_nothing_is_printed_on_the_code(printed: Printed, lines: list[Line]) -> None:
    job, sheet = printed
    picture = pypdfium2.PdfDocument(sheet.pdf)[0].render(scale=2).to_pil()
    [found] = zxingcpp.read_barcodes(picture)
    mm = job.trim[0] / picture.width
    corner, other = found.position.top_left, found.position.bottom_right
    code = Rect(corner.x * mm, corner.y * mm, other.x * mm, other.y * mm)
    assert [line.text for line in lines if line.page == 0 and overlap(line.box, code)] == []


def page_text(lines: list[Line], page: int) -> str:
    return joined("".join(line.text for line in lines if line.page == page))


def test_the_front_says_slogan_and_points(
    printed: Printed, lines: list[Line], real_collection: Collection
) -> None:
    job, _ = printed
    front = page_text(lines, 0)
    voices = [real_collection.chapters[code, job.chapter] for code in job.language.split("-")]
    for voice in voices:
        assert joined(voice.front.title) in front
        assert joined(voice.front.slogan) in front
        points = voice.section("points")
        assert points is not None
        for item in points.items:
            assert joined(item.lead) in front
            assert len(voices) > 1 or joined(item.text) in front
    assert joined(job.edition) in front
    assert all(number in front for number in ("119", "120", "12350"))


def test_the_slogan_is_the_largest_and_in_its_lines(
    printed: Printed, lines: list[Line], real_collection: Collection
) -> None:
    job, _ = printed
    assert job.headline is not None
    front = sorted((line for line in lines if line.page == 0), key=lambda line: -line.height_mm)
    slogan = front[: len(job.headline.lines)]
    assert [line.text.strip() for line in sorted(slogan, key=lambda line: line.box.top)] == list(
        job.headline.lines
    )


def entries(chapter: Chapter, role: str) -> Iterator[str]:
    section = chapter.section(role)
    assert section is not None
    yield section.title
    for item in section.items:
        yield item.lead
        yield item.text


def test_the_back_says_the_whole_procedure(
    printed: Printed, lines: list[Line], real_collection: Collection
) -> None:
    job, _ = printed
    if job.pages == 1:
        pytest.skip("no back")
    chapter, back = real_collection.chapters[job.language, job.chapter], page_text(lines, 1)
    for role in ("steps", "never", "emergency"):
        for text in entries(chapter, role):
            assert joined(text) in back


def test_a_sheet_is_tagged_and_says_title_and_language(
    printed: Printed, real_collection: Collection
) -> None:
    job, sheet = printed
    lead = job.language.split("-")[0]
    with opened(sheet) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert "/K" in root.StructTreeRoot
        assert str(root.Lang) == {"zh": "zh-CN", "en": "en"}[lead]
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        title = real_collection.chapters[lead, job.chapter].front.title
        assert str(document.docinfo["/Title"]).startswith(title)
        with document.open_metadata() as metadata:
            assert metadata["dc:title"].startswith(title)
            assert metadata["pdfuaid:part"] == "1"


def test_a_sheet_carries_no_clock(printed: Printed) -> None:
    job, sheet = printed
    with opened(sheet) as document:
        dates = [str(document.docinfo[key]) for key in document.docinfo if "Date" in key]
    reviewed = job.edition.split("·")[0].replace("-", "")
    assert all(date.startswith(f"D:{reviewed}") for date in dates)


# --- what must not be printed


def test_type_below_the_floor_is_refused(base_jobs: dict[tuple[str, str], Job]) -> None:
    job = base_jobs["poster", "zh"]
    small = replace(job, style=job.style + ".reason { font-size: 9mm !important }")
    with pytest.raises(Rejected) as rejected:
        print_sheet(small)
    assert {found.code for found in rejected.value.findings} == {"text-too-small"}
    assert (
        "is 8.28 mm high; to be read from 2 m it must be at least 10.00 mm"
        in rejected.value.findings[0].text("en")
    )


def test_an_imprint_below_two_millimetres_is_refused(
    base_jobs: dict[tuple[str, str], Job],
) -> None:
    job = base_jobs["poster", "en"]
    with pytest.raises(Rejected) as rejected:
        print_sheet(replace(job, style=job.style + ".imprint { font-size: 2mm !important }"))
    assert {found.code for found in rejected.value.findings} == {"imprint-too-small"}


def test_whatever_the_press_says_is_an_error(base_jobs: dict[tuple[str, str], Job]) -> None:
    job = base_jobs["poster", "zh"]
    with pytest.raises(Rejected) as rejected:
        print_sheet(replace(job, style=job.style + " .reason { writing-mode: vertical-rl }"))
    assert {found.code for found in rejected.value.findings} == {"press-warning"}
