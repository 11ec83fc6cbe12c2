"""The job ticket of a print-shop file: size, pages, colour, paper, folds; quantity and day to be filled in."""

from collections.abc import Sequence
from itertools import pairwise

from printables.geometry import points_a_unit
from printables.job import Finished, Order
from printables.languages import LANGUAGES
from printables.layout.design import find
from printables.sizes import SIZES
from printables.words import WORDS, Words

SUFFIX = "-ticket.txt"


def ticket(order: Order, after: Finished) -> str:
    """The job ticket of a print-shop file, as text in every language."""
    return "\n".join(_ticket(order, after, WORDS[code], code) for code in LANGUAGES)


def _ticket(order: Order, after: Finished, say: Words, code: str) -> str:
    width, height = after.trim_mm
    spec = find(order.design).spec
    name = spec.name[code]
    rows = [
        (
            "ticket",
            f"{order.title} · {name} · {say[f'printed_{order.language}'.replace('-', '_')]}",
        ),
        ("ticket_file", f"{order.stem}-{after.finishing}.pdf"),
        ("ticket_size", f"{width:g} × {height:g} mm + {after.bleed_mm:g} mm"),
        ("ticket_scale", say["ticket_longer" if _is_long(after) else "ticket_actual"]),
        ("ticket_pages", f"{after.pages} · {say[f'ticket_sides_{min(after.pages, 2)}']}"),
        ("ticket_colour", say["ticket_cmyk"]),
        ("ticket_paper", say[f"ticket_{spec.paper}"]),
        ("ticket_fold", _folding(width, spec.folds_mm, say)),
        ("ticket_cut", say["ticket_disc" if SIZES[order.size].round else "ticket_marks"]),
        ("ticket_distance", f"{order.distance_m:g} m"),
        ("edition", order.edition),
        ("ticket_quantity", "________"),
        ("ticket_client", "________"),
        ("ticket_day", "________"),
    ]
    return "".join(f"{say[key]}: {value}\n" for key, value in rows)


def _folding(width: float, folds: Sequence[Sequence[float]], say: Words) -> str:
    """Widths of the panels of each page in mm, from the left."""
    edges = [[0, *page, width] for page in folds]
    pages = [" + ".join(f"{right - left:g}" for left, right in pairwise(page)) for page in edges]
    return say["ticket_panels"].format(" / ".join(pages)) if pages else say["ticket_none"]


def _is_long(after: Finished) -> bool:
    return points_a_unit(max(after.trim_mm)) > 1
