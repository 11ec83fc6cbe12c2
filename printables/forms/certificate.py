"""The lines of a certificate: each stands once, with what it is for below it in all languages of the sheet."""

from collections.abc import Sequence

from printables.forms.blocks import line_mm
from printables.forms.form import Placed
from printables.forms.shelf import Field, Shelf

ROOM, ALONE, GAP = 218.0, 130.0, 8.0  # mm: lines side by side, one that stands alone, between two


def lines(places: Sequence[Placed], shelf: Shelf) -> list[tuple[Field, float]]:
    """The fields of a row with the lengths of their lines in mm, side by side as their types ask."""
    row = [shelf.fields[placed.field] for placed in places]
    room = ROOM - GAP * len(row) if len(row) > 1 else ALONE
    total = sum(map(line_mm, row))
    return [(each, room * line_mm(each) / total) for each in row]
