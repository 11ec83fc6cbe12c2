"""Measure everything and print a table in Markdown."""

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks import (
    before,
    line_ends,
    one,
    pages,
    peers,
    serve,
    site,
    stamp,
    unit,
    weight,
)

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".cache" / "benchmark"
PEERS = ROOT / ".cache" / "bench-venv" / "bin" / "python"
SITE = ROOT / "site"
KINDS = ("one", "stamp", "unit", "serve", "site", "peers")
# Asked for by name: this repository's own site, built anew; bytes, first views of pages, and line ends inside words, of the
# one that script/build has made; an earlier commit.
MORE = ("own", "bytes", "pages", "lines", "before")


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
        table(line_ends.rows(SITE))
    costs = []
    for number in asked.chapters:
        if "site" in asked.only:
            rows = table(site.rows(WORK, number, asked.cold))
            costs.append(float(rows[1]["core seconds a sheet"]))
            print(f"Cache: {site.cache_size(WORK / f'site-{number}')}\n", flush=True)
        if "peers" in asked.only:
            table(peers.rows(WORK, number, PEERS))
        if "before" in asked.only:
            table(before.rows(WORK, number, asked.cold))
    for number, cost in list(zip(asked.chapters, costs, strict=False))[1:]:
        print(f"A sheet of {number} chapters: × {cost / costs[0]:.2f} of {asked.chapters[0]}\n")
    if "own" in asked.only:
        table(site.own(WORK / "own"))
        table(weight.rows(site.built_in(WORK / "own")))
    if "bytes" in asked.only:
        table(weight.rows(SITE))
    if "pages" in asked.only:
        table(pages.rows(WORK / "pages", SITE))
    shutil.rmtree(WORK, ignore_errors=True)


def table(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Print rows as they come; returns them all."""
    printed = []
    for number, row in enumerate(rows):
        if number == 0:
            print(f"| {' | '.join(row)} |\n|{' --- |' * len(row)}")
            heads = list(row)
        print(f"| {' | '.join(row.get(head, '–') for head in heads)} |", flush=True)
        printed.append(row)
    print(flush=True)
    return printed


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/benchmark", description=__doc__)
    parser.add_argument("--chapters", type=_numbers, default=[10, 100], help="10,100,300")
    parser.add_argument("--cold", type=int, default=3, help="builds with nothing cached")
    parser.add_argument("--only", nargs="+", choices=KINDS + MORE, default=KINDS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
