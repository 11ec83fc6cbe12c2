"""The largest type that fits the sheet, and never smaller than can be read.

One number, the scale, sizes a region, mostly a page: body text is `scale` times its smallest size (the floor), the slogan
follows in a fixed ratio until its widest line is as wide as its room, and the sign follows the slogan. Below scale 1 the
body stays at its floor and only the slogan shrinks, down to its own floor.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from printables.findings import Finding, Rejected, finding
from printables.geometry import Rect
from printables.job import HeadlineRoom, Job, Region

FULL = 0.97  # fill (used height / height) that is not improved any more
AIM = (1 + FULL) / 2  # fill that the next trial aims at
NEAR = 1.02  # ratio of two scales that an eye cannot tell apart
CLEARANCE = 0.3  # trials stay this share of the interval away from its ends: text grows in steps
ROUNDS = 12  # most layouts of a search
# How fast the fill grows with the scale, both as logarithms: measured on the project's chapters.
TEXT_SLOPE = 0.7
FRONT_SLOPE = 0.65  # where the slogan takes its share of the region
SLOGAN_SLOPE = 0.3  # below scale 1, where the slogan alone gives way
LEADING = 1.08  # line height of the slogan, see family.css


class Measurable(Protocol):
    """A laid-out document, as the fit measures it: boxes in mm."""

    @property
    def pages(self) -> int: ...

    @property
    def boxes(self) -> Mapping[str, Rect]: ...


P = TypeVar("P", bound=Measurable)


@dataclass(frozen=True)
class Fit(Generic[P]):
    """A job laid out for good: scale and fill of each region, and the number of layouts it took."""

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
        return fill >= FULL or scale >= self.most or bool(self.over and self.over[0] / scale < NEAR)

    @property
    def hopeless(self) -> bool:
        return self.over is not None and self.over[0] <= self.least

    def _next(self) -> float:
        """The next scale: regula falsi on the logarithms of scale and fill; a guess until both bounds are known."""
        if self.fits and self.over:
            (low, low_fill), (high, high_fill) = self.fits, self.over
            share = math.log(AIM / low_fill) / math.log(high_fill / low_fill)
            return low * math.pow(high / low, min(max(share, CLEARANCE), 1 - CLEARANCE))
        scale, fill = self.trials[-1]
        aim = AIM**4 if fill > 1 and len(self.trials) > 1 else AIM  # over twice: a longer step
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


def fit(job: Job, lay_out: Callable[[str], P]) -> Fit[P]:
    """Find each region's scale, then spread the height to spare over its gaps.

    The search begins at scales that the job gives, so that a job alone decides its bytes.
    Raises Rejected where a region's copy does not fit at the floor, or the slogan its room.
    """
    if not job.regions:  # a book flows over as many pages as it needs
        return Fit(lay_out(sizes(job, {})), (1.0,), (), 1)
    if job.headline:
        _refuse_long_slogan(job, job.headline)
    searches = {region: _search(job, region) for region in job.regions}
    layouts = 0
    while layouts < ROUNDS and (open_regions := [r for r in job.regions if not searches[r].done]):
        laid_out = lay_out(sizes(job, {region: searches[region].scale for region in open_regions}))
        layouts += 1
        for region in open_regions:
            searches[region].learn(_fill(region, laid_out))
    best = {region: searches[region].fits for region in job.regions}
    if None in best.values():
        raise Rejected(_overruns(job, searches, lay_out))
    scales, fills = zip(*(trial for trial in best.values() if trial), strict=True)
    final = lay_out(sizes(job, dict(zip(job.regions, scales, strict=True)), fills))
    if final.pages != job.pages:
        message = f"{job.name}: {final.pages} pages instead of {job.pages}"
        raise Rejected([finding("press-warning", job.source, message=message)])
    return Fit(final, scales, fills, layouts + 1)


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
        scale = scales[region]
        em = region.nearness * max(1.0, scale)
        values = {f"--{code}": unit * em for code, unit in job.units}
        values["--spread"] = _spread(region, fills[number]) if fills else 0
        if job.headline:
            values["--headline"] = headline_mm(job, job.headline, scale)
            values["--sign"] = sign_mm(job.headline, values["--headline"])
        text = "; ".join(f"{name}: {value:.3f}mm" for name, value in values.items())
        rules.append(f"#{region.id} {{ {text} }}")
    return "\n".join(rules)


def headline_mm(job: Job, room: HeadlineRoom, scale: float) -> float:
    """The slogan's em in mm at a scale."""
    wanted = room.ratio * job.units[0][1] * scale
    return min(max(wanted, room.floor_mm), room.ceiling_mm)


def sign_mm(room: HeadlineRoom, headline: float) -> float:
    """Side of the large sign in mm: as high as the slogan's lines, within its share of the sheet."""
    return min(room.sign_mm, headline * LEADING * max(2, len(room.lines)))


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
