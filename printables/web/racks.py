"""Printables on pages: an entry each with its sizes, and what the print centre can be filtered by."""

from collections.abc import Iterable
from dataclasses import dataclass

from printables import sizes
from printables.job import Order
from printables.layout import design
from printables.press.sheet import Filed
from printables.publishing import catalogue
from printables.publishing.job_ticket import SUFFIX

Entry = dict[str, object]
Choice = tuple[str, str]  # value and name


def entry(order: Order, sheet: Filed, root: str, language: str) -> Entry:
    """A sheet in one size, its addresses seen from a page that is `root` away from the site's."""
    shown, *finished = catalogue.entries(order, sheet)
    name = design.find(order.design).spec.name.model_dump()[language]
    return {
        **shown,
        "finished": [{**after, "file_url": root + str(after["file"])} for after in finished],
        "ticket_url": root + catalogue.place(order, SUFFIX),
        "size_name": sizes.called(order.size, language),
        "printable": (order.chapter, order.design, order.language),
        "chapter": order.home,
        "design_name": f"{name} {order.volume}".rstrip(),
        "file_url": root + str(shown["file"]),
        "picture_url": root + str(shown["picture"]),
        "picture_size": sheet.picture_px,
    }


def gathered(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a printable: its first size, the others as `larger`."""
    first: dict[object, tuple[Entry, list[Entry]]] = {}
    for each in entries:
        if each["printable"] in first:
            first[each["printable"]][1].append(each)
        else:
            first[each["printable"]] = (each, [])
    return [{**each, "larger": larger} for each, larger in first.values()]


@dataclass(frozen=True)
class Rack:
    """The printables of one chapter or reader, below its title; `reader` is value and name of its reader."""

    name: str
    title: str
    url: str
    reader: Choice
    items: list[Entry]


@dataclass(frozen=True)
class Choices:
    """What the print centre's filter offers, each in the order in which it first stands there."""

    readers: list[Choice]
    topics: list[Choice]
    designs: list[Choice]
    sizes: list[Choice]


def choices(racks: Iterable[Rack], stock: Iterable[Entry]) -> Choices:
    """What `stock`, which stands in `racks`, can be chosen by."""
    racks, stock = list(racks), list(stock)
    every = [each for item in stock for each in (item, *_larger(item))]
    designs = sorted(
        {str(item["design"]): str(item["design_name"]) for item in reversed(stock)}.items()
    )
    return Choices(
        readers=_once(rack.reader for rack in racks),
        topics=[(rack.name, rack.title) for rack in racks],
        designs=designs,
        sizes=_once((str(each["size"]), str(each["size_name"])) for each in every),
    )


def _larger(item: Entry) -> list[Entry]:
    larger = item["larger"]
    return larger if isinstance(larger, list) else []


def _once(choices: Iterable[Choice]) -> list[Choice]:
    return list(dict.fromkeys(choices))
