"""The scene that stands for a chapter: which one it is, where sheets show it, and that the rest of a sheet is as without it."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from project import BASE, plain

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.findings import Rejected
from printables.job import Job
from printables.layout import book, hero
from printables.layout.compose import compose
from printables.layout.design import find
from printables.layout.panels import chief_scene, scene_says
from printables.press.hero import MOST_SIGN
from printables.press.hero import properties as hero_properties
from printables.press.print_job import print_sheet
from printables.scenes.scene import PLACE

SHOWN = "call-120"  # the first step of tests/base shows ladder-held
WITH_SCENE = [("poster", "zh"), ("poster", "zh-en"), ("flyer", "en"), ("talk", "zh"), ("trifold", "en")]  # fmt: skip


@pytest.fixture(scope="module")
def twins(base_collection: Collection) -> dict[str, Chapter]:
    return dict(base_collection.twins()["teams/ladders"])


def pointing(chapter: Chapter, *scenes: str) -> Chapter:
    """The chapter, its first points with these scenes."""
    points = chapter.section("points")
    assert points is not None
    named = [*scenes, *[""] * len(points.items)]
    items = tuple(replace(each, scene=named[n]) for n, each in enumerate(points.items))
    sections = (replace(each, items=items) if each is points else each for each in chapter.sections)
    return replace(chapter, sections=tuple(sections))


def pictured(twins: dict[str, Chapter]) -> dict[str, Chapter]:
    return {code: pointing(chapter, "ladder-held", SHOWN) for code, chapter in twins.items()}


def alternatives(pdf: bytes) -> list[str]:
    """What the tags of a PDF say of its figures."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tags = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        return [str(each.Alt) for each in tags if each.get("/S") == "/Figure" and "/Alt" in each]


@pytest.mark.parametrize(
    ("scenes", "chief"),
    [
        ((), ""),
        (("ladder-held",), "ladder-held"),
        ((SHOWN, "ladder-held"), SHOWN),
        (("ladder-held", SHOWN), SHOWN),
        (("", SHOWN), SHOWN),
    ],
)
def test_it_is_the_first_point_s_that_is_not_the_first_step_s(
    twins: dict[str, Chapter], scenes: tuple[str, ...], chief: str
) -> None:
    assert chief_scene(pointing(twins["zh"], *scenes)) == chief


def test_a_name_of_no_scene_is_told(twins: dict[str, Chapter]) -> None:
    with pytest.raises(Rejected) as rejected:
        chief_scene(pointing(twins["en"], "ladder-hold"))
    assert {found.code for found in rejected.value.findings} == {"unknown-scene"}


@pytest.mark.parametrize(("design", "language"), WITH_SCENE, ids="-".join)
def test_it_stands_on_the_sheet_as_predicted_and_is_named_in_the_tags(
    twins: dict[str, Chapter], base_owner: Owner, design: str, language: str
) -> None:
    job = plain(compose(find(design), pictured(twins), language, base_owner))
    sheet = print_sheet(replace(job, finishings=()))
    assert scene_says(BASE / PLACE, SHOWN, language.split("-")) in alternatives(sheet.pdf)
    assert sheet.layouts == 1


def test_books_show_every_point_s_scene(twins: dict[str, Chapter], base_owner: Owner) -> None:
    reader = book.Reader("teams", "en", "Teams", "For teams", (pictured(twins)["en"],))
    job = book.compose(find("book"), reader, base_owner)
    said = alternatives(print_sheet(replace(job, finishings=())).pdf)
    for name in ("ladder-held", SHOWN):
        assert scene_says(BASE / PLACE, name, ["en"]) in said


def structure(job: Job) -> str:
    """A document without its edition, and without what a scene brings."""
    number = job.edition.rpartition("·")[2]
    html = re.sub(r'<img class="scene"[^>]*>', "", job.html.replace(number, "…"))
    return "".join(html.replace(" beside", "").split())


@pytest.mark.parametrize(
    ("design", "language"), [("poster", "zh"), ("flyer", "en"), ("talk", "zh")], ids="-".join
)
def test_a_chapter_without_scenes_has_the_same_sheet_but_for_the_scene(
    twins: dict[str, Chapter], base_owner: Owner, design: str, language: str
) -> None:
    without = compose(find(design), twins, language, base_owner)
    beside = compose(find(design), pictured(twins), language, base_owner)
    assert 'class="scene"' in beside.html
    assert "scene" not in without.html and "beside" not in without.html
    assert structure(without) == structure(beside)
    assert without.headline and not without.headline.scene_mm
    spec = find(design).spec
    assert spec.headline
    share = 1 - (without.headline.room_mm + hero.GAP_MM) / without.headline.live_mm
    assert share == pytest.approx(spec.headline.sign)


