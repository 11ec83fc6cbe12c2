"""The register of editions: what was issued, withdrawn and replaced, and the state of each edition.

The register is a log of events, newest last. The state of an edition follows from them and is not written down, so that two
branches can both add events.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from printables.findings import Finding, finding
from printables.job import Order, home
from printables.languages import LANGUAGES, Both, Record, Text, Voices
from printables.layout.edition import DIGITS, number

NAME = "editions.jsonl"

State = Literal["current", "superseded", "withdrawn", "proof"]
Printable = tuple[str, str, str]  # chapter, design, language


class Edition(Record):
    """The content of a printable at one time, shared by its sizes and finishings. `date` is that of the review."""

    id: Annotated[str, Field(pattern=rf"^[0-9a-f]{{{DIGITS}}}$")]
    chapter: Text
    design: Text
    language: Voices
    sizes: tuple[str, ...]
    title: Both
    date: date
    source_hash: str

    @property
    def printable(self) -> Printable:
        """Chapter, design and language, by which the register groups editions."""
        return self.chapter, self.design, self.language

    @property
    def name(self) -> str:
        """Name of the printable in messages: `teams/confined-space poster zh`."""
        return " ".join(self.printable)

    @property
    def label(self) -> str:
        """The edition as printed on the sheet: `2026-11-23·1f3a9c02`."""
        return f"{self.date}·{self.id}"


class Issue(Edition):
    """A line of the register: an edition that was issued, the day, what it changed, and the documents that it rests on."""

    issued: date
    changed: Both
    rests_on: tuple[Text, ...] = ()


class Withdrawal(Record):
    """A line of the register: an edition that has to be taken down, the day, and the reason."""

    id: str
    withdrawn: date
    reason: Both


class Replacement(Record):
    """A line of the register: an edition that others replace, the day, and the chapters or volumes that these print.

    Its own printable is no longer printed: a book that became volumes, or volumes that became a book.
    """

    id: str
    replaced: date
    by: Annotated[tuple[Text, ...], Field(min_length=1)]


Event = Issue | Withdrawal | Replacement


@dataclass(frozen=True)
class Register:
    """Every edition that was issued, oldest first; withdrawals and replacements by the edition's id."""

    issues: tuple[Issue, ...] = ()
    withdrawals: Mapping[str, Withdrawal] = field(default_factory=dict)
    replacements: Mapping[str, Replacement] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Register":
        """The register of a log; a printable that is issued again replaces itself."""
        issues: list[Issue] = []
        withdrawals: dict[str, Withdrawal] = {}
        replacements: dict[str, Replacement] = {}
        for event in events:
            if isinstance(event, Issue):
                same = {issue.id for issue in issues if issue.printable == event.printable}
                replacements = {key: replacements[key] for key in replacements if key not in same}
                issues.append(event)
            elif isinstance(event, Withdrawal):
                withdrawals[event.id] = event
            else:
                replacements[event.id] = event
        return cls(tuple(issues), withdrawals, replacements)

    @cached_property
    def histories(self) -> dict[Printable, list[Issue]]:
        """The issues of each printable, oldest first."""
        histories: dict[Printable, list[Issue]] = {}
        for issue in self.issues:
            histories.setdefault(issue.printable, []).append(issue)
        return histories

    @cached_property
    def editions(self) -> dict[str, Issue]:
        """Every edition by its id, as it was last issued."""
        return {issue.id: issue for issue in self.issues}

    def current(self, printable: Printable) -> Issue | None:
        """The last edition issued; None if that was withdrawn, as an older one was replaced with reason."""
        history = self.histories.get(printable)
        if not history or history[-1].id in {*self.withdrawals, *self.replacements}:
            return None
        return history[-1]

    def instead(self, edition: str) -> list[Issue]:
        """What is to be put up where this edition hung: the newest of its printable, or those that replace it."""
        issue = self.editions.get(edition)
        if issue is None:
            return []
        last = self.histories[issue.printable][-1]
        named = self.replacements[last.id].by if last.id in self.replacements else (issue.chapter,)
        newest = [self.current((name, issue.design, issue.language)) for name in named]
        return [each for each in newest if each]

    def state(self, edition: str) -> State:
        """State of the edition with this id; one that was never issued is a proof."""
        if edition not in self.editions:
            return "proof"
        if edition in self.withdrawals:
            return "withdrawn"
        newest = self.current(self.editions[edition].printable)
        return "current" if newest and newest.id == edition else "superseded"

    def since(self, edition: str) -> list[Issue]:
        """Later issues of the same printable, newest first; before them those that replace it."""
        later: list[Issue] = []
        if edition in self.editions:
            history = self.histories[self.editions[edition].printable]
            if history[-1].id in self.replacements:
                later += self.instead(edition)
            for issue in reversed(history):
                if issue.id == edition:
                    break
                later.append(issue)
        return later

    def recalled(self) -> list[tuple[date, Issue]]:
        """Editions that have to be taken down, with the day since when; newest first."""
        days = []
        for edition, issue in reversed(self.editions.items()):
            if edition in self.withdrawals:
                days.append((self.withdrawals[edition].withdrawn, issue))
            elif edition in self.replacements:
                days.append((self.replacements[edition].replaced, issue))
            elif later := self.since(edition):
                days.append((later[-1].issued, issue))
        return sorted(days, key=lambda entry: entry[0], reverse=True)


