"""The boxes (elements with an id) of a document: the ids in each, its elements that spread, its text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SPREAD = "spread"  # class of an element that takes up height to spare in its box
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})


@dataclass
class Box:
    """An element with an id; `inside` are its own id and those in it, in the order of the document."""

    inside: list[str] = field(default_factory=list)
    spreads: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text on one line, with single spaces."""
        return " ".join("".join(self.words).split())


def outline(html: str) -> dict[str, Box]:
    """The boxes of a document by their ids."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.boxes


class _Reader(HTMLParser):
    """Keeps the boxes that are open while it goes through a document."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, Box] = {}
        self._open: list[tuple[str, str]] = []  # tag and id of every element around

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and count it in every box around it."""
        given = dict(attrs)
        name = given.get("id") or ""
        if name:
            self.boxes[name] = Box()
        if tag not in VOID:
            self._open.append((tag, name))
        around = self._around() | ({name: self.boxes[name]} if name and tag in VOID else {})
        for box in around.values():
            box.inside += [name] if name else []
            box.spreads += SPREAD in (given.get("class") or "").split()

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and what was left open in it, as browsers do."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep text with every box around it."""
        for box in self._around().values():
            box.words.append(data)

    def _around(self) -> dict[str, Box]:
        return {name: self.boxes[name] for _, name in self._open if name}
