"""Casting off: how high a region will stand in any size, reckoned without laying it out.

Blocks, floats, fixed tables, pictures and lines of text are followed as WeasyPrint sets them; of what cannot be followed a
caller is told, and must lay it out. Lengths are in px but where names say mm.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from printables.press import internals
from printables.press.engine import MM, Document
from printables.press.internals import Box, Context, boxes, collapse_margin
from printables.press.linebox import Copy, Leaf, NotFollowed, refuse
from printables.press.lines import Setting
from printables.press.resizing import Region, Resized, written


class CastOff:
    """The regions of a document, ready to be reckoned; `width_mm` is that of its pages, `sizes` any that set all regions."""

    def __init__(
        self,
        document: Document,
        sizes: str,
        width_mm: float,
        regions: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._context, root = internals.structure(document, sizes)
        self._known = Known({}, {})
        self._regions = {}
        for name, properties in regions.items():
            *around, box = next(_ways(root, name), [None])
            refuse(box is None, name)
            self._regions[name] = Region(box, _room(around, width_mm / MM), properties)

    def height_mm(self, region: str, properties: Mapping[str, str]) -> float:
        """Height of a region with these custom properties; raises NotFollowed."""
        followed = self._regions[region]
        styles = followed.resize(properties)
        box = followed.box
        reckoning = Reckoning(self._context, styles, self._known)
        reckoning.place(box, followed.width)
        return float(box.border_height()) * MM


def _ways(box: Box, name: str) -> Iterator[list[Box]]:
    """The boxes from `box` to the one of the element with this id."""
    if box.element is not None and box.element.get("id") == name:
        yield [box]
    else:
        for child in getattr(box, "children", ()):
            for way in _ways(child, name):
                yield [box, *way]


def _room(around: Sequence[Box], width: float) -> float:
    """Width of the innermost of these boxes, of which each stands in the one before it."""
    for box in around:
        if isinstance(box, boxes.BlockContainerBox):
            refuse(box.is_absolutely_positioned() or box.is_floated(), "a region in what floats")
            internals.resolve_percentages(box, (width, "auto"))
            if isinstance(box, boxes.BlockBox):
                internals.block_level_width(box, (width, "auto"))
            refuse(box.width == "auto", "a region in a box as wide as its text")
            width = box.width
        else:
            refuse(not isinstance(box, boxes.LineBox), type(box).__name__)
    return width


@dataclass(frozen=True)
class Known:
    """What is the same in all sizes: the copy of lines, and the lengths of boxes in a containing block."""

    paragraphs: dict[Box, Copy]
    resolved: dict[Box, tuple[tuple[float | str, float | str], dict[str, object]]]


class Reckoning:
    """One size of a region: places its boxes one below the other, as WeasyPrint does, but none that is absolute."""

    def __init__(self, context: Context, styles: Resized, known: Known) -> None:
        self._context = context
        self._styles = styles
        self._paragraphs = known.paragraphs
        self._resolved = known.resolved

    def place(self, box: Box, width: float) -> None:
        """Reckon a region in a containing block of this width."""
        self._resolve(box, (width, "auto"))
        if isinstance(box, boxes.BlockBox) and box.is_in_normal_flow():
            internals.block_level_width(box, (width, "auto"))
        refuse(box.width == "auto", "a region as wide as its text")
        box.position_x = box.position_y = 0
        self._fill(box)

    def _fill(self, box: Box) -> float | None:
        """Set the height of a placed box by what is in it; return the baseline of its last line."""
        refuse(not isinstance(box, boxes.BlockContainerBox), type(box).__name__)
        is_root = box.establishes_formatting_context()
        if is_root:
            self._context.create_block_formatting_context(box)
        y, baseline = box.content_box_y(), None
        margins: list[float] = []
        for child in box.children:
            if child.is_absolutely_positioned():
                continue
            child.position_x, child.position_y = box.content_box_x(), y
            if isinstance(child, boxes.LineBox):
                y, baseline = self._lines(child, box, y + collapse_margin(margins))
                margins = []
            elif child.is_floated():
                child.position_y += collapse_margin(margins)
                self._float(child, box)
            else:
                y, margins, last = self._block(child, box, margins)
                baseline = baseline if last is None else last
        if rest := collapse_margin(margins):
            refuse(box.bottom_margin_collapses(), "a margin that leaves its box")
            y += rest
        if box.height == "auto":
            box.height = max(0, y - box.content_box_y())
        if is_root:
            self._context.finish_block_formatting_context(box)
        box.height = max(min(box.height, box.max_height), box.min_height)
        return baseline

    def _block(
        self, box: Box, around: Box, margins: list[float]
    ) -> tuple[float, list[float], float | None]:
        """Place a block below what stands; return where it ends, the margins that follow, and its last baseline."""
        begin = box.position_y
        self._resolve(box, around)
        refuse(
            box.margin_top and around.top_margin_collapses() and begin == around.content_box_y(),
            "a margin that leaves its box",
        )
        gap = collapse_margin([*margins, box.margin_top])
        clearance = internals.get_clearance(self._context, box, "ltr", gap)
        box.position_y = begin + gap + (clearance or 0) - box.margin_top
        last = self._content(box, around)
        if box.establishes_formatting_context() or not isinstance(box, boxes.BlockBox):
            place = internals.avoid_collisions(self._context, box, around, outer=False)
            box.position_x, box.position_y, _ = place
        is_empty = not any(child.is_in_normal_flow() for child in box.children)
        if is_empty and not box.border_height() and clearance is None:
            return begin, [*margins, box.margin_top, box.margin_bottom], last
        return box.border_box_y() + box.border_height(), [box.margin_bottom], last

    def _content(self, box: Box, around: Box) -> float | None:
        if isinstance(box, boxes.BlockReplacedBox):
            internals.inline_replaced_box_width_height(box, around)
            box.children = ()
            return None
        refuse(not isinstance(box, boxes.BlockBox), type(box).__name__)
        columns = box.style["column_width"], box.style["column_count"]
        refuse(columns != ("auto", "auto"), "columns")
        if box.is_table_wrapper:
            self._table(box, around)
            return None
        internals.block_level_width(box, around)
        return self._fill(box)

    def _float(self, box: Box, around: Box) -> None:
        self._resolve(box, around)
        clearance = internals.get_clearance(self._context, box, "ltr")
        box.position_y += clearance or 0
        if isinstance(box, boxes.BlockReplacedBox):
            internals.inline_replaced_box_width_height(box, around)
        else:
            refuse(box.is_table_wrapper, "a table that floats")
            self._shrink(box, around.width)
            self._fill(box)
        outside = box.copy()
        outside.children = ()
        internals.find_float_position(self._context, outside, around)
        self._context.excluded_shapes.append(outside)

    def _table(self, wrapper: Box, around: Box) -> None:
        """Set the size of a table of fixed columns, whose cells stand at the top of their row."""
        table = wrapper.get_wrapped_table()
        internals.resolve_percentages(table, around)
        has_fixed_columns = table.style["table_layout"] == "fixed" and table.width != "auto"
        refuse(len(wrapper.children) > 1 or not has_fixed_columns, "a caption, or free columns")
        refuse(self._styles.region.moves_by_itself(table.style), "a table's own size")
        internals.fixed_table_layout(wrapper)
        collapses = table.style["border_collapse"] == "collapse"
        across, down = (0, 0) if collapses else table.style["border_spacing"]
        height = down
        for group in table.children:
            for row in group.children:
                internals.resolve_percentages(row, table)
                refuse(row.height != "auto", "the height of a row")
                height += max((self._cell(cell, table, across) for cell in row.children), default=0)
                height += down
        table.height = height if table.height == "auto" else max(table.height, height)
        wrapper.width, wrapper.height = table.border_width(), table.margin_height()

    def _cell(self, cell: Box, table: Box, spacing: float) -> float:
        refuse(
            cell.rowspan > 1
            or cell.style["height"] != "auto"
            or cell.style["vertical_align"] not in ("top", "middle", "bottom"),
            "a cell that stands otherwise",
        )
        self._resolve(cell, table)
        columns = table.column_widths[cell.grid_x :][: cell.colspan]
        cell.margin_top = cell.margin_left = cell.width = 0
        cell.width = sum(columns) + spacing * (len(columns) - 1) - cell.border_width()
        cell.position_x = cell.position_y = 0
        cell.height = "auto"
        self._fill(cell)
        return float(cell.border_height())

    def _shrink(self, box: Box, room: float) -> None:
        """Make a box that has no width as wide as its text, if there is room."""
        if box.width == "auto":
            box.width = 0
            box.width = min(internals.covering(self._longest(box)), room - box.margin_width())
        box.width = max(min(box.width, box.max_width), box.min_width)

    def _longest(self, box: Box) -> float:
        """Width of the contents of a box if no line ends but the last one of a paragraph."""
        widths = [0.0]
        for child in box.children:
            if child.is_absolutely_positioned():
                continue
            refuse(child.is_floated(), "a float in a box as wide as its text")
            if isinstance(child, boxes.LineBox):
                copy = self._copy(child)
                widths.append(0.0 if copy.is_empty else self._set(copy, box).width)
            else:
                raise NotFollowed("blocks in a box as wide as its text")
        return max(widths)

    # --- lines

    def _copy(self, line: Box) -> Copy:
        if (copy := self._paragraphs.get(line)) is None:
            refuse(line.style["text_indent"].value, "text-indent")
            copy = self._paragraphs[line] = Copy(line)
        return copy

    def _set(self, copy: Copy, around: Box) -> Setting:
        return copy.paragraph.set([self._width(leaf, around) for leaf in copy.leaves])

    def _width(self, leaf: Leaf, around: Box) -> float:
        """Px of a unit of a text, or of a thing in a line."""
        box = leaf.box
        if leaf.is_text:
            return internals.px_a_unit(self._styles.of(box.style))
        self._resolve(box, around)
        if leaf.edge:
            parts = (f"margin_{leaf.edge}", f"border_{leaf.edge}_width", f"padding_{leaf.edge}")
            return float(sum(getattr(box, part) for part in parts))
        if isinstance(box, boxes.InlineReplacedBox):
            internals.inline_replaced_box_width_height(box, around)
            box.baseline = None
        else:
            box.position_x = box.position_y = 0
            self._shrink(box, around.width)
            box.baseline = self._fill(box)
            if box.style["overflow"] != "visible":
                box.baseline = None
        return float(box.margin_width())

    def _lines(self, line: Box, around: Box, y: float) -> tuple[float, float | None]:
        """Set a paragraph from `y` on; return where it ends, and the baseline of its last line."""
        copy = self._copy(line)
        if copy.is_empty:
            return y, None
        setting = self._set(copy, around)
        strut = copy.extents.of(self._styles)
        extents = [self._reach(leaf) for leaf in copy.leaves]
        baseline = y
        internals.resolve_percentages(line, around)
        while not setting.is_done:
            y, room = self._opening(line, around, y, setting.first_word, sum(strut))
            first, last = setting.take(internals.fitting(room) if copy.is_text else room)
            above = max(strut[0], *(each[0] for each in extents[first : last + 1]))
            below = max(strut[1], *(each[1] for each in extents[first : last + 1]))
            free = (leaf.box for leaf in copy.leaves[first : last + 1] if leaf.is_free)
            baseline = y + above
            y += max(above + below, *(box.margin_height() for box in free), 0)
        return y, baseline

    def _opening(
        self, line: Box, around: Box, y: float, width: float, height: float
    ) -> tuple[float, float]:
        """Where the next line can stand between what floats, and its room."""
        if not self._context.excluded_shapes:
            return y, around.width
        line.position_x, line.position_y = around.content_box_x(), y
        line.width, line.height = width, height
        _, top, room = internals.avoid_collisions(self._context, line, around, outer=False)
        return top, room

    def _reach(self, leaf: Leaf) -> tuple[float, float]:
        """How far a run reaches above and below its baseline, with the inline boxes around it."""
        extents = [each.of(self._styles) for each in leaf.extents]
        if not (leaf.is_text or leaf.edge or leaf.is_free):
            height = leaf.box.margin_height()
            top = height if leaf.box.baseline is None else leaf.box.baseline
            extents.append((top, height - top))
        above, below = zip(*extents, strict=True) if extents else ((0.0,), (0.0,))
        return max(above), max(below)

    def _resolve(self, box: Box, around: Box) -> None:
        """Give a box its own lengths for this containing block; those that never move are remembered."""
        at = (around.width, around.height) if isinstance(around, boxes.Box) else around
        known = self._resolved.get(box)
        if known and known[0] == at:
            box.__dict__.update(known[1])
            return
        internals.resolve_percentages(box, around)
        for side in ("left", "right", "top", "bottom"):
            if getattr(box, f"margin_{side}") == "auto":
                setattr(box, f"margin_{side}", 0)
        if not self._styles.region.moves(written(box.style)):
            self._resolved[box] = at, {name: getattr(box, name) for name in internals.LENGTHS}
