"""Blocks → pages: where each strip stands and how high it is, so that a page is full and all rows are alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from printables.forms.blocks import Block, Strip

FEW = 2  # rows that look lost on a page of their own
STEPS = 12  # of the search for the height of rows
SLACK = 0.6  # mm of a page that rounding may take


@dataclass
class Piece:
    """What of a block stands on a page: its strips with their heights in mm."""

    block: Block
    strips: list[tuple[Strip, float]] = field(default_factory=list)


Page = list[Piece]


@dataclass(frozen=True)
class Room:
    """Heights in mm that the first page and each other one have for blocks."""

    first: float
    other: float


def laid(blocks: Sequence[Block], room: Room) -> list[Page]:
    """The blocks on as few pages as will do, strips grown evenly until these are full; each page shares out what it has left."""
    pages: list[Page] = []
    for run in _runs(blocks):
        depth = room if not pages else Room(room.other, room.other)
        pages += _grown(run, depth)
    for number, page in enumerate(pages):
        _fill(page, (room.other if number else room.first) - SLACK)
    return pages


def _fill(page: Page, depth: float) -> None:
    """Grow what stands on no other page, and boxes for long texts, into what is left, each by the same share of what it may."""
    growing = [
        (strip.most - height, piece, at)
        for piece in page
        for at, (strip, height) in enumerate(piece.strips)
        if strip.kind == "tall" or len(piece.strips) == len(piece.block.strips)
    ]
    wanted = sum(more for more, _, _ in growing)
    share = min(1.0, max(depth - used(page), 0.0) / wanted) if wanted else 0.0
    for more, piece, at in growing:
        strip, height = piece.strips[at]
        piece.strips[at] = strip, height + more * share


def count(blocks: Sequence[Block], room: Room) -> int:
    """Number of pages that the blocks take at least."""
    runs = _runs(blocks)
    return sum(
        len(_placed(run, room if not number else Room(room.other, room.other), 0))
        for number, run in enumerate(runs)
    )


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks up to each that begins a page."""
    runs: list[list[Block]] = []
    for block in blocks:
        if block.breaks or not runs:
            runs.append([])
        runs[-1].append(block)
    return runs


def _grown(run: Sequence[Block], room: Room) -> list[Page]:
    """The run with its strips as high as its least number of pages allows."""
    best = _placed(run, room, 0)
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = high if low == 0 and high == 1 else (low + high) / 2
        pages = _placed(run, room, middle)
        if _as_good(pages, best) and not _overfull(pages, room):
            low, best = middle, pages
            if middle == 1:
                break
        else:
            high = middle if middle < 1 else 0.999
    return best


def _as_good(pages: list[Page], best: list[Page]) -> bool:
    """True if it takes no more pages, and leaves no more crumbs of lists."""
    return len(pages) == len(best) and _crumbs(pages) <= _crumbs(best)


def _crumbs(pages: list[Page]) -> int:
    """Number of pieces with FEW strips of a block that has more."""
    pieces = [piece for page in pages for piece in page]
    return sum(len(piece.strips) <= FEW < len(piece.block.strips) for piece in pieces)


def _overfull(pages: list[Page], room: Room) -> bool:
    depths = [room.first, *[room.other] * (len(pages) - 1)]
    return any(used(page) > depth for page, depth in zip(pages, depths, strict=True))


def used(page: Page) -> float:
    """Height in mm of what stands on a page."""
    return sum(
        piece.block.head + sum(height for _, height in piece.strips) + (piece.block.gap if n else 0)
        for n, piece in enumerate(page)
    )


def _placed(run: Sequence[Block], room: Room, growth: float) -> list[Page]:
    """The run on pages, each strip grown by the share `growth`, 0 to 1, of what it may."""
    pages: list[Page] = [[]]
    left = room.first - SLACK

    def turn() -> None:
        nonlocal left
        pages.append([])
        left = room.other - SLACK

    for block in run:
        heights = [strip.least + (strip.most - strip.least) * growth for strip in block.strips]
        gap = block.gap if pages[-1] else 0.0
        total = gap + block.head + sum(heights)
        if block.whole and left < total <= room.other and pages[-1]:
            turn()
        piece: Piece | None = None
        for at, (strip, height) in enumerate(zip(block.strips, heights, strict=True)):
            gap = block.gap if pages[-1] else 0.0
            needed = _together(block, heights, at) + (0 if piece else gap + block.head)
            if needed > left and pages[-1]:
                turn()
                piece, gap = None, 0.0
            if piece is None:
                piece = Piece(block)
                pages[-1].append(piece)
                left -= gap + block.head
            piece.strips.append((strip, height))
            left -= height
    return pages


def _together(block: Block, heights: list[float], at: int) -> float:
    """Height in mm of a strip with those that it leads."""
    total = heights[at]
    while block.strips[at].leads and at + 1 < len(heights):
        at += 1
        total += heights[at]
    return total
