"""The largest type that fills the sheet and never falls below what can be read.

One number, the scale, sizes a whole page: body text is `scale` times its floor, the slogan follows
in a fixed ratio until its widest line fills its room, the sign follows the slogan. Below scale 1 the
body stays at its floor and only the slogan shrinks, down to its own.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from printables.findings import Finding, Rejected, finding
from printables.job import Job
from printables.rect import Rect

FULL = 0.98  # a page this full is not laid out again to be fuller
AIM = (1 + FULL) / 2
NEAR = 1.015
ROUNDS = 12
LEADING = 1.08  # line height of the slogan, see family.css


class Proof(Protocol):
    """What fit needs of a laid-out document."""

    @property
    def pages(self) -> int: ...

    @property
    def boxes(self) -> Mapping[str, Rect]: ...


P = TypeVar("P", bound=Proof)


@dataclass(frozen=True)
class Fit(Generic[P]):
    """A job laid out for good: scale and fill of each page, and the number of layouts it took."""

    proof: P
    scales: tuple[float, ...]
    fills: tuple[float, ...]
    layouts: int


@dataclass
class _Page:
    """What is known of a page: its trials, the largest scale that fits, the smallest that does not."""

    least: float
    most: float
    scale: float
    trials: list[tuple[float, float]] = field(default_factory=list)
    fits: tuple[float, float] | None = None
    over: tuple[float, float] | None = None

    def learn(self, fill: float) -> None:
        """Take note of the fill (used height / page height) at the present scale."""
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
        """Whether the page is full, or its type can no longer grow by what an eye would see."""
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
        """Regula falsi on the logarithms of scale and fill; beyond the trials, their secant."""
        if self.fits and self.over:
            (low, low_fill), (high, high_fill) = self.fits, self.over
            share = math.log(AIM / low_fill) / math.log(high_fill / low_fill)
            return low * (high / low) ** min(max(share, 0.15), 0.85)
        scale, fill = self.trials[-1]
        if fill > 1 and scale <= 1:
            return self.least  # either the slogan can make room for the rest, or nothing can
        guess = scale * (AIM / fill) ** (1 / self._slope())
        if guess < 1:
            return math.sqrt(self.least)  # below 1 only the slogan gives way, at another slope
        return min(guess, self.most)

    def _slope(self) -> float:
        """How fast the fill grows with the scale, both as logarithms: 1.4 until two trials tell."""
        if len(self.trials) < 2:
            return 1.4
        (a, fill_a), (b, fill_b) = self.trials[-2:]
        slope = math.log(fill_b / fill_a) / math.log(b / a)
        return min(max(slope, 0.4), 2.5)


def fit(job: Job, lay_out: Callable[[str], P]) -> Fit[P]:
    """Find each page's scale, then spread what is left into its gaps.

    The search begins at the same scale for every job, so that a job alone decides its bytes.
    Raises Rejected where a page's copy does not fit at the floor, or the slogan its room.
    """
    _refuse_long_slogan(job)
    pages = [_Page(least(job, number), job.most, job.start) for number in range(job.pages)]
    layouts = 0
    while layouts < ROUNDS and (open_pages := [n for n, page in enumerate(pages) if not page.done]):
        proof = lay_out(sizes(job, {number: pages[number].scale for number in open_pages}))
        layouts += 1
        _refuse_extra_pages(job, proof, len(open_pages))
        for number in open_pages:
            pages[number].learn(_box(proof, number).bottom / job.trim[1])
    if any(page.fits is None for page in pages):
        raise Rejected(_overruns(job, pages, lay_out))
    scales, fills = zip(*(page.fits for page in pages if page.fits), strict=True)
    final = lay_out(sizes(job, dict(enumerate(scales)), fills))
    _refuse_extra_pages(job, final, job.pages)
    return Fit(final, scales, fills, layouts + 1)


def least(job: Job, page: int) -> float:
    """The smallest scale of a page: where the slogan reaches its floor, 1 where there is none."""
    room = job.headline
    if page > 0:
        return 1.0
    return min(1.0, room.floor_mm / (room.ratio * job.units[0][1]))


def sizes(job: Job, scales: Mapping[int, float], fills: Sequence[float] = ()) -> str:
    """The style that sets pages to their scales, and spreads the rest where fills are known.

    Pages without a scale are left out.
    """
    rules = [f"@page {{ size: {job.trim[0]}mm {job.trim[1]}mm; margin: 0 }}"]
    for number in range(job.pages):
        if number not in scales:
            rules.append(f"#page-{number + 1} {{ display: none }}")
            continue
        scale = scales[number]
        values = {f"--{code}": unit * max(1.0, scale) for code, unit in job.units}
        values["--headline"] = headline_mm(job, scale)
        values["--sign"] = sign_mm(job, values["--headline"])
        values["--spread"] = _spread(job, number, fills[number]) if fills else 0
        text = "; ".join(f"{name}: {value:.3f}mm" for name, value in values.items())
        rules.append(f"#page-{number + 1} {{ {text} }}")
    return "\n".join(rules)


def headline_mm(job: Job, scale: float) -> float:
    """The slogan's em at a scale."""
    room = job.headline
    wanted = room.ratio * job.units[0][1] * scale
    return min(max(wanted, room.floor_mm), room.ceiling_mm)


