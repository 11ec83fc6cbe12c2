"""Issue editions, withdraw editions, list unissued changes."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from printables.chapters.characters import HIDDEN
from printables.findings import Finding, Rejected, finding, nearest
from printables.languages import Both
from printables.last_net import run
from printables.layout.edition import number
from printables.project import Project
from printables.publishing import editions
from printables.publishing import register as register_file
from printables.publishing.editions import (
    Edition,
    Event,
    Issue,
    Printable,
    Register,
    Replacement,
    Withdrawal,
)
from printables.publishing.law_watch import documents_of

FIRST = Both(zh="首版", en="First edition")
REGISTER = Path(editions.NAME)
NEXT = (
    f"下一步 · next: git add {editions.NAME}, git commit, script/build, 上传 site/ · upload site/"
)


def issues(
    printed: list[Edition],
    register: Register,
    changed: Both | None,
    today: date,
    rests_on: Callable[[Printable], Iterable[str]],
) -> list[Event]:
    """The lines of the register that issue the new and changed editions, and say what replaces a book in volumes.

    `rests_on` tells the documents behind a printable.
    Raises Rejected if there are changed ones and no text `changed`, or a review that is older than what it changed.
    """
    difference = editions.compare(printed, register)
    if difference.changed and changed is None:
        count = len(difference.changed)
        raise Rejected([finding("edition-text-missing", REGISTER, count=count)])
    if same := list(_same_dates(difference.changed, register, today)):
        raise Rejected(same)
    texts = [(edition, FIRST) for edition in difference.new]
    texts += [(edition, changed) for edition in difference.changed if changed]
    lines: list[Event] = [
        Issue(
            **edition.model_dump(),
            issued=today,
            changed=text,
            rests_on=tuple(sorted(rests_on(edition.printable))),
        )
        for edition, text in texts
    ]
    return lines + [
        Replacement(id=old.id, replaced=today, by=by) for old, by in difference.split.items()
    ]


def _same_dates(changed: list[Edition], register: Register, today: date) -> Iterator[Finding]:
    """Findings for editions that would carry the date of another one, which was issued on an earlier day."""
    for edition in changed:
        last = register.histories[edition.printable][-1]
        if edition.date <= last.date and last.issued < today:
            values = {"name": edition.name, "last": last.label, "today": today}
            yield finding("edition-date", REGISTER, **values)


def withdrawals(
    wanted: list[str], register: Register, reason: Both, today: date
) -> list[Withdrawal]:
    """The lines of the register that withdraw editions, but those that are withdrawn already.

    An id may be written with its date, as on the sheet. Raises Rejected for an id that was never issued.
    """
    ids = [number(word) for word in wanted]
    unknown = [
        finding("edition-unknown", REGISTER, id=word)
        for word in ids
        if word not in register.editions
    ]
    if unknown:
        raise Rejected(unknown)
    new = [word for word in dict.fromkeys(ids) if word not in register.withdrawals]
    return [Withdrawal(id=word, withdrawn=today, reason=reason) for word in new]


def printed_now(names: list[str]) -> tuple[Callable[[Printable], set[str]], list[Edition]]:
    """What tells the documents behind a printable, and the editions of these or of all; raises Rejected for an unknown chapter."""
    project = Project()
    collection, prospect = project.read()
    if prospect.findings:
        raise Rejected(prospect.findings)
    printed = list(prospect.editions)
    chapters = {edition.chapter for edition in printed}
    if unknown := [name for name in names if name not in chapters]:
        raise Rejected(
            [finding("edition-chapter", name, near=nearest(name, chapters)) for name in unknown]
        )
    wanted = [edition for edition in printed if not names or edition.chapter in names]
    return partial(documents_of, collection, project.library), wanted


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 with findings, or from `status` if there are unissued changes."""
    asked = _parser().parse_args(arguments)
    try:
        register = register_file.load(REGISTER)
        return {"issue": _issue, "withdraw": _withdraw, "status": _status}[asked.what](
            asked, register
        )
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1


def _issue(asked: argparse.Namespace, register: Register) -> int:
    rests_on, printed = printed_now(asked.chapters)
    lines = issues(printed, register, _text(asked), date.today(), rests_on)
    register_file.add(REGISTER, lines)
    for line in lines:
        if isinstance(line, Issue):
            print(f"{line.label}  {line.name}  {line.changed.zh} · {line.changed.en}")
        elif isinstance(line, Replacement):
            old = register.editions[line.id]
            print(f"{old.label}  {old.name}  换成 · replaced by {', '.join(line.by)}")
    print(f"{REGISTER}: +{len(lines)}")
    if lines:
        print(NEXT)
    return 0


def _withdraw(asked: argparse.Namespace, register: Register) -> int:
    reason = Both(zh=asked.zh, en=asked.en)
    lines = withdrawals(asked.ids, register, reason, date.today())
    register_file.add(REGISTER, lines)
    for line in lines:
        edition = register.editions[line.id]
        print(f"{edition.label}  {edition.name}  已撤回 · withdrawn")
    for word in sorted({number(word) for word in asked.ids} - {line.id for line in lines}):
        print(f"{word}  早已撤回 · withdrawn before")
    if lines:
        print(NEXT)
    return 0


def _status(asked: argparse.Namespace, register: Register) -> int:
    difference = editions.compare(printed_now([])[1], register)
    notes = difference.notes(register)
    for note in notes:
        print(note.message())
    if not notes:
        print("全部已发布 · everything is issued")
    return int(bool(notes))


def _text(asked: argparse.Namespace) -> Both | None:
    """The text of what changed, or None; raises Rejected if it is in one language only."""
    if bool(asked.zh) != bool(asked.en):
        raise Rejected([finding("edition-text-half", REGISTER)])
    return Both(zh=asked.zh, en=asked.en) if asked.zh else None


def _nonempty(text: str) -> str:
    """The text on one line: what a word processor puts between lines would be none for whoever reads the register."""
    text = " ".join(text.split())
    if not text:
        raise argparse.ArgumentTypeError("请写明 · write something")
    if hidden := HIDDEN.search(text):
        code = f"U+{ord(hidden[0]):04X}"
        raise argparse.ArgumentTypeError(
            f"有看不见的字符 · there is an invisible character: {code}"
        )
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/edition", description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    issue = commands.add_parser("issue", help="发布新的和改过的 · issue what is new or changed")
    issue.add_argument(
        "chapters", nargs="*", metavar="teams/ladders", help="默认全部 · default: all"
    )
    withdraw = commands.add_parser("withdraw", help="撤回 · call editions back")
    withdraw.add_argument("ids", nargs="+", metavar="1f3a9c02", help="版次号 · the edition's id")
    for command, needed in ((issue, False), (withdraw, True)):
        for code, what in (("zh", "中文说明"), ("en", "the same in English")):
            command.add_argument(
                f"--{code}", required=needed, metavar="TEXT", type=_nonempty, help=what
            )
    commands.add_parser("status", help="还没发布的 · list unissued changes")
    return parser


if __name__ == "__main__":
    sys.exit(run(main))
