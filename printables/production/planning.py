"""Collection × Owner → Plan: every printable there is; the orders of unchanged chapters are remembered."""

import hashlib
import pickle
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from pydantic import TypeAdapter

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.files import digest, whole
from printables.findings import Finding
from printables.forms import compose as form
from printables.forms.reading import Library
from printables.job import Firm, Job, Order, stamped_key
from printables.layout import book, compose, owner_panel
from printables.layout.book import BOOK
from printables.layout.edition import number
from printables.production.cache import Cache
from printables.production.workers import Outcome, print_each, stamp_all
from printables.scenes import scene

# Remembered orders are composed again after a change in any of these.
ROOMS = (
    "chapters",
    "checks",
    "layout",
    "scenes",
    "forms",
    "signs",
    "colours.py",
    "colours.toml",
    "telephones.toml",
    "files.py",
    "findings.py",
    "findings.toml",
    "geometry.py",
    "job.py",
    "languages.py",
    "languages.toml",
    "fonts",
    "glyphs.py",
    "last_net.py",
    "legibility.py",
    "sizes.py",
    "sizes.toml",
    "words.py",
    "words.toml",
)

Composed = tuple[list[Job], list[Finding]]
# Orders by the keys of their jobs without a firm, the keys of those that have one, and findings.
Ordered = tuple[dict[str, Order], tuple[str, ...], tuple[Finding, ...]]
MEMORY = TypeAdapter(dict[str, Ordered])
STAMPED = {"name", "short", "logo", "contacts"}  # of an owner: no job holds them, but for its firm


@dataclass(frozen=True)
class Manuscript:
    """A chapter or a book to be composed; the same `digest` gives the same jobs."""

    digest: str
    compose: Callable[[], Composed]

    @property
    def composed(self) -> Composed:
        """Its jobs, and findings for those that cannot be made."""
        composed: Composed = pickle.loads(zlib.decompress(self._packed))
        return composed

    @cached_property
    def _packed(self) -> bytes:
        """What is composed, packed: of a site it is much, and most of it is said several times."""
        return zlib.compress(pickle.dumps(self.compose()), level=1)

    def forget(self) -> None:
        """Keep its jobs no longer."""
        self.__dict__.pop("_packed", None)


@dataclass
class Plan:
    """Orders by the key of their job, and findings for printables that cannot be made.

    `blanks` are the keys of jobs without `firm`, by those of the jobs that have it.
    `complete` is False where chapters or readers were left out because they had to be composed first.
    """

    firm: Firm | None = None
    orders: dict[str, Order] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    manuscripts: dict[str, Manuscript] = field(default_factory=dict)
    complete: bool = True

    def jobs(self, keys: Container[str]) -> list[Job]:
        """The jobs with these keys, in the order of the plan; composes only the chapters that they need."""
        manuscripts = {
            manuscript.digest: manuscript
            for key, manuscript in self.manuscripts.items()
            if key in keys
        }
        composed = {
            job.key: job for manuscript in manuscripts.values() for job in manuscript.composed[0]
        }
        return [composed[key] for key in self.orders if key in keys]

    def _to_print(self, keys: list[str]) -> Iterator[Job]:
        """The jobs with these keys, composed as they are asked for and kept by nobody; books, which take longest, first."""
        wanted: dict[str, list[str]] = {}
        for key in sorted(keys, key=lambda key: self.orders[key].design != BOOK):
            wanted.setdefault(self.manuscripts[key].digest, []).append(key)
        for own in wanted.values():
            manuscript = self.manuscripts[own[0]]
            composed = {job.key: job for job in manuscript.composed[0]}
            yield from (composed.pop(key) for key in own)
            manuscript.forget()

    def take_down(self, withdrawn: Container[str]) -> None:
        """Leave out the editions with these ids."""
        self.orders = {
            key: order
            for key, order in self.orders.items()
            if number(order.edition) not in withdrawn
        }

    def press(self, cache: Cache, pool: Callable[[int], Executor] | None = None) -> Outcome:
        """Take sheets from the cache, stamp what is there without the firm, print the others; `pool` makes the executor for a number of jobs."""
        sheets = {key: cache.get(key, order.name) for key, order in self.orders.items()}
        missing = [key for key, sheet in sheets.items() if sheet is None]
        outcome = Outcome()
        outcome.report.cached = len(sheets) - len(missing)
        if firm := self.firm:
            wanted = {key: (self.blanks[key], firm) for key in missing if key in self.blanks}
            sheets |= stamp_all(wanted, cache, outcome)
            missing = [key for key in missing if sheets[key] is None]
        jobs = self._to_print(missing)
        for job, printed in print_each(jobs, len(missing), cache, pool, outcome):
            sheets[job.key] = printed
        outcome.sheets = {
            order: sheet for key, order in self.orders.items() if (sheet := sheets[key])
        }
        return outcome


