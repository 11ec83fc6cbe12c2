"""The signs: their geometry, their registry, their artwork."""

import re
from functools import cache
from math import pi
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from printables.signs import drawing, registry

ROOT = Path(__file__).resolve().parents[2]
PICTOGRAMS = ROOT / "printables" / "signs" / "pictograms"
SVG = "{http://www.w3.org/2000/svg}"
MAGENTA = (255, 0, 255)
GROUNDS = {
    "warning": drawing.YELLOW,
    "prohibition": drawing.WHITE,
    "mandatory": drawing.BLUE,
    "safe": drawing.GREEN,
    "fire": drawing.RED,
    "ghs": drawing.WHITE,
}
WORKSHOP = """
W001 W002 W007 W008 W009 W010 W011 W012 W014 W015 W016 W017 W018 W019 W020 W021 W022 W023 W024 W025
W026 W028 W029 W035 W036 W038 W041 W042
P001 P002 P003 P004 P006 P009 P010 P011 P013 P015 P020 P022 P023 P024 P027 P028 P031 P048
M001 M002 M003 M004 M005 M006 M008 M009 M010 M011 M012 M013 M014 M015 M016 M017 M018 M019 M020 M021
M028 M047 E001 E002 E003 E004 E007 E010 E011 E012 E013 E020 F001 F002 F003 F004 F005 F006
GHS01 GHS02 GHS03 GHS04 GHS05 GHS06 GHS07 GHS08 GHS09
GB-P-entry GB-P-crossing GB-P-throwing GB-W-collapse GB-W-pit GB-W-scald GB-W-vehicles
GB-M-lifejacket
"""


def render(svgs: list[str], width: int) -> list[Image.Image]:
    """Print each SVG on a page of its own size with WeasyPrint; return pictures `width` wide."""
    import pypdfium2
    import weasyprint

    pages, rules = [], []
    for number, svg in enumerate(svgs):
        _, _, across, down = view_box(svg)
        rules.append(f"@page p{number} {{ size: {across}pt {down}pt; margin: 0 }}")
        style = f"page: p{number}; width: {across}pt; height: {down}pt; overflow: hidden"
        pages.append(f'<div style="{style}">{svg}</div>')
    html = f"<style>body {{ margin: 0 }} svg {{ display: block; width: 100%; height: 100% }} {''.join(rules)}</style>{''.join(pages)}"
    document = pypdfium2.PdfDocument(weasyprint.HTML(string=html).write_pdf())
    assert len(document) == len(svgs)
    return [
        page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document
    ]


def view_box(svg: str) -> tuple[float, ...]:
    return tuple(map(float, ElementTree.fromstring(svg).attrib["viewBox"].split()))


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def near(pixel: object, colour: str) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 60 for a, b in zip(pixel, rgb(colour), strict=True))


def mask(image: Image.Image, colour: str | tuple[int, ...]) -> Image.Image:
    """White where a picture has about this colour, black elsewhere."""
    wanted = rgb(colour) if isinstance(colour, str) else colour
    apart = ImageChops.difference(image, Image.new("RGB", image.size, wanted)).split()
    farthest = ImageChops.lighter(ImageChops.lighter(apart[0], apart[1]), apart[2])
    return farthest.point([255] * 60 + [0] * 196)


def share(image: Image.Image, colour: str | tuple[int, ...]) -> float:
    return mask(image, colour).histogram()[255] / (image.width * image.height)


def bare(svg: str) -> str:
    """The sign without its picture, and without what lies over the picture."""
    return re.sub(r"<g .*</g>.*</svg>", "</svg>", svg)


@cache
def large(code: str, edge: bool = False) -> Image.Image:
    return render([drawing.compose(code, edge=edge)], 1000)[0]


# --- geometry, measured on the print


def test_prohibition_ring_is_a_tenth_of_the_diameter() -> None:
    row = [large("P001").getpixel((x, 500)) for x in range(400)]
    assert sum(near(pixel, drawing.RED) for pixel in row) == pytest.approx(100, abs=2)
    assert near(row[3], drawing.RED)
    assert near(row[150], drawing.WHITE)


