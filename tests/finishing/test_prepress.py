"""Print-shop files, looked into with pypdf and a renderer: neither made them."""

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image
from project import Press, plain
from pypdf.generic import ContentStream

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.finishing import finish, inks, prepress
from printables.job import Finished, Job
from printables.languages import LANGUAGES
from printables.layout.compose import compose
from printables.layout.design import find, names
from printables.publishing.job_ticket import ticket
from printables.words import WORDS

MM = 25.4 / 72
BLACK = (0, 0, 0, 1)
PRINTED = [
    (name, size)
    for name in names()
    for size in find(name).spec.sizes
    if "shop" in find(name).spec.finishings.get(size, ())
]
LIGHT = {"rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "BI"}
Made = tuple[Job, Finished, bytes]


@pytest.fixture(scope="module")
def made(
    base_collection: Collection, base_owner: Owner, press: Press
) -> dict[tuple[str, str], Made]:
    twins = base_collection.twins()["teams/ladders"]
    jobs = {
        (name, size): plain(compose(find(name), twins, "zh", base_owner, size))
        for name, size in PRINTED
    }
    sheets = press(jobs.values())
    return {place: (job, *finish(sheets[job].pdf, job, "shop")) for place, job in jobs.items()}


@pytest.fixture(params=PRINTED, ids="-".join)
def file(request: pytest.FixtureRequest, made: dict[tuple[str, str], Made]) -> Made:
    return made[request.param]


def drawn(page: Any, document: pypdf.PdfReader) -> Iterator[tuple[Any, bytes, dict]]:
    """Every operator with its operands, of the page and of all forms in it, with their resources."""
    todo = [page]
    while todo:
        holder = todo.pop()
        content = holder.get_contents() if holder is page else holder
        resources = holder["/Resources"].get_object() if "/Resources" in holder else {}
        for operands, operator in ContentStream(content, document).operations:
            yield operands, operator, resources
        things = resources.get("/XObject", {})
        todo += [
            form for key in things if (form := things[key].get_object())["/Subtype"] == "/Form"
        ]


def not_ink(pdf: bytes) -> list[str]:
    """Operators and pictures of a file whose colour is not that of ink."""
    document, faults = pypdf.PdfReader(io.BytesIO(pdf)), []
    for page in document.pages:
        for _, operator, resources in drawn(page, document):
            if operator.decode() in LIGHT:
                faults.append(operator.decode())
            things = resources.get("/XObject", {})
            for key in things:
                thing = things[key].get_object()
                if thing["/Subtype"] == "/Image" and thing.get("/ColorSpace") != "/DeviceGray":
                    faults.append(str(thing.get("/ColorSpace")))
    return faults


def test_the_trade_s_sizes_are_there() -> None:
    assert {name for name, _ in PRINTED} == {"banner", "poster", "flyer", "trifold", "sticker", "label", "wallchart", "risk-card", "emergency-card"}  # fmt: skip
    assert {size for name, size in PRINTED if name == "poster"} == {"a3", "a2", "4k", "2k"}


def test_all_colour_is_ink(file: Made) -> None:
    _, _, pdf = file
    assert not_ink(pdf) == []
    assert prepress.preflight(pdf) == []


def test_light_is_seen_by_the_check_and_by_the_preflight(made: dict[tuple[str, str], Made]) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made["label", "square100"][2]))
    content = writer.pages[0].get_contents()
    assert content is not None
    content.set_data(content.get_data() + b" 1 0 0 rg 0 0 9 9 re f")
    writer.pages[0].replace_contents(content)
    out = io.BytesIO()
    writer.write(out)
    assert not_ink(out.getvalue()) == ["rg"]
    assert prepress.preflight(out.getvalue()) == ["page 1: colour that is not ink (rg)"]


def test_no_ink_is_over_three_hundred_percent(file: Made) -> None:
    document = pypdf.PdfReader(io.BytesIO(file[2]))
    for page in document.pages:
        for operands, operator, _ in drawn(page, document):
            if operator in (b"k", b"K"):
                assert sum(map(float, operands)) <= 3
                assert all(0 <= float(part) <= 1 for part in operands)


def test_black_text_is_black_alone(file: Made) -> None:
    """Text is paper white, a pure colour of the house, or K alone; none is black of four inks."""
    document = pypdf.PdfReader(io.BytesIO(file[2]))
    house = {tuple(round(part, 4) for part in parts) for parts in inks.INKS.values()}
    seen = set()
    for page in document.pages:
        fill: tuple[float, ...] = BLACK
        stack: list[tuple[float, ...]] = []
        for operands, operator, _ in drawn(page, document):
            if operator == b"q":
                stack.append(fill)
            elif operator == b"Q" and stack:
                fill = stack.pop()
            elif operator == b"k":
                fill = tuple(float(Decimal(str(part))) for part in operands)
            elif operator in (b"Tj", b"TJ"):
                seen.add(fill)
    assert seen <= {*house, (0, 0, 0, 0), BLACK}
    assert BLACK in seen or file[0].design in {"label", "sticker", "banner"}


def test_nothing_is_printed_around_a_disc(made: dict[tuple[str, str], Made]) -> None:
    """Its rim is white, and so is its bleed: mirrored, the circle showed slivers where it touches the sides."""
    page = pypdfium2.PdfDocument(made["sticker", "round100"][2])[0]
    dots = 600 / 25.4
    picture = page.render(scale=600 / 72, grayscale=True).to_pil()
    for top in (6.9, 110.0):  # across the ends of the bleed, between the crop marks
        box = (20, top, 100, top + 3)
        assert picture.crop(tuple(round(edge * dots) for edge in box)).getextrema() == (255, 255)


