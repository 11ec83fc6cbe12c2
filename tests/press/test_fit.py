"""The search for the largest type, on documents whose height is a formula."""

import math
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

import pytest
from project import BASE

from printables.chapters.owner import load
from printables.checks.collection import collect
from printables.findings import Rejected
from printables.geometry import Rect
from printables.job import HeadlineRoom, Job, Region
from printables.layout.compose import compose
from printables.layout.design import find, names
from printables.press import hero
from printables.press.fit import CastOff, Fit, fit, least

FULL, NEAR, ROUNDS = 0.97, 1.02, 12  # what fit promises
HEIGHT = 400.0
UNIT = 10.0
ROOM = HeadlineRoom(
    lines=("先通风",),
    widths_em=(3.0,),
    floor_mm=25.0,
    room_mm=900.0,
    ratio=4.0,
    live_mm=260.0,
    gap_mm=10.0,
)
FRONT = Region("page-1", 0, HEIGHT, ("page-1", "slogan", "points"), 4, start=1.05)
BACK = Region("page-2", 1, HEIGHT, ("page-2", "steps"), 6, start=1.05)
JOB = replace(
    compose(
        find("poster"),
        collect(BASE / "docs", names()).twins()["teams/ladders"],
        "zh",
        load(BASE / "owner.yml"),
    ),
    source="docs/zh/teams/x.md",
    trim=(300.0, HEIGHT),
    most=1.8,
    units=(("zh", UNIT),),
    headline=ROOM,
    regions=(FRONT,),
    sections=(("slogan", "先通风"), ("points", "记住"), ("steps", "怎么做")),
    lines=(("slogan", 4), ("points", 20), ("steps", 30)),
)
TWO = replace(JOB, pages=2, regions=(FRONT, BACK))
LEAST = least(JOB, FRONT)
Fill = Callable[[float], float]


class Paper:
    """A laid-out document of which only the heights exist."""

    def __init__(self, boxes: dict[str, Rect], pages: int) -> None:
        self.boxes, self.pages = boxes, pages


class Printer:
    """Lays out pages whose fill is a function of the scale, and remembers what it was asked."""

    def __init__(self, *fills: Fill) -> None:
        self.fills = fills
        self.asked: list[dict[int, dict[str, float]]] = []

    def __call__(self, sizes: str) -> Paper:
        pages: dict[int, dict[str, float]] = {}
        for number, values in re.findall(r"#page-(\d+) \{ ([^}]*--zh[^}]*) \}", sizes):
            properties = re.findall(r"--([\w-]+): ([-\d.]+)mm", values)
            pages[int(number) - 1] = {name: float(value) for name, value in properties}
        self.asked.append(pages)
        boxes = {}
        for page, values in pages.items():
            boxes |= self._boxes(page, values)
        return Paper(boxes, len(pages))

    def _boxes(self, page: int, values: dict[str, float]) -> dict[str, Rect]:
        scale = values.get("headline", ROOM.ratio * values["zh"]) / (ROOM.ratio * UNIT)
        height = HEIGHT * self.fills[page](scale) + values["spread"] * (FRONT, BACK)[page].gaps
        name = ("points", "steps")[page]
        return {
            f"page-{page + 1}": Rect(0, 0, 300, height),
            name: Rect(0, 60, 300, height - 40),
            "slogan": Rect(0, 0, 300, 50),
        }


def power(at_one: float, slope: float) -> Fill:
    return lambda scale: at_one * scale**slope


def paragraphs(seed: int) -> Fill:
    """Text in paragraphs: each grows line by line, so the fill climbs a ramp with stairs."""
    chance = random.Random(seed)
    columns = [chance.uniform(5, 90) for _ in range(chance.randint(2, 12))]
    fixed, full = chance.uniform(0.1, 0.5), chance.uniform(0.3, 1.1)

    def lines(scale: float) -> int:
        return sum(math.ceil(length * scale / 30) for length in columns)

    return lambda scale: fixed + (full - fixed) * scale * lines(scale) / lines(1)


