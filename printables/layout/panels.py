"""Scenes on sheets: the one that stands for a chapter, and the panels of a wall chart.

A panel is a step with its scene, and the last ones are what to do in an emergency.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from printables.chapters.chapter import Chapter, Item, Section
from printables.chapters.telephones import telephones
from printables.findings import Rejected, finding
from printables.layout.design import Design
from printables.scenes import drawing, scene


@dataclass(frozen=True)
class Panel:
    """An item of a chapter, by its role and its place there, and its scene; `urgent` is what is done in an emergency."""

    role: str
    index: int
    scene: str
    urgent: bool = False


def panels(design: Design, chapter: Chapter) -> tuple[Panel, ...]:
    """The panels of a design that has any: the steps, and as many calls as fill the chart, one at least.

    Raises Rejected where a step has no scene, or where there are too few or too many.
    """
    if not design.spec.panels:
        return ()
    steps, emergency = chapter.section("steps"), chapter.section("emergency")
    items = steps.items if steps else ()
    if bare := [item for item in items if not item.scene]:
        raise Rejected(
            finding(
                "panel-without-scene", chapter.path, item.line, design=design.name, step=item.lead
            )
            for item in bare
        )
    _refuse_unknown(chapter)
    room = next((n for n in design.spec.panels if n > len(items)), 0)
    calls = _calls(emergency, {item.scene for item in items}, room - len(items))
    found = [Panel("steps", n, item.scene) for n, item in enumerate(items)]
    found += [Panel("emergency", n, item.scene, True) for n, item in calls]
    if len(found) != room:
        offered = " / ".join(map(str, design.spec.panels))
        line = steps.line if steps else 0
        values = {"design": design.name, "count": len(found), "offered": offered}
        raise Rejected([finding("panels-uneven", chapter.path, line, **values)])
    return tuple(found)


def _calls(emergency: Section | None, shown: set[str], count: int) -> list[tuple[int, Item]]:
    """The first calls whose scene no step shows, each with its place.

    Of several one says whom to call: where none does, the last gives way to the first that does.
    """
    items = enumerate(emergency.items if emergency else ())
    every = [(n, item) for n, item in items if item.scene and item.scene not in shown]
    taken, others = every[: max(count, 0)], every[max(count, 0) :]
    if len(taken) > 1 and not any(_numbered(item) for _, item in taken):
        taken[-1] = next((call for call in others if _numbered(call[1])), taken[-1])
    return taken


def _numbered(item: Item) -> bool:
    """True if the item names a telephone number."""
    return any(telephones(f"{item.lead} {item.text}"))


def chief_scene(chapter: Chapter) -> str:
    """The scene that stands for a chapter: of its first point that shows another than the first step, which is often a paper.

    "" if no point has a scene; raises Rejected where there is no scene of a name.
    """
    points, steps = chapter.section("points"), chapter.section("steps")
    found = [item.scene for item in points.items if item.scene] if points else []
    if not found:
        return ""
    _refuse_unknown(chapter)
    opening = steps.items[0].scene if steps and steps.items else ""
    return next((name for name in found if name != opening), found[0])


def _refuse_unknown(chapter: Chapter) -> None:
    folder = chapter.project / scene.PLACE
    if wrong := [item for item in chapter.scenes if not scene.has(folder, item.scene)]:
        known = scene.names(folder)
        raise Rejected(scene.unknown(chapter.path, item.line, item.scene, known) for item in wrong)


def scene_address(
    folder: Path, name: str, languages: Sequence[str], tone: str, ratio: float
) -> str:
    """The scene as a data: address, `ratio` times as wide as high; raises Rejected."""
    return _address(folder, name, tuple(languages), tone, ratio, _text(folder, name))


def scene_says(folder: Path, name: str, languages: Sequence[str]) -> str:
    """What the scene says, for those who cannot see it."""
    says = scene.read(folder / f"{name}.toml").says
    return " · ".join(says[language] for language in languages)


def _text(folder: Path, name: str) -> bytes:
    return (folder / f"{name}.toml").read_bytes()


@cache
def _address(
    folder: Path, name: str, languages: tuple[str, ...], tone: str, ratio: float, _: bytes
) -> str:
    """Drawn once for all sheets, and again where its file changed."""
    read = scene.read(folder / f"{name}.toml")
    svg = drawing.compose(read, languages, tone=tone, width=drawing.HEIGHT * ratio)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
