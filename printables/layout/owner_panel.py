"""The owner's panel: the boxes that a design reserves, and what of the owner can stand in them."""

from collections.abc import Iterable, Iterator, Sequence

from printables.chapters.owner import Owner
from printables.colours import COLOURS, TONES
from printables.job import Firm, Kind, Reserved
from printables.languages import FACTS, LANGUAGES
from printables.layout.design import Design, Ground, OwnerBox, OwnerPanel
from printables.layout.lettering import LEADING, Room
from printables.legibility import IMPRINT_FLOOR_MM, em_floor
from printables.words import WORDS

KINDS: tuple[Kind, ...] = ("1", "2")  # of the boxes for telephones
NUMBERS = len(KINDS)
PAPER = COLOURS["white"].light
LABEL = 0.5  # of the smallest type: what an empty box is for, read by whoever fills it in
LEAST_LABEL_MM = 2.8  # an imprint's, in every language


def reserved(
    design: Design, owner: Owner, tone: str, language: str, size: str
) -> tuple[Reserved, ...]:
    """The boxes that a design reserves on a size of a sheet; those of words first, as they are read."""
    codes = tuple(language.split("-"))
    made = [
        Reserved(
            name,
            kind,
            codes,
            _least(design, box, codes, size),
            *_colours(box.on, owner, tone),
            box.centred,
            label=tuple((code, WORDS[code][box.label]) for code in codes if box.label),
            label_mm=label_mm(design) * design.zoom(size),
        )
        for name, kind, box in _boxes(design)
    ]
    if design.spec.owner and (mark := design.spec.owner.mark):
        colours = _colours(mark.on, owner, tone)
        made.append(Reserved("owner-mark", "mark", codes, (), *colours))
    return tuple(made)


def height(box: OwnerBox, what: str, language: str) -> str:
    """Height in CSS of a box for a `name`, or for a `number`."""
    lines = _lines(box, language, is_name=what == "name") * LEADING
    return f"{lines * box.em_mm:.3f}mm" if box.em_mm else f"calc({lines:.3f} * var(--u))"


def label_mm(design: Design) -> float:
    """Em of what an empty box says, on the first size."""
    return round(max(LEAST_LABEL_MM, LABEL * em_floor(LANGUAGES[0], design.spec.distance_m)), 2)


def rooms(designs: Iterable[Design]) -> Iterator[tuple[Design, str, str, Room]]:
    """Every box for words, on the first size, where type is smallest: its design and language, its kind, its room."""
    for design in designs:
        for language in design.spec.languages:
            for _, kind, box in _boxes(design):
                codes = tuple(language.split("-"))
                least = _least(design, box, codes, design.spec.sizes[0])
                lines = _lines(box, language, is_name=not kind.isdecimal())
                height = lines * LEADING * (box.em_mm or least[0][1])
                yield design, language, kind, Room(box.width_mm, height, codes, least)


def firm(owner: Owner) -> Firm:
    """What a stamp prints of an owner."""
    marks = ((owner.colours.band, owner.logo), (PAPER, owner.logo_on_paper)) if owner.logo else ()
    return Firm(
        name=tuple((code, owner.name[code]) for code in LANGUAGES),
        short=tuple((code, owner.short[code]) for code in LANGUAGES) if owner.short else (),
        telephones=tuple(
            (
                tuple((code, contact[code]) for code in LANGUAGES),
                tuple(
                    (code, tuple(each.shown for each in contact.numbers(code)))
                    for code in LANGUAGES
                ),
            )
            for contact in owner.contacts[:NUMBERS]
        ),
        marks=marks,
    )


def _boxes(design: Design) -> Iterator[tuple[str, Kind, OwnerBox]]:
    panel = design.spec.owner or OwnerPanel()
    if panel.name:
        yield "owner-name", "short" if panel.name.short else "name", panel.name
    if panel.number:
        for number in range(1, NUMBERS + 1):
            yield f"owner-number-{number}", KINDS[number - 1], panel.number


def _lines(box: OwnerBox, language: str, *, is_name: bool) -> float:
    """Lines of a sheet's first language; a name may be in another one alone, whose line is higher."""
    lines = box.lines["-" in language]
    if box.em_mm or not is_name:
        return lines
    ems = {code: em_floor(code, 1) for code in LANGUAGES}
    return max(lines, max(ems.values()) / ems[language.partition("-")[0]])


def _least(
    design: Design, box: OwnerBox, codes: Sequence[str], size: str
) -> tuple[tuple[str, float], ...]:
    """The smallest em in mm by language: as large as can be read from afar, or as an imprint."""
    near = (box.distance_m or design.spec.distance_m) / design.spec.distance_m
    ordered = (*codes, *(code for code in LANGUAGES if code not in codes))
    if box.em_mm and box.alike:
        return tuple((code, box.em_mm) for code in ordered)
    if box.em_mm and not box.distance_m:
        return tuple((code, IMPRINT_FLOOR_MM / FACTS[code].face) for code in ordered)
    return tuple((code, em_floor(code, design.distance(size) * near)) for code in ordered)


def _colours(on: Ground, owner: Owner, tone: str) -> tuple[str, str]:
    """Ink and ground, as #rrggbb."""
    if on == "band":
        return owner.colours.type, owner.colours.band
    if on == "tone":
        return TONES[tone].type.light, TONES[tone].ground.light
    return COLOURS["black"].light, PAPER