def test_prohibition_bar_is_eight_hundredths_wide_at_45_degrees_from_the_upper_left() -> None:
    image = large("P001")
    for centre in (350, 500, 650):
        steps = [image.getpixel((centre + d, centre - d)) for d in range(-100, 101)]
        width = sum(near(pixel, drawing.RED) for pixel in steps) * 2**0.5
        assert width == pytest.approx(80, abs=3)
    diagonal = [image.getpixel((n, n)) for n in range(155, 845)]
    assert all(near(pixel, drawing.RED) for pixel in diagonal)  # from ring to ring
    assert near(image.getpixel((300, 700)), drawing.WHITE)
    assert near(image.getpixel((700, 300)), drawing.WHITE)


def test_prohibition_is_at_least_35_percent_red() -> None:
    assert share(large("P001"), drawing.RED) / (pi / 4) >= 0.35


def test_warning_is_an_equilateral_triangle_with_a_black_band_of_seven_hundredths() -> None:
    svg = bare(drawing.compose("W001"))
    [image] = render([svg], 1000)
    column = [image.getpixel((500, y)) for y in range(image.height)]
    from_below = column[::-1]
    band = next(n for n, pixel in enumerate(from_below) if near(pixel, drawing.YELLOW))
    assert band / image.height == pytest.approx(0.07, abs=0.004)
    assert near(from_below[3], drawing.BLACK)
    assert near(column[3], drawing.BLACK)

    def left_edge(y: int) -> int:
        return next(x for x in range(1000) if not near(image.getpixel((x, y)), drawing.WHITE))

    rise = (left_edge(200) - left_edge(700)) / 500
    assert rise == pytest.approx(1 / 3**0.5, abs=0.01)  # sides at 60°


def test_warning_corners_are_rounded() -> None:
    [image] = render([bare(drawing.compose("W001"))], 1000)
    assert not near(image.getpixel((3, image.height - 3)), drawing.BLACK)
    assert near(image.getpixel((40, image.height - 20)), drawing.BLACK)


def test_warning_picture_sits_lower_than_the_middle_of_the_box() -> None:
    frame, marked = small_prints()["W010"]
    box = mask(marked, MAGENTA).getbbox()
    assert box is not None
    assert (box[1] + box[3]) / 2 > frame.height * 0.6
    assert (box[0] + box[2]) / 2 == pytest.approx(frame.width / 2, abs=2)


@pytest.mark.parametrize(
    ("code", "middle_left", "corner"),
    [
        ("M001", drawing.BLUE, drawing.WHITE),
        ("E003", drawing.GREEN, drawing.GREEN),
        ("F001", drawing.RED, drawing.RED),
        ("GHS07", drawing.RED, drawing.WHITE),
    ],
)
def test_other_frames_have_their_shape_and_colour(code: str, middle_left: str, corner: str) -> None:
    image = large(code)
    assert image.size == (1000, 1000)
    assert near(image.getpixel((20, 500)), middle_left)
    assert near(image.getpixel((30, 30)), corner)


def test_ghs_frame_is_white_within_a_red_border() -> None:
    image = large("GHS07")
    assert near(image.getpixel((200, 500)), drawing.WHITE)
    assert near(image.getpixel((265, 265)), drawing.RED)


def test_the_bar_lies_over_the_picture() -> None:
    for code, sign in registry.registry().items():
        tags = [child.tag for child in ElementTree.fromstring(drawing.compose(code))]
        if sign.frame == "prohibition":
            assert tags[-2:] == [SVG + "polygon"] * 2, code  # its white edge and itself
            assert not sign.pictogram or tags[-3] == SVG + "g", code
        elif sign.pictogram:
            assert tags[-1] == SVG + "g", code
    assert near(large("P010").getpixel((500, 500)), drawing.RED)


