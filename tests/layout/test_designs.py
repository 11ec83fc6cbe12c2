"""Every design that there is, found in its folder, with the chapter of tests/base on every sheet."""

import base64
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from urllib.parse import unquote

import page as ua
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image
from project import BASE, EVERY_SHEET, Press, plain
from stamps import said_in_all

from printables.chapters.chapter import Chapter, Item, Source
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.finishing import finish
from printables.geometry import Rect
from printables.job import Job
from printables.languages import written_in
from printables.layout.compose import compose
from printables.layout.design import DESIGNS, find, names
from printables.layout.line_breaks import JOINER
from printables.layout.panels import panels, scene_says
from printables.legibility import height_floor
from printables.press import measure
from printables.press.engine import Document
from printables.press.print_job import print_sheet
from printables.press.sheet import Filed
from printables.scenes.scene import PLACE
from printables.signs import drawing, registry
from printables.words import WORDS

Place = tuple[str, str, str]
Printed = tuple[Job, Filed]
WARNS = ("Beware", "Beware:", "Mind", "Take", "May")
MARGIN = 4.0  # office printers print no nearer to the edge


def places() -> Iterator[Place]:
    """Design, size and language of everything that can be printed."""
    for name in names():
        spec = find(name).spec
        for size in spec.sizes:
            for language in spec.languages:
                yield name, size, language


PLACES = list(places())


@pytest.fixture(scope="module")
def twins(base_collection: Collection) -> dict[str, Chapter]:
    return dict(base_collection.twins()["teams/ladders"])


@pytest.fixture(scope="module")
def sheets(twins: dict[str, Chapter], base_owner: Owner, press: Press) -> dict[Place, Printed]:
    jobs = {
        (name, size, language): plain(compose(find(name), twins, language, base_owner, size))
        for name, size, language in PLACES
    }
    sheets = press(jobs.values())
    return {place: (job, sheets[job]) for place, job in jobs.items()}


@pytest.fixture(scope="module", params=PLACES, ids="-".join)
def printed(request: pytest.FixtureRequest, sheets: dict[Place, Printed]) -> Printed:
    return sheets[request.param]


class DocumentText(HTMLParser):
    """What a document says, and what of it is the imprint."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.imprint = "", ""
        self._open: list[str] = []
        self._depth = 0
        self.feed(html.split("<body>")[1].split("</body>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"img", "br"}:
            self._open.append(tag)
            # Of pages that are alike only the first foot has the id.
            if {("id", "imprint"), ("id", "scan"), ("class", "foot")} & {*attrs}:
                self._depth = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) == self._depth:
            self._depth = 0
        self._open.pop()

    def handle_data(self, data: str) -> None:
        data = data.replace(JOINER, "")  # draws nothing
        self.text += data
        if self._depth:
            self.imprint += data


def joined(text: str) -> str:
    """Text without its spaces: a PDF has none at the end of a line."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", names())
def test_a_design_is_a_folder_without_code(name: str) -> None:
    files = {path.name for path in (DESIGNS / name).iterdir()}
    assert files == {"design.toml", "template.html", "style.css"}


@pytest.mark.parametrize("name", names())
def test_a_design_has_a_name_in_both_languages(name: str) -> None:
    spec = find(name).spec
    assert (written_in(spec.name.zh), written_in(spec.name.en)) == ("zh", "en")
    assert spec.languages


def test_no_two_designs_share_a_name() -> None:
    called = [find(name).spec.name for name in names()]
    assert len({name.zh for name in called}) == len({name.en for name in called}) == len(called)


def test_a_sheet_has_its_pages_and_its_size(printed: Printed) -> None:
    job, sheet = printed
    with pikepdf.open(io.BytesIO(sheet.pdf)) as document:
        declared = find(job.design).spec.pages  # 0 where the copy decides it
        assert len(document.pages) == sheet.pages == (declared or sheet.pages)
        for page in document.pages:
            x, y, right, top = map(float, page.trimbox)
            unit = float(page.obj.get("/UserUnit", 1)) * 25.4 / 72
            assert [(right - x) * unit, (top - y) * unit] == pytest.approx(job.trim, abs=0.1)