def test_on_a_talk_in_two_languages_it_stands_in_the_sign_s_place(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    both, one = (
        compose(find("talk"), pictured(twins), code, base_owner) for code in ("zh-en", "zh")
    )
    assert 'class="scene"' in both.html and 'class="sign"' not in both.html
    assert 'class="scene"' in one.html and 'class="sign"' in one.html
    assert both.headline and hero_properties(both.headline, both.units[0][1], 1)["sign"] == 0


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.6, 2.4])
def test_the_sign_above_it_keeps_about_one_size(
    twins: dict[str, Chapter], base_owner: Owner, scale: float
) -> None:
    job = compose(find("flyer"), pictured(twins), "zh", base_owner)
    assert job.headline
    sign = hero_properties(job.headline, job.units[0][1], scale)["sign"]
    assert job.headline.sign_mm <= sign + 0.01 <= MOST_SIGN * job.headline.sign_mm + 0.02


def test_no_two_posters_on_a_wall_show_one_scene(real_collection: Collection) -> None:
    shown = [chief_scene(twins["zh"]) for twins in real_collection.twins().values()]
    scenes = [name for name in shown if name]
    assert len(scenes) == len(set(scenes)) > 10


def test_no_two_posters_without_a_scene_show_one_sign(real_collection: Collection) -> None:
    chapters = [twins["zh"] for twins in real_collection.twins().values()]
    shown = [each.front.signs[0] for each in chapters if not chief_scene(each) and "poster" in each.front.prints]  # fmt: skip
    assert len(shown) == len(set(shown)) > 5


def test_no_cross_stands_before_a_sentence_that_says_never() -> None:
    for name in ("trifold", "flyer"):
        assert "×" not in find(name).style


# --- the foot


def foot(job: Job) -> list[str]:
    return re.findall(r'<p class="number">(\d+)</p>', job.html)


def saying(chapter: Chapter, role: str, text: str) -> dict[str, Chapter]:
    """The Chinese chapter, the first item of a section with this text."""
    section = chapter.section(role)
    assert section is not None
    items = (replace(section.items[0], text=text), *section.items[1:])
    new = (replace(s, items=items) if s is section else s for s in chapter.sections)
    return {"zh": replace(chapter, sections=tuple(new))}


def test_a_number_that_the_points_name_comes_first(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    assert base_owner.emergency[:2] == ("119", "120")
    said = saying(twins["zh"], "points", "先打 120，再打 119。")
    assert foot(compose(find("poster"), said, "zh", base_owner))[:2] == ["120", "119"]
    said = saying(twins["zh"], "points", "每分钟按 100～120 次。")
    assert foot(compose(find("poster"), said, "zh", base_owner)) == list(base_owner.emergency)


@pytest.mark.parametrize(
    ("role", "text", "more"),
    [
        ("steps", "车坏了，打 122。", ["122"]),
        ("emergency", "离开 8 m，打 95598。", ["95598"]),
        ("emergency", "投诉打 12345。", []),  # no emergency
        ("never", "不打 122。", []),
    ],
)
def test_a_number_that_the_steps_call_stands_in_the_foot(
    twins: dict[str, Chapter], base_owner: Owner, role: str, text: str, more: list[str]
) -> None:
    """On a talk, which has room for three, it takes the place of the one for no emergency."""
    usual, said = base_owner.emergency, saying(twins["zh"], role, text)
    assert {*foot(compose(find("poster"), said, "zh", base_owner))} == {*usual, *more}
    assert usual == ("119", "120", "12350")
    fewer = {"119", "120", *(more or ["12350"])}
    assert {*foot(compose(find("talk"), said, "zh", base_owner))} == fewer


@pytest.mark.parametrize("design", ["poster", "wallchart", "flyer", "trifold", "talk"])
def test_what_is_filled_in_by_hand_is_white_and_asks_for_the_address(
    twins: dict[str, Chapter], base_owner: Owner, design: str
) -> None:
    job = compose(find(design), twins, "en", base_owner)
    assert {box.ground for box in job.reserved if box.kind in ("1", "2")} == {"#ffffff"}
    assert "Address here" in job.html
    labels = {box.kind: dict(box.label) for box in job.reserved if box.label}
    assert labels["1"] == labels["2"] == {"en": "Telephone"}
    assert labels.get("name", {"en": "Company"}) == {"en": "Company"}