@pytest.mark.parametrize("code", ["W001", "P001", "M001", "E001", "F001", "GHS01"])
def test_a_white_edge_goes_around_the_frame_on_request(code: str) -> None:
    plain, edged = drawing.compose(code), drawing.compose(code, edge=True)
    left, top, width, height = view_box(plain)
    assert (left, top, width) == (0, 0, 100)
    wide = (-4, -4, 108, height + 8)
    assert view_box(edged) == pytest.approx(wide, abs=0.02)
    field = '<rect x="-9" y="-9" width="200" height="200" fill="#00FFFF"/>'
    on_cyan = [svg.replace("</title>", f"</title>{field}") for svg in (edged, plain)]
    with_edge, without = render(on_cyan, 540)
    box = mask(with_edge, drawing.WHITE).getbbox()
    assert box == pytest.approx((0, 0, *with_edge.size), abs=2)
    gained = share(with_edge, drawing.WHITE) * 108 * (height + 8) - share(
        without, drawing.WHITE
    ) * (100 * height)
    assert 1000 < gained < 1800  # about 4 times the length of the outline


# --- every sign


@cache
def small_prints() -> dict[str, tuple[Image.Image, Image.Image]]:
    """For every sign with a picture: the bare frame, and the picture in magenta on top of it."""
    pairs = {}
    for code, sign in registry.registry().items():
        if sign.pictogram:
            svg = drawing.compose(code)
            marked = re.sub(r'(<g [^>]*fill=")[^"]*', r"\1#FF00FF", svg)
            marked = re.sub(r"</g>.*</svg>", "</g></svg>", marked)
            pairs[code] = (bare(svg), marked)
    pictures = render([svg for pair in pairs.values() for svg in pair], 200)
    return dict(zip(pairs, zip(pictures[::2], pictures[1::2], strict=True), strict=True))


def test_every_picture_prints_and_fills_its_frame() -> None:
    for code, (_, marked) in small_prints().items():
        assert 0.05 < share(marked, MAGENTA) < 0.6, code


def test_every_picture_keeps_clear_of_the_edge_of_its_ground() -> None:
    for code, (frame, marked) in small_prints().items():
        outside = ImageChops.invert(mask(frame, GROUNDS[registry.registry()[code].frame]))
        ink = mask(marked, MAGENTA)
        for dx, dy in ((2, 0), (-2, 0), (0, 2), (0, -2)):
            stray = ImageChops.multiply(ImageChops.offset(ink, dx, dy), outside)
            assert stray.getbbox() is None, f"{code}: the picture reaches its frame"


def test_every_composed_sign_is_flat_svg_without_what_weasyprint_ignores() -> None:
    allowed = {SVG + tag for tag in ("svg", "title", "g", "path", "circle", "rect", "polygon")}
    for code in registry.registry():
        for edge in (False, True):
            svg = drawing.compose(code, edge=edge)
            root = ElementTree.fromstring(svg)
            assert {element.tag for element in root.iter()} <= allowed, code
            assert not re.search(r"(clip-path|filter|mask|style|class|href)=|currentColor", svg), (
                code
            )


def test_every_sign_prints_its_picture_in_the_colour_of_its_frame() -> None:
    for code, sign in registry.registry().items():
        if sign.pictogram:
            group = ElementTree.fromstring(drawing.compose(code)).find(SVG + "g")
            assert group is not None
            white = sign.frame in {"mandatory", "safe", "fire"}
            assert group.attrib["fill"] == (drawing.WHITE if white else drawing.BLACK), code


# --- registry


def test_the_registry_holds_the_signs_of_a_workshop() -> None:
    assert set(WORKSHOP.split()) <= set(registry.registry())
    assert len(registry.registry()) >= 100
    assert registry.registry() is registry.registry()


def test_every_sign_is_named_in_both_languages() -> None:
    for code, sign in registry.registry().items():
        assert sign.code == code
        assert re.fullmatch(r"[一-鿿/]+", sign.name.zh), code
        assert re.fullmatch(r"[A-Z][A-Za-z ,;()-]+", sign.name.en), code
        title = ElementTree.fromstring(drawing.compose(code)).findtext(SVG + "title")
        assert title == f"{sign.name.zh} / {sign.name.en}"


