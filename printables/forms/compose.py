"""Form × Owner → Jobs: every variant of a form, in each language, on each of its pages."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from printables.chapters.owner import Owner
from printables.colours import custom_properties
from printables.findings import Finding, Rejected
from printables.forms import blocks, columns, lists, reading, sheets, typeface
from printables.forms.filled import Filled
from printables.forms.form import Form, Paper, rules
from printables.forms.pages import Page
from printables.forms.reading import Library
from printables.forms.sheets import Sheet
from printables.forms.shelf import Shelf
from printables.forms.typed import Typed
from printables.job import Job, Region
from printables.languages import VOICES
from printables.layout import owner_panel
from printables.layout.design import Design, find
from printables.layout.edition import PLACEHOLDERS, address, identify, stamp
from printables.layout.template import template
from printables.legibility import em_floor
from printables.words import WORDS

FORM = "form"
BOOKLET = "booklet-a4"
BOLD = re.compile(r"\*\*(.+?)\*\*")


def jobs(path: Path, library: Library, owner: Owner) -> tuple[list[Job], list[Finding]]:
    """Every job of the form in the file `path`; or the findings that prevent them."""
    try:
        shelf = library.shelf
    except Rejected:
        return [], []  # `shared` tells what is wrong with it, once for all forms
    try:
        form = reading.load(path, shelf)
        named = {path.stem: form}
        for variant in form.variants:
            named[f"{path.stem}-{variant.name}"] = form.varied(variant)
        return [
            job
            for code, each in named.items()
            for language in VOICES
            for job in _pages(path, code, each, shelf, owner, language)
        ], []
    except Rejected as rejected:
        return [], rejected.findings


def to_fill(path: Path, library: Library, owner: Owner, language: str) -> Job:
    """The form in a language on its first page, with boxes that a list of firms fills; raises Rejected."""
    form = reading.load(path, library.shelf)
    design, paper = find(FORM), rules().pages[form.pages[0]]
    sheet = Sheet(
        form, library.shelf, rules().pages[form.enlarges or form.pages[0]], language, str(path)
    )
    laid = sheets.laid(sheet) if form.look != "certificate" else []
    filled = Filled(language, design.spec.distance_m, centred=form.look == "certificate")
    html = _render(design, path.stem, sheet, laid, owner, filled=filled)
    identifier = identify(html, path.stem, FORM, language)
    job = _job(design, owner, path.stem, sheet, paper, len(laid) or 1, html, "", identifier)
    regions = tuple(
        replace(each, inside=(*each.inside, *filled.inside.get(each.page, ())))
        for each in job.regions
    )
    reserved = (*job.reserved, *filled.reserved)
    return replace(job, regions=regions, reserved=reserved, finishings=())


def shared(library: Library) -> tuple[list[Job], list[Finding]]:
    """No job, and what is wrong with what all forms share."""
    try:
        library.shelf  # noqa: B018 (reads it)
    except Rejected as rejected:
        return [], rejected.findings
    return [], []


def _pages(
    path: Path, code: str, form: Form, shelf: Shelf, owner: Owner, language: str
) -> list[Job]:
    """A form in a language on each of its pages; they are one edition, whose id is that of the first."""
    design, identifier = find(FORM), ""
    made: list[Job] = []
    for page in form.pages:
        paper = rules().pages[page]
        set_on = rules().pages[form.enlarges or page]
        sheet = Sheet(form, shelf, set_on, language, str(path))
        laid = sheets.laid(sheet) if form.look != "certificate" else []
        unstamped = _render(design, code, sheet, laid, owner)
        identifier = identifier or identify(unstamped, code, FORM, language)
        typed = ""
        is_ledger = form.workbook is not None and not form.workbook.of
        if not made and set_on == paper and not is_ledger:  # no wall chart, nor what is a workbook
            typed = _render(design, code, sheet, laid, owner, Typed(code, language))
        made.append(
            _job(design, owner, code, sheet, paper, len(laid) or 1, unstamped, typed, identifier)
        )
    return made


def _job(
    design: Design,
    owner: Owner,
    code: str,
    sheet: Sheet,
    paper: Paper,
    pages: int,
    unstamped: str,
    typed: str,
    identifier: str,
) -> Job:
    form, language, zoom = sheet.form, sheet.language, paper.trim[0] / sheet.paper.trim[0]
    codes = language.split("-")
    distance = round(design.spec.distance_m * zoom, 1)
    edition = f"{form.reviewed}·{identifier}"
    marks = {"edition": edition, "id": identifier, "distance": f"{distance:g}"}
    height = sheet.paper.trim[1] - sheet.paper.margins[2] + 1
    is_headed = form.look != "certificate"
    reserved = (
        owner_panel.reserved(design, owner, "none", language, paper.size) if is_headed else ()
    )
    owned = [box.id for box in reserved]
    return Job(
        source=sheet.source,
        chapter=f"forms/{code}",
        title=form.title[codes[0]],
        language=language,
        design=design.name,
        size=paper.size,
        trim=paper.trim,
        zoom=zoom,
        pages=pages,
        distance_m=distance,
        most=1.0,
        units=tuple((each, em_floor(each, distance) / zoom) for each in codes),
        headline=None,
        html=stamp(unstamped, **marks),
        typed=stamp(typed, **marks),
        style=f":root {{ {custom_properties()} }}\n{design.style}\n{typeface.rules()}",
        regions=tuple(
            Region(f"page-{n + 1}", n, height, (f"page-{n + 1}", *([] if n else owned)), gaps=0)
            for n in range(pages)
        ),
        sections=(),
        lines=(),
        finishings=(BOOKLET,) if form.fold else (),
        edition=edition,
        source_hash=hashlib.sha256(repr(form).encode()).hexdigest()[:12],
        reserved=reserved,
        firm=owner_panel.firm(owner) if reserved else None,
    )


def _render(
    design: Design,
    code: str,
    sheet: Sheet,
    pages: list[Page],
    owner: Owner,
    typed: Typed | None = None,
    filled: Filled | None = None,
) -> str:
    """The document with placeholders for the edition; its boxes are to be typed into (`typed`), or filled by a list."""
    return template(design).render(
        design=design,
        code=code,
        form=sheet.form,
        paper=sheet.paper,
        sheet=sheet,
        pages=pages,
        language=sheet.language,
        codes=sheet.language.split("-"),
        voices=dict(typeface.voices(sheet.language)),
        texts=lambda text: typeface.texts(text, sheet.language),
        is_beside=lambda title, room: blocks.option_width(title, sheet.language) <= room,
        above=typeface.ROLES["label"][sheet.language.partition("-")[0]].line + blocks.INSET,
        evened=lambda *title: round(typeface.even(*title) + 0.3, 2),
        held=typeface.held,
        dot=lists.DOT,
        title_height=lambda column: lists.title_height(column, sheet.language),
        rich=lambda text, language, role="said": _rich(
            text, language, role, sheet.shelf, typed or filled
        ),
        typed=typed,
        filled=filled,
        tick_widths=lambda column: columns.tick_widths(column, sheet.language),
        words=WORDS,
        edition=PLACEHOLDERS["edition"],
        address=address(owner.site, PLACEHOLDERS["id"]),
    )


def _rich(
    text: str, language: str, role: str, shelf: Shelf, boxes: Typed | Filled | None
) -> Markup:
    """A paragraph with its words in bold, and lines to write on where its holes are."""
    said, done, held = Markup(), 0, typeface.held(text, role)
    for hole in reading.HOLE.finditer(held):
        wide = blocks.hole_mm(hole, shelf)
        said += held[done : hole.start()]
        if boxes:
            said += boxes.hole(shelf.fields[hole[1]], wide, language)
        else:
            said += Markup('<span class="hole" style="width: {:g}mm"></span>').format(wide)
        done = hole.end()
    said += held[done:]
    return Markup(BOLD.sub(r"<b>\1</b>", str(said)))
