"""The largest type that fits the sheet, and never smaller than can be read.

One number, the scale, sizes a region, mostly a page: body text is `scale` times its smallest size (the floor), the slogan
follows in a fixed ratio until its widest line is as wide as its room, and the sign follows the slogan. Below scale 1 the
body stays at its floor and only the slogan shrinks, down to its own floor.

The search asks a prediction (castoff.py), and the sheet is laid out once. Where the layout is not as predicted, or nothing
could be, the search asks layouts.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from printables.findings import Finding, Rejected, finding
from printables.geometry import Rect
from printables.job import HeadlineRoom, Job, Region
from printables.press import hero

FULL = 0.97  # fill (used height / height) that is not improved any more by layouts
NEAR = 1.02  # ratio of two scales that an eye cannot tell apart
# The same where a trial is a prediction: it costs less than a tenth of a layout.
PREDICTED_FULL, PREDICTED_NEAR = 0.995, 1.003
SLACK_MM = 0.1  # between a region that is laid out and what was predicted of it
CLEARANCE = 0.3  # trials stay this share of the interval away from its ends: text grows in steps
ROUNDS = 12  # most layouts, or predictions, of a search
# How fast the fill grows with the scale, both as logarithms: measured on the project's chapters.
TEXT_SLOPE = 0.7
FRONT_SLOPE = 0.65  # where the slogan takes its share of the region
SLOGAN_SLOPE = 0.3  # below scale 1, where the slogan alone gives way


class Measurable(Protocol):
    """A laid-out document, as the fit measures it: boxes in mm."""

    @property
    def pages(self) -> int: ...

    @property
    def boxes(self) -> Mapping[str, Rect]: ...


P = TypeVar("P", bound=Measurable)
# A region's height in mm, by its id and custom properties.
Heights = Callable[[str, Mapping[str, str]], float]
# Makes predictions for a job, from scales of its regions at which their order of size is right.
CastOff = Callable[[Job, Mapping[Region, float]], Heights]


@dataclass(frozen=True)
class Fit(Generic[P]):
    """A job laid out for good: scale and fill of each region, and the number of layouts it took, 1 if as predicted."""

    laid_out: P
    scales: tuple[float, ...]
    fills: tuple[float, ...]
    layouts: int


@dataclass
class _Search:
    """The search for a region's scale: trials, the largest (scale, fill) that fits, the smallest that does not."""

    least: float
    most: float
    scale: float
    slope: float
    full: float = FULL
    near: float = NEAR
    trials: list[tuple[float, float]] = field(default_factory=list)
    fits: tuple[float, float] | None = None
    over: tuple[float, float] | None = None

    def learn(self, fill: float) -> None:
        """Record the fill (used height / height) at the present scale, and choose the next scale."""
        trial = (self.scale, fill)
        self.trials.append(trial)
        if fill > 1:
            self.over = min(self.over or trial, trial)
        else:
            self.fits = max(self.fits or trial, trial)
        if not self.done:
            self.scale = self._next()

    @property
    def done(self) -> bool:
        """True if the region is full, if its type cannot grow visibly any more, or if it cannot fit."""
        if self.hopeless:
            return True
        if not self.fits:
            return False
        scale, fill = self.fits
        is_best = bool(self.over and self.over[0] / scale < self.near)
        return fill >= self.full or scale >= self.most or is_best

    @property
    def hopeless(self) -> bool:
        return self.over is not None and self.over[0] <= self.least

    def refine(self) -> None:
        """Go on from what is known, with the patience that predictions allow."""
        self.full, self.near = PREDICTED_FULL, PREDICTED_NEAR
        if not self.done:
            self.scale = self._next()

    @property
    def _aim(self) -> float:
        """The fill that the next trial aims at."""
        return (1 + self.full) / 2

    def _next(self) -> float:
        """The next scale: regula falsi on the logarithms of scale and fill; a guess until both bounds are known."""
        if self.fits and self.over:
            (low, low_fill), (high, high_fill) = self.fits, self.over
            share = math.log(self._aim / low_fill) / math.log(high_fill / low_fill)
            return low * math.pow(high / low, min(max(share, CLEARANCE), 1 - CLEARANCE))
        scale, fill = self.trials[-1]
        aim = self._aim
        if fill > 1 and len(self.trials) > 1:  # over twice: a longer step
            aim **= 4
        taller = self._taller(scale) + math.log(aim / fill) * self._stretch()
        guess = math.exp(taller / (self.slope if taller > 0 else SLOGAN_SLOPE))
        return min(max(guess, self.least), self.most)

    def _taller(self, scale: float) -> float:
        """Logarithm of the region's height at a scale as a multiple of that at 1, by the measured slopes."""
        return math.log(scale) * (self.slope if scale > 1 else SLOGAN_SLOPE)

    def _stretch(self) -> float:
        """Correction of the step, from the slope between the last two trials."""
        if len(self.trials) < 2:
            return 1.0
        (a, fill_a), (b, fill_b) = self.trials[-2:]
        rise = math.log(fill_b / fill_a) / (self._taller(b) - self._taller(a))
        return 1 / min(max(rise, 0.4), 2.5)