def runs(job: Job, sheet: Filed) -> list[tuple[int, float, Rect, str]]:
    """Page, baseline, box in mm and text of every run; unlike lines, runs never span two columns."""
    boxes = []
    document = pypdfium2.PdfDocument(sheet.pdf)
    for number, page in enumerate(document):
        mm, height = job.trim[0] / page.get_width(), page.get_height()
        words = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, top = item.get_bounds()
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item.raw, matrix)
            box = Rect(left, height - top, right, height - bottom).times(mm)
            text = words.get_text_bounded(left, bottom, right, top)
            if box.right - box.left > 0.05:
                boxes.append((number, round(matrix.f, 1), box, text))
    document.close()
    return boxes


def test_nothing_leaves_the_paper(printed: Printed) -> None:
    job, sheet = printed
    live = Rect(MARGIN, MARGIN, job.trim[0] - MARGIN, job.trim[1] - MARGIN)
    outside = [text for _, _, box, text in runs(job, sheet) if not live.holds(box, slack=0)]
    assert outside == []


def test_nothing_but_grounds_stands_in_the_margins(printed: Printed) -> None:
    """Signs and rules as well as text: in each row of dots, a margin has one colour."""
    job, sheet = printed
    if job.design in ("sticker", "label", "banner"):  # whose edge and imprint stand there
        return
    margin = find(job.design).spec.margin_mm * job.zoom
    for page in pypdfium2.PdfDocument(sheet.read(".pdf")):
        picture = page.render(scale=800 / page.get_width()).to_pil().convert("L")
        dots = picture.width / job.trim[0]
        inside, wide = round(margin * 0.2 * dots), round(margin * 0.6 * dots)
        for left in (inside, picture.width - inside - wide):
            strip = picture.crop((left, 0, left + wide, picture.height))
            for row in range(strip.height):
                least, most = strip.crop((0, row, wide, row + 1)).getextrema()
                assert most - least < 25, (job.name, left / dots, row / dots)  # type: ignore[operator]


def test_a_round_sheet_holds_its_text_in_the_circle(sheets: dict[Place, Printed]) -> None:
    for (_, name, _), (job, sheet) in sheets.items():
        if name.startswith("round"):
            middle = job.trim[0] / 2
            for _, _, box, text in runs(job, sheet):
                for x in (box.left, box.right):
                    for y in (box.top, box.bottom):
                        assert abs(complex(x - middle, y - middle)) < middle - MARGIN, text


def test_no_two_lines_overlap(printed: Printed) -> None:
    def overlap(one: Rect, other: Rect) -> bool:
        width = min(one.right, other.right) - max(one.left, other.left)
        height = min(one.bottom, other.bottom) - max(one.top, other.top)
        return width > 0.2 and height > 0.2

    touching = [
        (one[3], other[3])
        for one, other in combinations(runs(*printed), 2)
        if one[:2] != other[:2] and one[0] == other[0] and overlap(one[2], other[2])
    ]
    assert touching == []


def distances(job: Job) -> dict[int, float]:
    """The distance in m from which each page is read, as design.toml promises it."""
    regions = find(job.design).spec.regions
    return {region.page - 1: region.distance_m or job.distance_m for region in regions}


def near(job: Job) -> str:
    """What is read from near: the imprint, and what a box to write in asks for."""
    asked = "".join(WORDS[code]["here"] for code in job.language.split("-"))
    return joined(DocumentText(job.html).imprint + asked)


def test_what_cannot_be_read_from_the_distance_is_the_imprint(printed: Printed) -> None:
    job, sheet = printed
    imprint = near(job)
    if job.firm and find(job.design).spec.distance_m >= 2:  # small sheets name their owner there
        imprint += joined(said_in_all(job.firm, sheet.pdf))
    promised, said = distances(job), runs(job, sheet)
    for line in measure.lines(sheet.pdf, job.trim[0])[1]:
        floor = height_floor(written_in(line.text), promised.get(line.page, job.distance_m))
        if line.height_mm < floor - 0.01:
            # What stands on both sides of a code is one line, but two texts.
            inside = [
                text for page, _, box, text in said if page == line.page and line.box.holds(box)
            ]
            assert inside
            assert all(joined(text) in imprint for text in inside)
            assert line.height_mm >= 2 - 0.01


