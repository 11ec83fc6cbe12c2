"""Scenes on the site: drawn once in each tone that names them, and shown beside the items that they picture."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from printables.chapters.chapter import Chapter
from printables.findings import Rejected
from printables.languages import Both
from printables.scenes import drawing, scene

FOLDER = "scenes"  # below site/
TONE = "warning"  # of the page of all scenes
LISTS = {"ol", "ul"}


@dataclass(frozen=True)
class Picture:
    """A scene as a page shows it: its address from there, and what it says."""

    src: str
    says: str


@dataclass(frozen=True)
class Drawn:
    """A scene of the library: its name, and what it says by language."""

    name: str
    says: Both


def place(name: str, tone: str, suffix: str = ".svg") -> str:
    """Where a scene stands below site/."""
    return f"{FOLDER}/{tone}/{name}{suffix}"


def pictures(
    chapter: Chapter, folder: Path, address: Callable[[str], str]
) -> dict[str, list[Picture | None]]:
    """The picture of each item of a chapter's sections, by role; `address` is that of a place below site/.

    A scene that cannot be drawn is shown by no page: the checks tell of it.
    """
    return {
        section.role: [
            _picture(item.scene, chapter, folder, address) if item.scene else None
            for item in section.items
        ]
        for section in chapter.sections
        if any(item.scene for item in section.items)
    }


def _picture(
    name: str, chapter: Chapter, folder: Path, address: Callable[[str], str]
) -> Picture | None:
    path = folder / f"{name}.toml"
    try:
        says = _says(path, path.stat().st_mtime_ns)[chapter.language]
    except (Rejected, OSError):
        return None
    return Picture(address(place(name, chapter.front.tone)), says)


@lru_cache(2000)
def _says(path: Path, changed: int) -> Both:
    """What the scene of a file says, read again when it has `changed`."""
    return scene.read(path).says


def show_pictures(section: Element, shown: Sequence[Picture | None]) -> None:
    """Put each item's picture behind its words."""
    items = [item for part in section if part.tag in LISTS for item in part]
    for item, picture in zip(items, shown, strict=False):
        if picture is None:
            continue
        image = Element("img", {"class": "scene", "src": picture.src, "alt": picture.says})
        image.attrib |= {"width": f"{drawing.WIDTH:g}", "height": f"{drawing.HEIGHT:g}"}
        image.set("loading", "lazy")
        item.append(image)
        item.set("class", f"{item.get('class', '')} pictured".strip())


def named(chapters: Iterable[Chapter]) -> Iterator[tuple[str, str]]:
    """Every scene with the tone in which chapters show it, each once."""
    found = {(item.scene, chapter.front.tone) for chapter in chapters for item in chapter.scenes}
    yield from sorted(found)


def library(folder: Path) -> list[Drawn]:
    """Every scene of the library that can be read, by name."""
    found = []
    for name in scene.names(folder):
        path = folder / f"{name}.toml"
        with suppress(Rejected):  # the checks tell of it
            found.append(Drawn(name, _says(path, path.stat().st_mtime_ns)))
    return found


def by_chapter(
    drawn: Iterable[Drawn], chapters: Iterable[Chapter]
) -> list[tuple[str, list[Drawn]]]:
    """Scenes below the title of the first chapter that shows them; those that none shows come last, below ""."""
    left, found = {each.name: each for each in drawn}, []
    for chapter in sorted(chapters, key=lambda each: (each.reader, each.front.order, each.name)):
        names = dict.fromkeys(item.scene for item in chapter.scenes if item.scene in left)
        if names:
            found.append((chapter.front.title, [left.pop(name) for name in names]))
    return [*found, ("", list(left.values()))] if left else found
