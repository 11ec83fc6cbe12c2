"""The owner's words in the boxes of every design, tried before any chapter is set: what does not fit is the owner's to shorten."""

import base64
from bisect import bisect
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from printables.chapters import owner as owner_file
from printables.chapters import yaml_file
from printables.chapters.characters import undrawable
from printables.chapters.owner import Owner
from printables.chapters.yaml_file import line_of
from printables.findings import Finding, Rejected, finding
from printables.job import Firm
from printables.languages import FACTS, LANGUAGES
from printables.layout import owner_panel
from printables.layout.design import Design, every, find
from printables.layout.edition import DIGITS, address
from printables.layout.lettering import Room
from printables.layout.owner_words import set_in

CODE_MM = 14.5  # the smallest code, on stickers and labels
LEAST_MODULE_MM = 0.35  # the smallest square of a code that old telephones read


@dataclass(frozen=True)
class Tried:
    """Words of a firm in a box of a design: `kind` is the box's, `spoken` the language of `text`.

    `most` is how many characters it has room for, if too few; `whole` is False where a part of them stands there.
    """

    kind: str
    text: str
    design: Design
    language: str
    spoken: str
    width_mm: float
    most: int = 0
    whole: bool = True

    @property
    def values(self) -> dict[str, object]:
        """What a finding says of it."""
        return {
            "text": self.text,
            "length": len(self.text),
            "most": self.most,
            "design": self.design.spec.name.model_dump(),
            "language": self.language,
            "width": f"{self.width_mm:g}",
        }


def load(path: Path) -> Owner:
    """The owner of a file, tried on every design; raises Rejected with all that is wrong, at the file's lines."""
    owner = owner_file.load(path)
    text = yaml_file.read(path, as_typed=True)[0]
    if findings := list(_wrong(owner, path, text)):
        raise Rejected(findings)
    return owner


def notes(owner: Owner, path: Path) -> list[Finding]:
    """Warnings: what does not stand on every sheet, an address so long that small codes are hard to read."""
    return [*_cut(owner, path), *_fine(owner, path)]


def tried(firm: Firm, wanted: Collection[tuple[str, str]] = ()) -> Iterator[Tried]:
    """What of a firm's words lacks room: for each kind of box one design, first such as have no room at all.

    `wanted` are designs, each with a language; without them all are tried.
    """
    worst: dict[str, Tried] = {}
    for design, language, kind, room in owner_panel.rooms(map(find, _readable())):
        if wanted and (design.name, language) not in wanted:
            continue
        setting, whole = set_in(firm, kind, room)
        if setting.scale >= 1 and whole:
            continue
        before = worst.get(kind)
        if before and (before.most or setting.scale >= 1):
            continue
        # Of two languages the second one is left out first.
        spoken = room.languages[0 if setting.scale < 1 else -1]
        text = _said(firm, kind, spoken)
        most = _most(firm, kind, room, text, setting.scale) if setting.scale < 1 else 0
        worst[kind] = Tried(kind, text, design, language, spoken, room.width, most, whole)
    yield from worst.values()


def _readable() -> Iterator[str]:
    """The designs that can be read; of the others is told where they are printed."""
    for name in every():
        try:
            find(name)
        except Rejected:
            continue
        yield name


def _said(firm: Firm, kind: str, language: str) -> str:
    """What is to be shortened."""
    if kind.isdecimal():
        label, numbers = firm.telephones[int(kind) - 1]
        called = dict(label).get(language, label[0][1])
        mark = FACTS[language].enumeration
        return f"{called} {mark.join(dict(numbers).get(language, ()))}".strip()
    names = dict(firm.short if kind == "short" and firm.short else firm.name)
    return names.get(language) or next(iter(names.values()))


def _most(firm: Firm, kind: str, room: Room, text: str, scale: float) -> int:
    """How many characters of a text there is room for; it is set on one line, or a name on several, at a scale below 1."""

    def is_small(length: int) -> bool:
        cut = ((room.languages[0], text[:length]),)
        alone = replace(room, languages=room.languages[:1])
        return set_in(replace(firm, name=cut, short=()), kind, alone)[0].scale < 1

    if kind.isdecimal():
        return max(1, min(int(len(text) * scale), len(text) - 1))
    return max(1, bisect(range(1, len(text)), False, key=is_small))


def _cut(owner: Owner, path: Path) -> Iterator[Finding]:
    text = yaml_file.read(path, as_typed=True)[0]
    if len(owner.contacts) > (most := owner_panel.NUMBERS):
        line = line_of(text, "contacts", most)
        yield finding("owner-contacts-cut", path, line, count=len(owner.contacts), shown=most)
    for each in tried(owner_panel.firm(owner)):
        yield finding("owner-words-cut", path, _line(text, owner, each), **each.values)


def _line(text: str, owner: Owner, tried: Tried) -> int:
    """Line of the words in the owner's file."""
    if tried.kind.isdecimal():
        return line_of(text, "contacts", int(tried.kind) - 1)
    key = "short" if tried.kind == "short" and owner.short else "name"
    return line_of(text, key, tried.spoken)


def _fine(owner: Owner, path: Path) -> list[Finding]:
    modules = _modules(address(owner.site, "0" * DIGITS))
    if (module := CODE_MM / modules) >= LEAST_MODULE_MM:
        return []
    text = yaml_file.read(path, as_typed=True)[0]
    most_modules = int(CODE_MM / LEAST_MODULE_MM)
    fits = bisect(range(500), most_modules, key=lambda count: _modules("x" * max(count, 1))) - 1
    values = {"module": f"{module:.2f}", "least": LEAST_MODULE_MM, "length": len(owner.site)}
    most = fits - len(address("", "0" * DIGITS))
    return [finding("owner-site-long", path, line_of(text, "site"), most=most, **values)]


def _modules(text: str) -> int:
    """Side of a QR code in modules, with the quiet zone of four on each side."""
    import segno

    return int(segno.make(text, error="m", micro=False).symbol_size(border=4)[0])


def _wrong(owner: Owner, path: Path, text: str) -> Iterator[Finding]:
    yield from _undrawable(owner, path, text)
    for each in tried(owner_panel.firm(owner)):
        if each.most:
            code = "owner-text-long"
            if not each.kind.isdecimal() and not owner.short:
                code = "owner-name-long"
            yield finding(code, path, _line(text, owner, each), **each.values)


def _undrawable(owner: Owner, path: Path, text: str) -> Iterator[Finding]:
    """Characters that the fonts lack."""
    places: dict[tuple[str | int, ...], str] = {}
    for language in LANGUAGES:
        places["name", language] = owner.name[language]
        places["short", language] = owner.brief[language] if owner.short else ""
        for number, contact in enumerate(owner.contacts):
            shown = " ".join(each.shown for each in contact.numbers(language))
            places["contacts", number, language] = f"{contact[language]} {shown}"
    places[("logo",)] = _words(owner.logo)
    told: set[int] = set()
    for place, words in places.items():
        if (lacking := undrawable(words)) and (line := line_of(text, *place)) not in told:
            told.add(line)
            yield finding("glyph-missing", path, line, characters=lacking)


def _words(logo: str) -> str:
    """The words that a drawn logo holds; they are set in the project's type."""
    if not logo.startswith("data:image/svg"):
        return ""
    root = ElementTree.fromstring(base64.b64decode(logo.partition(",")[2]))
    found = root.iter("{http://www.w3.org/2000/svg}text")
    return " ".join(" ".join(element.itertext()) for element in found)
