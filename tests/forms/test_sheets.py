"""Forms as printed: sizes of type, titles of lists on each page, edition, code, tags, and nothing left unfilled in them."""

import io
import re
from urllib.parse import unquote

import page as ua
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from project import Press, plain

from printables.job import Job
from printables.press import measure
from printables.press.sheet import Filed

POINT = 25.4 / 72
LATIN = 0.733  # height of capitals, in em
PRINTED = [
    ("forms/1A", "a3", "zh-en"), ("forms/2A-flood", "a4", "zh-en"), ("forms/2B", "a4", "en"),
    ("forms/4A", "a4", "zh"), ("forms/6H", "a5", "zh"), ("forms/8A", "a4", "zh-en"),
    ("forms/9D", "a5", "en"), ("forms/10D", "a6", "zh"), ("forms/10E", "a3", "zh"),
    ("forms/1B", "a4", "zh"), ("forms/2A-whole", "a4", "zh"), ("forms/11A", "a4", "zh"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sheets(jobs: list[Job], press: Press) -> dict[tuple[str, str, str], tuple[Job, Filed]]:
    by_place = {(job.chapter, job.size, job.language): job for job in jobs}
    printed = press(plain(by_place[place]) for place in PRINTED)
    return {(job.chapter, job.size, job.language): (job, sheet) for job, sheet in printed.items()}


@pytest.fixture(params=PRINTED, ids=[" ".join(place) for place in PRINTED])
def printed(
    request: pytest.FixtureRequest, sheets: dict[tuple[str, str, str], tuple[Job, Filed]]
) -> tuple[Job, Filed]:
    return sheets[request.param]


def texts(sheet: Filed) -> list[str]:
    """The text of each page, spaces left out."""
    document = pypdfium2.PdfDocument(io.BytesIO(sheet.pdf))
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_it_has_its_pages_and_each_says_which(printed: tuple[Job, Filed]) -> None:
    job, sheet = printed
    pages = texts(sheet)
    assert len(pages) == sheet.pages == job.pages
    assert all(job.edition.partition("·")[2] in page for page in pages)
    if job.chapter != "forms/8A":
        for number, page in enumerate(pages, 1):
            said = {"zh": f"第{number}页，共{len(pages)}页", "en": f"Page{number}of{len(pages)}"}
            assert said[job.language.partition("-")[0]] in page


def test_no_text_is_smaller_than_nine_points(printed: tuple[Job, Filed]) -> None:
    job, sheet = printed
    _, lines = measure.lines(sheet.pdf, job.trim[0])
    least = 9 * POINT * LATIN
    assert min(line.height_mm for line in lines if line.text.strip()) >= least - 0.02


def test_the_binding_margin_is_free_and_nothing_leaves_its_box_at_the_right(
    printed: tuple[Job, Filed],
) -> None:
    job, sheet = printed
    if job.chapter == "forms/8A":
        pytest.skip("a certificate hangs in a frame")
    _, lines = measure.lines(sheet.pdf, job.trim[0])
    hangs = job.chapter == "forms/10E"
    least = 20 if hangs else {"a6": 8.5, "a5": 17}.get(job.size, 24)
    assert min(line.box.left for line in lines if line.text.strip()) >= least
    right = {"a6": 7, "a5": 10}.get(job.size, 12)
    assert max(line.box.right for line in lines if line.text.strip()) <= job.trim[0] - right + 0.3


def test_nothing_is_left_of_what_makes_it(printed: tuple[Job, Filed]) -> None:
    text = "".join(texts(printed[1]))
    assert not re.search(r"[{}]|None|undefined|nan\b|\*\*", text)


def test_the_code_leads_to_its_edition(printed: tuple[Job, Filed]) -> None:
    job, sheet = printed
    [address] = set(re.findall(r'src="qr:([^"]+)"', job.html))
    page = pypdfium2.PdfDocument(sheet.pdf)[0]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil()
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in codes] == [unquote(address)]
    assert unquote(address).endswith(f"/e/{job.edition.partition('·')[2]}/")


def test_it_passes_a_checker_of_pdf_ua(printed: tuple[Job, Filed]) -> None:
    report = ua.validate_pdf_bytes(printed[1].pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []


def test_titles_of_a_list_are_on_each_of_its_pages(
    sheets: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    pages = texts(sheets["forms/2A-flood", "a4", "zh-en"][1])
    assert len(pages) > 1
    assert all("检查项目" in page and "Finding" in page for page in pages)


def test_columns_that_tell_rows_apart_are_on_each_sheet_of_a_list(
    sheets: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    pages = texts(sheets["forms/1A", "a3", "zh-en"][1])
    assert len(pages) == 2
    assert all("序号" in page and "隐患编号" in page for page in pages)
    assert ["整改措施" in page for page in pages] == [True, False]


def test_all_sizes_of_a_form_are_one_edition(jobs: list[Job]) -> None:
    ledger = [job for job in jobs if (job.chapter, job.language) == ("forms/1A", "zh")]
    assert [job.size for job in ledger] == ["a4", "a3"]
    assert len({job.edition for job in ledger}) == 1
    assert len({job.key for job in ledger}) == 2


def test_what_hangs_is_enlarged_and_read_from_farther(jobs: list[Job]) -> None:
    card = {job.size: job for job in jobs if (job.chapter, job.language) == ("forms/10A", "zh")}
    assert card["a3"].html.partition("<body>")[2] != ""
    assert card["a3"].zoom == pytest.approx(2**0.5, abs=0.01)
    assert (card["a4"].distance_m, card["a3"].distance_m) == (0.5, 0.7)


def choice(document: pypdfium2.PdfDocument, title: str) -> list[tuple[list[float], str]]:
    """Places of the boxes of the choice with this title, and their states, as they are now."""
    saved = io.BytesIO()
    document.save(saved)
    with pikepdf.open(saved) as now:
        kids = next(field.Kids for field in now.Root.AcroForm.Fields if str(field.TU) == title)
        return [([float(edge) for edge in box.Rect], str(box.AS)) for box in kids]


def click(document: pypdfium2.PdfDocument, box: list[float]) -> None:
    """Press and release the mouse in the middle of a box of the first page."""
    form, page = document.formenv, document[0]
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    pypdfium2.raw.FORM_OnLButtonDown(form, page, 0, *middle)
    pypdfium2.raw.FORM_OnLButtonUp(form, page, 0, *middle)


TYPED = [place for place in PRINTED if place[0] not in ("forms/1A", "forms/10E")]


@pytest.fixture(params=TYPED, ids=[" ".join(place) for place in TYPED])
def typed(
    request: pytest.FixtureRequest, sheets: dict[tuple[str, str, str], tuple[Job, Filed]]
) -> bytes:
    return sheets[request.param][1].read("-typed.pdf")


def test_boxes_to_type_into_move_nothing(
    sheets: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    """Else the last rows of a full page leave it: the notes below them stand where they are printed."""
    for place in (("forms/1B", "a4", "zh"), ("forms/9D", "a5", "en")):
        sheet = sheets[place][1]
        files = (sheet.pdf, sheet.read("-typed.pdf"))
        pages = [list(pypdfium2.PdfDocument(each))[-1] for each in files]
        tops = []
        for page in pages:
            text = page.get_textpage()
            said = text.get_text_range()
            tops.append(text.get_charbox(max(said.rfind("保存"), said.rfind("Keep")))[3])
        assert tops[0] == pytest.approx(tops[1], abs=1.5), place  # points


def test_what_is_typed_into_has_a_name_and_a_tooltip_of_its_own(typed: bytes) -> None:
    with pikepdf.open(io.BytesIO(typed)) as document:
        assert all(page.obj.Tabs == "/S" for page in document.pages)  # in the order of reading
        made = list(document.Root.AcroForm.Fields)
        kids = [kid for field in made for kid in field.get("/Kids", [field])]
        assert len(kids) == sum(len(page.Annots) for page in document.pages if "/Annots" in page)
        names = [str(field.T) for field in made]
        assert len(names) == len(set(names)) > 5
        assert not any("." in name for name in names)  # it would make a hierarchy
        assert all(str(field.TU).strip() and str(field.TU) != str(field.T) for field in made)
        assert {str(field.FT) for field in made} <= {"/Tx", "/Btn", "/Ch"}
        assert all(str(field.V) in ("", "/Off") for field in made)  # nothing is filled in


def test_a_viewer_saves_what_is_typed_as_it_is_seen(typed: bytes) -> None:
    """pdf.js does so for what the field's font has, unless it is asked to draw; it asks itself where the form is an object."""
    with pikepdf.open(io.BytesIO(typed)) as document:
        form = document.Root.AcroForm
        assert "/NeedAppearances" not in form
        assert form.is_indirect
        boxes = [kid for field in form.Fields for kid in field.get("/Kids", [field])]
        fonts = {re.fullmatch(r"[\d. ]+ r?g /(\S+) [\d.]+ Tf", str(box.DA))[1] for box in boxes}
        assert fonts - {"ZaDb"} == {"STSong-Light"} or str(document.Root.Lang) == "en"
        assert all(f"/{font}" in form.DR.Font for font in fonts - {"ZaDb"})


def test_the_font_of_a_chinese_form_has_what_people_type(
    sheets: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    """Numbers of Adobe-GB1, as its own table has them (Adobe-GB1-UCS2)."""
    known = {
        "A": 34,
        "　": 96,
        "—": 105,
        "。": 98,
        "，": 273,
        "啊": 940,
        "一": 4162,
        "龟": 1859,
        "齄": 7702,
    }
    with pikepdf.open(io.BytesIO(sheets["forms/8A", "a4", "zh-en"][1].read("-typed.pdf"))) as made:
        font = made.Root.AcroForm.DR.Font["/STSong-Light"]
        ranges = re.findall(r"<(\w+)> <\w+> \[(.+)\]", font.ToUnicode.read_bytes().decode())
    numbers = {
        chr(int(said, 16)): glyph
        for first, meant in ranges
        for glyph, said in enumerate(re.findall(r"\w+", meant), int(first, 16))
    }
    assert {letter: numbers.get(letter) for letter in known} == known
    assert len(numbers) == 95 + 260 + 6763


def test_nothing_but_what_is_typed_is_printed(typed: bytes) -> None:
    for page in pypdfium2.PdfDocument(typed):
        colours = page.render(may_draw_forms=False).to_pil().getcolors(1 << 20)
        assert all(blue - red < 8 for count, (red, _, blue) in colours if count > 500)  # no tint


def test_of_choices_that_exclude_each_other_one_is_ticked_and_can_be_cleared(
    sheets: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    document = pypdfium2.PdfDocument(sheets["forms/11A", "a4", "zh"][1].read("-typed.pdf"))
    document.init_forms()
    first, second, third = (box for box, _ in choice(document, "动火级别"))
    ticked = []
    for box in (first, second, second, third):
        click(document, box)
        ticked.append([state for _, state in choice(document, "动火级别")])
    assert ticked == [
        ["/1", "/Off", "/Off"], ["/Off", "/2", "/Off"], ["/Off"] * 3, ["/Off", "/Off", "/3"],
    ]  # fmt: skip


def test_what_is_centred_in_print_is_centred_when_typed(
    sheets: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    for place, centred in ((("forms/8A", "a4", "zh-en"), True), (("forms/2B", "a4", "en"), False)):
        with pikepdf.open(io.BytesIO(sheets[place][1].read("-typed.pdf"))) as document:
            texts = [field for field in document.Root.AcroForm.Fields if field.get("/FT") == "/Tx"]
            assert {field.get("/Q", 0) for field in texts} == {int(centred)}


def test_what_is_typed_into_passes_a_checker_and_stays_small(typed: bytes) -> None:
    report = ua.validate_pdf_bytes(typed, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert len(typed) < 200_000  # a font of Han in it would be 1.4 MB


def test_a_day_says_how_it_is_written_and_nobody_types_a_signature(
    sheets: dict[tuple[str, str, str], tuple[Job, Filed]],
) -> None:
    with pikepdf.open(
        io.BytesIO(sheets["forms/11A", "a4", "zh"][1].read("-typed.pdf"))
    ) as document:
        made = list(document.Root.AcroForm.Fields)
        tips = [str(field.TU) for each in made for field in (each, *each.get("/Kids", []))]
    assert "申请时间 (YYYY-MM-DD HH:MM)" in tips
    assert "动火级别 (特级)" in tips
    assert not any("签字" in tip or "意见" in tip for tip in tips)


def test_a_ledger_is_typed_into_as_a_workbook(jobs: list[Job]) -> None:
    typed = {job.chapter for job in jobs if job.typed}
    assert {"forms/2B", "forms/1C", "forms/8A"} <= typed
    assert {"forms/1A", "forms/12B"} & typed == set()
    assert all(not job.typed for job in jobs if job.zoom != 1)