def fit(job: Job, lay_out: Callable[[str], P], cast_off: CastOff | None = None) -> Fit[P]:
    """Find each region's scale, then spread the height to spare over its gaps.

    The search begins at scales that the job gives, so that a job alone decides its bytes; `cast_off` makes its predictions.
    Raises Rejected where a region's copy does not fit at the floor, or the slogan its room.
    """
    if not job.regions:  # a book flows over as many pages as it needs
        return Fit(lay_out(sizes(job, {})), (1.0,), (), 1)
    if job.headline:
        _refuse_long_slogan(job, job.headline)
    layouts = 0
    if trials := _predicted(job, cast_off):
        fitted, layouts = _last_layout(job, lay_out, trials, 1), 1
        if _is_as_predicted(job, fitted):
            return fitted
    searches = {region: _search(job, region) for region in job.regions}
    most = layouts + ROUNDS
    while layouts < most and (open_regions := [r for r in job.regions if not searches[r].done]):
        laid_out = lay_out(sizes(job, {region: searches[region].scale for region in open_regions}))
        layouts += 1
        for region in open_regions:
            searches[region].learn(_fill(region, laid_out))
    best = [trial for region in job.regions if (trial := searches[region].fits)]
    if len(best) < len(job.regions):
        raise Rejected(_overruns(job, searches, lay_out))
    if layouts == 1 and not any(region.gaps for region in job.regions):
        scales, fills = zip(*best, strict=True)
        fitted = Fit(laid_out, scales, fills, layouts)
    else:
        fitted = _last_layout(job, lay_out, best, layouts + 1)
    if (pages := fitted.laid_out.pages) != job.pages:
        message = f"{job.name}: {pages} pages instead of {job.pages}"
        raise Rejected([finding("press-warning", job.source, message=message)])
    return fitted


def _last_layout(
    job: Job, lay_out: Callable[[str], P], trials: Sequence[tuple[float, float]], layouts: int
) -> Fit[P]:
    """Lay out at the scale of each region's trial (scale, fill), with its height to spare in its gaps."""
    scales, fills = zip(*trials, strict=True)
    laid_out = lay_out(sizes(job, dict(zip(job.regions, scales, strict=True)), fills))
    return Fit(laid_out, scales, fills, layouts)


def _predicted(job: Job, cast_off: CastOff | None) -> list[tuple[float, float]]:
    """The best trial (scale, fill) of each region by prediction; none if one could not be found, or is not sought."""
    is_known = all(least(job, each) == job.most and not each.gaps for each in job.regions)
    if cast_off is None or is_known:
        return []
    searches = {region: _search(job, region) for region in job.regions}
    try:
        starts = {region: search.scale for region, search in searches.items()}
        height_mm = cast_off(job, starts)
        for region, search in searches.items():
            for refine in (False, True):
                if refine:
                    search.refine()
                while len(search.trials) < ROUNDS and not search.done:
                    height = height_mm(region.id, properties(job, region, search.scale))
                    search.learn(height / region.height_mm)
    except (
        Exception
    ):  # what is not followed, and what an unknown version of WeasyPrint means by its names
        return []
    best = [search.fits for search in searches.values()]
    return [] if None in best else [trial for trial in best if trial]


def _is_as_predicted(job: Job, fitted: Fit[P]) -> bool:
    """True if each region is as high as its fill and its gaps say, and on its page."""
    boxes = fitted.laid_out.boxes
    return fitted.laid_out.pages == job.pages and all(
        region.id in boxes
        and abs(boxes[region.id].height - fill * region.height_mm - spread) < SLACK_MM
        for region, fill in zip(job.regions, fitted.fills, strict=True)
        for spread in [_spread(region, fill) * region.gaps]
    )


