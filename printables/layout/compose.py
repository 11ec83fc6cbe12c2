"""Chapter × Design × Owner → the Job: one HTML document and the limits within which it is set."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.findings import Finding, Rejected, finding, nearest
from printables.glyphs import width_em
from printables.job import Job, Region
from printables.languages import FACTS
from printables.last_net import reading
from printables.layout import calls, headline, hero, naming, owner_panel
from printables.layout.design import Design, find, names
from printables.layout.edition import PLACEHOLDERS, address, identify, stamp
from printables.layout.figures import figures_of
from printables.layout.outline import Box, outline
from printables.layout.panels import chief_scene, panels, scene_address, scene_says
from printables.layout.sources import of_sections
from printables.layout.template import style, template
from printables.legibility import em_floor
from printables.scenes import scene
from printables.signs.registry import find as find_sign
from printables.signs.registry import registry
from printables.words import WORDS


def jobs(twins: Mapping[str, Chapter], owner: Owner) -> tuple[list[Job], list[Finding]]:
    """Every job of a chapter's `prints`, in each size and language; findings for those that cannot be made."""
    with reading(next(iter(twins.values())).path):
        return _jobs(twins, owner)


def _jobs(twins: Mapping[str, Chapter], owner: Owner) -> tuple[list[Job], list[Finding]]:
    jobs, findings = [], []
    for name in next(iter(twins.values())).front.prints:
        if name not in names():
            continue  # the collection has a finding with the line
        try:
            design = find(name)
        except Rejected as rejected:
            findings += rejected.findings
            continue
        for language in languages_of(design, twins):
            try:
                jobs += _in_sizes(design, twins, language, owner, design.spec.sizes)
            except Rejected as rejected:
                findings += rejected.findings
    return jobs, findings


def languages_of(design: Design, twins: Mapping[str, Chapter]) -> list[str]:
    """The languages in which the design can be printed from these twins.

    Several on one sheet only where they have the same items; the collection has findings where they differ.
    """
    return [
        code
        for code in design.spec.languages
        if all(part in twins for part in code.split("-"))
        and ("-" not in code or len({_shape(twins[part]) for part in code.split("-")}) == 1)
    ]


def _shape(chapter: Chapter) -> tuple[tuple[str, int], ...]:
    return tuple((section.role, len(section.items)) for section in chapter.sections)


def compose(
    design: Design, twins: Mapping[str, Chapter], language: str, owner: Owner, size: str = ""
) -> Job:
    """The job that prints the chapter in a design, a language ("zh", "en", "zh-en") and a size.

    Raises Rejected where the design lacks the size, or the chapter a role that the design takes.
    """
    size = size or design.spec.sizes[0]
    if size not in design.spec.sizes:
        near = ", ".join(design.spec.sizes)
        source = next(iter(twins.values())).path
        raise Rejected(
            [finding("size-not-offered", source, design=design.name, size=size, near=near)]
        )
    return _in_sizes(design, twins, language, owner, (size,))[0]


def _in_sizes(
    design: Design,
    twins: Mapping[str, Chapter],
    language: str,
    owner: Owner,
    sizes: Sequence[str],
) -> list[Job]:
    """The jobs in these sizes of the design; their documents differ in the reading distance alone, so one is rendered."""
    voices = [twins[code] for code in language.split("-")]
    lead = voices[0]
    _refuse_missing(design, voices, language)
    lines = hero.lines(design, voices)
    pieces = _pieces(design, lead, lines) if _in_a_row(design) else ()
    unstamped = _render(design, voices, owner, language, lines, pieces)
    boxes = outline(unstamped)
    return [
        _in_size(design, voices, language, owner, size, unstamped, boxes, pieces) for size in sizes
    ]


