"""What a print queue and a reader's window are told of a file, and what stands on the sheets that an office cuts."""

import io

import pikepdf
import pypdfium2
import pytest
from project import Press, plain

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.finishing import finish
from printables.finishing.drawing import HAIRLINE_PT
from printables.finishing.labels import GREY
from printables.finishing.tiles import GUIDE, OVERLAP_MM
from printables.geometry import pieces
from printables.job import Job
from printables.layout import naming
from printables.layout.compose import compose
from printables.layout.design import find
from printables.press.print_job import _guide
from printables.press.sheet import Filed
from printables.sizes import SIZES
from printables.words import WORDS

# Design, size, language and finishing; title of the file; how the printer turns the paper.
FILES = [
    ("poster", "a3", "zh", "plain", "梯子作业 · 海报 · A3 · 中文", "Simplex"),
    ("poster", "a3", "zh", "tiles-a4", "梯子作业 · 海报 · A3 · 中文 · A4 拼贴", "Simplex"),
    ("poster", "a3", "zh", "shop", "梯子作业 · 海报 · A3 · 中文 · 印刷厂文件（CMYK、出血）", "Simplex"),
    ("flyer", "a4", "en", "plain", "Ladders · Flyer · A4 · English", "DuplexFlipLongEdge"),
    ("trifold", "a4", "zh", "plain", "梯子作业 · 三折页 · A4 · 中文", "DuplexFlipShortEdge"),
    ("label", "square100", "zh-en", "labels-a4", "梯子作业 · 方形不干胶 · 10 厘米见方 · 中英对照 · A4 多枚", "Simplex"),
    ("letters", "a4", "zh", "plain", "梯子作业 · 一字一张 · A4 · 中文", "Simplex"),
]  # fmt: skip


@pytest.fixture(scope="module")
def printed(
    base_collection: Collection, base_owner: Owner, press: Press
) -> dict[tuple[str, str, str], tuple[Job, Filed]]:
    twins = base_collection.twins()["teams/ladders"]
    places = {(design, size, language) for design, size, language, *_ in FILES}
    places |= {("sticker", "round100", "zh"), ("letters-black", "a4", "en")}
    jobs = {
        place: compose(find(place[0]), twins, place[2], base_owner, place[1])
        for place in sorted(places)
    }
    sheets = press(map(plain, jobs.values()))
    return {place: (job, sheets[plain(job)]) for place, job in jobs.items()}


@pytest.mark.parametrize(("design", "size", "language", "finishing", "title", "duplex"), FILES)
def test_a_file_says_what_it_is_and_how_to_print_it(
    printed: dict[tuple[str, str, str], tuple[Job, Filed]],
    design: str, size: str, language: str, finishing: str, title: str, duplex: str,
) -> None:  # fmt: skip
    job, sheet = printed[design, size, language]
    pdf = sheet.pdf if finishing == "plain" else finish(sheet.pdf, job, finishing)[1]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.docinfo["/Title"] == title
        assert document.Root.Lang == ("en" if language == "en" else "zh-CN")
        wanted = document.Root.ViewerPreferences
        assert (wanted.PrintScaling, wanted.Duplex) == ("/None", f"/{duplex}")
        assert wanted.DisplayDocTitle


def test_pages_of_tiles_are_called_as_their_map_calls_them(
    printed: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    job, sheet = printed["poster", "a3", "zh"]
    document = pypdfium2.PdfDocument(finish(sheet.pdf, job, "tiles-a4", _guide(job.guide))[1])
    assert [document.get_page_label(page) for page in range(len(document))] == ["0", "A1", "A2", "B1", "B2"]  # fmt: skip
    said = "".join(document[0].get_textpage().get_text_bounded().split())
    for words in (WORDS["zh"]["guide"], WORDS["zh"]["guide_tiles"]):
        assert "".join(words.split()) in said
    assert f"{OVERLAP_MM:g} mm" in WORDS["zh"]["guide_tiles"] and f"{OVERLAP_MM:g} mm" in WORDS["en"]["guide_tiles"]  # fmt: skip


def test_letters_are_called_by_their_number_and_character(
    printed: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    document = pypdfium2.PdfDocument(printed["letters", "a4", "zh"][1].pdf)
    called = [document.get_page_label(page) for page in range(len(document))]
    assert called == ["1 先", "2 架", "3 稳", "4 再", "5 登", "6 梯"]
    words = pypdfium2.PdfDocument(printed["letters-black", "a4", "en"][1].pdf)
    assert [words.get_page_label(page) for page in range(2)] == ["1 Set it firm.", "2 Then climb."]


@pytest.mark.parametrize("language", ["zh", "en", "zh-en"])
def test_what_is_said_above_the_map_fits_there(language: str) -> None:
    document = pypdfium2.PdfDocument(_guide(naming.guide(language)))
    assert len(document) == 1
    assert [side * 25.4 / 72 for side in document[0].get_size()] == pytest.approx(GUIDE, abs=0.1)


@pytest.mark.parametrize(("design", "size", "side"), [("label", "square100", "rectangle"), ("sticker", "round100", "circle")])  # fmt: skip
def test_a_label_has_a_line_around_it_where_it_ends(
    printed: dict[tuple[str, str, str], tuple[Job, Filed]], design: str, size: str, side: str
) -> None:
    job, sheet = next(pair for place, pair in printed.items() if place[:2] == (design, size))
    _, pdf = finish(sheet.pdf, job, "labels-a4")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        drawn = [
            (str(each.operator), [round(float(value), 1) for value in each.operands if not isinstance(value, pikepdf.Name)])
            for each in pikepdf.parse_content_stream(document.pages[0])
        ]  # fmt: skip
    assert ("w", [round(HAIRLINE_PT, 1)]) in drawn and ("RG", [round(GREY, 1)] * 3) in drawn
    across, up = pieces(job.trim, SIZES["a4"].trim)
    outlines = [
        values for operator, values in drawn if operator == ("re" if side == "rectangle" else "m")
    ]
    assert len(outlines) == across * up == 4
    wide = round(100 * 72 / 25.4, 1)
    if side == "rectangle":
        assert all(values[2:] == [wide, wide] for values in outlines)
    else:
        xs = [value for operator, values in drawn if operator == "c" for value in values[4::2]]
        assert max(xs) - min(xs) == pytest.approx(
            2 * wide, abs=0.3
        )  # two side by side, each 100 mm
