"""Measure everything and print a table in Markdown."""

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks import line_ends, one, peers, serve, site, stamp, unit

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".cache" / "benchmark"
PEERS = ROOT / ".cache" / "bench-venv" / "bin" / "python"
KINDS = ("one", "stamp", "unit", "serve", "site", "peers", "lines")


def main() -> None:
    asked = _parser().parse_args()
    print(f"{platform.python_version()}, {len(os.sched_getaffinity(0))} cores, load {_load()}\n")
    if "one" in asked.only:
        table(one.rows(WORK / "one", PEERS))
    if "stamp" in asked.only:
        table(stamp.rows())
    if "unit" in asked.only:
        table(unit.rows(WORK / "unit"))
    if "serve" in asked.only:
        table(serve.rows(WORK))
    if "lines" in asked.only:
        table(line_ends.rows(asked.sheets))
    for number in asked.chapters:
        if "site" in asked.only:
            table(site.rows(WORK, number, asked.cold))
            print(f"Cache: {site.cache_size(WORK / f'site-{number}')}\n", flush=True)
        if "peers" in asked.only:
            table(peers.rows(WORK, number, PEERS))
    shutil.rmtree(WORK, ignore_errors=True)


def table(rows: Iterable[dict[str, str]]) -> None:
    """Print rows as they come."""
    for number, row in enumerate(rows):
        if number == 0:
            print(f"| {' | '.join(row)} |\n|{' --- |' * len(row)}")
            heads = list(row)
        print(f"| {' | '.join(row.get(head, '–') for head in heads)} |", flush=True)
    print(flush=True)


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/benchmark", description=__doc__)
    parser.add_argument("--chapters", type=_numbers, default=[10, 100], help="10,100,300")
    parser.add_argument("--cold", type=int, default=3, help="builds with nothing cached")
    parser.add_argument(
        "--sheets", type=Path, default=ROOT / "site", help="finished sheets, for their lines"
    )
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