def _in_size(
    design: Design,
    voices: list[Chapter],
    language: str,
    owner: Owner,
    size: str,
    unstamped: str,
    boxes: Mapping[str, Box],
    pieces: tuple[str, ...],
) -> Job:
    codes, lead = language.split("-"), voices[0]
    zoom, distance = design.zoom(size), design.distance(size)
    identifier = identify(unstamped, lead.name, design.name, language, lead.front.tone)
    edition = f"{max(voice.front.reviewed for voice in voices)}·{identifier}"
    stamped = partial(stamp, edition=edition, id=identifier, distance=f"{distance:g}")
    return Job(
        source=str(lead.path),
        chapter=lead.name,
        title=lead.front.title,
        language=language,
        design=design.name,
        size=size,
        trim=_trim(design, size, voices),
        zoom=zoom,
        pages=design.spec.pages,
        distance_m=distance,
        most=design.spec.most,
        units=tuple((code, em_floor(code, distance) / zoom) for code in codes),
        headline=hero.room(design, voices, size),
        html=stamped(unstamped),
        style=style(design, owner),
        regions=_regions(design, size, boxes, stamped, em_floor(codes[0], distance) / zoom),
        sections=_section_titles(design, lead),
        lines=_section_lines(design, lead),
        finishings=design.spec.finishings.get(size, ()),
        folds_mm=tuple(tuple(at * zoom for at in page) for page in design.spec.folds_mm),
        titles=naming.titles(lead.front.title, design, size, language),
        duplex=design.duplex,
        guide=naming.guide(language),
        leaves=tuple(f"{number} {piece}" for number, piece in enumerate(pieces, 1)),
        reserved=owner_panel.reserved(design, owner, lead.front.tone, language, size),
        firm=owner_panel.firm(owner) if design.spec.owner else None,
        edition=edition,
        source_hash="-".join(voice.source_hash for voice in voices),
    )


def _in_a_row(design: Design) -> bool:
    """True if its pages hang side by side."""
    return design.spec.sides == 1 and not design.spec.pages


def _pieces(design: Design, lead: Chapter, lines: tuple[str, ...]) -> tuple[str, ...]:
    """What hangs side by side, a sheet each: the characters of the slogan, or its phrases that can be read from the distance."""
    language, spec = lead.language, design.spec
    if not FACTS[language].is_spaced:
        return tuple("".join(lines))
    live = design.trim(spec.sizes[0])[1] - 2 * spec.margin_mm
    return headline.phrases(lead.front.slogan, language, live / em_floor(language, spec.distance_m))


def asked(name: str, twins: Mapping[str, Chapter], language: str, path: Path) -> Design:
    """The design `name`; raises Rejected where it is not made in `language`, or a chapter for it is missing."""
    design = find(name)
    offered = languages_of(design, twins)
    if language not in offered:
        near = nearest(language, offered)
        refusal = finding("language-not-offered", path, design=name, language=language, near=near)
        raise Rejected([refusal])
    return design


def _refuse_missing(design: Design, voices: list[Chapter], language: str) -> None:
    findings = [
        finding("role-missing", voice.path, design=design.name, role=role)
        for voice in voices
        for role in design.spec.roles
        if voice.section(role) is None
    ]
    if findings:
        raise Rejected(findings)


def _trim(design: Design, size: str, voices: list[Chapter]) -> tuple[float, float]:
    """Width and height of the finished sheet in mm; a banner is as wide as its longest line needs, and a phrase lies."""
    width, height = design.trim(size)
    if _in_a_row(design) and FACTS[voices[0].language].is_spaced:
        width, height = height, width
    if line := design.spec.line:
        ems = ems_of(design, voices)
        lengths = (em * width_em(_one_line(v)) for em, v in zip(ems, voices, strict=True))
        width = float(math.ceil((max(lengths) + line.added_mm) * design.zoom(size)))
    return width, height


def ems_of(design: Design, voices: list[Chapter]) -> tuple[float, ...]:
    """Em in mm of a one-line design's slogan, one for each language; none for other designs.

    The second language grows until it is as wide as the first, and is never smaller than can be read.
    """
    line, codes = design.spec.line, [voice.language for voice in voices]
    if line is None:
        return ()
    if len(voices) == 1:
        return (getattr(line.em_mm, codes[0]),)
    first, second = line.both_em_mm
    wide, narrow = (width_em(_one_line(voice)) for voice in voices)
    floor = em_floor(codes[1], design.spec.distance_m)
    return first, max(floor, min(second, round(first * wide / narrow, 1)))


