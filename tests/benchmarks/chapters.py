"""Many chapters out of the four model chapters, the same ones on every run."""

import random
import re
import shutil
from pathlib import Path

MODELS = (
    "teams/confined-space",
    "teams/fire-extinguishers",
    "officers/hazard-identification",
    "managers/legal-duties",
)
READERS = ("managers", "officers", "teams")
LANGUAGES = ("zh", "en")
SEED = 2026
SHUFFLED = {"points", "steps", "never", "checklist"}
PRINTS = re.compile(r"^prints: .*$", re.MULTILINE)  # the standard designs
TRANSLATES = re.compile(r"^translates: .*\n", re.MULTILINE)  # not from this text
HEADING = re.compile(r"^## .*\{#[\w-]+ \.(\w+)\}$")
ITEM = re.compile(r"^(- |\d+\. )(.*)$")


def names(number: int) -> list[str]:
    """The first `number` chapters: the models themselves, then variants of each in turn."""
    variants = (f"{MODELS[n % len(MODELS)]}-{n}" for n in range(len(MODELS), number))
    return [*MODELS[:number], *variants]


def write(source: Path, docs: Path, number: int) -> None:
    """Write `number` chapters in both languages, and the pages around them, below `docs`."""
    for page in [*source.glob("*.md"), *source.glob("*/*.md")]:
        _copy(page, docs / page.relative_to(source))
    for language in LANGUAGES:
        for reader in READERS:
            index = Path(language, reader, "index.md")
            _copy(source / index, docs / index)
        for place, name in enumerate(names(number)):
            text = (source / language / f"{MODELS[place % len(MODELS)]}.md").read_text("utf-8")
            path = docs / language / f"{name}.md"
            text = TRANSLATES.sub("", PRINTS.sub("prints: [poster, flyer]", text))
            path.write_text(text if place < len(MODELS) else vary(text, place), "utf-8")


def vary(text: str, number: int) -> str:
    """The chapter with a number in its title and its items in another order, in every language the same."""
    text = re.sub(r"^(title: .*)$", rf"\1 {number}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^order: .*$", f"order: {number}", text, count=1, flags=re.MULTILINE)
    lines, role = text.split("\n"), ""
    for place, line in enumerate(lines):
        if heading := HEADING.match(line):
            role = heading[1]
        elif role in SHUFFLED and ITEM.match(line):
            _shuffle(lines, place, random.Random(f"{SEED} {number} {role}"))
            role = ""
    return "\n".join(lines)


def _shuffle(lines: list[str], first: int, chance: random.Random) -> None:
    """Put the items of the list that begins at line `first` into another order."""
    places = [place for place in range(first, len(lines)) if ITEM.match(lines[place])]
    whole = [place for at, place in enumerate(places) if place == first + at]
    items = [lines[place].partition(" ")[2] for place in whole]
    chance.shuffle(items)
    for place, item in zip(whole, items, strict=True):
        lines[place] = f"{lines[place].partition(' ')[0]} {item}"


def _copy(page: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(page, target)
