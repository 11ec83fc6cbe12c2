"""Both files of a new chapter, marked as drafts, with every role and advice in each."""

import argparse
import re
import sys
from datetime import date
from pathlib import Path

from printables.chapters import sanitizer
from printables.findings import Rejected
from printables.languages import LANGUAGES
from printables.last_net import run
from printables.layout import design

DOCS = Path("docs")
DRAFTS = Path(__file__).with_name("drafts")
NAME = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")


def begin(name: str, docs: Path, reviewed: date) -> list[Path]:
    """Write docs/zh/`name`.md and docs/en/`name`.md; raises FileExistsError if one of them exists."""
    paths = [docs / language / f"{name}.md" for language in LANGUAGES]
    for path in paths:
        if path.exists():
            raise FileExistsError(path)
    word = name.partition("/")[2].replace("-", " ").capitalize()
    given = {"title": word, "reviewed": reviewed, "designs": ", ".join(design.names())}
    for language, path in zip(LANGUAGES, paths, strict=True):
        text = (DRAFTS / f"{language}.md").read_text(encoding="utf-8")
        path.write_text(text.format(**given), encoding="utf-8")
    return paths


def _readers(language: str) -> set[str]:
    return {path.parent.name for path in DOCS.glob(f"{language}/*/index.md")}


def main(arguments: list[str] | None = None) -> int:
    """Make the two files of a chapter."""
    parser = argparse.ArgumentParser(prog="script/new", description=__doc__)
    parser.add_argument("name", metavar="teams/ladders", help="读本/章名 · reader/chapter")
    name = parser.parse_args(arguments).name
    readers = sorted(set.intersection(*map(_readers, LANGUAGES)))
    reader = name.partition("/")[0]
    if not NAME.fullmatch(name) or reader not in readers:
        known = ", ".join(readers)
        parser.error(
            f"请写成 读本/章名（小写英文），读本有 · write reader/name in small letters; readers: {known}"
        )
    keys = [f"{language}/{name}.md" for language in LANGUAGES]
    if wrong := [each for key in keys for each in sanitizer.file(DOCS / key, key)]:
        raise Rejected(wrong)
    try:
        paths = begin(name, DOCS, date.today())
    except FileExistsError as error:
        parser.error(f"已有这个文件 · this file exists: {error}")
    print(*paths, sep="\n")
    print("script/serve 预览 · preview: http://127.0.0.1:8000/")
    print(f"script/check {paths[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
