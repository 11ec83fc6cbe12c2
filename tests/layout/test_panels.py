"""Which items are the panels of a wall chart, and what is told of a chapter that has none."""

from dataclasses import replace
from functools import partial

import pytest

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.findings import Rejected
from printables.layout.compose import compose
from printables.layout.design import find
from printables.layout.panels import panels
from printables.press import measure
from printables.press.print_job import print_sheet

CHART = find("wallchart")


@pytest.fixture
def chapter(base_collection: Collection) -> Chapter:
    return base_collection.chapters["en", "teams/ladders"]


def with_steps(chapter: Chapter, count: int, scene: str = "ladder-held") -> Chapter:
    """The chapter with so many steps, each with this scene."""
    steps = chapter.section("steps")
    assert steps is not None
    items = tuple(replace(steps.items[n % 5], scene=scene) for n in range(count))
    sections = (replace(s, items=items) if s is steps else s for s in chapter.sections)
    return replace(chapter, sections=tuple(sections))


@pytest.mark.parametrize(("steps", "urgent"), [(4, 0), (5, 1), (6, 0), (7, 1), (8, 0)])
def test_every_step_is_a_panel_and_a_call_makes_them_even(
    chapter: Chapter, steps: int, urgent: int
) -> None:
    found = panels(CHART, with_steps(chapter, steps))
    assert [panel.urgent for panel in found] == [False] * steps + [True] * urgent
    assert [panel.index for panel in found] == [*range(steps), *[0] * urgent]
    assert (
        {panel.scene for panel in found} == {"ladder-held", "call-120"}
        if urgent
        else {"ladder-held"}
    )


@pytest.mark.parametrize("language", ["zh", "en", "zh-en"])
def test_eight_panels_stand_in_three_columns_and_the_call_takes_two(
    base_collection: Collection, base_owner: Owner, language: str
) -> None:
    base = base_collection.twins()["teams/ladders"]
    twins = {code: with_steps(chapter, 7) for code, chapter in base.items()}
    job = replace(compose(CHART, twins, language, base_owner).blank, finishings=())
    sheet = print_sheet(job)
    _, lines = measure.lines(sheet.pdf, job.trim[0])
    rows = [line for line in lines if set("".join(line.text.split())) <= set("1234567!")]
    top = {number: line.box.top for line in rows for number in line.text.split()}
    left = {
        number: part.left
        for line in rows
        for number, part in zip(line.text.split(), line.parts, strict=True)
    }
    near = partial(pytest.approx, abs=2)  # mm, as digits have edges of their own
    assert [top["1"], top["4"]] == near([top["3"], top["6"]])
    assert left["1"] == near(left["4"]) == near(left["7"])
    assert left["2"] == near(left["5"]) == near(left["!"])
    assert top["6"] < top["7"] == near(top["!"])
    heading = {
        role: next(line.box.top for line in lines if section.title in line.text)
        for role in ("steps", "emergency")
        if (section := twins[language.partition("-")[0]].section(role))
    }
    assert heading["steps"] < top["1"] - 30  # mm: above the scene
    assert heading["emergency"] == near(top["!"])
    assert sheet.layouts == 1


@pytest.mark.parametrize("steps", [2, 9])
def test_too_few_and_too_many_steps_are_told_at_their_heading(chapter: Chapter, steps: int) -> None:
    with pytest.raises(Rejected) as rejected:
        panels(CHART, with_steps(chapter, steps))
    section = chapter.section("steps")
    assert section is not None
    assert [(f.code, f.line) for f in rejected.value.findings] == [("panels-uneven", section.line)]


def test_a_scene_that_there_is_not_is_told_as_the_collection_tells_it(chapter: Chapter) -> None:
    with pytest.raises(Rejected) as rejected:
        panels(CHART, with_steps(chapter, 4, "ladder-hold"))
    assert {found.code for found in rejected.value.findings} == {"unknown-scene"}


def test_other_designs_have_no_panels(chapter: Chapter) -> None:
    assert panels(find("poster"), with_steps(chapter, 2)) == ()


def test_no_wall_chart_of_ours_shows_a_picture_twice(real_collection: Collection) -> None:
    for key, chapter in real_collection.chapters.items():
        if "wallchart" in chapter.front.prints:
            shown = [panel.scene for panel in panels(CHART, chapter)]
            assert len(shown) == len(set(shown)), key
