"""The forms as a table in Markdown: sheets, pages in each language, how full each page is, what can be typed into."""

import sys
from collections.abc import Iterator
from pathlib import Path

from printables.forms import pages, sheets
from printables.forms.form import Form, rules
from printables.forms.reading import PLACE, Library, load
from printables.forms.sheets import Sheet
from printables.languages import VOICES
from printables.last_net import run

HEADS = ("code", "title", "sheets", "pages", *(f"fill {language}" for language in VOICES), "typed", "workbook")  # fmt: skip


def rows(library: Library) -> Iterator[tuple[str, ...]]:
    """A row for each form and each variant; raises Rejected."""
    for path in library.files:
        form = load(path, library.shelf)
        variants = {f"{path.stem}-{each.name}": form.varied(each) for each in form.variants}
        for code, each in {path.stem: form, **variants}.items():
            fills = [_fills(each, library, language) for language in VOICES]
            yield (
                code,
                f"{each.title.zh} {each.title.en}",
                ", ".join(each.pages),
                " / ".join(str(len(fill)) for fill in fills),
                *(" ".join(f"{share:.2f}" for share in fill) for fill in fills),
                "yes" if each.is_typed else "",
                (each.workbook.of or code) + ".xlsx" if each.workbook else "",
            )


def _fills(form: Form, library: Library, language: str) -> list[float]:
    """How much of the height between its margins each page takes; a certificate is a page composed by hand."""
    if form.look == "certificate":
        return [1.0]
    paper = rules().pages[form.enlarges or form.pages[0]]
    sheet = Sheet(form, library.shelf, paper, language, "")
    room = sheet.room
    return [
        pages.used(page) / (room.other if number else room.first)
        for number, page in enumerate(sheets.laid(sheet))
    ]


def main() -> int:
    """Print the table; raises Rejected where a form is wrong."""
    for row in (HEADS, ("---",) * len(HEADS), *rows(Library(Path(PLACE)))):
        print(f"| {' | '.join(row)} |")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
