"""What stands in a line box: its runs, where a line may end between them, and how far each reaches up and down."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from printables.press import internals
from printables.press.internals import Box, boxes
from printables.press.lines import Paragraph, Run
from printables.press.resizing import Resized, written

ATOM = "\u2e80"  # a thing in a line breaks as an ideograph does
WRAPPING = ("normal", "nowrap")  # the values of white-space that are followed
FREE = (
    "top",
    "bottom",
)  # the values of vertical-align with which a thing does not stand on the baseline
NO_BREAK = ("nowrap", "pre")


class NotFollowed(Exception):
    """What stands in a region is not reckoned here."""


def refuse(when: object, what: str) -> None:
    """Raise NotFollowed if `when` is true."""
    if when:
        raise NotFollowed(what)


class Copy:
    """The text of a line box: its paragraph, and the boxes and styles of its runs."""

    def __init__(self, line: Box) -> None:
        self.leaves = list(_leaves(line, ()))
        things = [n for n, leaf in enumerate(self.leaves) if not leaf.edge]
        self.is_empty = not things
        self.is_text = all(leaf.is_text for leaf in self.leaves)
        refuse(not things and self.leaves, "an empty box in a line")
        joints = [False] * len(self.leaves)
        for one, other in pairwise(things):
            # Right edges after the one belong to it, left edges before the other to that.
            ends = [n for n in range(one, other) if self.leaves[n].edge != "left"]
            joints[ends[-1]] = _may_end_between(self.leaves[one], self.leaves[other])
        self.extents = Extents(line)
        if things:
            self.paragraph = Paragraph([leaf.run for leaf in self.leaves], joints)


class Extents:
    """How far a text or an inline box reaches above and below its baseline in a line, with its leading."""

    def __init__(self, box: Box) -> None:
        self._style = written(box.style)
        self._height, self._baseline = internals.height_and_baseline(internals.face(self._style))

    def of(self, styles: Resized) -> tuple[float, float]:
        """The extents above and below in px, in another size."""
        style = styles.of(self._style)
        leading = internals.leading(style, self._height)
        above = self._baseline * style["font_size"]
        above += (leading - self._height * style["font_size"]) / 2
        return above, leading - above


class Leaf:
    """A run of a line with its box and the inline boxes around it; or the left or right `edge` of an inline box."""

    def __init__(
        self, box: Box, around: tuple[Box, ...], run: Run, edge: Literal["", "left", "right"] = ""
    ) -> None:
        self.box, self.around, self.run, self.edge = box, around, run, edge
        self.is_text = isinstance(box, boxes.TextBox)
        self.is_free = box.style["vertical_align"] in FREE
        in_lines = [*around[1:], box] if self.is_text or edge else around[1:]
        self.extents = [Extents(each) for each in in_lines]


def _leaves(box: Box, around: tuple[Box, ...]) -> Iterator[Leaf]:
    around = (*around, box)
    for child in box.children:
        is_atom = isinstance(child, boxes.AtomicInlineLevelBox)
        aligned = FREE if is_atom else ()
        refuse(child.style["vertical_align"] not in ("baseline", *aligned), "vertical-align")
        if child.is_absolutely_positioned():
            continue
        refuse(not child.is_in_normal_flow(), "a float within a line")
        if isinstance(child, boxes.TextBox):
            if child.text:
                yield Leaf(child, around, _run(child))
        elif isinstance(child, boxes.InlineBox):
            yield from _inline(child, around)
        else:
            refuse(not is_atom, type(child).__name__)
            yield Leaf(child, around, Run())


def _inline(box: Box, around: tuple[Box, ...]) -> Iterator[Leaf]:
    has_edges = any(name.startswith(("margin", "padding", "border")) for name in box.style.cascaded)
    if has_edges:
        yield Leaf(box, around, Run(), "left")
    yield from _leaves(box, around)
    if has_edges:
        yield Leaf(box, around, Run(), "right")


def _run(box: Box) -> Run:
    style = box.style
    refuse(style["white_space"] not in WRAPPING, "white-space")
    refuse("\n" in box.text or "\xad" in box.text, "a line that ends by itself")
    refuse(style["direction"] != "ltr", "direction")
    face = internals.face(written(style))
    refuse(face.is_spaced, "letter-spacing, word-spacing or hyphens")
    anywhere = style["overflow_wrap"] == "anywhere"
    return internals.measured(box.text, face, style["white_space"] == "normal", anywhere)


def _may_end_between(one: Leaf, other: Leaf) -> bool:
    """True if a line may end between two neighbours: the nearest box around both decides."""
    depth = sum(1 for a, b in zip(one.around, other.around, strict=False) if a is b)
    before = [*one.around[depth:], one.box]
    after = [*other.around[depth:], other.box]
    last = one.run.text[-1] if one.is_text else ATOM
    first = other.run.text[0] if other.is_text else ATOM
    if any(box.trailing_collapsible_space for box in before):
        last = " "
    elif one.around[depth - 1].style["white_space"] in NO_BREAK:
        return False
    return internals.may_end_between(last, first, after[0].style["lang"])