def planned(orders: Iterable[Order]) -> list[Edition]:
    """The editions of these orders, each once, with all its sizes."""
    alike: dict[tuple[Printable, str], list[Order]] = {}
    titles: dict[tuple[str, str], str] = {}
    for order in orders:
        printable = order.chapter, order.design, order.language
        alike.setdefault((printable, order.edition), []).append(order)
        titles[order.chapter, order.language] = order.title
    return [_edition(same, titles) for same in alike.values()]


def _edition(orders: list[Order], titles: Mapping[tuple[str, str], str]) -> Edition:
    order = orders[0]
    title = {code: titles.get((order.chapter, code), order.title) for code in LANGUAGES}
    return Edition(
        id=number(order.edition),
        chapter=order.chapter,
        design=order.design,
        language=order.language,
        sizes=tuple(each.size for each in orders),
        title=Both(**title),
        date=date.fromisoformat(order.edition.partition("·")[0]),
        source_hash=order.source_hash,
    )


def clashes(editions: Iterable[Edition], register: Register) -> list[Finding]:
    """Findings for two printables with the same edition id: an address can only lead to one."""
    by_id: dict[str, Edition] = {**register.editions}
    findings = []
    for edition in editions:
        other = by_id.setdefault(edition.id, edition)
        if other.printable != edition.printable:
            values = {"id": edition.id, "one": other.name, "two": edition.name}
            findings.append(finding("edition-clash", NAME, **values))
    return findings


@dataclass(frozen=True)
class Difference:
    """Difference between what would print now and what was issued.

    `new` printables were never issued, `changed` were issued with another content, `withdrawn` have the content of a
    withdrawn edition, and `gone` are issued editions of printables that are no longer printed. `split` are those of them
    whose reader is printed otherwise now, in volumes or in one book, with the names of these.
    """

    new: list[Edition]
    changed: list[Edition]
    withdrawn: list[Edition]
    gone: list[Issue]
    split: dict[Issue, tuple[str, ...]]

    def notes(self, register: Register) -> list[Finding]:
        """A finding for each changed, withdrawn and gone printable; one for all new ones."""
        notes = [finding("editions-new", NAME, count=len(self.new))] if self.new else []
        for edition in self.changed:
            last = register.histories[edition.printable][-1].label
            values = {"name": edition.name, "edition": edition.label, "last": last}
            notes.append(finding("edition-changed", NAME, **values))
        for code, editions in (("edition-withdrawn", self.withdrawn), ("edition-gone", self.gone)):
            notes += [finding(code, NAME, name=e.name, edition=e.label) for e in editions]
        for edition, by in self.split.items():
            values = {"name": edition.name, "edition": edition.label, "by": ", ".join(by)}
            notes.append(finding("edition-split", NAME, **values))
        return notes


def compare(editions: Iterable[Edition], register: Register) -> Difference:
    """Compare the editions that would print now with the register."""
    editions = list(editions)
    printed = {edition.printable for edition in editions}
    difference = Difference(new=[], changed=[], withdrawn=[], gone=[], split={})
    for edition in editions:
        state = register.state(edition.id)
        if state == "withdrawn":
            difference.withdrawn.append(edition)
        elif edition.printable not in register.histories:
            difference.new.append(edition)
        elif state != "current":
            difference.changed.append(edition)
    for printable in register.histories.keys() - printed:
        if last := register.current(printable):
            by = _otherwise(last, editions)
            if by:
                difference.split[last] = by
            else:
                difference.gone.append(last)
    difference.gone.sort(key=lambda issue: issue.printable)
    return difference


def _otherwise(gone: Issue, printed: Iterable[Edition]) -> tuple[str, ...]:
    """The volumes, or the book, that now hold what an edition held."""
    return tuple(
        sorted(
            edition.chapter
            for edition in printed
            if (home(edition.chapter), *edition.printable[1:])
            == (home(gone.chapter), *gone.printable[1:])
        )
    )
