"""Job → Sheet, before it is stamped: PDF, picture, finishings and measures; a pure function of the job."""

import io
from collections.abc import Mapping, Sequence
from functools import cache, partial

from PIL import Image

from printables.findings import Finding, Rejected, finding
from printables.finishing import finish
from printables.geometry import CUT_MARGIN_MM, OFFICE_MARGIN_MM, Rect
from printables.job import PDF, Finished, Job, Region, Reserved
from printables.languages import written_in
from printables.legibility import IMPRINT_FLOOR_MM, height_floor
from printables.press import engine, measure
from printables.press.castoff import CastOff
from printables.press.engine import Document, LaidOut
from printables.press.fit import Heights, fit, properties, sizes
from printables.press.reserve import Place, reserve
from printables.press.sheet import PICTURE, Sheet
from printables.sizes import SIZES

ROUNDING_MM = 0.01
NEAR = ("imprint", "scan", "here")  # ids of boxes that are read from near


def print_sheet(job: Job) -> Sheet:
    """Fit, write, measure and finish one job; boxes that a firm is stamped into stay empty, on its picture for good.

    Raises Rejected where copy does not fit, a character has no glyph, text is too small to be read
    from the design's distance, or WeasyPrint reports anything at all.
    """
    with engine.listening() as warned:
        document = Document(job.html, job.style)
        fitted = fit(job, document.lay_out, partial(cast_off, document))
        pdf = fitted.laid_out.write(
            job.blank.key[:32], job.zoom, job.called(), job.duplex, job.leaves
        )
        typed = _typed(job, fitted.scales) if job.typed else []
    if warned:
        raise Rejected(_warnings(job, warned))
    pages, lines = measure.lines(pdf, job.trim[0])
    message, imprint = _without_imprint(job, fitted.laid_out, lines)
    distances = [_distance(job, fitted.laid_out, line) for line in message]
    findings = _too_small(job, message, distances, imprint)
    boxes = _boxes(job, fitted.laid_out)
    findings += _at_the_edge(job, [*message, *imprint])
    if findings := findings or _crossed(job, boxes, lines):
        raise Rejected(findings)
    pdf = reserve(pdf, boxes)
    finished = [*(_finish(job, pdf, finishing) for finishing in job.finishings), *typed]
    picture = engine.picture(pdf)
    return Sheet(
        files={PDF: pdf, PICTURE: picture} | {after.suffix: file for after, file in finished},
        picture_px=Image.open(io.BytesIO(picture)).size,
        pages=pages,
        scales=fitted.scales,
        fill=min(fitted.fills) if fitted.fills else _emptiest(job, pages, lines),
        smallest_text_mm=min(
            line.height_mm
            for line, distance in zip(message, distances, strict=True)
            if distance == job.distance_m
        ),
        layouts=fitted.layouts,
        finished=tuple(after for after, _ in finished),
    )


def cast_off(document: Document, job: Job, scales: Mapping[Region, float]) -> Heights:
    """Predictions of the heights of a job's regions."""
    given = {region.id: properties(job, region, scale) for region, scale in scales.items()}
    return CastOff(document, sizes(job, scales), job.trim[0] / job.zoom, given).height_mm


def _emptiest(job: Job, pages: int, lines: list[measure.Line]) -> float:
    """Share of the page's height, 0 to 1, taken up by text on the emptiest page of a book."""
    spans = []
    for page in range(pages):
        boxes = [line.box for line in lines if line.page == page]
        spans.append(measure.around(boxes).height if boxes else 0.0)
    return min(spans) / job.trim[1]


def _typed(job: Job, scales: Sequence[float]) -> list[tuple[Finished, bytes]]:
    """The same sheet with boxes to type into; it is laid out as the sheet is, whose scales it takes."""
    own = sizes(job, dict(zip(job.regions, scales, strict=True)))
    laid_out = Document(job.typed, job.style).lay_out(own, typed=True)
    if laid_out.pages != job.pages:
        message = f"{job.name}: {laid_out.pages} pages to type into instead of {job.pages}"
        raise Rejected([finding("press-warning", job.source, message=message)])
    pdf = laid_out.write(job.blank.key[:32], job.zoom, job.called(), job.duplex)
    pdf = reserve(pdf, _boxes(job, laid_out))
    return [(Finished("typed", laid_out.pages, job.trim, 0), pdf)]


def _finish(job: Job, pdf: bytes, finishing: str) -> tuple[Finished, bytes]:
    try:
        return finish(pdf, job, finishing, _guide(job.guide))
    except ValueError as error:
        message = f"{job.name} {finishing}: {error}"
        raise Rejected([finding("press-warning", job.source, message=message)]) from None


@cache
def _guide(html: str) -> bytes:
    """What stands above a map of tiles, as PDF; nothing for sheets without tiles."""
    return Document(html, "").lay_out("").write("guide") if html else b""


