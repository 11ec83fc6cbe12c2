"""The lines of a certificate: each stands once, with what it is for below it in all languages of the sheet."""

from collections.abc import Sequence

from printables.forms.form import Placed
from printables.forms.shelf import Field, Shelf

LENGTHS = {"date": 40, "number": 16, "name": 32}  # mm, which lines side by side share out
LENGTH = 44  # of any other type
ROOM, ALONE, GAP = 218.0, 130.0, 8.0  # mm: lines side by side, one that stands alone, between two


def lines(places: Sequence[Placed], shelf: Shelf) -> list[tuple[Field, float]]:
    """The fields of a row with the lengths of their lines in mm, side by side as their types ask."""
    row = [shelf.fields[placed.field] for placed in places]
    room = ROOM - GAP * len(row) if len(row) > 1 else ALONE
    lengths = [LENGTHS.get(each.type, LENGTH) for each in row]
    return [(each, room * length / sum(lengths)) for each, length in zip(row, lengths, strict=True)]