def stairs(seed: int) -> Fill:
    """Nothing but stairs, some of them high."""
    chance = random.Random(seed)
    steps = sorted((chance.uniform(0.6, 1.9), chance.uniform(0.01, 0.2)) for _ in range(8))
    base = chance.uniform(0.3, 0.7)
    return lambda scale: base + 0.05 * scale + sum(rise for at, rise in steps if scale >= at)


def largest(fill: Fill, low: float, high: float) -> float:
    """The largest scale that fits, to a millionth; a fill never falls where the scale grows."""
    if fill(high) <= 1:
        return high
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if fill(middle) <= 1 else (low, middle)
    return low


def assert_best(
    fitted: Fit[Paper], fill: Fill, low: float, page: int = 0, near: float = NEAR + 0.002
) -> None:
    scale, best = fitted.scales[page], largest(fill, low, JOB.most)
    assert low - 0.001 <= scale <= JOB.most
    assert fitted.fills[page] <= 1
    assert fitted.fills[page] == pytest.approx(fill(scale), abs=0.01)
    assert fitted.fills[page] >= FULL or best / scale < near


SMOOTH = {
    f"{at_one}·s^{slope}": power(at_one, slope)
    for at_one in (0.3, 0.6, 0.9, 0.99, 1.2, 1.5)
    for slope in (0.4, 1.0, 1.5, 2.0, 3.0)
    if at_one * 0.625**slope < 1
}


@pytest.mark.parametrize("fill", SMOOTH.values(), ids=SMOOTH)
def test_the_largest_scale_that_fits_is_found(fill: Fill) -> None:
    fitted = fit(JOB, Printer(fill))
    assert_best(fitted, fill, LEAST)
    assert fitted.layouts <= 7


@pytest.mark.parametrize(("make", "near"), [(paragraphs, NEAR + 0.002), (stairs, NEAR + 0.002)])
def test_text_that_grows_in_steps_is_set_as_large_as_can_be(
    make: Callable[[int], Fill], near: float
) -> None:
    layouts = []
    for seed in range(150):
        fill = make(seed)
        if fill(LEAST) <= 1:
            fitted = fit(JOB, Printer(fill))
            assert_best(fitted, fill, LEAST, near=near)
            layouts.append(fitted.layouts)
    assert len(layouts) > 100
    assert max(layouts) <= ROUNDS + 1
    assert sum(layouts) / len(layouts) < 8


def test_a_quarter_of_a_millimetre_of_noise_does_not_matter() -> None:
    for seed in range(100):
        fill, chance = paragraphs(seed), random.Random(seed)

        def noisy(scale: float, fill: Fill = fill, chance: random.Random = chance) -> float:
            return fill(scale) + chance.uniform(-0.25, 0.25) / HEIGHT

        if fill(LEAST) < 0.99:
            quiet, loud = fit(JOB, Printer(fill)), fit(JOB, Printer(noisy))
            assert loud.fills[0] <= 1
            assert loud.fills[0] >= FULL or loud.scales[0] == pytest.approx(
                quiet.scales[0], rel=0.03
            )


def test_the_same_job_is_laid_out_the_same_way() -> None:
    first, second = Printer(paragraphs(7)), Printer(paragraphs(7))
    assert fit(JOB, first).scales == fit(JOB, second).scales
    assert first.asked == second.asked


def test_type_never_falls_below_the_floor() -> None:
    for seed in range(60):
        printer = Printer(paragraphs(seed), power(0.99, 1.5))
        try:
            fit(TWO, printer)
        except Rejected:
            continue
        for pages in printer.asked:
            for values in pages.values():
                assert values["zh"] >= UNIT
                assert values["headline"] >= ROOM.floor_mm


def test_below_scale_one_only_the_slogan_shrinks() -> None:
    printer = Printer(lambda scale: 0.85 + 0.2 * scale)
    fitted = fit(JOB, printer)
    assert fitted.scales[0] < 1
    [last] = printer.asked[-1].values()
    assert last["zh"] == UNIT
    assert last["headline"] == pytest.approx(4 * UNIT * fitted.scales[0], abs=0.01)


