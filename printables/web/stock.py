"""What the print centre knows of every sheet: a script, as a page opened from a folder can load no other kind of file."""

import json
from collections.abc import Mapping
from typing import TypedDict

from printables.job import FINISHINGS, PDF, Order
from printables.press.sheet import Filed
from printables.web import documents, racks

FOLDER = "stock"
PLACE = f"{FOLDER}/sheets.js"
KIB = 1024


class Printable(TypedDict):
    """A printable in one language: its edition, and what is known of each size."""

    edition: str
    sizes: dict[str, list[object]]


def script(sheets: Mapping[Order, Filed]) -> str:
    """Every printable by chapter, design and language, and what each finishing means; forms stand on the pages of their kits."""
    shelves: dict[str, dict[str, dict[str, Printable]]] = {}
    for order, sheet in sheets.items():
        if order.chapter.startswith(documents.HOME):
            continue
        designs = shelves.setdefault(order.chapter, {})
        printable = designs.setdefault(order.design, {}).setdefault(
            order.language, {"edition": order.edition, "sizes": {}}
        )
        printable["sizes"][order.size] = _size(order, sheet)
    finishings = {
        name: {"paper": made.paper, "shop": made.is_for_a_print_shop}
        for name, made in FINISHINGS.items()
    }
    known = {"shelves": shelves, "finishings": finishings}
    return f"window.stock = {json.dumps(known, ensure_ascii=False, separators=(',', ':'))};\n"


def _size(order: Order, sheet: Filed) -> list[object]:
    """Width and height in mm, distance and row in m, and KiB and pages of the plain PDF and of each finished one."""
    row = racks.row_m(order, sheet)
    made = {"plain": [_kib(sheet, PDF), sheet.pages]}
    made |= {
        after.finishing: [_kib(sheet, after.suffix), after.pages, racks.pieces_on(order, after)]
        for after in sheet.finished
    }
    return [*(round(side) for side in order.trim), order.distance_m, row, made]


def _kib(sheet: Filed, suffix: str) -> int:
    return -(-sheet.length(suffix) // KIB)
