"""Sheets put together again from what an office printer gives: tiles glued, booklets folded."""

import ctypes
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageChops
from project import Press, plain

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.finishing import finish
from printables.finishing.booklet import booklet, saddle_stitch
from printables.finishing.tiles import OVERLAP_MM, tile
from printables.job import FINISHINGS, Job
from printables.layout import book, compose
from printables.layout.design import find
from printables.press.engine import Document
from printables.press.print_job import print_sheet
from printables.press.sheet import Filed
from printables.sizes import SIZES

MM = 25.4 / 72  # of a point
DOTS = 4  # in a mm of a picture
APART_MM = 1
GREYS = 40  # what smoothing an edge may change
MARGIN_MM = 6.0  # office printers print no nearer to the edge
TILED = [("banner", "70cm", "zh-en"), ("poster", "a2", "zh"), ("poster", "2k", "en")]  # fmt: skip

Cut = tuple[float, float, float, float]
Line = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def printed(
    base_collection: Collection, base_owner: Owner, press: Press
) -> dict[tuple[str, str, str], tuple[Job, Filed]]:
    twins: dict[str, Chapter] = dict(base_collection.twins()["teams/ladders"])
    jobs = {
        place: plain(compose.compose(find(place[0]), twins, place[2], base_owner, place[1]))
        for place in TILED
    }
    sheets = press(jobs.values())
    return {place: (job, sheets[job]) for place, job in jobs.items()}


# --- tiles


def strokes(page: pypdfium2.PdfPage) -> list[Line]:
    """Every straight stroke that the page itself draws, as from and to in mm from lower left."""
    lines = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        points = []
        for number in range(pdfium.FPDFPath_CountSegments(item.raw)):
            segment = pdfium.FPDFPath_GetPathSegment(item.raw, number)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append((x.value * MM, y.value * MM))
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
                lines.append((*points[-2], *points[-1]))
    return lines


def cut(page: pypdfium2.PdfPage) -> Cut:
    """Where the cut marks of a tile say that it ends: left, bottom, right, top in mm."""
    upright, level = set(), set()
    for x, y, to_x, to_y in strokes(page):
        if abs(abs(x - to_x) + abs(y - to_y) - 4) < 0.01:  # as long as a mark is
            if abs(x - to_x) < 0.01:
                upright.add(round(x, 2))
            elif abs(y - to_y) < 0.01:
                level.add(round(y, 2))
    assert len(upright) == len(level) == 2
    return min(upright), min(level), max(upright), max(level)


def photographed(page: pypdfium2.PdfPage, width_mm: float) -> Image.Image:
    return page.render(scale=width_mm * DOTS / page.get_width(), grayscale=True).to_pil()


@dataclass(frozen=True)
class Piece:
    """A sheet cut at its marks: what they measure in mm, and the picture of all whole dots between."""

    width: float
    height: float
    picture: Image.Image


def pieces(document: pypdfium2.PdfDocument, paper: tuple[float, float]) -> list[Piece]:
    """The sheets after the first, which is the map."""
    sheets = []
    for page in list(document)[1:]:
        wide, high = page.get_width() * MM, page.get_height() * MM
        assert sorted((wide, high)) == pytest.approx(sorted(paper), abs=0.1)
        left, bottom, right, top = cut(page)
        assert min(left, bottom, wide - right, high - top) >= MARGIN_MM - 0.01
        low, high_up = math.ceil(left * DOTS), math.ceil((high - top) * DOTS)
        edges = (low, high_up, math.floor(right * DOTS), math.floor((high - bottom) * DOTS))
        picture = photographed(page, wide).crop(edges)
        sheets.append(Piece(right - left, top - bottom, picture))
    return sheets


def glued(cutouts: list[Piece], trim: tuple[float, float], last_on_top: bool) -> Image.Image:
    """Row by row from upper left, each over the last by what the trade glues, 15 mm."""
    wide, high = cutouts[0].width - OVERLAP_MM, cutouts[0].height - OVERLAP_MM
    columns = round((trim[0] - OVERLAP_MM) / wide)
    rows = len(cutouts) // columns
    assert columns * rows == len(cutouts)
    assert (columns * wide + OVERLAP_MM, rows * high + OVERLAP_MM) == pytest.approx(trim, abs=0.5)
    sheet = Image.new("L", tuple(round(side * DOTS) for side in trim), 128)  # type: ignore[arg-type]
    order = list(enumerate(cutouts))
    for number, piece in order if last_on_top else reversed(order):
        row, column = divmod(number, columns)
        sheet.paste(piece.picture, (round(column * wide * DOTS), round(row * high * DOTS)))
    return sheet


def apart(one: Image.Image, other: Image.Image) -> int:
    """How far `one` is, in greys, from anything that `other` shows within 1 mm."""
    above = ImageChops.subtract(one, near(other, ImageChops.lighter))
    below = ImageChops.subtract(near(other, ImageChops.darker), one)
    return int(max(above.getextrema()[1], below.getextrema()[1]))  # type: ignore[type-var]


def near(picture: Image.Image, choose: Callable[..., Image.Image]) -> Image.Image:
    """The lightest or darkest within 1 mm of each dot."""
    for across, down in ((1, 0), (0, 1)):
        steps = [step for step in range(-APART_MM * DOTS, APART_MM * DOTS + 1) if step]
        moved = (ImageChops.offset(picture, step * across, step * down) for step in steps)
        picture = reduce(choose, moved, picture)
    return picture


