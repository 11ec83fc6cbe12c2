"""The catalogue of printables: entries of printables.json, and files below site/."""

from collections.abc import Callable, Iterable
from pathlib import Path

from printables.job import PDF, Finished, Order
from printables.press.sheet import PICTURE, Filed
from printables.publishing.job_ticket import SUFFIX, ticket

FOLDER = "printables"
SMALL = "-small.webp"  # the picture as lists show it


def place(order: Order, suffix: str) -> str:
    """Path below site/ of a printable's file: printables/teams/x/x-poster-a3-zh.pdf."""
    return f"{FOLDER}/{order.chapter}/{order.stem}{suffix}"


def entry(order: Order, sheet: Filed) -> dict[str, object]:
    """The object of the plain printable in printables.json; lengths in mm, distance in m."""
    return {
        "chapter": order.chapter,
        "title": order.title,
        "language": order.language,
        "design": order.design,
        "size": order.size,
        "finishing": "plain",
        "file": place(order, PDF),
        "picture": place(order, PICTURE),
        "bytes": sheet.length(PDF),
        "pages": sheet.pages,
        "trim_mm": list(order.trim),
        "bleed_mm": 0,
        "distance_m": order.distance_m,
        "smallest_text_mm": round(sheet.smallest_text_mm, 2),
        "fill": round(sheet.fill, 3),
        "edition": order.edition,
        "source_hash": order.source_hash,
    }


def entries(order: Order, sheet: Filed) -> list[dict[str, object]]:
    """The objects of the plain printable and of each finished one."""
    plain = entry(order, sheet)
    return [plain, *(plain | _finished(order, sheet, after) for after in sheet.finished)]


def leads(orders: Iterable[Order]) -> dict[Order, Order]:
    """Whose picture shows each order on the site: its printable's first size, as larger ones look the same."""
    first: dict[tuple[str, str, str], Order] = {}
    return {
        order: first.setdefault((order.chapter, order.design, order.language), order)
        for order in orders
    }


def _finished(order: Order, sheet: Filed, after: Finished) -> dict[str, object]:
    return {
        "finishing": after.finishing,
        "file": place(order, after.suffix),
        "bytes": sheet.length(after.suffix),
        "pages": after.pages,
        "trim_mm": list(after.trim_mm),
        "bleed_mm": after.bleed_mm,
    }


def deliver(
    order: Order,
    sheet: Filed,
    folder: Path,
    write: Callable[[str, Path], None] | None = None,
    *,
    pictured: bool = True,
) -> list[Path]:
    """Put PDF, picture (if `pictured`), finished files and job tickets into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    suffixes = [suffix for suffix in sheet.suffixes if pictured or suffix != PICTURE]
    for suffix in suffixes:
        sheet.put(suffix, folder / f"{order.stem}{suffix}")
    names = [f"{order.stem}{suffix}" for suffix in suffixes]
    for after in sheet.finished:
        if after.made.is_for_a_print_shop:
            names.append(f"{order.stem}{SUFFIX}")
            (write or _write)(ticket(order, after), folder / names[-1])
    return [folder / name for name in names]


def _write(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")
