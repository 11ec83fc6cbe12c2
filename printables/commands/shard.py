"""Print one part of everything into the cache: python -m printables.shard 3/8, for machines side by side.

A last run of script/build, with the caches of all parts, prints nothing and collects.
"""

import argparse
import os
import re
import sys
from functools import partial
from pathlib import Path

from printables.chapters import owner
from printables.checks.collection import collect
from printables.findings import Rejected
from printables.job import Order
from printables.layout import design
from printables.production import planning
from printables.production.cache import Cache
from printables.production.workers import executor


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when the part was printed, 1 with findings."""
    asked = _parser().parse_args(arguments)
    number, of = asked.part
    try:
        collection = collect(asked.docs, design.names())
        publisher = owner.load(asked.owner)
        plan = planning.plan(collection, publisher)
        plan.orders = share(plan.orders, number, of)
        pool = partial(executor, os.environ.get("PRINT_EXECUTOR", ""))
        outcome = plan.press(Cache(asked.cache), pool)
        outcome.report.file()
        if failed := [*collection.findings, *plan.findings, *outcome.findings]:
            raise Rejected(failed)
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1
    print(outcome.report)
    return 0


def share(orders: dict[str, Order], number: int, of: int) -> dict[str, Order]:
    """Part `number` (from 1) of `of` equal parts; heavy and light designs are dealt out in turn."""
    dealt = sorted(orders.items(), key=lambda item: (item[1].design, item[1].name))
    return dict(dealt[number - 1 :: of])


def _part(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)/(\d+)", text)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise argparse.ArgumentTypeError(f"{text}: write 3/8 for the third of eight parts")
    return int(match[1]), int(match[2])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m printables.shard", description=__doc__)
    parser.add_argument("part", type=_part, help="3/8: the third of eight parts")
    parser.add_argument("--docs", type=Path, default=Path("docs"))
    parser.add_argument("--owner", type=Path, default=Path("owner.yml"))
    parser.add_argument("--cache", type=Path, default=Path(".cache/press"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
