"""Firms × sheets → folders: each sheet is printed once and stamped for every firm; what is there already is not made again."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pikepdf import Pdf

from printables.files import whole
from printables.firms.listing import Entry, Sheet
from printables.firms.names import folder_name, safe
from printables.forms.compose import FORM
from printables.job import PDF, Firm, Job
from printables.languages import FACTS
from printables.layout.design import find
from printables.press.sheet import Filed
from printables.production import cache
from printables.sizes import called
from printables.stamping.stamp import Stamp
from printables.words import WORDS

RECORD = ".merged.json"  # in the folder: which file was made of what
MOST_FIRMS = 100  # in one file for the printer, so that memory does not grow with the list


@dataclass
class Merged:
    """What became of a list: counts, and for each firm its folder and files."""

    stamped: int = 0
    kept: int = 0
    files: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class _Folder:
    """The folder of a run, and the record of what is in it."""

    out: Path
    before: Mapping[str, str]
    now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, out: Path) -> "_Folder":
        try:
            return cls(out, json.loads((out / RECORD).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return cls(out, {})

    def has(self, place: str, digest: str) -> bool:
        """Whether a file is there as it is wanted; it is wanted from now on."""
        self.now[place] = digest
        return self.before.get(place) == digest and (self.out / place).is_file()

    def close(self) -> None:
        """Delete what an earlier run has made and nobody wants any more, and keep the record."""
        for place in self.before.keys() - self.now.keys():
            path = self.out / place
            path.unlink(missing_ok=True)
            if path.parent != self.out and not any(path.parent.iterdir()):
                path.parent.rmdir()
        with whole(self.out / RECORD) as part:
            part.write_text(json.dumps(self.now, ensure_ascii=False), encoding="utf-8")


def file_name(job: Job) -> str:
    """`有限空间作业 海报 A3.pdf`, in the language of the sheet."""
    lead = job.language.partition("-")[0]
    printed = WORDS[lead][f"printed_{job.language.replace('-', '_')}"]
    parts = [job.title, find(job.design).spec.name[lead], called(job.size, lead), printed]
    return safe(" ".join(parts)) + PDF


def merge(
    entries: Sequence[Entry],
    sheets: Mapping[Sheet, tuple[Job, Filed]],
    out: Path,
    language: str,
    tell: Callable[[int, int, float], None],
) -> Merged:
    """Stamp every firm's sheets into a folder of its own, and bind those of each design for the printer.

    `tell` hears how many firms are done, of how many, and the seconds left.
    """
    folder, merged, began = _Folder.at(out), Merged(), time.monotonic()
    for number, entry in enumerate(entries, 1):
        _stamp(entry, sheets, folder, merged)
        tell(number, len(entries), (time.monotonic() - began) / number * (len(entries) - number))
    _bind(entries, sheets, folder, merged, language)
    folder.close()
    return merged


def _stamp(
    entry: Entry, sheets: Mapping[Sheet, tuple[Job, Filed]], folder: _Folder, merged: Merged
) -> None:
    stamps: dict[Firm, Stamp] = {}
    home = folder_name(entry.name)
    merged.files[home] = []
    for sheet in entry.sheets:
        if sheet not in sheets:
            continue
        job, blank = sheets[sheet]
        place = f"{home}/{file_name(job)}"
        merged.files[home].append(place)
        firm = entry.on(sheet)
        if folder.has(place, _digest(job, firm)):
            merged.kept += 1
            continue
        with whole(folder.out / place) as part:
            part.write_bytes(stamps.setdefault(firm, Stamp(firm)).on(blank.pdf))
        merged.stamped += 1


def _digest(job: Job, firm: Firm) -> str:
    return hashlib.sha256(f"{cache.fingerprint()}{job.key}{firm!r}".encode()).hexdigest()


def _bind(
    entries: Sequence[Entry],
    sheets: Mapping[Sheet, tuple[Job, Filed]],
    folder: _Folder,
    merged: Merged,
    language: str,
) -> None:
    """The sheets of each design and of each form, firm after firm, in files of at most MOST_FIRMS firms."""
    for bound in dict.fromkeys(_bound(job, language) for job, _ in sheets.values()):
        own: dict[str, list[str]] = {}
        for entry in entries:
            places = [
                f"{folder_name(entry.name)}/{file_name(sheets[sheet][0])}"
                for sheet in entry.sheets
                if sheet in sheets and _bound(sheets[sheet][0], language) == bound
            ]
            if places:
                own[entry.name] = places
        names = list(own)
        for volume, first in enumerate(range(0, len(names), MOST_FIRMS), 1):
            places = [place for name in names[first : first + MOST_FIRMS] for place in own[name]]
            number = f" {volume}" if len(names) > MOST_FIRMS else ""
            title = f"{WORDS[language]['receipt_bound']} {bound}{number}"
            digest = hashlib.sha256(
                "".join(folder.now[each] for each in places).encode()
            ).hexdigest()
            if not folder.has(f"{title}{PDF}", digest):
                _write_bound(folder.out, places, title, language)


def _bound(job: Job, language: str) -> str:
    """What is bound together is called so."""
    if job.design == FORM:
        return safe(f"{job.chapter.partition('/')[2]} {job.title}")
    return find(job.design).spec.name[language]


def _write_bound(out: Path, places: Iterable[str], title: str, language: str) -> None:
    with Pdf.new() as target, whole(out / f"{title}{PDF}") as part:
        for place in places:
            with Pdf.open(out / place) as source:
                target.pages.extend(source.pages)
        if "/StructTreeRoot" in target.Root:
            del target.Root.StructTreeRoot
        target.docinfo["/Title"] = title
        target.Root.Lang = FACTS[language].tag
        target.save(part, deterministic_id=True)


def printed(
    jobs: Iterable[tuple[Sheet, Job]], kept: Mapping[str, Filed]
) -> Iterator[tuple[Sheet, tuple[Job, Filed]]]:
    """The sheets that could be printed, with their jobs."""
    for sheet, job in jobs:
        if job.key in kept:
            yield sheet, (job, kept[job.key])