def test_type_never_grows_beyond_the_most() -> None:
    printer = Printer(power(0.2, 1))
    fitted = fit(JOB, printer)
    assert fitted.scales == (JOB.most,)
    assert max(values["zh"] for pages in printer.asked for values in pages.values()) <= 18


def test_what_is_left_is_spread_over_the_gaps() -> None:
    printer = Printer(power(0.7, 0.5), power(0.4, 0.3))
    fitted = fit(TWO, printer)
    for number, region in enumerate(TWO.regions):
        left = (1 - fitted.fills[number]) * HEIGHT
        assert printer.asked[-1][number]["spread"] * region.gaps == pytest.approx(left, abs=0.06)
        assert 0.9995 < fitted.laid_out.boxes[f"page-{number + 1}"].bottom / HEIGHT <= 1
    assert all(v["spread"] == 0 for pages in printer.asked[:-1] for v in pages.values())


def test_layouts_are_counted() -> None:
    printer = Printer(paragraphs(3))
    assert fit(JOB, printer).layouts == len(printer.asked)


def test_a_start_that_fits_takes_two_layouts() -> None:
    assert fit(JOB, Printer(power(0.99 / 1.05, 1))).layouts == 2


def test_type_of_one_size_on_a_page_without_gaps_is_laid_out_once() -> None:
    """As forms are: there is nothing to seek, to predict or to spread."""
    form = replace(JOB, headline=None, most=1.0, regions=(replace(BACK, gaps=0),))
    printer = Printer(power(0.7, 1), power(0.7, 1))
    fitted = fit(form, printer, lambda job, scales: pytest.fail("predicted"))
    assert (fitted.layouts, len(printer.asked), fitted.scales) == (1, 1, (1.0,))
    spread = replace(form, regions=(BACK,))
    height_mm = 0.7 * HEIGHT  # with gaps, what is left is predicted, and laid out once as well
    assert fit(spread, printer, lambda job, scales: lambda region, given: height_mm).layouts == 1
    too_much = Printer(power(0.7, 1), power(1.2, 1))
    with pytest.raises(Rejected):
        fit(form, too_much)


def test_each_page_finds_its_own_scale() -> None:
    for seed in range(40):
        front, back = paragraphs(seed), power(0.5 + seed / 100, 1.3)
        if front(LEAST) > 1:
            continue
        both = fit(TWO, Printer(front, back))
        assert both.scales[0] == fit(JOB, Printer(front)).scales[0]
        assert_best(both, back, 1.0, page=1)


def test_copy_that_cannot_fit_names_section_page_and_by_how_much() -> None:
    with pytest.raises(Rejected) as rejected:
        fit(JOB, Printer(lambda scale: 1.1 + 0.01 * scale))
    [refusal] = rejected.value.findings
    values = dict(refusal.values)
    assert (refusal.code, refusal.line, values["page"], values["section"]) == (
        "copy-too-long", 20, 1, "记住"
    )  # fmt: skip
    over = (1.1 + 0.01 * LEAST - 1) * HEIGHT
    assert float(str(values["over"])) == pytest.approx(over, abs=0.1)
    assert values["lines"] == math.ceil(over / (1.5 * UNIT))


def test_a_second_page_has_no_slogan_to_shrink() -> None:
    assert least(TWO, BACK) == 1
    with pytest.raises(Rejected) as rejected:
        fit(TWO, Printer(power(0.9, 1), power(1.05, 1)))
    [refusal] = rejected.value.findings
    assert (dict(refusal.values)["page"], dict(refusal.values)["section"]) == (2, "怎么做")


def test_both_pages_are_named_when_both_run_over() -> None:
    with pytest.raises(Rejected) as rejected:
        fit(TWO, Printer(lambda _: 1.2, lambda _: 1.3))
    assert [dict(each.values)["page"] for each in rejected.value.findings] == [1, 2]


