"""List stale translations, show the changes of their source, mark one as done."""

import argparse
import sys

from printables.chapters.translation import Standing, changes, done, standings
from printables.last_net import run
from printables.project import Project

TEXTS = {
    "fresh": "译文最新 · up to date",
    "stale": "原文已改，译文过期 · stale",
    "untracked": "未登记 · not tracked",
    "missing": "缺少译文 · no twin",
    "lost": "历史中找不到译文所依据的版本 · the version it was made from is not in the history",
}


def main(arguments: list[str] | None = None) -> int:
    """Run `status`, `diff` or `done`; 1 from `status` if a translation is stale."""
    parser = argparse.ArgumentParser(
        prog="script/translate", description=f"{__doc__.splitlines()[0]}"
    )
    parser.add_argument("what", choices=("status", "diff", "done"))
    parser.add_argument(
        "chapters", nargs="*", metavar="teams/ladders", help="默认全部 · default: all"
    )
    asked = parser.parse_args(arguments)
    every = standings(Project().collection(drafts=True).twins())
    if unknown := set(asked.chapters) - {standing.name for standing in every}:
        parser.error(f"没有这些章节 · no such chapter: {', '.join(sorted(unknown))}")
    if asked.what == "done" and not asked.chapters:
        parser.error("请写明章节 · name the chapters")
    chosen = [
        standing for standing in every if not asked.chapters or standing.name in asked.chapters
    ]
    for standing in chosen:
        _run(asked.what, standing)
    return int(asked.what == "status" and any(standing.word == "stale" for standing in chosen))


def _run(what: str, standing: Standing) -> None:
    if what == "status":
        print(f"{standing.name:40} {TEXTS[standing.word]}")
    elif what == "done" and standing.translation:
        done(standing.translation, standing.source)
        print(f"{standing.translation}: {TEXTS['fresh']}")
    elif what == "diff" and standing.word == "stale" and standing.translation:
        diff = changes(standing.translation, standing.source)
        print(f"{standing.name}: {TEXTS['lost']}" if diff is None else diff)


if __name__ == "__main__":
    sys.exit(run(main))
