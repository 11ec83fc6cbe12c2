"""Firms × sheets → folders: each sheet is printed once and stamped for every firm; what is there already is not made again."""

import hashlib
import io
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pikepdf import Object, Page, Pdf

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
    _bind(entries, sheets, folder, language)
    folder.close()
    return merged


def _stamp(
    entry: Entry, sheets: Mapping[Sheet, tuple[Job, Filed]], folder: _Folder, merged: Merged
) -> None:
    stamps: dict[Firm, Stamp] = {}
    own = merged.files[folder_name(entry.name)] = []
    for _, sheet in _each([entry], sheets):
        job, blank = sheets[sheet]
        place = _place(entry, job)
        own.append(place)
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
    language: str,
) -> None:
    """The sheets of each design and of each form, firm after firm, in a file each."""
    made: dict[str, list[tuple[Firm, Sheet]]] = {}
    digests: dict[str, str] = {}
    for entry, sheet in _each(entries, sheets):
        job = sheets[sheet][0]
        title = _bound(job, language)
        made.setdefault(title, []).append((entry.on(sheet), sheet))
        digests[title] = digests.get(title, "") + folder.now[_place(entry, job)]
    stamps: dict[Firm, Stamp] = {}
    for title, own in made.items():
        digest = hashlib.sha256(digests[title].encode()).hexdigest()
        if folder.has(f"{title}{PDF}", digest):
            continue
        stamps = stamps or Stamp.alike(firm for each in made.values() for firm, _ in each)
        with whole(folder.out / f"{title}{PDF}") as part, Pdf.new() as target:
            _add(target, [(stamps[firm], sheet) for firm, sheet in own], sheets)
            target.docinfo["/Title"] = title
            target.Root.Lang = FACTS[language].tag
            target.save(part, min_version="1.7", deterministic_id=True)


def _add(
    target: Pdf,
    stamped: Iterable[tuple[Stamp, Sheet]],
    sheets: Mapping[Sheet, tuple[Job, Filed]],
) -> None:
    """Add sheets to a file for the printer; what firms share stands in it once, so that it grows little with their number."""
    pages: dict[Sheet, list[Page]] = {}
    drawn: dict[object, Object] = {}
    for stamp, sheet in stamped:
        if sheet not in pages:
            pages[sheet] = _taken(target, sheets[sheet][1].pdf)
        for page in pages[sheet]:
            stamp.add_to(target, page, drawn)


def _taken(target: Pdf, pdf: bytes) -> list[Page]:
    """The pages of a sheet as a file's own, not yet among those that it shows; links are left out."""
    with Pdf.open(io.BytesIO(pdf)) as source:
        number = len(source.pages)
        target.pages.extend(source.pages)
    taken = list(target.pages[-number:])
    del target.pages[-number:]
    for page in taken:
        if "/Annots" in page.obj:
            del page.obj.Annots
    return taken


def _each(
    entries: Iterable[Entry], sheets: Mapping[Sheet, object]
) -> Iterator[tuple[Entry, Sheet]]:
    """The sheets of each firm that could be printed."""
    for entry in entries:
        for sheet in entry.sheets:
            if sheet in sheets:
                yield entry, sheet


def _place(entry: Entry, job: Job) -> str:
    return f"{folder_name(entry.name)}/{file_name(job)}"


def _bound(job: Job, language: str) -> str:
    """What the file is called, without its suffix, in which a sheet is bound."""
    name = find(job.design).spec.name[language]
    if job.design == FORM:
        name = safe(f"{job.chapter.partition('/')[2]} {job.title}")
    return f"{WORDS[language]['receipt_bound']} {name}"


def printed(
    jobs: Iterable[tuple[Sheet, Job]], kept: Mapping[str, Filed]
) -> Iterator[tuple[Sheet, tuple[Job, Filed]]]:
    """The sheets that could be printed, with their jobs."""
    for sheet, job in jobs:
        if job.key in kept:
            yield sheet, (job, kept[job.key])