def sign_mm(job: Job, headline: float) -> float:
    """The large sign is as high as the slogan's block, within its share of the sheet."""
    return min(job.headline.sign_mm, headline * LEADING * max(2, len(job.headline.lines)))


def _spread(job: Job, page: int, fill: float) -> float:
    left = (1 - fill) * job.trim[1] - 0.05  # what rounding may add stays on the sheet
    return max(left, 0) / max(job.gaps[page], 1)


def _box(proof: Proof, number: int) -> Rect:
    return proof.boxes[f"page-{number + 1}"]


def _refuse_extra_pages(job: Job, proof: Proof, expected: int) -> None:
    if proof.pages != expected:
        message = f"{job.name}: {proof.pages} pages instead of {expected}"
        raise Rejected([finding("press-warning", job.source, message=message)])


def _refuse_long_slogan(job: Job) -> None:
    room = job.headline
    findings = [
        finding(
            "slogan-too-long",
            job.source,
            job.line("slogan"),
            line=line,
            design=job.design,
            language=job.language,
            height=f"{room.floor_mm:.0f}",
            width=f"{width * room.floor_mm:.0f}",
            room=f"{room.room_mm:.0f}",
            characters=int(len(line) * room.room_mm / (width * room.floor_mm)),
        )
        for line, width in zip(room.lines, room.widths_em, strict=True)
        if width * room.floor_mm > room.room_mm
    ]
    if findings:
        raise Rejected(findings)


def _overruns(job: Job, pages: list[_Page], lay_out: Callable[[str], Proof]) -> list[Finding]:
    """A finding for each page that is too full at the floor, naming the section that crosses."""
    proof = lay_out(sizes(job, {number: page.least for number, page in enumerate(pages)}))
    findings = []
    for number, page in enumerate(pages):
        if page.fits:
            continue
        over = _box(proof, number).bottom - job.trim[1]
        section = _crossing(job, number, proof.boxes, over)
        findings.append(
            finding(
                "copy-too-long",
                job.source,
                job.line(section),
                design=job.design,
                language=job.language,
                page=number + 1,
                section=dict(job.sections)[section],
                over=f"{over:.1f}",
                lines=math.ceil(over / (job.units[0][1] * 1.5)),
            )
        )
    return findings


def _crossing(job: Job, number: int, boxes: Mapping[str, Rect], over: float) -> str:
    """The first section of a page whose lower edge lies in what is too much; else the tallest."""
    sections = {name: boxes[name] for name in job.on_page[number] if name in boxes}
    bottom = max(box.bottom for box in sections.values())
    crossing = [name for name, box in sections.items() if box.bottom > bottom - over]
    return crossing[0] if crossing else max(sections, key=lambda name: sections[name].height)
