"""Packs: the printables of a chapter or campaign in one zip, with a page of contents."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2

from printables.colours import custom_properties
from printables.job import PDF, Order
from printables.languages import FACTS, LANGUAGES
from printables.layout.design import find
from printables.press.sheet import PICTURE, Filed
from printables.production.cache import Kept
from printables.publishing.job_ticket import SUFFIX, ticket
from printables.sizes import SIZES
from printables.words import WORDS

EPOCH = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the format's first date, for all files: equal packs have equal bytes
CONTENTS = Path(__file__).with_name("contents.html")
MADE_BY = (Path(__file__), Path(__file__).with_name("job_ticket.py"), CONTENTS)


def pack(title: Mapping[str, str], sheets: Mapping[Order, Filed]) -> bytes:
    """A zip of every sheet's files and job tickets, in folders by language and design, and the contents.

    PDFs are compressed already and are only stored.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, "内容 Contents.html", contents(title, sheets).encode())
        for order, sheet in sheets.items():
            for suffix in sheet.suffixes:
                if suffix != PICTURE:
                    _put(archive, _place(order, suffix), sheet.read(suffix))
            for after in sheet.finished:
                if after.made.is_for_a_print_shop:
                    _put(archive, _place(order, SUFFIX), ticket(order, after).encode())
    return out.getvalue()


def contents(title: Mapping[str, str], sheets: Mapping[Order, Filed]) -> str:
    """The page of contents in every language: chapters, their designs and languages, each size with its files."""
    by_chapter: dict[str, list[Order]] = {}
    for order in sheets:
        by_chapter.setdefault(order.chapter, []).append(order)
    chapters = [
        (_titles(orders), [_row(list(same), sheets) for _, same in groupby(orders, _printable)])
        for orders in by_chapter.values()
    ]
    return _template().render(
        title=title, words=WORDS, chapters=chapters, colours=custom_properties()
    )


def _printable(order: Order) -> tuple[str, str]:
    return order.design, order.language


def _titles(orders: list[Order]) -> dict[str, str]:
    """A chapter's title by language; that of another language where it has no sheet."""
    titles = {order.language: order.title for order in orders}
    return {code: titles.get(code, orders[0].title) for code in LANGUAGES}


def _row(orders: list[Order], sheets: Mapping[Order, Filed]) -> dict[str, Any]:
    return {
        "design": find(orders[0].design).spec.name.model_dump(),
        "language": orders[0].language,
        "edition": orders[0].edition,
        "sheets": [_size(order, sheets[order]) for order in orders],
    }


def _size(order: Order, sheet: Filed) -> dict[str, Any]:
    width, height = (f"{side:g}" for side in order.trim)
    files = [("plain", _place(order, PDF), 0)]
    for each in sheet.finished:
        tiles = each.pages if each.made.room == "tiles" else 0
        files.append((each.finishing, _place(order, each.suffix), tiles))
    name = "" if SIZES[order.size].name else f"{order.size.upper()} · "
    size = f"{name}{width} × {height} mm"
    return {"size": size, "pages": sheet.pages, "distance": f"{order.distance_m:g}", "files": files}


def _place(order: Order, suffix: str) -> str:
    return f"{order.language}/{order.design}/{order.stem}{suffix}"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.globals["languages"] = FACTS
    return environment.from_string(CONTENTS.read_text(encoding="utf-8"))


def digest(title: Mapping[str, str], sheets: Mapping[Order, Kept]) -> str:
    """Text that differs for two packs with different bytes; much quicker than making them."""
    places = [(order, sheet.folder.name) for order, sheet in sheets.items()]
    designs = {order.design: find(order.design).spec for order in sheets}
    made = [path.read_text(encoding="utf-8") for path in MADE_BY]
    return f"{made}{sorted(title.items())}{places}{designs}{SIZES}{WORDS}{custom_properties()}"


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