def _search(job: Job, region: Region) -> _Search:
    """The search before its first trial; its slope is the one measured on the project's chapters."""
    floor = least(job, region)
    start = min(max(region.start, floor), job.most)
    return _Search(floor, job.most, start, FRONT_SLOPE if floor < 1 else TEXT_SLOPE)


def least(job: Job, region: Region) -> float:
    """The smallest scale of a region: where its slogan reaches its floor, 1 where it has none."""
    room = job.headline
    if room is None or region is not job.regions[0]:
        return 1.0
    return min(1.0, room.floor_mm / (room.ratio * job.units[0][1]))


def sizes(job: Job, scales: Mapping[Region, float], fills: Sequence[float] = ()) -> str:
    """The CSS that sets regions to their scales; with `fills` it also spreads the height to spare.

    Regions without a scale are left out.
    """
    width, height = (side / job.zoom for side in job.trim)
    rules = [f"@page {{ size: {width:.4f}mm {height:.4f}mm }}"]
    if job.regions:
        rules.append("@page { margin: 0 }")
    for number, region in enumerate(job.regions):
        if region not in scales:
            rules.append(f"#{region.id} {{ display: none }}")
            continue
        spread = _spread(region, fills[number]) if fills else 0
        given = properties(job, region, scales[region], spread)
        text = "; ".join(f"{name}: {value}" for name, value in given.items())
        rules.append(f"#{region.id} {{ {text} }}")
    return "\n".join(rules)


def properties(job: Job, region: Region, scale: float, spread: float = 0) -> dict[str, str]:
    """The custom properties of a region at a scale, with `spread` mm in each gap."""
    em = region.nearness * max(1.0, scale)
    values = {f"--{code}": unit * em for code, unit in job.units} | {"--spread": spread}
    if job.headline:
        around = hero.properties(job.headline, job.units[0][1], scale)
        values |= {f"--{name}": value for name, value in around.items()}
    return {name: f"{value:.3f}mm" for name, value in values.items()}


def _spread(region: Region, fill: float) -> float:
    left = (1 - fill) * region.height_mm - 0.05  # what rounding may add stays on the sheet
    return max(left, 0) / max(region.gaps, 1)


def _fill(region: Region, laid_out: Measurable) -> float:
    return laid_out.boxes[region.id].height / region.height_mm


def _refuse_long_slogan(job: Job, room: HeadlineRoom) -> None:
    findings = [
        finding(
            "slogan-too-long",
            job.source,
            job.line("slogan"),
            line=line,
            design=job.design,
            language=job.language,
            height=f"{room.floor_mm * job.zoom:.0f}",
            width=f"{width * room.floor_mm * job.zoom:.0f}",
            room=f"{room.room_mm * job.zoom:.0f}",
            characters=int(len(line) * room.room_mm / (width * room.floor_mm)),
        )
        for line, width in zip(room.lines, room.widths_em, strict=True)
        if width * room.floor_mm > room.room_mm
    ]
    if findings:
        raise Rejected(findings)


def _overruns(
    job: Job, searches: Mapping[Region, _Search], lay_out: Callable[[str], Measurable]
) -> list[Finding]:
    """A finding for each region that is too full at its floor; it names the section that runs over."""
    laid_out = lay_out(sizes(job, {region: searches[region].least for region in job.regions}))
    findings = []
    for region in job.regions:
        if searches[region].fits:
            continue
        over = laid_out.boxes[region.id].height - region.height_mm
        section = _crossing(job, region, laid_out.boxes, over)
        findings.append(
            finding(
                "copy-too-long-both" if "-" in job.language else "copy-too-long",
                job.source,
                job.line(section),
                design=job.design,
                language=job.language,
                page=region.page + 1,
                section=dict(job.sections).get(section, section),
                over=f"{over * job.zoom:.1f}",
                lines=math.ceil(over / (job.units[0][1] * region.nearness * 1.5)),
            )
        )
    return findings


def _crossing(job: Job, region: Region, boxes: Mapping[str, Rect], over: float) -> str:
    """Id of the first section of a region that ends within the last `over` mm; else of the tallest."""
    titled = dict(job.sections)
    inside = {name: boxes[name] for name in region.inside if name in titled and name in boxes}
    if not inside:
        return region.id
    bottom = max(box.bottom for box in inside.values())
    crossing = [name for name, box in inside.items() if box.bottom > bottom - over]
    return crossing[0] if crossing else max(inside, key=lambda name: inside[name].height)
