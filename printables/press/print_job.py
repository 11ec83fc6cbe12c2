"""Job → Sheet: PDF, picture, finishings and measures; a pure function of the job."""

import io

from PIL import Image

from printables.findings import Finding, Rejected, finding
from printables.finishing import finish
from printables.job import PDF, Finished, Job
from printables.languages import written_in
from printables.legibility import IMPRINT_FLOOR_MM, height_floor
from printables.press import engine, measure
from printables.press.engine import Document, LaidOut
from printables.press.fit import fit
from printables.press.sheet import PICTURE, Sheet

ROUNDING_MM = 0.01


def print_sheet(job: Job) -> Sheet:
    """Fit, write, measure and finish one job.

    Raises Rejected where copy does not fit, a character has no glyph, text is too small to be read
    from the design's distance, or WeasyPrint reports anything at all.
    """
    with engine.listening() as warned:
        document = Document(job.html, job.style)
        fitted = fit(job, document.lay_out)
        pdf = fitted.laid_out.write(job.key[:32], job.zoom)
    if warned:
        raise Rejected(_warnings(job, warned))
    pages, lines = measure.lines(pdf, job.trim[0])
    message, imprint = _without_imprint(job, fitted.laid_out, lines)
    distances = [_distance(job, fitted.laid_out, line) for line in message]
    if findings := _too_small(job, message, distances, imprint):
        raise Rejected(findings)
    picture = engine.picture(pdf)
    finished = [_finish(job, pdf, finishing) for finishing in job.finishings]
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


def _emptiest(job: Job, pages: int, lines: list[measure.Line]) -> float:
    """Share of the page's height, 0 to 1, taken up by text on the emptiest page of a book."""
    spans = []
    for page in range(pages):
        boxes = [line.box for line in lines if line.page == page]
        spans.append(measure.around(boxes).height if boxes else 0.0)
    return min(spans) / job.trim[1]


def _finish(job: Job, pdf: bytes, finishing: str) -> tuple[Finished, bytes]:
    try:
        return finish(pdf, job, finishing)
    except ValueError as error:
        message = f"{job.name} {finishing}: {error}"
        raise Rejected([finding("press-warning", job.source, message=message)]) from None


def _warnings(job: Job, warned: list[str]) -> list[Finding]:
    if characters := engine.missing_characters(warned):
        listed = " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        return [finding("glyph-missing", job.source, characters=listed)]
    return [finding("press-warning", job.source, message=f"{job.name}: {line}") for line in warned]


def _without_imprint(
    job: Job, laid_out: LaidOut, lines: list[measure.Line]
) -> tuple[list[measure.Line], list[measure.Line]]:
    """The lines of the message, and those of the imprint."""
    pages = [region.page for region in job.regions if "imprint" in region.inside]
    if not job.regions:  # the pages of a book or a set of letters are alike
        pages = list(range(laid_out.pages)) if "imprint" in laid_out.boxes else []
    imprints = [(page, laid_out.boxes["imprint"].times(job.zoom)) for page in pages]
    message: list[measure.Line] = []
    imprint: list[measure.Line] = []
    for line in lines:
        small = any(page == line.page and box.holds(line.box) for page, box in imprints)
        (imprint if small else message).append(line)
    return message, imprint


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
