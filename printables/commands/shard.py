"""Print one of several parts into the cache, for parallel machines: python -m printables.commands.shard 3/8.

A final script/build with the caches of all parts prints nothing more.
"""

import argparse
import os
import re
import sys
from functools import partial

from printables.findings import Rejected
from printables.job import Order
from printables.last_net import run
from printables.production.cache import Cache
from printables.production.executors import executor
from printables.project import Project


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when the part was printed, 1 with findings."""
    asked = _parser().parse_args(arguments)
    number, of = asked.part
    project = Project()
    try:
        _, prospect = project.read()
        prospect.plan.orders = share(prospect.plan.orders, number, of)
        pool = partial(executor, os.environ.get("PRINT_EXECUTOR", ""))
        outcome = prospect.plan.press(Cache(project.press), pool)
        outcome.report.file()
        if failed := [*prospect.findings, *outcome.findings]:
            raise Rejected(failed)
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1
    print(outcome.report)
    return 0


def share(orders: dict[str, Order], number: int, of: int) -> dict[str, Order]:
    """Part `number` (from 1) of `of` equal parts, each with heavy and light designs."""
    dealt = sorted(orders.items(), key=lambda item: (item[1].design, item[1].name))
    return dict(dealt[number - 1 :: of])


def _part(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)/(\d+)", text)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise argparse.ArgumentTypeError(f"{text}: write 3/8 for the third of eight parts")
    return int(match[1]), int(match[2])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m printables.commands.shard", description=__doc__
    )
    parser.add_argument("part", type=_part, help="3/8: the third of eight parts")
    return parser


if __name__ == "__main__":
    sys.exit(run(main))
