"""Every scene of the library: small, vector only, in the kit's colours, named, the same at every drawing."""

import io
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from project import ROOT

from printables.colours import COLOURS
from printables.commands import scene as command
from printables.findings import Rejected
from printables.layout.panels import scene_address
from printables.press.engine import Document
from printables.scenes import drawing, props, scene
from printables.scenes.geometry import union
from printables.scenes.skeleton import poses

FOLDER = ROOT / scene.PLACE
NAMES = scene.names(FOLDER)
SVG = "{http://www.w3.org/2000/svg}"
HAN = re.compile(r"[\u4e00-\u9fff]")
GOOD = """
says.zh = "扶住"
says.en = "Hold"
mark = "right"

[[part]]
pose = "stand"
name = "worker"
at = 100
near_hand = "board.middle"

[[part]]
prop = "clipboard"
name = "board"
at = [140, 80]
"""


def svg(name: str, **more: object) -> str:
    return drawing.compose(scene.read(FOLDER / f"{name}.toml"), **more)  # type: ignore[arg-type]


def read(tmp_path: Path, text: str) -> scene.Scene:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    return scene.read(path)


def test_the_library_has_its_scenes() -> None:
    assert len(NAMES) >= 120


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """The SVG of every scene, by its name."""
    return {name: svg(name) for name in NAMES}


def test_a_scene_is_small_and_vector_only(drawn: dict[str, str]) -> None:
    for name, text in drawn.items():
        assert len(text.encode()) <= 8192, name
        root = ElementTree.fromstring(text)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "g", "path"}, name
        assert root.attrib["viewBox"] == "0 0 300 200", name


def test_a_scene_is_the_same_at_every_drawing(drawn: dict[str, str]) -> None:
    for name in NAMES[::8]:
        assert svg(name) == drawn[name], name


def test_a_scene_keeps_to_the_colours_of_the_kit(drawn: dict[str, str]) -> None:
    known = {drawing._short(colour.light) for colour in COLOURS.values()}
    for name, text in drawn.items():
        assert set(re.findall(r"#[0-9a-f]+", text)) <= known, name


def test_a_scene_says_an_act_in_both_languages(drawn: dict[str, str]) -> None:
    for name, text in drawn.items():
        says = scene.read(FOLDER / f"{name}.toml").says
        assert HAN.search(says.zh) and not HAN.search(says.en), name
        assert 5 <= len(says.zh) <= 40 and 3 <= len(says.en.split()) <= 22, name
        title = ElementTree.fromstring(text).find(f"{SVG}title")
        assert title is not None and title.text == f"{says.zh} / {says.en}", name


def test_what_is_forbidden_is_marked_alike_and_crossed() -> None:
    for name in NAMES:
        read = scene.read(FOLDER / f"{name}.toml")
        assert (read.mark == "forbidden") == bool(read.crossed), name
        assert name.startswith("no-") == (read.mark == "forbidden"), name


def test_a_scene_has_the_accent_of_its_chapter_and_never_a_red_one() -> None:
    """Red means danger."""
    yellow, green = COLOURS["yellow"].light, COLOURS["green"].light
    assert yellow in svg("helmet-on", tone="prohibition")
    assert yellow not in svg("helmet-on", tone="rescue") and green in svg(
        "helmet-on", tone="rescue"
    )


def test_a_wider_scene_has_more_ground_and_the_same_parts() -> None:
    wide, usual = svg("helmet-on", width=500), svg("helmet-on")
    assert 'viewBox="-100 0 500 200"' in wide
    figure = re.search(r"<g .*</g>", usual)
    assert figure and figure[0] in wide


def test_in_a_wider_scene_the_parts_stand_in_the_middle() -> None:
    """Those of ladder-held stand at the right of the usual frame."""
    left, _, width, _ = map(
        float, ElementTree.fromstring(svg("ladder-held", width=460)).attrib["viewBox"].split()
    )
    stage = drawing._Stage(scene.read(FOLDER / "ladder-held.toml"))
    edges = union(each.box for _, each in stage.drawn())
    assert (edges[0] + edges[2]) / 2 == pytest.approx(left + width / 2, abs=1)


def test_a_sheet_has_a_scene_as_vector_and_its_text_in_the_tags() -> None:
    address = scene_address(FOLDER, "gas-tested", ["en"], "warning", 1.5)
    html = f'<html lang="en"><title>x</title><img src="{address}" alt="Test the air">'
    pdf = Document(html, "@page { size: 90mm 60mm; margin: 0 } img { width: 100% }")
    written = pdf.lay_out("").write("x")
    with pikepdf.open(io.BytesIO(written)) as document:
        kinds = [
            each.get("/Subtype") for each in document.objects if isinstance(each, pikepdf.Stream)
        ]
        tagged = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        spoken = {str(each.Alt) for each in tagged if "/Alt" in each}
    assert "/Image" not in kinds
    assert spoken == {"Test the air"}
    page = pypdfium2.PdfDocument(written)[0]
    pixels = page.render(scale=2).to_pil().convert("RGB").getcolors(1 << 20)
    assert pixels and (255, 201, 0) in {colour for _, colour in pixels}