def test_a_sign_on_a_page_is_named_in_the_language_of_the_page() -> None:
    svg = ElementTree.fromstring(drawing.compose("W001", ["en"]))
    assert svg.findtext(SVG + "title") == registry.find("W001").name.en


def test_names_follow_the_standard() -> None:
    names = {code: (sign.name.zh, sign.name.en) for code, sign in registry.registry().items()}
    assert names["W041"] == ("当心缺氧窒息", "Asphyxiating atmosphere")
    assert names["P011"] == ("禁止用水灭火", "Do not extinguish with water")
    assert names["M047"] == ("使用空气呼吸器", "Use self-contained breathing appliance")
    assert names["GHS08"] == ("健康危害", "Health hazard")


def test_the_frame_follows_the_letter_of_the_code() -> None:
    frames = {code: sign.frame for code, sign in registry.registry().items()}
    letters = {
        "W": "warning", "P": "prohibition", "M": "mandatory", "E": "safe", "F": "fire", "G": "ghs"
    }  # fmt: skip
    for code, frame in frames.items():
        letter = code.split("-")[1] if code.startswith("GB-") else code[0]
        assert frame == letters[letter], code


@pytest.mark.parametrize(
    ("wrong", "close"), [("W41", "W041"), ("GHS9", "GHS09"), ("GB-W-pits", "GB-W-pit")]
)
def test_an_unknown_code_names_the_closest_ones(wrong: str, close: str) -> None:
    with pytest.raises(KeyError, match=rf"'{wrong}'.*\b{close}\b"):
        drawing.compose(wrong)


def test_an_unknown_code_without_neighbours_says_so() -> None:
    with pytest.raises(KeyError, match="nothing similar"):
        drawing.compose("ξξξ")


# --- artwork


def test_every_pictogram_is_used_and_every_used_one_exists() -> None:
    used = {sign.pictogram for sign in registry.registry().values()} - {""}
    assert {path.stem for path in PICTOGRAMS.iterdir()} == used


def test_every_pictogram_has_a_source_and_a_free_licence() -> None:
    text = (ROOT / "printables" / "signs" / "LICENSES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert [name for name, _, _ in rows] == sorted(path.stem for path in PICTOGRAMS.iterdir())
    for name, source, licence in rows:
        assert set(licence.split(" + ")) <= {"Apache-2.0", "MIT", "CC0-1.0", "CC BY 4.0"}, name
        assert ("Material Design Icons" in source) == ("Apache-2.0" in licence), name
        assert ("healthicons" in source) == ("MIT" in licence), name
        assert ("temaki" in source) == ("CC0-1.0" in licence), name
        assert ("own drawing" in source) == ("CC BY 4.0" in licence), name


def test_pictograms_are_small_single_coloured_and_square() -> None:
    for path in PICTOGRAMS.iterdir():
        root = ElementTree.parse(path).getroot()
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        assert width == height, path.name
        for element in root.iter():
            tag = element.tag.removeprefix(SVG)
            assert tag in {"svg", "g", "path", "circle", "rect", "polygon"}, path.name
            assert element.attrib.get("fill", "currentColor") == "currentColor", path.name
            assert not {"style", "class", "stroke", "clip-path"} & set(element.attrib), path.name
        assert not re.search(r"\.\d{3}", path.read_text(encoding="utf-8")), path.name
    assert sum(path.stat().st_size for path in PICTOGRAMS.iterdir()) < 120_000


@pytest.mark.parametrize(
    ("name", "svg", "complaint"),
    [
        ("wide", '<svg viewBox="0 0 10 20"><path d="M0 0Z"/></svg>', "not square"),
        ("used", '<svg viewBox="0 0 10 10"><use href="#a"/></svg>', "unexpected <use>"),
    ],
)
def test_a_pictogram_that_would_not_print_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, svg: str, complaint: str
) -> None:
    folder = tmp_path / "pictograms"
    folder.mkdir()
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    monkeypatch.setattr(drawing, "HERE", tmp_path)
    with pytest.raises(ValueError, match=complaint):
        drawing._pictogram(name)
