"""Which items are the panels of a wall chart, and what is told of a chapter that has none."""

import re
from dataclasses import replace
from functools import partial

import pytest

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.chapters.telephones import telephones
from printables.checks.collection import Collection
from printables.findings import Rejected
from printables.layout.compose import compose
from printables.layout.design import find
from printables.layout.panels import panels
from printables.press import measure
from printables.press.print_job import print_sheet

CHART = find("wallchart")


@pytest.fixture
def chapter(real_collection: Collection) -> Chapter:
    return real_collection.chapters["en", "teams/confined-space"]


def with_steps(chapter: Chapter, count: int, scene: str = "ladder-held") -> Chapter:
    """The chapter with so many steps, each with this scene."""
    steps = chapter.section("steps")
    assert steps is not None
    items = tuple(replace(steps.items[n % 5], scene=scene) for n in range(count))
    sections = (replace(s, items=items) if s is steps else s for s in chapter.sections)
    return replace(chapter, sections=tuple(sections))


def with_calls(chapter: Chapter, *said: str) -> Chapter:
    """The chapter with calls of these texts; their scenes are those of the chapter's own calls."""
    calls = chapter.section("emergency")
    assert calls is not None
    items = tuple(
        replace(item, lead="Out", text=text) for item, text in zip(calls.items, said, strict=False)
    )
    sections = (replace(s, items=items) if s is calls else s for s in chapter.sections)
    return replace(chapter, sections=tuple(sections))


def calls_on(chapter: Chapter, steps: int) -> list[int]:
    """The calls that the chart shows below so many steps, by their place in the chapter."""
    return [panel.index for panel in panels(CHART, with_steps(chapter, steps)) if panel.urgent]


@pytest.mark.parametrize(("steps", "calls"), [(4, 2), (5, 1), (6, 3), (7, 2), (8, 1)])
def test_every_step_is_a_panel_and_the_first_calls_fill_the_chart(
    chapter: Chapter, steps: int, calls: int
) -> None:
    found = panels(CHART, with_steps(chapter, steps))
    assert [panel.urgent for panel in found] == [False] * steps + [True] * calls
    assert [panel.index for panel in found] == [*range(steps), *range(calls)]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (["Go.", "Shut it.", "Call 119.", "Call 120."], [0, 2]),
        (["Go.", "Call 119.", "Call 120."], [0, 1]),
        (["Call 119.", "Shut it.", "Call 120."], [0, 1]),
        (["Go.", "Shut it.", "Tell the manager."], [0, 1]),
    ],
)
def test_one_of_several_calls_says_whom_to_call(
    chapter: Chapter, said: list[str], shown: list[int]
) -> None:
    assert calls_on(with_calls(chapter, *said), 7) == shown


def test_a_single_call_is_the_first_one(chapter: Chapter) -> None:
    assert calls_on(with_calls(chapter, "Go.", "Call 119."), 5) == [0]


def test_a_call_that_shows_what_a_step_shows_is_left_out(chapter: Chapter) -> None:
    found = panels(CHART, with_steps(chapter, 7, "all-out"))
    assert [panel.index for panel in found if panel.urgent] == [1, 2]


@pytest.mark.parametrize("language", ["zh", "en", "zh-en"])
def test_nine_panels_stand_in_three_columns_and_the_calls_below_their_heading(
    real_collection: Collection, real_owner: Owner, language: str
) -> None:
    twins = real_collection.twins()["teams/confined-space"]
    job = replace(compose(CHART, twins, language, real_owner).blank, finishings=())
    sheet = print_sheet(job)
    _, lines = measure.lines(sheet.pdf, job.trim[0])
    numerals = [
        (numeral, part.left, line.box.top)
        for line in lines
        if set("".join(line.text.split())) <= set("1234567!")
        for numeral, part in zip("".join(line.text.split()), line.parts, strict=True)
    ]
    near = partial(pytest.approx, abs=2)  # mm, as digits have edges of their own
    columns = [[left for _, left, _ in numerals[n::3]] for n in range(3)]
    assert all(column == near([column[0]] * 3) for column in columns)
    assert "".join(numeral for numeral, _, _ in numerals) == "1234567!!"
    heading = {
        role: next(line.box.top for line in lines if section.title in line.text)
        for role in ("steps", "emergency")
        if (section := twins[language.partition("-")[0]].section(role))
    }
    assert heading["steps"] < numerals[0][2] - 30  # mm: above the scene
    assert numerals[6][2] == near(heading["emergency"])
    assert numerals[7][2] > heading["emergency"] + 3  # mm: below it
    assert sheet.layouts == 1


@pytest.mark.parametrize(("steps", "calls"), [(9, 5), (7, 1)])
def test_too_many_steps_and_too_few_calls_are_told_at_the_heading_of_the_steps(
    chapter: Chapter, steps: int, calls: int
) -> None:
    with pytest.raises(Rejected) as rejected:
        panels(CHART, with_steps(with_calls(chapter, *["119"] * calls), steps))
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


def test_every_wall_chart_of_ours_says_whom_to_call_and_names_no_step_that_it_does_not_show(
    real_collection: Collection,
) -> None:
    for key, chapter in real_collection.chapters.items():
        if "wallchart" in chapter.front.prints:
            calls = chapter.section("emergency")
            assert calls is not None
            urgent = [calls.items[p.index] for p in panels(CHART, chapter) if p.urgent]
            said = " ".join(f"{item.lead} {item.text}" for item in urgent)
            assert len(urgent) > 1, key
            assert any(telephones(said)), key
            assert not re.search(r"(?i)\bstep \d|第 ?\d ?步", said), key
