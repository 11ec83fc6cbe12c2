"""Sheets of firms as they really are: their words can be read, stay in their boxes, and change nothing else."""

import io
from collections import Counter
from pathlib import Path

import page as ua
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from project import plain
from stamps import FIRMS, LONG, said, said_in_all

from printables.chapters import logo
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.finishing.prepress import preflight
from printables.geometry import Rect
from printables.job import PDF, Firm, Job
from printables.languages import written_in
from printables.layout.compose import compose
from printables.layout.design import find
from printables.legibility import IMPRINT_FLOOR_MM, height_floor
from printables.press import measure
from printables.press.print_job import print_sheet
from printables.press.sheet import Sheet
from printables.stamping.print_stamped import stamped
from printables.stamping.stamp import Stamp, boxes, kind_of

Place = tuple[str, str]
LOOKED_AT: list[Place] = [
    ("poster", "zh"),
    ("poster", "zh-en"),
    ("flyer", "en"),
    ("talk", "zh-en"),
    ("trifold", "zh"),
    ("checklist", "en"),
    ("sticker", "en"),
    ("wallchart", "zh-en"),
]
BLACK, WHITE = "#111111", "#ffffff"


@pytest.fixture(scope="module")
def blanks(base_collection: Collection, base_owner: Owner) -> dict[Place, tuple[Job, Sheet]]:
    twins = base_collection.twins()["teams/ladders"]
    jobs = {
        (name, language): compose(find(name), twins, language, base_owner)
        for name, language in LOOKED_AT
    }
    jobs = {place: job if place == LOOKED_AT[0] else plain(job) for place, job in jobs.items()}
    return {place: (job, print_sheet(job)) for place, job in jobs.items()}


@pytest.fixture(params=LOOKED_AT, ids="-".join)
def blank(
    request: pytest.FixtureRequest, blanks: dict[Place, tuple[Job, Sheet]]
) -> tuple[Job, Sheet]:
    return blanks[request.param]


