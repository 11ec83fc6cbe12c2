"""Which printables there are; what an unchanged chapter gave is remembered and not composed again."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from pydantic import TypeAdapter

from printables import book, editions, layout
from printables.cache import Cache
from printables.editions import Register
from printables.findings import Finding
from printables.job import Job, Order
from printables.owner import Owner
from printables.shelf import Shelf
from printables.works import Outcome, print_all

PACKAGE = Path(__file__).parent
SILENT = {"fonts", "__pycache__"}  # of the package: has no say in what is ordered

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

    def jobs(self, keys: Collection[str]) -> list[Job]:
        """The jobs with these keys, in the order of the plan; their chapters alone are composed."""
        copies = {copy.digest: copy for key, copy in self.copies.items() if key in keys}
        composed = {job.key: job for copy in copies.values() for job in copy.composed[0]}
        return [composed[key] for key in self.orders if key in keys]

    def take_down(self, register: Register) -> None:
        """Leave out the editions that were withdrawn."""
        self.orders = {
            key: order
            for key, order in self.orders.items()
            if editions.number(order.edition) not in register.withdrawals
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
    shelf: Shelf, owner: Owner, memory: Path | None = None, *, from_memory: bool = False
) -> Plan:
    """Every printable of the shelf's chapters and readers.

    `memory` is a file that remembers what was ordered last time; `from_memory` leaves out what it does not hold.
    """
    known = _recall(memory) if memory else {}
    ordered: dict[str, Ordered] = {}
    made = Plan()
    for copy in _copies(shelf, owner):
        if from_memory and copy.digest not in known:
            made.complete = False
            continue
        orders, findings = ordered[copy.digest] = known.get(copy.digest) or _order(copy)
        made.orders |= orders
        made.copies |= dict.fromkeys(orders, copy)
        made.findings += findings
    if memory and made.complete and ordered.keys() != known.keys():
        memory.parent.mkdir(parents=True, exist_ok=True)
        part = memory.with_name(f"{memory.name}.{os.getpid()}.part")
        part.write_bytes(MEMORY.dump_json(ordered))
        part.replace(memory)
    return made


def _order(copy: Copy) -> Ordered:
    jobs, findings = copy.composed
    return {job.key: job.order for job in jobs}, tuple(findings)


def _copies(shelf: Shelf, owner: Owner) -> Iterator[Copy]:
    twins_by_name = shelf.twins()
    beside = f"{_code()} {owner!r}"
    for twins in twins_by_name.values():
        yield Copy(_digest(beside, twins), partial(layout.jobs, twins, owner))
    for reader in book.readers(shelf.docs, twins_by_name):
        yield Copy(_digest(beside, reader), partial(book.jobs, reader, owner))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


def _code() -> str:
    """Hash of all that decides how a chapter is composed, but its text and the owner's file."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and not SILENT.intersection(path.relative_to(PACKAGE).parts):
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


def _recall(memory: Path) -> Mapping[str, Ordered]:
    try:
        return MEMORY.validate_json(memory.read_bytes())
    except (OSError, ValueError):
        return {}
