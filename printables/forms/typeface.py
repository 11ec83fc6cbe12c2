"""Type on forms: sizes and leading by role and voice, widths and lines of a text, and the CSS that says the same."""

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from printables.geometry import PT
from printables.glyphs import width_em
from printables.languages import HAN, WIDE, Both
from printables.layout import line_breaks


@dataclass(frozen=True)
class Face:
    """Size in pt and line height in mm."""

    pt: float
    line: float

    @property
    def em(self) -> float:
        """Size in mm."""
        return self.pt / PT


SECOND = "second"  # the voice below the first, where a sheet has two languages
# No text of a form is smaller than 9 pt.
ROLES = {
    "label": {"zh": Face(10.5, 4.9), "en": Face(9.5, 4.3), SECOND: Face(9, 3.9)},
    "head": {"zh": Face(9.5, 4.3), "en": Face(9, 3.9), SECOND: Face(9, 3.8)},
    "item": {"zh": Face(10, 4.7), "en": Face(9.5, 4.3), SECOND: Face(9, 3.8)},
    "said": {"zh": Face(10.5, 6.6), "en": Face(9.5, 5.6), SECOND: Face(9, 5.0)},
    "point": {"zh": Face(10.5, 5.0), "en": Face(9.5, 4.6), SECOND: Face(9, 3.9)},
    "section": {"zh": Face(11, 5.2), "en": Face(10.5, 5.0), SECOND: Face(9.5, 5.0)},
    "notice": {"zh": Face(13, 6.2), "en": Face(11.5, 5.2), SECOND: Face(9.5, 4.2)},
    "small": {"zh": Face(9, 4.3), "en": Face(9, 4.0), SECOND: Face(9, 3.9)},
}
WEIGHT = "Medium"
OPENS, CLOSES = "《（“‘〔「", "》）”’〕」，。、；：？！%"
IN_WORDS = ("label", "head", "item")  # in boxes so narrow that a line may end behind any word
GLUE = f"{line_breaks.JOINER}\u00a0"
UNIT = rf"[{OPENS}]*(?:[{HAN}{WIDE}]|[^\s{GLUE}{HAN}{WIDE}/–-]+[/–-]*|[/–-]+)[{CLOSES}]*"
TOKEN = re.compile(rf"{UNIT}(?:[{GLUE}]+{UNIT})*\s*")


def rules() -> str:
    """CSS of ROLES: classes `label zh`, `label en`, `label second`, …"""
    return "\n".join(
        f".{role}.{voice} {{ font-size: {face.pt}pt; line-height: {face.line}mm }}"
        for role, voices in ROLES.items()
        for voice, face in voices.items()
    )


def voices(language: str) -> list[tuple[str, str]]:
    """(language, voice) of a sheet's languages: zh-en → (zh, zh), (en, second)."""
    first, *others = language.split("-")
    return [(first, first), *((other, SECOND) for other in others)]


def texts(text: Both, language: str) -> list[tuple[str, str, str]]:
    """(language, voice, text) in the languages of a sheet; what is the same in all stands once."""
    spoken = [(code, voice, text[code]) for code, voice in voices(language)]
    return spoken[:1] if len({said for _, _, said in spoken}) == 1 else spoken


def held(text: str, role: str) -> Markup:
    """A text as it is printed, and measured: what must stay on one line is tied together."""
    return line_breaks.words(text) if role in IN_WORDS else line_breaks.hold(text)


@cache
def _em(text: str) -> float:
    return width_em(text, WEIGHT) if text else 0.0


def width(text: str, em: float) -> float:
    """Width in mm of one line set at `em` mm."""
    return _em(text) * em


@cache
def _tokens(text: str, role: str) -> tuple[tuple[float, float], ...]:
    """What a line can be parted into: the width in em of each part, and with the space behind it."""
    tied = held(text, role).unescape()
    tokens = (token.replace(line_breaks.JOINER, "") for token in TOKEN.findall(tied))
    return tuple((_em(token.rstrip()), _em(token)) for token in tokens)


@cache
def lines(text: str, role: str, room: float, em: float) -> int:
    """Lines that a text takes in `room` mm, set at `em` mm; 99 where a word is wider than the room."""
    count, line, most = 1, 0.0, room / em
    for own, spaced in _tokens(text, role):
        if own > most:
            return 99
        if line and line + own > most:
            count, line = count + 1, 0.0
        line += spaced
    return count


def height(text: Both, role: str, language: str, room: float) -> float:
    """Height in mm of a text in all languages of a sheet, one below the other, in `room` mm."""
    faces = ROLES[role]
    return sum(
        lines(said, role, room, faces[voice].em) * faces[voice].line
        for _, voice, said in texts(text, language)
    )


@cache
def narrowest(text: Both, role: str, language: str, most_lines: int) -> float:
    """Least width in mm at which a text takes at most `most_lines` in each language, in steps of half a mm."""
    faces, room = ROLES[role], 5.0
    for _, voice, said in texts(text, language):
        while lines(said, role, room, faces[voice].em) > most_lines:
            room += 0.5
    return room


def even(text: str, role: str, voice: str, room: float) -> float:
    """Width in mm at which a title of several lines has lines of about equal length; `room` where it has one."""
    em = ROLES[role][voice].em
    count, width = lines(text, role, room, em), room
    while count > 1 and width > 6 and lines(text, role, width - 0.5, em) == count:
        width -= 0.5
    return width
