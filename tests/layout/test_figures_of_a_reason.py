"""In two languages a command keeps of its reason what says a number."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.chapters.quantities import quantities
from printables.checks.collection import Collection
from printables.layout.compose import compose
from printables.layout.design import find
from printables.layout.figures import figures_of


@pytest.fixture
def twins(base_collection: Collection) -> dict[str, Chapter]:
    return base_collection.twins()["teams/ladders"]


def saying(twins: Mapping[str, Chapter], **texts: str) -> dict[str, Chapter]:
    """The chapter with these reasons of its first point, by language."""
    said = {}
    for code, text in texts.items():
        section = twins[code].section("points")
        assert section
        items = (replace(section.items[0], text=text), *section.items[1:])
        new = (replace(s, items=items) if s is section else s for s in twins[code].sections)
        said[code] = replace(twins[code], sections=tuple(new))
    return said


@pytest.mark.parametrize(
    ("zh", "en", "kept"),
    [
        ("氧 19.5 %–23.5 %，其余不超限。", "Oxygen 19.5 %–23.5 %.", ["氧 19.5 %–23.5 %，其余不超限", "Oxygen 19.5 %–23.5 %"]),
        ("边冲边脱；冲 15 分钟。再就医。", "Rinse. At least 15 minutes. See a doctor.", ["冲 15 分钟", "At least 15 minutes"]),
        ("离 2 m；等。再退 5 m。", "Keep 2 m away. Wait. Then 5 m.", ["离 2 m；等。再退 5 m", "Keep 2 m away. Wait. Then 5 m"]),
        ("最多两人。", "At most 2 people.", ["最多两人", "At most 2 people"]),
        ("打 119。按 GB 12345 做。", "Call 119.", []),
        ("挂牢再动手。", "Clip on first.", []),
    ],
)  # fmt: skip
def test_whole_sentences_with_a_number_are_kept_in_both(
    twins: dict[str, Chapter], zh: str, en: str, kept: list[str]
) -> None:
    voices = [*saying(twins, zh=zh, en=en).values()]
    assert [text for text, _ in figures_of(find("poster"), voices, 0)] == kept
    assert figures_of(find("poster"), voices[:1], 0) == []


@pytest.mark.parametrize("design", ["poster", "talk"])
def test_they_stand_beside_the_command_where_there_is_room(
    twins: dict[str, Chapter], base_owner: Owner, design: str
) -> None:
    long = "Keep 2 m away from the machine, the pit and the load until they are at rest."
    html = compose(find(design), saying(twins, zh="离 2 m。", en=long), "zh-en", base_owner).html
    plain = html.replace("\u2060", "").replace("\u00a0", " ")
    assert re.search(r'<h2 [^>]*>[^<]+ <span class="figures">离 2 m</span></h2>', plain)
    assert f'<p class="reason" lang="en">{long[:-1]}</p>' in plain


def test_no_number_of_a_point_is_lost_in_two_languages(
    real_collection: Collection, real_owner: Owner
) -> None:
    for twins in real_collection.twins().values():
        if "poster" not in twins["zh"].front.prints:
            continue
        html = compose(find("poster"), twins, "zh-en", real_owner).html
        points = html.replace("\u2060", "").replace("\u00a0", " ")
        for code in ("zh", "en"):
            section = twins[code].section("points")
            assert section
            for item in section.items:
                for quantity in quantities(item.text):
                    number = re.findall(r"[\d.]*\d", quantity.written)[0]
                    assert number in points, (item.text, quantity.written)