def test_a_slogan_wider_than_its_room_is_refused_before_any_layout() -> None:
    room = replace(ROOM, lines=("短", "很长很长"), widths_em=(1.0, 40.0))
    printer = Printer(power(0.5, 1))
    with pytest.raises(Rejected) as rejected:
        fit(replace(JOB, headline=room), printer)
    [refusal] = rejected.value.findings
    values = dict(refusal.values)
    assert (refusal.code, refusal.line, values["line"]) == ("slogan-too-long", 4, "很长很长")
    assert (values["width"], values["room"]) == ("1000", "900")
    assert not printer.asked


def test_a_page_too_many_is_an_error() -> None:
    def lay_out(sizes: str) -> Paper:
        return Paper(Printer(power(0.5, 1))(sizes).boxes, 2)

    with pytest.raises(Rejected, match="2 pages instead of 1"):
        fit(JOB, lay_out)


def test_a_sheet_twice_as_large_is_laid_out_as_the_first_and_then_enlarged() -> None:
    large, printer = replace(JOB, trim=(600.0, 2 * HEIGHT), zoom=2.0), Printer(paragraphs(5))
    assert fit(large, printer).scales == fit(JOB, Printer(paragraphs(5))).scales
    with pytest.raises(Rejected) as rejected:
        fit(large, Printer(lambda _: 1.25))
    assert dict(rejected.value.findings[0].values)["over"] == "200.0"


def test_the_slogan_stops_growing_where_its_room_ends() -> None:
    narrow = replace(ROOM, room_mm=150.0)
    assert hero.headline_mm(narrow, UNIT, 1.0) == 40
    assert hero.headline_mm(narrow, UNIT, 1.8) == 50
    assert hero.headline_mm(narrow, UNIT, 0.1) == ROOM.floor_mm


def test_the_sign_is_as_high_as_the_slogan_within_what_its_lines_leave() -> None:
    assert hero.properties(ROOM, UNIT, 1.0)["sign"] == pytest.approx(2 * 40 * hero.LEADING)
    assert hero.properties(ROOM, UNIT, 1.8)["sign"] == pytest.approx(260 - 3 * 72 - 10)


def test_a_sign_alone_hangs_in_the_middle_of_the_slogan() -> None:
    room = replace(ROOM, lines=("先通风",) * 3, widths_em=(5.0,) * 3)
    sides = hero.properties(room, UNIT, 1.0)
    assert 2 * sides["drop"] + sides["sign"] == pytest.approx(3 * 40 * hero.LEADING)


PICTURED = replace(
    ROOM,
    lines=("先通风", "再检测", "后作业"),
    widths_em=(3.0,) * 3,
    room_mm=150.0,
    scene_mm=100.0,
    sign_mm=50.0,
)


@pytest.mark.parametrize("scale", [0.5, 0.7, 1.0, 1.5, 1.8])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_scene_stands_beside_the_slogan_and_below_a_sign_that_can_be_recognised(
    scale: float, lines: int
) -> None:
    room = replace(PICTURED, lines=PICTURED.lines[:lines])
    sides = hero.properties(room, UNIT, scale)
    slogan = sides["headline"] * hero.LEADING * lines
    title = hero.TITLE * UNIT * max(1.0, scale)
    assert sides["scene"] <= room.live_mm - 3 * sides["headline"] - room.gap_mm
    assert sides["sign"] >= room.sign_mm - 0.01
    column = sides["sign"] + hero.GAP_MM + sides["scene"] / hero.SHAPE
    assert column <= sides["hero"] + title + 0.01
    assert sides["hero"] >= slogan
    assert sides["hero"] == pytest.approx(max(slogan, column - title))
    open_mm = sides["leading"] * lines
    assert open_mm == pytest.approx(min(sides["hero"], hero.OPEN_LEADING / hero.LEADING * slogan))


def test_a_scene_never_takes_room_that_a_slogan_of_three_lines_needs() -> None:
    """At its floor a sheet with a scene is no higher than one without."""
    sides = hero.properties(PICTURED, UNIT, 0.7)
    assert sides["hero"] == pytest.approx(3 * hero.LEADING * sides["headline"])


