"""Issue what the printables say now, withdraw what must come off the walls, and tell what waits."""

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
    """The lines that make the register say what the printables say.

    Raises Rejected where printables changed and nobody told what.
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
    """The lines that call editions back; an id may be written with its date, as on the sheet.

    Raises Rejected where one was never issued.
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
    """What the printables of these chapters, or of all, say in the working tree."""
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
    """Run the command; 1 with findings, or from `status` where something waits."""
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
    """What changed, in both languages or in none."""
    if bool(asked.zh) != bool(asked.en):
        raise Rejected([finding("edition-text-half", REGISTER)])
    return Both(zh=asked.zh, en=asked.en) if asked.zh else None


def _said(text: str) -> str:
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
                f"--{code}", required=needed, metavar="TEXT", type=_said, help=what
            )
    commands.add_parser("status", help="还没发布的 · what waits to be issued")
    return parser


if __name__ == "__main__":
    sys.exit(main())
