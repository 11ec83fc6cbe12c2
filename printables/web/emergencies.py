"""Emergencies by what one sees, as a page shows them: acts with numbers to tap, the scene, where to read on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

from printables.chapters.sights import Sight
from printables.chapters.telephones import telephones
from printables.languages import FACTS
from printables.scenes import drawing, scene
from printables.web.phrase_breaks import FITS, allow_breaks, hold
from printables.web.sections import link_calls

PAGE = "emergency"  # the name of the page in each language's folder


@dataclass(frozen=True)
class Shown:
    """A sight in one language: its acts as command and reason, the numbers that they name, its scene as SVG or ""."""

    id: str
    sees: str
    acts: tuple[tuple[str, Markup], ...]
    calls: tuple[str, ...]
    scene: Markup
    chapter: str
    url: str


def shown(
    sights: Iterable[Sight], language: str, scenes: Path, address: Callable[[str], str]
) -> list[Shown]:
    """The sights whose acts stand in this language; `address` is that of the page of a source file."""
    return [
        _shown(sight, language, scenes, address)
        for sight in sights
        if all(language in act.items for act in sight.acts)
    ]


def _shown(sight: Sight, language: str, scenes: Path, address: Callable[[str], str]) -> Shown:
    first = sight.acts[0]
    items = [act.items[language] for act in sight.acts]
    said = " ".join(f"{item.lead} {item.text}" for item in items)
    return Shown(
        sight.id,
        sight.sees[language],
        tuple((item.lead, _callable(item.text, language)) for item in items),
        tuple(dict.fromkeys(call[0] for call in telephones(said))),
        _drawn(scenes / f"{sight.scene}.toml", language) if sight.scene else Markup(),
        first.chapter,
        f"{address(f'{language}/{first.chapter}.md')}#{first.section}",
    )


def _callable(text: str, language: str) -> Markup:
    """The text with its telephone numbers to tap and its lines broken, by the same rules as in a chapter."""
    element = Element("span")
    element.text = text
    link_calls(element)
    hold(element)
    if not FACTS[language].is_spaced:
        allow_breaks(element, FITS)
    return Markup(tostring(element, encoding="unicode", method="html"))


def _drawn(path: Path, language: str) -> Markup:
    return Markup(drawing.compose(scene.read(path), [language], tone="prohibition"))
