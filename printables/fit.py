"""The largest type that fills the sheet and never falls below what can be read.

One number, the scale, sizes a whole page: body text is `scale` times its floor, the slogan follows
in a fixed ratio until its widest line fills its room, the sign follows the slogan. Below scale 1 the
body stays at its floor and only the slogan shrinks, down to its own.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from printables.findings import Finding, Rejected, finding
from printables.job import Job
from printables.rect import Rect

FULL = 0.98  # a page this full is not laid out again to be fuller
AIM = (1 + FULL) / 2
START = 1.15
ROUNDS = 12
LEADING = 1.08  # line height of the slogan, see family.css


class Proof(Protocol):
    """What fit needs of a laid-out document."""

    @property
    def pages(self) -> int: ...

    def boxes(self, page: int) -> dict[str, Rect]: ...


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
    """What is known of a page: the largest scale that fits, the smallest that does not."""

    least: float
    most: float
    scale: float
    fits: tuple[float, float] | None = None
    over: tuple[float, float] | None = None
    done: bool = False

    def learn(self, fill: float) -> None:
        """Take note of the fill (used height / page height) at the present scale."""
        if fill > 1:
            self.over = (self.scale, fill)
        else:
            self.fits = (self.scale, fill)
        self.done = FULL <= fill <= 1 or (fill <= 1 and self.scale >= self.most) or self._closed()
        if not self.done:
            self.scale = self._next(fill)

    def _closed(self) -> bool:
        """Whether type can no longer grow by anything that an eye would see."""
        return bool(self.fits and self.over and self.over[0] / self.fits[0] < 1.008)

    def _next(self, fill: float) -> float:
        """Regula falsi on the logarithms of scale and fill; a guess until both sides are known."""
        if self.fits and self.over:
            (low, low_fill), (high, high_fill) = self.fits, self.over
            share = math.log(AIM / low_fill) / math.log(high_fill / low_fill)
            return low * (high / low) ** min(max(share, 0.1), 0.9)
        if fill < 1:
            return min(self.scale * (AIM / fill) ** 0.7, self.most)
        if self.scale <= 1 or fill > 1.3:
            return self.least  # either the slogan can make room for the rest, or nothing can
        return max(self.scale * (AIM / fill) ** 0.85, min(1.0, self.scale))

    @property
    def hopeless(self) -> bool:
        return self.over is not None and self.over[0] <= self.least


def fit(job: Job, lay_out: Callable[[str], P]) -> Fit[P]:
    """Find each page's scale, then spread what is left into its gaps.

    The search begins at the same scale for every job, so that a job alone decides its bytes.
    Raises Rejected where a page's copy does not fit at the floor, or the slogan its room.
    """
    _refuse_long_slogan(job)
    pages = [_Page(least(job, number), job.most, START) for number in range(job.pages)]
    layouts = 0
    while not all(page.done or page.hopeless for page in pages) and layouts < ROUNDS:
        proof = lay_out(sizes(job, [page.scale for page in pages]))
        layouts += 1
        _refuse_extra_pages(job, proof)
        for number, page in enumerate(pages):
            if not page.done and not page.hopeless:
                page.learn(_fill(job, proof, number))
        if any(page.hopeless for page in pages) and all(p.done or p.hopeless for p in pages):
            raise Rejected(_overruns(job, pages, proof))
    best = [page.fits for page in pages]
    if None in best:
        raise Rejected(_overruns(job, pages, proof))
    scales, fills = zip(*(known for known in best if known), strict=True)
    return Fit(lay_out(sizes(job, scales, fills)), scales, fills, layouts + 1)


def least(job: Job, page: int) -> float:
    """The smallest scale of a page: where the slogan reaches its floor, 1 where there is none."""
    room = job.headline
    if page > 0:
        return 1.0
    return min(1.0, room.floor_mm / (room.ratio * job.units[0][1]))


def sizes(job: Job, scales: Sequence[float], fills: Sequence[float] = ()) -> str:
    """The style that sets every page to its scale, and spreads the rest where fills are known."""
    rules = [f"@page {{ size: {job.trim[0]}mm {job.trim[1]}mm; margin: 0 }}"]
    for number, scale in enumerate(scales):
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
    return proof.boxes(number)[f"page-{number + 1}"]


def _fill(job: Job, proof: Proof, number: int) -> float:
    return _box(proof, number).bottom / job.trim[1]


def _refuse_extra_pages(job: Job, proof: Proof) -> None:
    if proof.pages != job.pages:
        reason = f"{proof.pages} pages instead of {job.pages}"
        raise Rejected([finding("press-warning", job.source, message=f"{job.name}: {reason}")])


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


def _overruns(job: Job, pages: list[_Page], proof: Proof) -> list[Finding]:
    """A finding for each page that is too full at the floor, naming the section that crosses."""
    findings = []
    for number, page in enumerate(pages):
        if not page.over or page.fits:
            continue
        over = _box(proof, number).bottom - job.trim[1]
        unit = job.units[0][1]
        section = _crossing(job, proof.boxes(number), over)
        findings.append(
            finding(
                "copy-too-long",
                job.source,
                job.line(section),
                design=job.design,
                language=job.language,
                page=number + 1,
                section=dict(job.sections)[section],
                over=f"{over:.0f}",
                lines=math.ceil(over / (unit * 1.5)),
            )
        )
    return findings


def _crossing(job: Job, boxes: dict[str, Rect], over: float) -> str:
    """The first section whose lower edge lies in what is too much; else the tallest."""
    sections = {name: boxes[name] for name, _ in job.sections if name in boxes}
    bottom = max(box.bottom for box in sections.values())
    crossing = [name for name, box in sections.items() if box.bottom > bottom - over]
    return crossing[0] if crossing else max(sections, key=lambda name: sections[name].height)