def test_the_boxes_are_the_trim_and_three_millimetres_more(file: Made) -> None:
    job, finished, pdf = file
    document = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(document.pages) == finished.pages == find(job.design).spec.pages
    for page in document.pages:
        unit = float(page.get("/UserUnit", 1)) * MM
        media, bleed, trim = (
            [float(edge) * unit for edge in page[name]]
            for name in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx(job.trim, abs=0.1)
        for outer, inner, gap in ((bleed, trim, 3), (media, trim, 10)):
            apart = [abs(a - b) for a, b in zip(outer, inner, strict=True)]
            assert apart == pytest.approx([gap] * 4, abs=0.05)
        assert max(float(edge) for edge in page["/MediaBox"]) <= 14400
        assert "/CropBox" not in page or page.cropbox == page.mediabox


def test_every_font_is_in_the_file(file: Made) -> None:
    document = pypdf.PdfReader(io.BytesIO(file[2]))
    names = set()
    for page in document.pages:
        for _, _, resources in drawn(page, document):
            for font in (resources.get("/Font") or {}).values():
                [below] = font.get_object().get("/DescendantFonts", [font.get_object()])
                descriptor = below.get_object()["/FontDescriptor"].get_object()
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
                names.add(descriptor["/FontName"])
    assert names


def test_the_file_names_its_printing_condition(file: Made) -> None:
    [intent] = pypdf.PdfReader(io.BytesIO(file[2])).trailer["/Root"]["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFX"
    assert intent.get_object()["/OutputConditionIdentifier"] == "FOGRA39"
    # It does not claim a standard that nobody has certified.
    assert "/GTS_PDFXVersion" not in (pypdf.PdfReader(io.BytesIO(file[2])).metadata or {})


def test_the_bleed_goes_on_with_what_the_edge_shows(file: Made) -> None:
    """A cut that is off by up to 3 mm, whichever way, shows no white and no step."""
    job, _, pdf = file
    dots = 4 if max(job.trim) < 1000 else 1
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=(job.trim[0] + 20) * dots / page.get_width()).to_pil()
        width, height = job.trim
        for x in (1.25, -1.25):
            for step in range(1, int(height)):
                assert at_edge(picture, dots, (10 + (0 if x > 0 else width), 10 + step), (x, 0))
        for y in (1.25, -1.25):
            for step in range(1, int(width)):
                assert at_edge(picture, dots, (10 + step, 10 + (0 if y > 0 else height)), (0, y))


def at_edge(
    picture: Image.Image, dots: int, edge: tuple[float, float], inwards: tuple[float, float]
) -> bool:
    """Whether the colour is the same as far outside of a point of the edge as inside of it.

    A pixel to either side counts too: where a field begins, a pixel is of both colours.
    """
    inside, outside = (
        [round((at + way * move) * dots - 0.5) for at, move in zip(edge, inwards, strict=True)]
        for way in (1, -1)
    )
    along = 1 if inwards[0] else 0
    beyond = picture.getpixel((outside[0], outside[1]))
    for aside in (0, -1, 1):
        point = [*inside]
        point[along] += aside
        within = picture.getpixel((point[0], point[1]))
        if max(abs(a - b) for a, b in zip(within, beyond, strict=True)) <= 40:  # type: ignore[arg-type]
            return True
    return False


def dark(picture: Image.Image, dots: int, x: float, y: float) -> bool:
    box = tuple(int(edge * dots) for edge in (x - 0.5, y - 2.5, x + 0.5, y + 2.5))
    return picture.convert("L").crop(box).getextrema()[0] < 140  # type: ignore[operator]


def test_a_leaflet_is_marked_where_it_is_folded_and_not_on_the_sheet(
    made: dict[tuple[str, str], Made],
) -> None:
    job, _, pdf = made["trifold", "a4"]
    for page, folds in zip(pypdfium2.PdfDocument(pdf), job.folds_mm, strict=True):
        picture = page.render(scale=6).to_pil()
        dots = picture.width / (job.trim[0] + 20)
        for x in folds:
            for y in (3.5, 210 + 20 - 3.5):
                assert dark(picture, dots, 10 + x, y)  # type: ignore[arg-type]
        for x in (50.0, 150.0, 250.0):
            assert not dark(picture, dots, 10 + x, 3.5)  # type: ignore[arg-type]
    assert job.folds_mm == ((97, 197), (100, 200))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_ticket_says_all_that_a_shop_asks(file: Made, code: str) -> None:
    job, finished, _ = file
    text, say = ticket(job, finished), WORDS[code]
    rows = ["file", "size", "scale", "pages", "colour", "paper", "fold", "cut", "distance", "quantity", "client", "day"]  # fmt: skip
    for row in rows:
        [line] = [
            each for each in text.splitlines() if each.startswith(f"{say[f'ticket_{row}']}: ")
        ]
        assert line.split(": ", 1)[1]
    assert f"{job.trim[0]:g} × {job.trim[1]:g} mm + 3 mm" in text
    assert job.edition in text
    assert say["ticket_quantity"] + ": ____" in text


def test_the_ticket_tells_folds_discs_and_long_sheets(made: dict[tuple[str, str], Made]) -> None:
    def ticket_of(place: tuple[str, str]) -> str:
        return ticket(*made[place][:2])

    assert "97 + 100 + 100 / 100 + 100 + 97 mm" in ticket_of(("trifold", "a4"))
    assert WORDS["en"]["ticket_disc"] in ticket_of(("sticker", "round100"))
    assert WORDS["zh"]["ticket_cloth"] in ticket_of(("banner", "70cm"))
    long = replace(made["banner", "70cm"][1], trim_mm=(6000.0, 700.0))
    assert "UserUnit" in ticket(made["banner", "70cm"][0], long)
    assert "UserUnit" not in ticket_of(("label", "square100"))