def _one_line(voice: Chapter) -> str:
    """The slogan on a banner: in Chinese its breath groups are an em apart."""
    return FACTS[voice.language].gap.join(voice.front.slogan.split())


def _regions(
    design: Design,
    size: str,
    boxes: Mapping[str, Box],
    stamped: Callable[[str], str],
    unit_mm: float,
) -> tuple[Region, ...]:
    """The regions of a document that has these boxes when it is stamped; `unit_mm` is the smallest em."""
    height = design.trim(size)[1] / design.zoom(size)
    declared = [
        (region.id, region.page - 1, region.height_mm, _nearness(design, region.distance_m))
        for region in design.spec.regions
    ]
    regions = declared or [(f"page-{n + 1}", n, height, 1.0) for n in range(design.spec.pages)]
    solid = design.spec.solid_mm or (math.inf,) * len(regions)
    return tuple(
        Region(
            name,
            page,
            height,
            start=min(
                _start(stamped(boxes[name].text), side, unit_mm * nearness), design.spec.most
            ),
            nearness=nearness,
            inside=tuple(boxes[name].inside),
            gaps=boxes[name].spreads,
        )
        for (name, page, height, nearness), side in zip(regions, solid, strict=True)
    )


def _start(text: str, solid_mm: float, unit_mm: float) -> float:
    """The scale at which the text of a region, set solid, fills a square of side `solid_mm`."""
    return solid_mm / (unit_mm * math.sqrt(width_em(text) + 1))


def _nearness(design: Design, distance_m: float | None) -> float:
    return distance_m / design.spec.distance_m if distance_m else 1.0


def _section_titles(design: Design, lead: Chapter) -> tuple[tuple[str, str], ...]:
    sections = ((role, lead.section(role)) for role in design.spec.roles)
    titles = tuple((role, section.title) for role, section in sections if section)
    return (("slogan", lead.front.slogan), *titles)


def _section_lines(design: Design, lead: Chapter) -> tuple[tuple[str, int], ...]:
    sections = ((role, lead.section(role)) for role in design.spec.roles)
    lines = tuple((role, section.line) for role, section in sections if section)
    return (("slogan", lead.slogan_line), *lines)


def _render(
    design: Design,
    voices: list[Chapter],
    owner: Owner,
    language: str,
    lines: tuple[str, ...],
    pieces: tuple[str, ...],
) -> str:
    """The document with placeholders for the edition, which is a hash of it, and the distance."""
    lead = voices[0]
    return template(design).render(
        design=design,
        voices=voices,
        lead=lead,
        lines=lines,
        pieces=pieces,
        owner=owner,
        calls=calls.in_foot(lead, owner),
        fewer_calls=calls.fewer(lead, owner),
        urgent=calls.urgent(lead, owner),
        language=language,
        address=address(owner.site, PLACEHOLDERS["id"]),
        edition=PLACEHOLDERS["edition"],
        identifier=PLACEHOLDERS["id"],
        words=WORDS,
        distance=PLACEHOLDERS["distance"],
        ems=ems_of(design, voices),
        height=partial(owner_panel.height, language=language),
        label_mm=owner_panel.label_mm(design),
        one_line=_one_line,
        signs={code: sign.name for code, sign in registry().items()},
        named=partial(_named, design),
        cited=of_sections(design, lead),
        figures_of=partial(figures_of, design),
        panels=panels(design, lead),
        chief_scene=chief_scene(lead),
        has_scene=hero.scene_share(design, voices) > 0,
        has_sign=hero.has_sign(design, voices),
        scene=partial(scene_address, lead.project / scene.PLACE),
        scene_says=partial(scene_says, lead.project / scene.PLACE),
    )


def _named(design: Design, voice: Chapter, room_mm: float) -> tuple[float, tuple[str, ...]]:
    """Largest em in mm, and the lines, of the first sign's name in the fewest lines legible in `room_mm`."""
    code = voice.language
    name = find_sign(voice.front.signs[0]).label[code]
    lines = headline.fewest(name, code, room_mm / em_floor(code, design.spec.distance_m))
    return room_mm / max(map(width_em, lines)), lines