def test_every_side_can_be_traced(printed: Printed) -> None:
    """A copy of one side alone still says of which edition it is."""
    job, sheet = printed
    if (
        find(job.design).duplex == "Simplex" or job.size == "card"
    ):  # both sides of a card are one strip
        return
    number = job.edition.split("·")[1]
    for page in pypdfium2.PdfDocument(sheet.pdf):
        assert number in joined(page.get_textpage().get_text_bounded())


def test_a_talk_hangs_in_front_and_is_held_in_the_hand_behind(
    sheets: dict[Place, Printed],
) -> None:
    job, sheet = sheets["talk", "a4", "zh"]
    assert distances(job) == {0: 1.5, 1: 0.5}
    front, back = (
        [
            line.height_mm
            for line in measure.lines(sheet.pdf, job.trim[0])[1]
            if line.page == page and joined(line.text) not in near(job)
        ]
        for page in (0, 1)
    )
    assert min(front) >= 1500 / 300 - 0.01
    assert min(back) < 1500 / 300
    assert sheet.smallest_text_mm == pytest.approx(min(front), abs=0.001)


def test_the_pdf_says_what_the_document_says(printed: Printed) -> None:
    """Character by character, in any order; × is drawn by the style."""
    job, sheet = printed
    _, lines = measure.lines(sheet.pdf, job.trim[0])
    drawn = Counter(joined("".join(line.text for line in lines)))
    assert job.firm
    stamped = said_in_all(job.firm, sheet.pdf)
    characters = Counter(joined(DocumentText(job.html).text + stamped))
    del drawn["×"]
    del characters["×"]
    assert drawn == characters


def texts(item: Item, role: str, design: str, language: str) -> Iterator[str]:
    """The words of an item that a design prints."""
    yield item.lead
    if language != "zh-en" or (
        role != "points" and design != "wallchart"
    ):  # reasons stand in both languages or in neither
        yield item.text
    for option in item.options:
        if design == "quiz" or option.right:
            yield option.text
    if design == "quiz-key":
        yield item.explanation


def test_a_sheet_says_all_of_the_sections_it_takes(
    printed: Printed, twins: dict[str, Chapter]
) -> None:
    job, _ = printed
    content = joined(DocumentText(job.html).text)
    for code in job.language.split("-"):
        for role in find(job.design).spec.roles:
            if (job.design, job.language, role) == ("talk", "zh-en", "checklist"):
                continue  # left to its own sheet
            section = twins[code].section(role)
            assert section is not None
            shown = {p.index for p in panels(find(job.design), twins[code]) if p.role == role}
            for n, item in enumerate(section.items):
                if shown and n not in shown:
                    continue  # a wall chart shows its first calls alone
                for text in texts(item, role, job.design, job.language):
                    assert joined(text) in content
            for paragraph in section.paragraphs if role == "case" else ():
                assert joined(paragraph) in content


def test_a_quiz_paper_does_not_give_itself_away(
    sheets: dict[Place, Printed], twins: dict[str, Chapter]
) -> None:
    job, _ = sheets["quiz", "a4", "zh"]
    quiz = twins["zh"].section("quiz")
    assert quiz is not None
    for item in quiz.items:
        assert joined(item.explanation) not in joined(DocumentText(job.html).text)
    options = re.findall(r'<li class="option">(.*?)</li>', job.html)
    assert len(options) == sum(len(item.options) for item in quiz.items)
    for option in options:  # right and wrong ones look the same
        assert set(re.findall(r'class="(\w+)"', option)) == {"box", "letter"}


def test_a_talk_names_what_its_case_rests_on(twins: dict[str, Chapter], base_owner: Owner) -> None:
    zh = twins["zh"]
    case = zh.section("case")
    assert case is not None and case.marks
    source = Source("report-7", "事故调查报告", "GB 99999", "第七条")
    more = (*zh.sources, source)
    marked = tuple(replace(s, marks=("report-7",)) if s is case else s for s in zh.sections)

    def imprint(chapter: Chapter) -> str:
        job = compose(find("talk"), {"zh": chapter}, "zh", base_owner)
        return DocumentText(job.html).imprint.replace("\u00a0", " ")

    assert "GB 99999 第七条" not in imprint(replace(zh, sources=more))
    assert "GB 99999 第七条" in imprint(replace(zh, sources=more, sections=marked))


