"""Reader × Owner → the Job of its book, or of each volume: cover, imprint, contents, chapters, signs, emergency."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import yaml

from printables.chapters import front_matter, safe_yaml
from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.findings import Finding, Rejected
from printables.job import Job, Reserved
from printables.languages import LANGUAGES
from printables.last_net import reading
from printables.layout import calls, headline, naming, owner_panel
from printables.layout.design import Design, find
from printables.layout.edition import PLACEHOLDERS, address, identify, stamp
from printables.layout.panels import chief_scene, scene_address, scene_says
from printables.layout.sources import cited
from printables.layout.template import style, template
from printables.legibility import em_floor
from printables.scenes.scene import PLACE
from printables.signs.registry import registry
from printables.words import WORDS

BOOK = "book"
# Of a volume: about 60 pages of A5, as many as two staples hold; it also bounds a worker's memory.
MOST_CHAPTERS = 8
TITLE_EM = 7.3  # a wider title of a cover is broken between words


@dataclass(frozen=True)
class Reader:
    """The chapters of one audience in one language, in their order: all of them, or those of a volume (from 1)."""

    name: str
    language: str
    title: str
    summary: str
    chapters: tuple[Chapter, ...]
    volume: int = 1
    volumes: int = 1

    @property
    def called(self) -> str:
        """Its title, with the number of the volume if there are several."""
        if self.volumes == 1:
            return self.title
        volume = WORDS[self.language]["volume"].format(self.volume, self.volumes)
        return f"{self.title} · {volume}"


def jobs(reader: Reader, owner: Owner) -> tuple[list[Job], list[Finding]]:
    """The book of a reader, or of a volume; or the findings that prevent it."""
    try:
        with reading(reader.chapters[0].path.parent):
            return [compose(find(BOOK), reader, owner)], []
    except Rejected as rejected:
        return [], rejected.findings


def readers(docs: Path, twins_by_name: Mapping[str, Mapping[str, Chapter]]) -> Iterable[Reader]:
    """Every reader that has chapters, a thick one in volumes; title and summary are those of its folder's index."""
    for name in sorted({name.split("/")[0] for name in twins_by_name}):
        for language in LANGUAGES:
            index = docs / language / name / "index.md"
            own = [
                twins[language]
                for key, twins in twins_by_name.items()
                if key.startswith(f"{name}/") and language in twins
            ]
            if own and index.is_file():
                head = _head(index)
                own.sort(key=lambda chapter: (chapter.front.order, chapter.name))
                title, summary = str(head.get("title", name)), str(head.get("summary", ""))
                yield from _volumes(Reader(name, language, title, summary, tuple(own)))


def _volumes(reader: Reader) -> Iterable[Reader]:
    """The reader itself, or the fewest volumes, about equally thick."""
    number = math.ceil(len(reader.chapters) / MOST_CHAPTERS)
    if number == 1:
        yield reader
        return
    ends = [len(reader.chapters) * volume // number for volume in range(number + 1)]
    for volume, (first, end) in enumerate(pairwise(ends), 1):
        name, part = f"{reader.name}.{volume}", reader.chapters[first:end]
        yield replace(reader, name=name, chapters=part, volume=volume, volumes=number)


def _head(index: Path) -> dict[str, object]:
    """The keys of an index; none where they are refused, for which the collection has findings."""
    try:
        keys = safe_yaml.front_matter(front_matter.split(index, front_matter.read(index))[0])
    except (Rejected, safe_yaml.Refused, yaml.YAMLError):
        return {}
    return keys if isinstance(keys, dict) else {}


def compose(design: Design, reader: Reader, owner: Owner) -> Job:
    """The job that prints the book of a reader."""
    size, distance = design.spec.sizes[0], design.spec.distance_m
    reviewed = max(chapter.front.reviewed for chapter in reader.chapters)
    unstamped = _render(design, reader, owner, str(reviewed))
    identifier = identify(unstamped, reader.name, design.name, reader.language)
    edition = f"{reviewed}·{identifier}"
    return Job(
        source=str(reader.chapters[0].path.parent / "index.md"),
        chapter=reader.name,
        title=reader.called,
        language=reader.language,
        design=design.name,
        size=size,
        trim=design.trim(size),
        zoom=1.0,
        pages=0,
        distance_m=distance,
        most=1.0,
        units=((reader.language, em_floor(reader.language, distance)),),
        headline=None,
        html=stamp(unstamped, edition=edition, id=identifier, distance=f"{distance:g}"),
        style=style(design, owner),
        regions=(),
        sections=(),
        lines=(),
        finishings=design.spec.finishings.get(size, ()),
        titles=naming.titles(reader.called, design, size, reader.language),
        duplex=design.duplex,
        reserved=_reserved(design, owner, reader.language),
        firm=owner_panel.firm(owner),
        edition=edition,
        source_hash=hashlib.sha256(
            "".join(chapter.source_hash for chapter in reader.chapters).encode()
        ).hexdigest()[:12],
    )


def _reserved(design: Design, owner: Owner, language: str) -> tuple[Reserved, ...]:
    """The owner's boxes: name and mark on the cover, the first page; telephones on the last one."""
    boxes = owner_panel.reserved(design, owner, "none", language, design.spec.sizes[0])
    return tuple(replace(box, page=-1 if box.kind.isdecimal() else 0) for box in boxes)


def _render(design: Design, reader: Reader, owner: Owner, reviewed: str) -> str:
    document, scenes = template(design), reader.chapters[0].project / PLACE
    codes = dict.fromkeys(code for chapter in reader.chapters for code in chapter.front.signs)
    pictured = ((chief_scene(chapter), chapter.front.tone) for chapter in reader.chapters)
    return document.render(
        design=design,
        reader=reader,
        owner=owner,
        calls=calls.in_book(reader.chapters, owner),
        edition=PLACEHOLDERS["edition"],
        reviewed=reviewed,
        address=address(owner.site, PLACEHOLDERS["id"]),
        say=WORDS[reader.language],
        codes=sorted(codes),
        signs={code: sign.name for code, sign in registry().items()},
        cited=cited,
        titled=partial(headline.fewest, language=reader.language, most_em=TITLE_EM),
        shown=next((each for each in pictured if each[0]), None),
        height=partial(owner_panel.height, language=reader.language),
        scene=partial(scene_address, scenes),
        scene_says=partial(scene_says, scenes),
    )
