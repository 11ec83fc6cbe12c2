"""The job ticket that goes to a print shop with a file: what to print, on what, and what is left open."""

from collections.abc import Sequence
from itertools import pairwise

from printables.geometry import points_a_unit
from printables.job import Finished, Order
from printables.layout.design import find
from printables.sizes import SIZES
from printables.words import LANGUAGES, WORDS, Words

SUFFIX = "-ticket.txt"


def ticket(order: Order, after: Finished) -> str:
    """The ticket of a print-shop file as text in both languages."""
    return "\n".join(_said(order, after, WORDS[code], code) for code in LANGUAGES)


def _said(order: Order, after: Finished, say: Words, code: str) -> str:
    width, height = after.trim_mm
    spec = find(order.design).spec
    name = spec.name.model_dump()[code]
    rows = [
        ("ticket", f"{order.title} · {name} · {say['printed_' + order.language]}"),
        ("ticket-file", f"{order.stem}-{after.finishing}.pdf"),
        ("ticket-size", f"{width:g} × {height:g} mm + {after.bleed_mm:g} mm"),
        ("ticket-scale", say["ticket-longer" if _is_long(after) else "ticket-actual"]),
        ("ticket-pages", f"{after.pages} · {say[f'ticket-sides-{min(after.pages, 2)}']}"),
        ("ticket-colour", say["ticket-cmyk"]),
        ("ticket-paper", say[f"ticket-{spec.paper}"]),
        ("ticket-fold", _folding(width, spec.folds_mm, say)),
        ("ticket-cut", say["ticket-disc" if SIZES[order.size].round else "ticket-marks"]),
        ("ticket-distance", f"{order.distance_m:g} m"),
        ("edition", order.edition),
        ("ticket-quantity", "________"),
        ("ticket-client", "________"),
        ("ticket-day", "________"),
    ]
    return "".join(f"{say[key]}: {value}\n" for key, value in rows)


def _folding(width: float, folds: Sequence[Sequence[float]], say: Words) -> str:
    """How wide the panels of each page are, from the left."""
    edges = [[0, *page, width] for page in folds]
    pages = [" + ".join(f"{right - left:g}" for left, right in pairwise(page)) for page in edges]
    return say["ticket-panels"].format(" / ".join(pages)) if pages else say["ticket-none"]


def _is_long(after: Finished) -> bool:
    return points_a_unit(max(after.trim_mm)) > 1