def test_a_talk_in_two_languages_leaves_the_checklist_to_its_own_sheet(
    sheets: dict[Place, Printed], twins: dict[str, Chapter]
) -> None:
    checklist = twins["zh"].section("checklist")
    assert checklist is not None
    for language, boxes in (
        ("zh", len(checklist.items)),
        ("en", len(checklist.items)),
        ("zh-en", 0),
    ):
        job, _ = sheets["talk", "a4", language]
        assert job.html.count('class="box"') == boxes


@pytest.mark.parametrize(
    "place", [("label", "square100", "zh-en"), ("sticker", "round100", "zh")], ids="-".join
)
def test_as_many_labels_as_an_office_printer_can_hold(
    place: Place, sheets: dict[Place, Printed]
) -> None:
    """Two by two within 5 mm, none over another, and a line to cut along at the edge of each."""
    job, sheet = sheets[place]
    pdf = finish(sheet.pdf, job, "labels-a4")[1]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        placed = [
            tuple(float(n) * 25.4 / 72 for n in operands[4:])
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "cm"
        ]
    assert len(placed) == 4
    assert all(x + 0.01 >= 5 and x <= 105.01 and 5 <= y <= 192 for x, y in placed)
    assert all(
        abs(a[0] - b[0]) >= 99.99 or abs(a[1] - b[1]) >= 99.99 for a, b in combinations(placed, 2)
    )
    paper = pypdfium2.PdfDocument(pdf)[0]
    picture = paper.render(scale=8).to_pil().convert("L")
    for x, y in placed:
        for edge in ((x, y + 50), (x + 100, y + 50), (x + 50, y), (x + 50, y + 100)):
            assert _ink(picture, edge[0], 297 - edge[1])


def _ink(picture: Image.Image, x: float, y: float) -> bool:
    """Whether there is black within 0.3 mm of a point, in mm from upper left."""
    dot = 8 * 72 / 25.4
    box = tuple(int(dot * edge) for edge in (x - 0.3, y - 0.3, x + 0.3, y + 0.3))
    return picture.crop(box).getextrema()[0] < 128  # type: ignore[operator]


@pytest.mark.parametrize("code", registry.registry())
def test_a_sign_has_a_name_short_enough_for_a_label(code: str) -> None:
    assert len(joined(registry.find(code).label["zh"])) <= 8
    assert len(registry.find(code).label["en"].split()) <= 4


def test_a_label_warns_in_both_languages() -> None:
    """Drop (fall) is what a standard calls a sign; beside 当心坠落 it warns nobody."""
    warnings = {
        code: s.label["en"] for code, s in registry.registry().items() if s.frame == "warning"
    }
    mute = {code for code, text in warnings.items() if text.split()[0] not in WARNS}
    assert mute == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_leaflet_folds_between_its_panels(
    real_collection: Collection, real_owner: Owner, language: str
) -> None:
    """Outside 97, 100 and 100 mm, inside 100, 100 and 97: no line of text comes near a fold."""
    twins = real_collection.twins()[EVERY_SHEET]
    job = plain(compose(find("trifold"), twins, language, real_owner))
    folds = {0: (97.0, 197.0), 1: (100.0, 200.0)}
    for page, _, box, text in runs(job, print_sheet(job)):
        for fold in folds[page]:
            assert box.right < fold - 3 or box.left > fold + 3, text


# --- the code


@pytest.mark.parametrize("dpi", [300, 150])
def test_the_code_can_be_read_and_is_the_one_of_the_job(printed: Printed, dpi: int) -> None:
    """On the page as rendered, at 300 dots an inch and at half of that; of a banner on its last square, of a card behind."""
    job, sheet = printed
    [address] = set(re.findall(r'src="qr:([^"]+)"', job.html))
    document = pypdfium2.PdfDocument(sheet.pdf)
    page = document[len(document) - 1 if job.size == "card" else 0]
    unit = job.trim[0] / (page.get_width() * 25.4 / 72)
    beyond = job.trim[0] - job.trim[1] if find(job.design).spec.line else 0
    picture = page.render(
        scale=dpi / 72 * unit,
        crop=(beyond / job.trim[0] * page.get_width(), 0, 0, 0),
        grayscale=True,
    ).to_pil()
    assert picture.width == pytest.approx((job.trim[0] - beyond) / 25.4 * dpi, abs=2)
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in codes] == [unquote(address)]
    assert unquote(address) == f"https://readers.example/e/{job.edition.split('·')[1]}/"


