"""What is wrong with the pictograms: a frame decides their colour and size, so that they bring none of their own."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from printables.findings import Finding, finding
from printables.signs.drawing import SHAPES, SIZE
from printables.signs.registry import HERE, registry

VIEW_BOX = f"0 0 {SIZE:g} {SIZE:g}"
GEOMETRY = frozenset(
    ["d", "points", "cx", "cy", "r", "x", "y", "width", "height", "rx", "ry", "transform", "fill-rule", "clip-rule"]
)  # fmt: skip


def wrong(folder: Path = HERE / "pictograms") -> Iterator[Finding]:
    """A finding for each pictogram that a sign names and that is missing, of another size, or has a colour of its own."""
    for name in sorted({sign.pictogram for sign in registry().values() if sign.pictogram}):
        path = folder / f"{name}.svg"
        try:
            root = ElementTree.parse(path).getroot()
        except (OSError, ElementTree.ParseError):
            yield finding("pictogram-missing", path)
            continue
        if root.get("viewBox") != VIEW_BOX:
            yield finding("pictogram-size", path, here=root.get("viewBox", ""), right=VIEW_BOX)
        for element in root.iter():
            tag = element.tag.rpartition("}")[2]
            own = [key for key in element.attrib if key not in GEOMETRY]
            if element is not root and (own or tag not in SHAPES):
                what = f'{own[0]}="{element.get(own[0])}"' if own else f"<{tag}>"
                yield finding("pictogram-colour", path, what=what[:40])
