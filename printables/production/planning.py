"""Which printables there are; what an unchanged chapter gave is remembered and not composed again."""

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from pydantic import TypeAdapter

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.files import digest, whole
from printables.findings import Finding
from printables.job import Job, Order
from printables.layout import book, compose
from printables.layout.edition import number
from printables.production.cache import Cache
from printables.production.workers import Outcome, print_all

# What decides how a chapter is composed, but its text and the owner's file.
ROOMS = (
    "chapters",
    "checks",
    "layout",
    "signs",
    "colours.py",
    "colours.toml",
    "telephones.toml",
    "findings.py",
    "findings.toml",
    "geometry.py",
    "job.py",
    "languages.py",
    "languages.toml",
    "legibility.py",
    "sizes.py",
    "sizes.toml",
    "words.py",
    "words.toml",
)

Composed = tuple[list[Job], list[Finding]]
Ordered = tuple[dict[str, Order], tuple[Finding, ...]]
MEMORY = TypeAdapter(dict[str, Ordered])


@dataclass(frozen=True)
class Copy:
    """What is composed together, a chapter or a book; the same `digest`, the same jobs."""

    digest: str
    compose: Callable[[], Composed]

    @cached_property
    def composed(self) -> Composed:
        """Its jobs and what stands in the way of others."""
        return self.compose()


@dataclass
class Plan:
    """Orders by the key of their job, and what stands in the way of others.

    `complete` is whether every chapter and reader is in it.
    """

    orders: dict[str, Order] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    copies: dict[str, Copy] = field(default_factory=dict)
    complete: bool = True

    def jobs(self, keys: Container[str]) -> list[Job]:
        """The jobs with these keys, in the order of the plan; their chapters alone are composed."""
        copies = {copy.digest: copy for key, copy in self.copies.items() if key in keys}
        composed = {job.key: job for copy in copies.values() for job in copy.composed[0]}
        return [composed[key] for key in self.orders if key in keys]

    def take_down(self, withdrawn: Container[str]) -> None:
        """Leave out the editions with these ids."""
        self.orders = {
            key: order
            for key, order in self.orders.items()
            if number(order.edition) not in withdrawn
        }

    def press(self, cache: Cache, pool: Callable[[int], Executor] | None = None) -> Outcome:
        """Take from the cache what it holds and print the rest."""
        kept = {key: cache.get(key, order.name) for key, order in self.orders.items()}
        missing = [key for key, sheet in kept.items() if sheet is None]
        jobs = self.jobs(missing)
        outcome = print_all(jobs, cache, pool)
        outcome.report.cached += len(kept) - len(missing)
        kept |= {job.key: outcome.sheets.get(job) for job in jobs}
        outcome.sheets = {
            order: sheet for key, order in self.orders.items() if (sheet := kept[key])
        }
        return outcome


def plan(
    collection: Collection, owner: Owner, memory: Path | None = None, *, from_memory: bool = False
) -> Plan:
    """Every printable of the collection's chapters and readers.

    `memory` is a file that remembers what was ordered last time; `from_memory` leaves out what it does not hold.
    """
    known = _recall(memory) if memory else {}
    ordered: dict[str, Ordered] = {}
    made = Plan()
    for copy in _copies(collection, owner):
        if from_memory and copy.digest not in known:
            made.complete = False
            continue
        orders, findings = ordered[copy.digest] = known.get(copy.digest) or _order(copy)
        made.orders |= orders
        made.copies |= dict.fromkeys(orders, copy)
        made.findings += findings
    if memory and made.complete and ordered.keys() != known.keys():
        with whole(memory) as part:
            part.write_bytes(MEMORY.dump_json(ordered))
    return made


def _order(copy: Copy) -> Ordered:
    jobs, findings = copy.composed
    return {job.key: job.order for job in jobs}, tuple(findings)


def _copies(collection: Collection, owner: Owner) -> Iterator[Copy]:
    twins_by_name = collection.twins()
    beside = f"{digest(ROOMS)} {owner!r}"
    for twins in twins_by_name.values():
        yield Copy(_digest(beside, twins), partial(compose.jobs, twins, owner))
    for reader in book.readers(collection.docs, twins_by_name):
        yield Copy(_digest(beside, reader), partial(book.jobs, reader, owner))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


def _recall(memory: Path) -> Mapping[str, Ordered]:
    try:
        return MEMORY.validate_json(memory.read_bytes())
    except (OSError, ValueError):
        return {}
