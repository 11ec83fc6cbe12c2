"""Print one part of everything into the cache: python -m printables.shard 3/8, for machines side by side.

A last run of script/build, with the caches of all parts, prints nothing and collects.
"""

import argparse
import json
import os
import re
import sys
from functools import partial
from pathlib import Path

from printables import book, design, layout, owner
from printables.cache import Cache
from printables.findings import Rejected
from printables.job import Job
from printables.shelf import stock
from printables.works import executor, print_all


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when the part was printed, 1 with findings."""
    asked = _parser().parse_args(arguments)
    number, of = asked.part
    try:
        shelf = stock(asked.docs, design.names())
        publisher = owner.load(asked.owner)
        jobs, findings = layout.plan(shelf.twins(), publisher)
        books, unbound = book.plan(asked.docs, shelf.twins(), publisher)
        jobs, findings = jobs + books, findings + unbound
        pool = partial(executor, os.environ.get("PRINT_EXECUTOR", ""))
        outcome = print_all(share(jobs, number, of), Cache(asked.cache), pool)
        if failed := [*shelf.findings, *findings, *outcome.findings]:
            raise Rejected(failed)
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
        return 1
    print(json.dumps(outcome.report.as_dict()))
    return 0


def share(jobs: list[Job], number: int, of: int) -> list[Job]:
    """Part `number` (from 1) of `of` equal parts; heavy and light designs are dealt out in turn."""
    return sorted(jobs, key=lambda job: (job.design, job.name))[number - 1 :: of]


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