def plan(
    collection: Collection,
    owner: Owner,
    memory: Path | None = None,
    *,
    forms: Path | None = None,
    from_memory: bool = False,
) -> Plan:
    """Every printable of the collection's chapters and readers, and of the forms in a folder.

    `memory` is a JSON file of the orders of last time; `from_memory` leaves out what it does not hold.
    """
    remembered = _recall(memory) if memory else {}
    beside = f"{digest(ROOMS)} {owner.model_dump(exclude=STAMPED)}"
    manuscripts = list(_manuscripts(collection, owner, beside))
    manuscripts += _forms(Library(forms), owner, beside) if forms else []
    at_hand = [each for each in manuscripts if each.digest in remembered or not from_memory]
    ordered = {each.digest: remembered.get(each.digest) or _order(each) for each in at_hand}
    complete = len(at_hand) == len(manuscripts)
    if memory and complete:
        _remember(memory, ordered, remembered)
    return _plan(at_hand, ordered, Plan(owner_panel.firm(owner), complete=complete))


def _plan(manuscripts: list[Manuscript], ordered: Mapping[str, Ordered], plan: Plan) -> Plan:
    for manuscript in manuscripts:
        orders, owned, findings = ordered[manuscript.digest]
        keys = {blank: stamped_key(blank, plan.firm) for blank in owned} if plan.firm else {}
        own = {keys.get(blank, blank): order for blank, order in orders.items()}
        plan.orders |= own
        plan.blanks |= {key: blank for blank, key in keys.items()}
        plan.manuscripts |= dict.fromkeys(own, manuscript)
        plan.findings += findings
    return plan


def _order(manuscript: Manuscript) -> Ordered:
    jobs, findings = manuscript.composed
    owned = tuple(job.blank.key for job in jobs if job.firm)
    return {job.blank.key: job.order for job in jobs}, owned, tuple(findings)


def _remember(memory: Path, ordered: dict[str, Ordered], before: Mapping[str, Ordered]) -> None:
    """Write the orders for the next run, if they are not those that were read."""
    if ordered.keys() != before.keys():
        with whole(memory) as part:
            part.write_bytes(MEMORY.dump_json(ordered))


def _manuscripts(collection: Collection, owner: Owner, beside: str) -> Iterator[Manuscript]:
    """Chapters and books; `beside` is what else decides how they are composed."""
    twins_by_name = collection.twins()
    for twins in twins_by_name.values():
        own = map(collection.digest, twins.values())
        fingerprint = _digest(beside, *own, drawn(collection.docs, twins.values()))
        yield Manuscript(fingerprint, partial(compose.jobs, twins, owner))
    for reader in book.readers(collection.docs, twins_by_name):
        own = map(collection.digest, reader.chapters)
        head = replace(reader, chapters=())
        yield Manuscript(_digest(beside, head, *own), partial(book.jobs, reader, owner))


def drawn(docs: Path, chapters: Iterable[Chapter]) -> dict[str, bytes]:
    """The files of the scenes that the chapters name."""
    named = {item.scene for chapter in chapters for item in chapter.scenes}
    files = {name: docs.parent / scene.PLACE / f"{name}.toml" for name in sorted(named)}
    return {name: path.read_bytes() for name, path in files.items() if path.is_file()}


def _forms(library: Library, owner: Owner, beside: str) -> Iterator[Manuscript]:
    """The forms, and first what they share, which has no sheets; only those whose files changed are read."""
    shared = [(path.name, path.read_bytes()) for path in library.shared_files]
    beside = f"{beside} {_digest(shared)}"
    if library.files:
        yield Manuscript(_digest(beside, "forms"), partial(form.shared, library))
    for path in library.files:
        own = _digest(beside, path, path.read_bytes())
        yield Manuscript(own, partial(form.jobs, path, library, owner))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


def _recall(memory: Path) -> Mapping[str, Ordered]:
    try:
        return MEMORY.validate_json(memory.read_bytes())
    except (OSError, ValueError):
        return {}
