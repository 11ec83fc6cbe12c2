"""Issue editions, withdraw editions, list unissued changes."""

import argparse
import sys
from datetime import date
from pathlib import Path

from printables.findings import Rejected, finding, nearest
from printables.languages import Both
from printables.layout.edition import number
from printables.project import Project
from printables.publishing import editions
from printables.publishing.editions import Edition, Issue, Register, Withdrawal

FIRST = Both(zh="首版", en="First edition")
REGISTER = Path(editions.NAME)


def issues(
    printed: list[Edition], register: Register, changed: Both | None, today: date
) -> list[Issue]:
    """The lines of the register that issue the new and changed editions.

    Raises Rejected if there are changed ones and no text `changed`.
    """
    difference = editions.compare(printed, register)
    if difference.changed and changed is None:
        count = len(difference.changed)
        raise Rejected([finding("edition-text-missing", REGISTER, count=count)])
    texts = [(edition, FIRST) for edition in difference.new]
    texts += [(edition, changed) for edition in difference.changed if changed]
    return [Issue(**edition.model_dump(), issued=today, changed=text) for edition, text in texts]


def withdrawals(
    wanted: list[str], register: Register, reason: Both, today: date
) -> list[Withdrawal]:
    """The lines of the register that withdraw editions; an id may be written with its date, as on the sheet.

    Raises Rejected for an id that was never issued.
    """
    ids = [number(word) for word in wanted]
    unknown = [
        finding("edition-unknown", REGISTER, id=word)
        for word in ids
        if word not in register.editions
    ]
    if unknown:
        raise Rejected(unknown)
    return [Withdrawal(id=word, withdrawn=today, reason=reason) for word in ids]


def printed_now(names: list[str]) -> list[Edition]:
    """The editions of these chapters, or of all, in the working tree; raises Rejected for an unknown chapter."""
    _, prospect = Project().read()
    if prospect.findings:
        raise Rejected(prospect.findings)
    printed = list(prospect.editions)
    chapters = {edition.chapter for edition in printed}
    if unknown := [name for name in names if name not in chapters]:
        raise Rejected(
            [finding("edition-chapter", name, near=nearest(name, chapters)) for name in unknown]
        )
    return [edition for edition in printed if not names or edition.chapter in names]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 with findings, or from `status` if there are unissued changes."""
    asked = _parser().parse_args(arguments)
    try:
        register = editions.load(REGISTER)
        return {"issue": _issue, "withdraw": _withdraw, "status": _status}[asked.what](
            asked, register
        )
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1


def _issue(asked: argparse.Namespace, register: Register) -> int:
    printed = printed_now(asked.chapters)
    lines = issues(printed, register, _text(asked), date.today())
    editions.add(REGISTER, lines)
    for line in lines:
        print(f"{line.label}  {line.name}  {line.changed.zh} · {line.changed.en}")
    print(f"{REGISTER}: +{len(lines)}")
    return 0


def _withdraw(asked: argparse.Namespace, register: Register) -> int:
    reason = Both(zh=asked.zh, en=asked.en)
    lines = withdrawals(asked.ids, register, reason, date.today())
    editions.add(REGISTER, lines)
    for line in lines:
        edition = register.editions[line.id]
        print(f"{edition.label}  {edition.name}  已撤回 · withdrawn")
    return 0


def _status(asked: argparse.Namespace, register: Register) -> int:
    difference = editions.compare(printed_now([]), register)
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
    if not text.strip():
        raise argparse.ArgumentTypeError("请写明 · write something")
    return text.strip()


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
    sys.exit(main())