# --- tags


def test_a_sheet_passes_a_checker_of_pdf_ua(printed: Printed) -> None:
    """page-validation, which agrees with veraPDF: title, language, headings, alternative text, …"""
    report = ua.validate_pdf_bytes(printed[1].pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []


def test_the_checker_of_pdf_ua_sees_what_is_missing(sheets: dict[Place, Printed]) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheets["poster", "a3", "zh"][1].pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                del item["/Alt"]
        document.save(out)
    report = ua.validate_pdf_bytes(out.getvalue(), profile="ua1")
    assert {failure.rule_id for failure in report.failures} == {
        "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"
    }


def test_every_sign_is_named_to_who_cannot_see_it(
    printed: Printed, twins: dict[str, Chapter]
) -> None:
    job, sheet = printed
    with pikepdf.open(io.BytesIO(sheet.pdf)) as document:
        alternatives = [
            str(item["/Alt"])
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    signs = re.findall(r'<img[^>]* src="data:image/svg[^"]*" alt="([^"]+)"', job.html)
    assert sorted(alt for alt in alternatives if alt in signs) == sorted(signs)
    codes = job.language.split("-")
    scenes = {scene_says(BASE / PLACE, item.scene, codes) for item in twins["zh"].scenes}
    assert (job.design == "wallchart") == bool(scenes & set(signs))
    for alt in set(signs) - scenes:
        for code in codes:
            assert any(registry.registry()[s].name[code] in alt for s in twins[code].front.signs)


# --- distance


def test_a_sheet_says_from_where_it_can_be_read(printed: Printed) -> None:
    job, _ = printed
    content = joined(DocumentText(job.html).text)
    for code in job.language.split("-"):
        assert joined(WORDS[code]["readable"].format(f"{job.distance_m:g}")) in content


# --- greys


def luminance(grey: float) -> float:
    part = grey / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: float, other: float) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_line_can_be_read_in_greys(printed: Printed) -> None:
    """Lightest and darkest within each run of text, as a printer without colours makes them."""
    job, sheet = printed
    document = pypdfium2.PdfDocument(sheet.pdf)
    dots = min(12.0, 8000 / max(job.trim))  # in a mm
    pages = [
        page.render(scale=job.trim[0] * dots / page.get_width()).to_pil().convert("L")
        for page in document
    ]
    weak = []
    for page, _, box, text in runs(job, sheet):
        edges = (box.left, box.top, box.right, box.bottom)
        low, high = pages[page].crop(tuple(round(edge * dots) for edge in edges)).getextrema()  # type: ignore[arg-type]
        if contrast(low, high) < 4.5:  # type: ignore[arg-type]
            weak.append((text, low, high))
    assert weak == []


@pytest.mark.parametrize("code", [code for code in registry.registry() if code.startswith("P")])
def test_what_is_forbidden_is_seen_to_be_in_greys(code: str) -> None:
    """Ring and bar are one dark grey, and between the bar and the picture there is white."""
    body = base64.b64encode(drawing.compose(code).encode()).decode()
    html = f"<html lang='en'><title>x</title><img alt='x' src='data:image/svg+xml;base64,{body}'>"
    style = "@page { size: 100mm 100mm; margin: 0 } body { margin: 0 } img { display: block; width: 100mm }"
    page = pypdfium2.PdfDocument(Document(html, style).lay_out("").write("x"))[0]
    grey = page.render(scale=1000 / page.get_width()).to_pil().convert("L")

    def tones(beside_mm: float, first: int, last: int) -> list[int]:
        """Along the bar, so far beside its middle; from and to in tenths of mm from the centre."""
        off = beside_mm * 10 / 2**0.5
        places = (500 + at / 2**0.5 for at in range(first, last))
        return [grey.getpixel((round(at + off), round(at - off))) for at in places]  # type: ignore[misc]

    dark = tones(0, -440, 440) + tones(3.5, -440, 440) + tones(-3.5, -440, 440)
    assert contrast(max(dark), 255) >= 4.5 and max(dark) - min(dark) < 10
    for beside in (5, -5):
        assert min(tones(beside, -380, 380)) > 240