@pytest.mark.parametrize("finishing", ["tiles-a4", "tiles-a3"])
@pytest.mark.parametrize("place", TILED, ids="-".join)
def test_tiles_glued_together_are_the_sheet_within_a_millimetre(
    printed: dict[tuple[str, str, str], tuple[Job, Filed]], place: tuple[str, str, str],
    finishing: str,
) -> None:  # fmt: skip
    job, sheet = printed[place]
    assert finishing in find(job.design).spec.finishings[job.size]
    finished, pdf = finish(sheet.pdf, job, finishing)
    original = photographed(pypdfium2.PdfDocument(sheet.pdf)[0], job.trim[0])
    document = pypdfium2.PdfDocument(pdf)
    cutouts = pieces(document, SIZES[FINISHINGS[finishing].paper].trim)
    assert finished.pages == len(document) == len(cutouts) + 1
    for last_on_top in (True, False):  # so that both sides of every overlap are looked at
        whole = glued(cutouts, job.trim, last_on_top)
        assert max(abs(a - b) for a, b in zip(whole.size, original.size, strict=True)) <= 1
        rim = (DOTS, DOTS, original.width - DOTS, original.height - DOTS)
        assert apart(whole.crop(rim), original.crop(rim)) <= GREYS
        assert apart(original.crop(rim), whole.crop(rim)) <= GREYS


def test_a_tile_two_millimetres_off_would_be_seen(
    printed: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    job, sheet = printed["poster", "a2", "zh"]
    original = photographed(pypdfium2.PdfDocument(sheet.pdf)[0], job.trim[0])
    shifted = original.copy()
    shifted.paste(original.crop((100, 100, 400, 400)), (100 + 2 * DOTS, 100))
    assert apart(shifted, original) > GREYS


def test_tiles_share_what_they_draw() -> None:
    """A banner of six metres is 105 tiles: each with streams of its own made its file half as large again."""
    with pikepdf.new() as sheet:
        sheet.add_blank_page(page_size=(6000, 700))
        sheet.save(whole := io.BytesIO())
    pdf = tile(whole.getvalue(), (6000, 700), SIZES["a4"].trim)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [[part.objgen for part in page.Contents] for page in list(document.pages)[1:]]
    columns, rows, numbers = (set(parts) for parts in zip(*pages, strict=True))
    assert len(pages) == len(columns) * len(rows)
    assert len(numbers) == len(columns)


def test_every_poster_and_banner_prints_on_a4() -> None:
    for name in ("poster", "banner"):
        spec = find(name).spec
        for size in spec.sizes:
            if (name, size) == ("poster", "4k"):  # A2 but for 24 mm: who glues, glues that
                continue
            wanted = {"tiles-a4"} if size == "a3" else {"tiles-a4", "tiles-a3"}
            assert wanted <= set(spec.finishings[size]), (name, size)


# --- booklets


def leaves(sides: list[tuple[int | None, int | None]]) -> list[int | None]:
    """The pages of folded and nested sheets, leaf by leaf; the outermost sheet comes first."""
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    first = [page for front, back in sheets for page in (front[1], back[0])]
    second = [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    return first + second


@pytest.mark.parametrize("pages", range(1, 130))
def test_a_booklet_reads_in_order(pages: int) -> None:
    order = leaves(saddle_stitch(pages))
    assert order[:pages] == list(range(pages))
    assert order[pages:] == [None] * (-pages % 4)


def halves(pdf: bytes) -> list[tuple[str, str]]:
    """What the left and the right half of each lying A4 says."""
    sides = []
    for page in pypdfium2.PdfDocument(pdf):
        wide, high = page.get_size()
        assert (wide * MM, high * MM) == pytest.approx((297, 210), abs=0.1)
        words = page.get_textpage()
        left, right = (words.get_text_bounded(x, 0, x + wide / 2, high) for x in (0, wide / 2))
        sides.append(("".join(left.split()), "".join(right.split())))
    return sides


def folded(pdf: bytes) -> list[str]:
    """What the pages of a booklet say when it is folded."""
    texts = [text for side in halves(pdf) for text in side]
    pairs = [(2 * n, 2 * n + 1) for n in range(len(texts) // 2)]
    return [texts[number] for number in leaves(pairs) if number is not None]


@pytest.mark.parametrize("pages", [1, 4, 5, 10, 16])
def test_a_folded_booklet_shows_its_pages_in_order(pages: int) -> None:
    body = "".join(f"<p style='break-after: page'>page{n}of{pages}</p>" for n in range(pages))
    style = "@page { size: 148mm 210mm; margin: 20mm } p { font: 10mm Reader; margin: 0 }"
    pdf = Document(f"<html lang='en'><title>x</title>{body}", style).lay_out("").write("x")
    order = folded(booklet(pdf, SIZES["a5"].trim, SIZES["a4"].trim))
    assert order == [f"page{n}of{pages}" for n in range(pages)] + [""] * (-pages % 4)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reader_folds_to_a_book(
    base_collection: Collection, base_owner: Owner, language: str
) -> None:
    [reader] = [
        each
        for each in book.readers(base_collection.docs, base_collection.twins())
        if each.language == language
    ]
    [job] = book.jobs(reader, base_owner)[0]
    sheet = print_sheet(plain(job))
    finished, pdf = finish(sheet.pdf, job, "booklet-a4")
    assert finished.pages == -(-sheet.pages // 4) * 2
    flat = ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(sheet.pdf)]  # fmt: skip
    assert folded(pdf) == flat + [""] * (-sheet.pages % 4)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [float(edge) for edge in document.pages[0].mediabox] == pytest.approx(
            [0, 0, 841.89, 595.28], abs=0.1
        )