def places(pdf: bytes, job: Job) -> list[tuple[str, int, Rect]]:
    """Kind, page and box in mm of everything that is reserved."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            high, mm = float(page.mediabox[3]), job.trim[0] / float(page.mediabox[2])
            for name, form in page.Resources.XObject.items():
                if name.startswith(f"/Owner-{page.obj.StructParents}-"):
                    left, bottom, right, top = map(float, form.BBox)
                    box = Rect(left, high - top, right, high - bottom).times(mm)
                    found.append((kind_of(form), number, box))
    return found


@pytest.mark.parametrize("firm", FIRMS, ids=lambda firm: firm.name[0][1][:12])
def test_what_is_stamped_stays_in_its_box_and_can_be_read(
    firm: Firm, blank: tuple[Job, Sheet]
) -> None:
    job, sheet = blank
    pdf = Stamp(firm).on(sheet.pdf)
    before = measure.lines(sheet.pdf, job.trim[0])[1]
    after = measure.lines(pdf, job.trim[0])[1]
    known, stays = ({(line.page, line.text.strip(), line.box) for line in each} for each in (before, after))  # fmt: skip
    labels = {" ".join(text for _, text in box.label) for box in job.reserved}
    new = [line for line in after if (line.page, line.text.strip(), line.box) not in known and line.text.strip() not in labels]  # fmt: skip
    gone = "".join(text for _, text, _ in known - stays)
    for _, label in (each for box in job.reserved for each in box.label):
        gone = gone.replace(label, "")
    assert not gone.strip()
    boxes = places(pdf, job)
    near = {region.page: region.nearness for region in job.regions}
    assert new
    parts = [(each, part) for each in new for part in each.parts]
    for line, part in parts:
        [(kind, _, box)] = [each for each in boxes if each[1] == line.page and each[2].holds(part)]
        spec = find(job.design).spec.owner
        assert spec and spec.name
        is_name = kind in ("name", "short")
        distance = job.distance_m * near.get(line.page, 1.0)
        distance = (is_name and spec.name.distance_m) or distance
        is_imprint = is_name and spec.name.em_mm and not spec.name.distance_m
        floor = IMPRINT_FLOOR_MM if is_imprint else height_floor(written_in(line.text), distance)
        assert line.height_mm >= floor - 0.02, (line.text, kind)
        assert box.left >= 5 and box.right <= job.trim[0] - 5
    drawn = "".join(line.text for line in new).replace(" ", "")
    words = Counter(said_in_all(firm, pdf).replace(" ", ""))
    assert not words - Counter(drawn)
    # The label of a box for which the firm has nothing, on one line with what is stamped beside it.
    assert Counter(drawn) - words in [Counter(label.replace(" ", "")) for label in {"", *labels}]


def test_a_stamped_sheet_is_tagged_and_says_who_publishes_it(blank: tuple[Job, Sheet]) -> None:
    job, sheet = blank
    for pdf in (sheet.pdf, Stamp(LONG).on(sheet.pdf)):
        report = ua.validate_pdf_bytes(pdf, profile="ua1")
        assert getattr(report, "compliant", getattr(report, "is_compliant", False))
    with pikepdf.open(io.BytesIO(Stamp(LONG).on(sheet.pdf))) as document:
        name = dict(LONG.name)[job.language.partition("-")[0]]
        assert str(document.docinfo["/Author"]) == name
        assert name.encode() in document.Root.Metadata.read_bytes()


def test_words_can_be_searched_and_copied(blanks: dict[Place, tuple[Job, Sheet]]) -> None:
    _, sheet = blanks["poster", "zh"]
    pages = pypdfium2.PdfDocument(Stamp(LONG).on(sheet.pdf))
    text = pages[0].get_textpage().get_text_range().replace("\r\n", "")
    for _, lines in said(LONG, sheet.pdf):
        assert all(line in text for line in lines)
    assert "0731-88889999 转 8806" in text
    assert "+86 731 8888 9999 转 8806" in text


def test_two_stamps_give_the_same_bytes(blank: tuple[Job, Sheet]) -> None:
    _, sheet = blank
    assert Stamp(LONG).on(sheet.pdf) == Stamp(LONG).on(sheet.pdf) != sheet.pdf


def test_nothing_of_one_firm_stays_for_the_next(blank: tuple[Job, Sheet]) -> None:
    """Both are stamped on the same empty sheet."""
    _, sheet = blank
    first, second = (Stamp(firm).on(sheet.pdf) for firm in FIRMS[:2])
    Stamp(FIRMS[0]).on(sheet.pdf)
    assert Stamp(FIRMS[1]).on(sheet.pdf) == second != first


def test_every_finishing_carries_the_firm_and_the_code(
    blanks: dict[Place, tuple[Job, Sheet]],
) -> None:
    job, blank = blanks["poster", "zh"]
    assert job.firm
    sheet = stamped(blank, job.firm)
    assert job.firm
    for suffix in sheet.suffixes[2:]:
        document = pypdfium2.PdfDocument(sheet.read(suffix))
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert dict(job.firm.name)["zh"] in text
    picture = pypdfium2.PdfDocument(sheet.pdf)[0].render(scale=1.2).to_pil()
    assert len(zxingcpp.read_barcodes(picture)) == 1
    assert preflight(sheet.read("-shop.pdf")) == []


# --- marks


def marked(path: Path) -> Firm:
    grounds = ((BLACK, WHITE), (WHITE, BLACK))
    marks = tuple((g, logo.embed(path.name, path.parent, g, plate)) for g, plate in grounds)
    return Firm(name=FIRMS[0].name, marks=marks)


def pictured(tmp_path: Path, kind: str) -> Path:
    """A mark of a kind: half of it is red."""
    from PIL import Image, ImageDraw

    path = tmp_path / f"mark.{kind}"
    if kind == "svg":
        path.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
            '<rect width="20" height="20" fill="#c00000"/><circle cx="30" cy="10" r="8" fill="#c00000"/></svg>'
        )
        return path
    mode = "CMYK" if kind == "jpg" else "RGBA"
    image = Image.new(mode, (400, 200), (0, 0, 0, 0))
    red = (0, 255, 255, 60) if kind == "jpg" else (200, 0, 0, 255)
    ImageDraw.Draw(image).rectangle((0, 0, 199, 199), fill=red)
    image.save(path)
    return path


@pytest.mark.parametrize("kind", ["png", "jpg", "svg"])
def test_a_mark_is_seen_on_light_and_dark_and_in_ink(
    kind: str, tmp_path: Path, blanks: dict[Place, tuple[Job, Sheet]]
) -> None:
    stamp = Stamp(marked(pictured(tmp_path, kind)))
    for place in (("poster", "zh"), ("checklist", "en")):
        job, sheet = blanks[place]
        [(_, _, box)] = [each for each in places(sheet.pdf, job) if each[0] == "mark"]
        pages = [pypdfium2.PdfDocument(pdf)[0] for pdf in (sheet.pdf, stamp.on(sheet.pdf))]
        dots = [page.render(scale=2).to_pil().convert("RGB") for page in pages]
        mm = dots[0].width / job.trim[0]
        edges = (box.left * mm, box.top * mm, box.right * mm, box.bottom * mm)
        before, after = (
            each.crop(tuple(map(round, edges)))
            for each in dots  # type: ignore[arg-type]
        )
        assert len(before.getcolors(9999) or ()) == 1
        red = sum(
            count
            for count, (r, g, b) in after.getcolors(99999) or ()  # type: ignore[misc]
            if r > 120 and g < 90 and b < 90
        )
        assert red > 0.05 * after.width * after.height
        report = ua.validate_pdf_bytes(stamp.on(sheet.pdf), profile="ua1")
        assert getattr(report, "compliant", getattr(report, "is_compliant", False))
    _, sheet = blanks["poster", "zh"]
    assert preflight(stamp.on(sheet.read("-shop.pdf"))) == []


def test_an_empty_sheet_has_a_box_for_each_thing(blank: tuple[Job, Sheet]) -> None:
    job, sheet = blank
    with pikepdf.open(io.BytesIO(sheet.files[PDF])) as document:
        forms = boxes(document)
        assert {kind_of(form) for form in forms} == {box.kind for box in job.reserved}
        labelled = {box.kind for box in job.reserved if box.label}
        assert {kind_of(form) for form in forms if form.read_bytes()} == labelled


def test_an_empty_box_says_what_it_is_for_until_something_is_stamped_into_it(
    blanks: dict[Place, tuple[Job, Sheet]],
) -> None:
    _, sheet = blanks["poster", "zh-en"]
    firm = Firm(name=FIRMS[0].name, telephones=FIRMS[1].telephones)
    texts = [pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range() for pdf in (sheet.pdf, Stamp(firm).on(sheet.pdf))]  # fmt: skip
    assert [texts[0].count(word) for word in ("单位 Company", "电话 Telephone")] == [1, 2]
    assert [texts[1].count(word) for word in ("单位 Company", "电话 Telephone")] == [0, 1]
