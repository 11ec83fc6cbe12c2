"""Emergencies by what one sees: which acts of which chapters answer each, from library/sights.toml."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from printables.chapters import toml_file
from printables.chapters.chapter import Chapter, Item
from printables.chapters.same_names import Named, same_names
from printables.chapters.toml_file import line_of
from printables.chapters.wrong_keys import wrong_key
from printables.findings import Finding, Rejected, example, finding, nearest
from printables.languages import LANGUAGES, Both, Once, Record, Text
from printables.scenes import scene

PLACE = Path("library/sights.toml")  # below the project's folder
ID = re.compile(r"[a-z0-9-]+")  # of a sight: where it stands on its page
BETWEEN = ": "  # a chapter and the words with which it begins an act

Twins = Mapping[str, Mapping[str, Chapter]]  # chapters by name, then language


class Entry(Record):
    """A table of the file: what one sees, what to do first, and the scene that shows it if it is not that of an act."""

    sees: Both
    acts: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3), Once]
    scene: Text | None = None


@dataclass(frozen=True)
class Act:
    """An item of a chapter in every language, and the id of the section in which it stands."""

    chapter: str
    section: str
    items: Mapping[str, Item]


@dataclass(frozen=True)
class Sight:
    """What one sees, the acts that answer it, and the name of its scene, "" for none."""

    id: str
    sees: Both
    acts: tuple[Act, ...]
    scene: str


def read(path: Path, twins: Twins, names: Collection[str]) -> tuple[list[Sight], list[Finding]]:
    """The sights without errors in the order of the file, and the findings of the others; none without a file.

    `names` are those of all chapters: a sight that rests on one which is a draft, or wrong itself, is left out.
    """
    if not (path.exists() or path.is_symlink()):
        return [], []
    try:
        text, tables = toml_file.read(path)
    except Rejected as rejected:
        return [], rejected.findings
    scenes = scene.names(path.parent / scene.PLACE.name)
    sights: list[Sight] = []
    findings: list[Finding] = []
    seen: list[Named] = []
    for name, table in tables.items():
        if not ID.fullmatch(name):
            values = {"key": name, "value": repr(name), "example": example("sight")}
            findings.append(finding("wrong-value", path, line_of(text, name), **values))
            continue
        try:
            entry = Entry.model_validate(table)
            seen.append((path, entry.sees.model_dump(), partial(line_of, text, name, "sees")))
            line = line_of(text, name, "acts")
            named = [_named(path, line, act, names) for act in entry.acts]
            if not all(LANGUAGES[0] in twins.get(chapter, ()) for chapter, _ in named):
                continue
            acts = tuple(_act(path, line, lead, twins[chapter]) for chapter, lead in named)
        except ValidationError as error:
            findings += [
                wrong_key(path, each, Entry, partial(line_of, text), example("sight"), (name,))
                for each in error.errors()
            ]
        except Rejected as rejected:
            findings += rejected.findings
        else:
            first = next((act.items[LANGUAGES[0]].scene for act in acts if _shown(act)), "")
            sights.append(Sight(name, entry.sees, acts, entry.scene or first))
            if entry.scene and entry.scene not in scenes:
                line = line_of(text, name, "scene")
                findings.append(scene.unknown(path, line, entry.scene, scenes))
    return sights, [*findings, *same_names(seen)]


def _named(path: Path, line: int, act: str, names: Collection[str]) -> tuple[str, str]:
    """The chapter of an act, and the words with which it begins; raises Rejected for a chapter that there is not."""
    chapter, _, lead = act.partition(BETWEEN)
    if chapter not in names:
        near = nearest(chapter, names)
        raise Rejected([finding("sight-chapter", path, line, act=act, near=near)])
    return chapter, lead


def _act(path: Path, line: int, lead: str, twins: Mapping[str, Chapter]) -> Act:
    """The item that begins so in the first language, in every one; raises Rejected where there is none."""
    first = twins[LANGUAGES[0]]
    places = {
        item.lead: (section.id, place)
        for role in ("steps", "emergency")
        if (section := first.section(role))
        for place, item in enumerate(section.items)
    }
    if lead not in places:
        values = {"act": lead, "chapter": first.name, "near": nearest(lead, places)}
        raise Rejected([finding("sight-act", path, line, **values)])
    where, place = places[lead]
    items = {
        code: each.items[place]
        for code, twin in twins.items()
        for each in twin.sections
        if each.id == where and place < len(each.items)
    }
    return Act(first.name, where, items)


def _shown(act: Act) -> bool:
    return bool(act.items[LANGUAGES[0]].scene)
