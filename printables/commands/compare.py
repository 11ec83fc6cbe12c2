"""Pictures of every printable that changed between two builds, for reviewers of a pull request."""

import argparse
import html
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from printables.last_net import run

Entry = dict[str, str]  # of a catalogue; the values used here are texts
Pair = tuple[Image.Image | None, Image.Image | None]  # of one page, before and after

AREA_PX = 500_000  # of a page's picture: an A4 page is 594 wide
MOST_PAGES = 12  # shown of one printable; a book may have changed on every page
PAGE = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>改动的印刷品 · Changed printables</title>
<style>
body {{ font: 16px/1.5 sans-serif; margin: 2rem; color: #111; background: #fff }}
section {{ border-top: 3px solid #111; margin-top: 2rem }}
h2 {{ font-size: 1.2rem; overflow-wrap: anywhere }}
.pair {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-bottom: 1rem }}
.wide {{ grid-template-columns: 1fr }}
figure {{ margin: 0 }}
img {{ max-width: 100%; border: 1px solid #111; box-sizing: border-box }}
</style>
<h1>改动的印刷品 · Changed printables: {count}</h1>
{sections}
</html>
"""


@dataclass(frozen=True)
class Change:
    """A printable (chapter, design, language) that is not the same in two builds.

    `before` and `after` are its entries on the first sheet that changed, None where it is new or gone; `files` are all of its
    files that changed.
    """

    name: str
    before: Entry | None
    after: Entry | None
    files: tuple[str, ...]

    @property
    def word(self) -> str:
        """new, changed or gone, in both languages."""
        if self.before is None:
            return "新增 · new"
        return "改动 · changed" if self.after else "删除 · gone"


def changes(before: Path, after: Path) -> list[Change]:
    """Printables of which a file differs in any byte, in the order of the catalogues."""
    olds, news = _entries(before), _entries(after)
    by_name: dict[str, list[str]] = {}
    for place, entry in (olds | news).items():
        old, new = (site / place for site in (before, after))
        if not (place in olds and place in news and old.read_bytes() == new.read_bytes()):
            name = f"{entry['chapter']} {entry['design']} {entry['language']}"
            by_name.setdefault(name, []).append(place)
    return [
        Change(name, olds.get(files[0]), news.get(files[0]), tuple(files))
        for name, files in by_name.items()
    ]


def show(changed: list[Change], before: Path, after: Path, out: Path) -> Path:
    """Write index.html and two pictures of every changed page into `out`; return the path of index.html."""
    out.mkdir(parents=True, exist_ok=True)
    sections = []
    for number, change in enumerate(changed):
        parts = [f"<section>\n<h2>{html.escape(change.name)} ({change.word})</h2>"]
        count = 0
        for count, (page, pair) in enumerate(_different(change, before, after), 1):
            if count <= MOST_PAGES:
                parts.append(_figures(pair, page, out, f"{number}-{page}"))
        if count == 0:
            parts.append("<p>看起来一样 · looks the same</p>")
        if (left := count - MOST_PAGES) > 0:
            parts.append(f"<p>另有 {left} 页 · {left} more pages</p>")
        parts.append(f"<p>{'<br>'.join(map(html.escape, change.files))}</p>\n</section>")
        sections += parts
    page_of_all = out / "index.html"
    text = PAGE.format(count=len(changed), sections="\n".join(sections))
    page_of_all.write_text(text, encoding="utf-8")
    return page_of_all


def _different(change: Change, before: Path, after: Path) -> Iterator[tuple[int, Pair]]:
    """Every page, counted from 1, that does not look the same before and after."""
    pairs = zip_longest(_pages(before, change.before), _pages(after, change.after))
    for number, pair in enumerate(pairs, 1):
        if None in pair or not _alike(*pair):
            yield number, pair


def _pages(site: Path, entry: Entry | None) -> Iterator[Image.Image]:
    """Pictures of a printable's pages, all of about the same area."""
    if entry is None:
        return
    document = pypdfium2.PdfDocument(site / entry["file"])
    for page in document:
        width, height = page.get_size()
        yield page.render(scale=(AREA_PX / (width * height)) ** 0.5).to_pil().convert("RGB")
    document.close()


def _figures(pair: Pair, page: int, out: Path, stem: str) -> str:
    """Save the pictures of a page; return HTML with both side by side, or one above the other if they are wide."""
    figures, kind = [], "pair"
    sides = (("before", "前 · before"), ("after", "后 · after"))
    for (side, word), picture in zip(sides, pair, strict=True):
        if picture:
            name = f"{stem}-{side}.webp"
            picture.save(out / name, quality=80)
            kind = "pair wide" if picture.width > 2 * picture.height else kind
            image = f'<img src="{name}" alt="{word} {page}" loading="lazy">'
            caption = f"<figcaption>{word}，第 {page} 页 · page {page}</figcaption>"
            figures.append(f"<figure>{caption}{image}</figure>")
    return f'<div class="{kind}">{"".join(figures)}</div>'


def _alike(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def table(changed: list[Change]) -> str:
    """The changes as Markdown, for the summary of a workflow."""
    rows = [f"| `{change.name}` | {change.word} | {len(change.files)} |" for change in changed]
    head = f"**改动的印刷品 · changed printables: {len(changed)}**"
    return "\n".join([head, "", "| | | 文件 · files |", "| - | - | - |", *rows])


def _entries(site: Path) -> dict[str, Entry]:
    """The entries of a site's catalogue by file; none for a site that could not be built."""
    catalogue = site / "printables.json"
    if not catalogue.is_file():
        return {}
    entries = json.loads(catalogue.read_text(encoding="utf-8"))["printables"]
    return {entry["file"]: entry for entry in entries}


def main(arguments: list[str] | None = None) -> int:
    """Compare two sites; print the table, write the sheet."""
    parser = argparse.ArgumentParser(prog="script/compare", description=__doc__)
    for name in ("before", "after", "out"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args(arguments)
    changed = changes(asked.before, asked.after)
    print(table(changed))
    show(changed, asked.before, asked.after, asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
