"""Two builds side by side: a picture sheet of every printable that changed, for whoever reviews a pull request."""

import argparse
import html
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

PAGE = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>改动的印刷品 · Changed printables</title>
<style>
body {{ font: 16px/1.5 sans-serif; margin: 2rem; color: #111; background: #fff }}
section {{ border-top: 3px solid #111; margin-top: 2rem }}
figure {{ display: inline-block; width: 46%; min-width: 16rem; margin: 0 1rem 1rem 0; vertical-align: top }}
img {{ max-width: 100%; border: 1px solid #111 }}
</style>
<h1>改动的印刷品 · Changed printables: {count}</h1>
{sections}
</html>
"""


@dataclass(frozen=True)
class Change:
    """A printable's entries in the two builds; one is None where it is new or gone."""

    place: str
    before: dict | None
    after: dict | None

    @property
    def word(self) -> str:
        if self.before is None:
            return "新增 · new"
        return "改动 · changed" if self.after else "删除 · gone"


def changes(before: Path, after: Path) -> list[Change]:
    """Printables whose PDF is not the same, byte for byte, in order of place."""
    olds, news = _entries(before), _entries(after)
    places = sorted(olds.keys() | news.keys())
    found = (Change(place, olds.get(place), news.get(place)) for place in places)
    return [change for change in found if not _same(change, before, after)]


def show(found: list[Change], before: Path, after: Path, out: Path) -> Path:
    """Write index.html into `out` with both pictures of every change beside it."""
    out.mkdir(parents=True, exist_ok=True)
    sections = []
    for number, change in enumerate(found):
        figures = []
        for word, site, entry in (
            ("前 · before", before, change.before),
            ("后 · after", after, change.after),
        ):
            if entry:
                name = f"{number}-{site.name}.webp"
                shutil.copy(site / entry["picture"], out / name)
                edition = html.escape(str(entry.get("edition", "")))
                figures.append(
                    f'<figure><figcaption>{word} {edition}</figcaption><img src="{name}" alt=""></figure>'
                )
        title = f"<h2>{html.escape(change.place)} ({change.word})</h2>"
        sections.append(f"<section>{title}{''.join(figures)}</section>")
    page = out / "index.html"
    page.write_text(PAGE.format(count=len(found), sections="\n".join(sections)), encoding="utf-8")
    return page


def table(found: list[Change]) -> str:
    """The changes as Markdown, for the summary of a workflow."""
    rows = [f"| `{change.place}` | {change.word} |" for change in found]
    return "\n".join(
        [f"**改动的印刷品 · changed printables: {len(found)}**", "", "| | |", "| - | - |", *rows]
    )


def _entries(site: Path) -> dict[str, dict]:
    catalogue = site / "printables.json"
    if not catalogue.is_file():
        return {}
    entries = json.loads(catalogue.read_text(encoding="utf-8"))["printables"]
    return {entry["file"]: entry for entry in entries}


def _same(change: Change, before: Path, after: Path) -> bool:
    if not (change.before and change.after):
        return False
    return (before / change.place).read_bytes() == (after / change.place).read_bytes()


def main(arguments: list[str] | None = None) -> int:
    """Compare two sites; print the table, write the sheet."""
    parser = argparse.ArgumentParser(prog="script/compare", description=__doc__)
    for name in ("before", "after", "out"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args(arguments)
    found = changes(asked.before, asked.after)
    print(table(found))
    show(found, asked.before, asked.after, asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