def test_every_pose_and_prop_can_be_drawn() -> None:
    kinds = props.kinds()
    for name, kind in kinds.items():
        if not kind.through:
            assert all(shape.box for shape in kind.draw(**kind.measures).shapes), name
    used = {
        part.prop or part.pose
        for each in NAMES
        for part in scene.read(FOLDER / f"{each}.toml").parts
    }
    assert used <= {*kinds, *poses()}


def test_no_two_props_have_one_name() -> None:
    """The later of two would be drawn in every scene of the earlier."""
    files = sorted(Path(props.__file__).with_name("props").glob("*.toml"))
    named = [name for file in files for name in tomllib.loads(file.read_text(encoding="utf-8"))]
    assert len(named) == len(set(named))


def test_a_hand_holds_what_it_reaches_for(tmp_path: Path) -> None:
    stage = drawing._Stage(read(tmp_path, GOOD))
    worker, board = (drawn for _, drawn in stage.drawn())
    assert worker.points["near_hand"] == pytest.approx(board.points["middle"], abs=0.5)


@pytest.mark.parametrize(
    ("here", "instead", "message"),
    [
        ("at = 100", "at = 40", "does not reach"),
        ("at = 100", "at = nan", "`at` cannot be nan"),
        ("at = 100", "at = 100\nscale = 1e9", "`scale` cannot be"),
        ("at = 100", "at = 100\nscale = 0", "`scale` cannot be 0"),
        ('"board.middle"', '"board.midle"', "Write instead: board.middle"),
        ('mark = "right"', 'mark = "right"\nground = "x"', "`ground` cannot be x"),
        ('mark = "right"', 'mark = ["right"]', "Write `mark`"),
        ('says.en = "Hold"', 'says.en = "Ho\\u202eld"', "`says.en` cannot be"),
        ('pose = "stand"', 'pose = ["stand"]', "there is no pose"),
        ('prop = "clipboard"', 'prop = "rail"\nlength = -3', "`length` cannot be -3"),
        ('prop = "clipboard"', 'prop = "cloud"\ncolour = "pink"', "`colour` cannot be pink"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, here: str, instead: str, message: str
) -> None:
    text = GOOD.replace(here, instead)
    with pytest.raises(Rejected) as rejected:
        drawing.compose(read(tmp_path, text))
    found = rejected.value.findings[0]
    assert message in found.message("en")
    assert 0 < found.line <= len(text.splitlines())


def test_a_scene_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe")
    assert [found.code for found in drawing.wrong(path)] == ["scene-broken"]
    assert [found.code for found in drawing.wrong(tmp_path / "none.toml")] == ["file-missing"]
    path.write_text("x = " + "[" * 9000, encoding="utf-8")
    assert [found.code for found in drawing.wrong(path)] == ["scene-broken"]
    path.write_text(GOOD + "#" * 20_000, encoding="utf-8")
    assert [found.code for found in drawing.wrong(path)] == ["scene-broken"]


def test_a_symbolic_link_is_no_scene(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "y.toml").symlink_to(tmp_path / "x.toml")
    assert scene.names(tmp_path) == ["x"]


def test_the_command_draws_what_it_is_asked_for_and_tells_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("READERS_LANGUAGE", "en")
    assert command.main(["gas-tested", "helmet-on", "gas-test", "--out", str(tmp_path)]) == 1
    assert "no scene `gas-test`. Write instead: gas-tested" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {
        "gas-tested.svg", "gas-tested.png", "helmet-on.svg", "helmet-on.png", "sheet.png",
    }  # fmt: skip
    assert (tmp_path / "gas-tested.svg").read_text(encoding="utf-8") == svg("gas-tested")


def test_the_cross_is_of_one_size_before_the_act_and_clear_of_mark_and_frame() -> None:
    for name in [each for each in NAMES if each.startswith("no-")]:
        text = svg(name)
        cross = re.findall(
            r'd="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)[^"]*" stroke="#b00000" stroke-width="7.4"',
            text,
        )
        assert len(cross) == 1, name
        left, top, right, bottom = map(float, cross[0])
        assert (right - left, bottom - top) == pytest.approx((2 * drawing.CROSS,) * 2, abs=0.2), (
            name
        )
        assert left > 0 and right < 300 and top > 38 and bottom < 198, name
        assert text.rindex("<g ") < text.index('stroke-width="7.4"'), name
