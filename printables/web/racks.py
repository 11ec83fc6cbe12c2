"""Printables on pages: an entry each with its sizes, and what the print centre can be filtered by."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import cast

from printables import sizes
from printables.geometry import pieces
from printables.job import FINISHINGS, Finished, Order
from printables.languages import FACTS
from printables.layout import design
from printables.press.sheet import Filed
from printables.publishing import catalogue
from printables.publishing.job_ticket import SUFFIX

UNNAMED = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # what file names of some system lack
Entry = dict[str, object]
Choice = tuple[str, str]  # value and name


def entry(order: Order, sheet: Filed, root: str, language: str) -> Entry:
    """A sheet in one size, its addresses seen from a page that is `root` away from the site's."""
    shown, *finished = catalogue.entries(order, sheet)
    spec = design.find(order.design).spec
    name = spec.name[language]
    return {
        **shown,
        "finished": [
            {
                **said,
                "file_url": root + str(said["file"]),
                "pieces": pieces_on(order, after),
            }
            for said, after in zip(finished, sheet.finished, strict=True)
        ],
        "row_m": row_m(order, sheet),
        "papers": list(dict.fromkeys([order.size, *filter(None, map(_paper, finished))])),
        "ticket_url": root + catalogue.place(order, SUFFIX),
        "size_name": sizes.called(order.size, language),
        "printable": (order.chapter, order.design, order.language),
        "chapter": order.home,
        "design_name": f"{name} {order.volume}".rstrip(),
        "file_url": root + str(shown["file"]),
        "picture_url": root + str(shown["picture"]),
        "small_url": root + catalogue.place(order, catalogue.SMALL),
        "picture_size": sheet.picture_px,
    }


def row_m(order: Order, sheet: Filed) -> float:
    """Length in m of the pages that hang in a row; 0 for any other sheet."""
    in_a_row = sheet.pages if design.find(order.design).spec.sides == 1 and sheet.pages > 1 else 0
    words = FACTS[order.language.partition("-")[0]].is_spaced  # words lie, characters stand
    return round(in_a_row * order.trim[int(words)] / 1000, 1)


def pieces_on(order: Order, after: Finished) -> int:
    """How many pieces of the sheet stand on a page of the finished file; 0 where it is one."""
    paper = after.made.paper
    return prod(pieces(order.trim, sizes.SIZES[paper].trim)) if after.made.room == "labels" else 0


def _paper(after: Entry) -> str:
    """The paper that an office printer takes for a finished file; "" for a print shop's."""
    return FINISHINGS[str(after["finishing"])].paper


def file_name(parts: Iterable[object], suffix: str = ".pdf") -> str:
    """A name for a download that tells what it is: `有限空间作业-海报-A3-中文-A4 拼贴.pdf`."""
    words = (" ".join(UNNAMED.sub(" ", str(part)).split()) for part in parts)
    return "-".join(word for word in words if word) + suffix


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
    ways: list[str]  # finishings, "plain" first


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
        sizes=_once([*_sizes(every), *_papers(every)]),
        ways=["plain", *(name for name in FINISHINGS if name in _finishings(every))],
    )


def _sizes(every: Iterable[Mapping[str, object]]) -> list[Choice]:
    return [(str(each["size"]), str(each["size_name"])) for each in every]


def _finishings(every: Iterable[Mapping[str, object]]) -> set[str]:
    made = (after for each in every for after in cast(list[Entry], each["finished"]))
    return {str(after["finishing"]) for after in made}


def _papers(every: Iterable[Mapping[str, object]]) -> list[Choice]:
    """Paper of office printers that something is made for, though no sheet has that size."""
    papers = {paper for each in every for paper in cast(list[str], each["papers"])}
    return [(paper, paper.upper()) for paper in sorted(papers) if not sizes.SIZES[paper].name]


def _larger(item: Entry) -> list[Entry]:
    larger = item["larger"]
    return larger if isinstance(larger, list) else []


def _once(choices: Iterable[Choice]) -> list[Choice]:
    return list(dict.fromkeys(choices))
