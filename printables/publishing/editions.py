"""What a printable says at one time: its id, the register of all that was issued, and how each stands.

The register is a log, one line of JSON for each thing that happened, newest last: an edition was issued, or withdrawn. How an
edition stands follows from the lines and is not written down, so that two branches can both add lines.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from printables.findings import Finding, Rejected, finding
from printables.job import Order
from printables.languages import LANGUAGES, Both, Record, Text, Voices
from printables.layout.edition import DIGITS, number

NAME = "editions.jsonl"

State = Literal["current", "superseded", "withdrawn", "proof"]
Printable = tuple[str, str, str]  # chapter, design, language


class Edition(Record):
    """What a printable says; all its sizes and finishings share it. `date` is that of the review."""

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
        return self.chapter, self.design, self.language

    @property
    def name(self) -> str:
        """What messages call the printable: `teams/confined-space poster zh`."""
        return " ".join(self.printable)

    @property
    def label(self) -> str:
        """As it stands on the sheet."""
        return f"{self.date}·{self.id}"


class Issue(Edition):
    """A line of the register: this edition was issued on a day, and this is what it changed."""

    issued: date
    changed: Both


class Withdrawal(Record):
    """A line of the register: whoever has this edition on a wall takes it down, and why."""

    id: str
    withdrawn: date
    reason: Both


@dataclass(frozen=True)
class Register:
    """Every edition ever issued."""

    issues: tuple[Issue, ...] = ()
    withdrawals: Mapping[str, Withdrawal] = field(default_factory=dict)

    @cached_property
    def histories(self) -> dict[Printable, list[Issue]]:
        """What was issued of each printable, oldest first."""
        found: dict[Printable, list[Issue]] = {}
        for issue in self.issues:
            found.setdefault(issue.printable, []).append(issue)
        return found

    @cached_property
    def editions(self) -> dict[str, Issue]:
        """Every edition by its id, as it was last issued."""
        return {issue.id: issue for issue in self.issues}

    def current(self, printable: Printable) -> Issue | None:
        """The last edition issued; None where that was withdrawn, for an older one was replaced with reason."""
        history = self.histories.get(printable)
        return history[-1] if history and history[-1].id not in self.withdrawals else None

    def state(self, edition: str) -> State:
        """How the edition with this id stands; what was never issued is a proof."""
        if edition not in self.editions:
            return "proof"
        if edition in self.withdrawals:
            return "withdrawn"
        last = self.histories[self.editions[edition].printable][-1]
        return "current" if last.id == edition else "superseded"

    def since(self, edition: str) -> list[Issue]:
        """What was issued of the same printable after this edition, newest first."""
        later: list[Issue] = []
        if edition in self.editions:
            for issue in reversed(self.histories[self.editions[edition].printable]):
                if issue.id == edition:
                    break
                later.append(issue)
        return later

    def recalled(self) -> list[tuple[date, Issue]]:
        """What has to come off the walls, with the day from which on; newest first."""
        days = []
        for edition, issue in reversed(self.editions.items()):
            if edition in self.withdrawals:
                days.append((self.withdrawals[edition].withdrawn, issue))
            elif later := self.since(edition):
                days.append((later[-1].issued, issue))
        return sorted(days, key=lambda entry: entry[0], reverse=True)


def planned(orders: Iterable[Order]) -> list[Edition]:
    """What the printables of these orders say, each once; the sizes of one stand together."""
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
    """Two printables that would be stamped alike; the address on the sheet can only mean one."""
    known: dict[str, Edition] = {**register.editions}
    findings = []
    for edition in editions:
        other = known.setdefault(edition.id, edition)
        if other.printable != edition.printable:
            found = finding("edition-clash", NAME, id=edition.id, one=other.name, two=edition.name)
            findings.append(found)
    return findings


@dataclass(frozen=True)
class Difference:
    """Where the printables and the register part.

    `new` have no edition yet, `changed` have one that says something else, `withdrawn` say again what was withdrawn, and of
    `gone` nothing is printed any more.
    """

    new: list[Edition]
    changed: list[Edition]
    withdrawn: list[Edition]
    gone: list[Issue]

    def notes(self, register: Register) -> list[Finding]:
        """A line for each printable that somebody has to look at; one for all that are new."""
        notes = [finding("editions-new", NAME, count=len(self.new))] if self.new else []
        for edition in self.changed:
            last = register.histories[edition.printable][-1].label
            values = {"name": edition.name, "edition": edition.label, "last": last}
            notes.append(finding("edition-changed", NAME, **values))
        for code, editions in (("edition-withdrawn", self.withdrawn), ("edition-gone", self.gone)):
            notes += [finding(code, NAME, name=e.name, edition=e.label) for e in editions]
        return notes


def compare(editions: Iterable[Edition], register: Register) -> Difference:
    """What is printed now beside what was issued."""
    editions = list(editions)
    printed = {edition.printable for edition in editions}
    found = Difference(new=[], changed=[], withdrawn=[], gone=[])
    for edition in editions:
        state = register.state(edition.id)
        if state == "withdrawn":
            found.withdrawn.append(edition)
        elif edition.printable not in register.histories:
            found.new.append(edition)
        elif state != "current":
            found.changed.append(edition)
    for printable in register.histories.keys() - printed:
        if last := register.current(printable):
            found.gone.append(last)
    found.gone.sort(key=lambda issue: issue.printable)
    return found


def load(path: Path) -> Register:
    """Read the register; no file is an empty one. Raises Rejected with every line that is wrong."""
    issues: list[Issue] = []
    withdrawals: dict[str, Withdrawal] = {}
    findings: list[Finding] = []
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for place, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            if "withdrawn" in entry:
                withdrawal = Withdrawal.model_validate(entry)
                withdrawals[withdrawal.id] = withdrawal
            else:
                issues.append(Issue.model_validate(entry))
        except (ValueError, TypeError) as error:
            reason = " ".join(str(error).split())[:200]
            findings.append(finding("register-broken", path, place, reason=reason))
    register = Register(tuple(issues), withdrawals)
    for lost in sorted(withdrawals.keys() - register.editions.keys()):
        findings.append(finding("register-broken", path, reason=f"{lost} ?"))
    findings += clashes(issues, Register())
    if findings:
        raise Rejected(findings)
    return register


def add(path: Path, lines: Iterable[Issue | Withdrawal]) -> None:
    """Write what happened at the end of the register."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(line.model_dump_json() + "\n" for line in lines)
