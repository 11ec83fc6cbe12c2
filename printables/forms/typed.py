"""Boxes of a form that somebody types into on a screen: HTML inputs, each with a name and a tooltip of its own."""

from collections.abc import Sequence
from itertools import count

from markupsafe import Markup

from printables.forms import typeface
from printables.forms.shelf import Field
from printables.languages import Both

BY_HAND = ("signature", "approval", "sketch", "photo", "counter")  # what nobody types
TALL = 11.0  # mm: from here on a box takes several lines
INSET = 1.4  # mm: above and below
HINTS = {"date": "YYYY-MM-DD", "time": "YYYY-MM-DD HH:MM", "period": "YYYY-MM-DD HH:MM – HH:MM"}


class Typed:
    """Makes the inputs of one sheet; `code` and a number name each, as a full stop in a name would make a hierarchy."""

    def __init__(self, code: str, language: str) -> None:
        self._code, self._language = code, language
        self._numbers = count(1)

    def _name(self) -> str:
        return f"{self._code}-{next(self._numbers)}"

    def _tip(self, title: Both, row: int = 0, more: str = "") -> str:
        said = " ".join(text for _, _, text in typeface.texts(title, self._language))
        return " ".join(filter(None, [said, str(row or ""), more and f"({more})"]))

    def box(self, kind: str, title: Both, height: float, row: int = 0) -> Markup:
        """A box to write in, `height` mm with its row; nothing where a hand signs or draws."""
        if kind in BY_HAND:
            return Markup()
        tip, name = self._tip(title, row, HINTS.get(kind, "")), self._name()
        high = round(height - INSET, 2)
        made = '<textarea name="{}" title="{}" style="height: {}mm"></textarea>'
        if height < TALL:
            made = '<input type="text" name="{}" title="{}" style="height: {}mm">'
        return Markup(made).format(name, tip, high)

    def hole(self, field: Field, wide: float, _language: str = "") -> Markup:
        """A line to write on within a text, `wide` mm long."""
        made = '<input type="text" class="hole" name="{}" title="{}" style="width: {:g}mm">'
        return Markup(made).format(
            self._name(), self._tip(field.title, 0, HINTS.get(field.type, "")), wide
        )

    def one_of(self, kind: str) -> str:
        """The name of all boxes of which one is ticked; none where several may be."""
        return "" if kind == "several" else self._name()

    def tick(self, title: Both, option: Both, row: int, name: str) -> Markup:
        """A box to tick; those of one `name` exclude each other."""
        said = self._tip(option)
        made = '<input type="checkbox" class="tick" name="{}" title="{}">'
        return Markup(made).format(name or self._name(), self._tip(title, row, said))

    def choice(self, title: Both, options: Sequence[Both], height: float, row: int = 0) -> Markup:
        """One of several choices, in the sheet's first language: a column is narrow."""
        first = self._language.partition("-")[0]
        texts = [option[first] for option in options]
        inside = Markup("").join(
            Markup('<option value="{0}">{0}</option>').format(t) for t in texts
        )
        made = Markup('<select name="{}" title="{}" style="height: {}mm">')
        head = made.format(self._name(), self._tip(title, row), round(height - INSET, 2))
        return head + Markup('<option value="" selected> </option>') + inside + Markup("</select>")