def _warnings(job: Job, warned: list[str]) -> list[Finding]:
    if characters := engine.missing_characters(warned):
        listed = " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        return [finding("glyph-missing", job.source, characters=listed)]
    return [finding("press-warning", job.source, message=f"{job.name}: {line}") for line in warned]


def _without_imprint(
    job: Job, laid_out: LaidOut, lines: list[measure.Line]
) -> tuple[list[measure.Line], list[measure.Line]]:
    """The lines of the message, and those read from near: of the imprint, at the code, in the box for the address.

    Words that a logo is drawn with are neither.
    """
    near = [place for name in NEAR for place in _places(job, laid_out, name)]
    logos = _places(job, laid_out, "logo")
    message: list[measure.Line] = []
    imprint: list[measure.Line] = []
    for line in lines:
        if not _stands_in(line, logos):
            (imprint if _stands_in(line, near) else message).append(line)
    return message, imprint


def _boxes(job: Job, laid_out: LaidOut) -> dict[Reserved, list[Place]]:
    """The places that are kept for the owner."""
    return {
        box: _places(job, laid_out, box.id)
        if box.page is None
        else [(box.page % laid_out.pages, laid_out.boxes[box.id].times(job.zoom))]
        for box in job.reserved
    }


def _places(job: Job, laid_out: LaidOut, name: str) -> list[Place]:
    """Page and box, in mm, of every element with an id."""
    if name not in laid_out.boxes:
        return []
    # The pages of a set of letters are alike.
    inside = [region.page for region in job.regions if name in region.inside]
    pages = inside if job.regions else range(laid_out.pages)
    return [(page, laid_out.boxes[name].times(job.zoom)) for page in pages]


def _stands_in(line: measure.Line, places: list[tuple[int, Rect]]) -> bool:
    return any(page == line.page and box.holds(line.box) for page, box in places)


def _distance(job: Job, laid_out: LaidOut, line: measure.Line) -> float:
    """The distance in m from which a line is read: that of its region."""
    near = (
        region.nearness
        for region in job.regions
        if region.page == line.page and laid_out.boxes[region.id].times(job.zoom).holds(line.box)
    )
    return job.distance_m * next(near, 1.0)


def _too_small(
    job: Job, message: list[measure.Line], distances: list[float], imprint: list[measure.Line]
) -> list[Finding]:
    findings = []
    for line, distance in zip(message, distances, strict=True):
        floor = height_floor(written_in(line.text), distance)
        if line.height_mm < floor - ROUNDING_MM:
            findings.append(_small(job, "text-too-small", line, floor, distance))
    for line in imprint:
        if line.height_mm < IMPRINT_FLOOR_MM - ROUNDING_MM:
            findings.append(
                _small(job, "imprint-too-small", line, IMPRINT_FLOOR_MM, job.distance_m)
            )
    return findings


def _margin(job: Job) -> float:
    """How near to its edge, in mm, a sheet is printed."""
    return CUT_MARGIN_MM if max(job.trim) < SIZES["a6"].trim[0] else OFFICE_MARGIN_MM


def _at_the_edge(job: Job, lines: list[measure.Line]) -> list[Finding]:
    """A finding for the line that stands nearest to the edge of its sheet, where it stands too near."""
    width, height = job.trim

    def edge(line: measure.Line) -> float:
        box = line.box
        return min(box.left, box.top, width - box.right, height - box.bottom)

    nearest = min(lines, key=edge)
    if (near := edge(nearest)) >= _margin(job) - ROUNDING_MM:
        return []
    values = {
        "text": nearest.text.strip()[:40],
        "near": f"{near:.1f}",
        "least": f"{_margin(job):g}",
    }
    return [
        finding("text-at-the-edge", job.source, design=job.design, language=job.language, **values)
    ]


def _crossed(
    job: Job, boxes: Mapping[Reserved, Sequence[Place]], lines: list[measure.Line]
) -> list[Finding]:
    """Findings for boxes that leave the sheet, or into which something else reaches."""
    width, height = job.trim
    edge = _margin(job) - ROUNDING_MM
    live = Rect(edge, edge, width - edge, height - edge)
    places = [(box.id, page, at) for box, found in boxes.items() for page, at in found]
    texts = [(line.text.strip()[:40], line.page, part) for line in lines for part in line.parts]
    wrong = [(name, "") for name, _, at in places if not live.holds(at, ROUNDING_MM)]
    for number, (name, page, at) in enumerate(places):
        others = [*texts, *places[number + 1 :]]
        wrong += [(name, text) for text, on, part in others if on == page and at.meets(part)]
    return [
        finding(
            "owner-box-crossed",
            job.source,
            design=job.design,
            language=job.language,
            box=name,
            text=text,
        )
        for name, text in wrong[:1]
    ]


def _small(job: Job, code: str, line: measure.Line, floor: float, distance: float) -> Finding:
    return finding(
        code,
        job.source,
        design=job.design,
        language=job.language,
        text=line.text.strip()[:40],
        height=f"{line.height_mm:.2f}",
        floor=f"{floor:.2f}",
        distance=f"{distance:g}",
    )