def test_a_page_that_is_read_from_nearer_may_be_set_smaller() -> None:
    near, printer = replace(BACK, nearness=0.4), Printer(power(0.9, 1), power(0.99, 1))
    fit(replace(TWO, regions=(FRONT, near)), printer)
    assert min(v["zh"] for pages in printer.asked for p, v in pages.items() if p == 0) >= UNIT
    assert min(v["zh"] for pages in printer.asked for p, v in pages.items() if p == 1) == 0.4 * UNIT
    with pytest.raises(Rejected) as rejected:
        fit(replace(TWO, regions=(FRONT, near)), Printer(power(0.9, 1), power(1.05, 1)))
    assert dict(rejected.value.findings[0].values)["lines"] == 4  # 20 mm of 6 mm each


# --- predictions


def foreseen(*fills: Fill) -> CastOff:
    """Predicts that pages are filled by these functions of the scale."""

    def height_mm(region: str, values: Mapping[str, str]) -> float:
        scale = float(values["--headline"].removesuffix("mm")) / (ROOM.ratio * UNIT)
        return HEIGHT * fills[int(region[-1]) - 1](scale)

    return lambda job, scales: height_mm


def test_what_was_predicted_is_laid_out_once() -> None:
    printer = Printer(paragraphs(3), power(0.7, 1.3))
    fitted = fit(TWO, printer, foreseen(paragraphs(3), power(0.7, 1.3)))
    assert fitted.layouts == len(printer.asked) == 1
    for page in ("page-1", "page-2"):
        assert 0.999 < fitted.laid_out.boxes[page].bottom / HEIGHT <= 1


@pytest.mark.parametrize("make", [paragraphs, stairs])
def test_a_prediction_seeks_the_largest_type(make: Callable[[int], Fill]) -> None:
    """It ends nearer to the largest than layouts do, and never below them."""
    larger = 0
    for seed in range(60):
        fill = make(seed)
        if fill(LEAST) <= 1:
            fitted, searched = fit(JOB, Printer(fill), foreseen(fill)), fit(JOB, Printer(fill))
            assert fitted.layouts == 1
            assert fitted.scales >= searched.scales
            assert (
                fitted.fills[0] >= 0.995
                or largest(fill, LEAST, JOB.most) / fitted.scales[0] < 1.004
            )
            larger += fitted.scales > searched.scales
    assert larger > 20


@pytest.mark.parametrize("wrong", [0.9, 1.05, 1.2])
def test_what_was_predicted_wrongly_is_searched_by_layouts(wrong: float) -> None:
    def mistaken(scale: float) -> float:
        return wrong * right(scale)

    right = paragraphs(5)
    printer, other = Printer(right), Printer(right)
    fitted, searched = fit(JOB, printer, foreseen(mistaken)), fit(JOB, other)
    assert (fitted.scales, fitted.fills) == (searched.scales, searched.fills)
    assert fitted.layouts == len(printer.asked) == len(other.asked) + 1


def test_a_prediction_on_another_page_is_wrong() -> None:
    class Longer(Printer):
        def __call__(self, sizes: str) -> Paper:
            paper = super().__call__(sizes)
            return Paper(paper.boxes, paper.pages + (len(self.asked) == 1))

    fill = paragraphs(5)
    assert fit(JOB, Longer(fill), foreseen(fill)).layouts > 1


def test_what_cannot_be_predicted_is_searched_by_layouts() -> None:
    def refuse(job: Job, scales: Mapping[Region, float]) -> NoReturn:
        raise ValueError

    printer = Printer(paragraphs(5))
    fitted = fit(JOB, printer, refuse)
    assert fitted.scales == fit(JOB, Printer(paragraphs(5))).scales
    assert fitted.layouts == len(printer.asked)


def test_copy_that_will_not_fit_is_laid_out_to_say_where() -> None:
    fills = power(0.9, 1), power(1.05, 1)
    with pytest.raises(Rejected) as rejected:
        fit(TWO, Printer(*fills), foreseen(*fills))
    assert dict(rejected.value.findings[0].values)["section"] == "怎么做"
