"""A box on a page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rect:
    """A box on a page, mm from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def times(self, zoom: float) -> "Rect":
        """The box on a sheet `zoom` times larger."""
        return Rect(self.left * zoom, self.top * zoom, self.right * zoom, self.bottom * zoom)

    def holds(self, other: "Rect", slack: float = 0.5) -> bool:
        """Whether `other` lies within this box, give or take `slack` mm."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )
