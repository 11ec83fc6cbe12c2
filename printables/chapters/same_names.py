"""Names that two chapters, sights, campaigns or papers share, so that readers could not tell them apart."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from printables.findings import Finding, finding

Named = tuple[
    Path, Mapping[str, str], Callable[[], int]
]  # a file, the name by language, its line there


def same_names(named: Iterable[Named]) -> Iterator[Finding]:
    """A finding for each that has the name of an earlier one in some language."""
    first: dict[tuple[str, str], Named] = {}
    for each in named:
        path, names, line = each
        for language, name in names.items():
            other = first.setdefault((language, " ".join(name.split()).casefold()), each)
            if other is not each:
                place = f"{other[0]}:{other[2]()}"
                yield finding("same-name", path, line(), name=name, other=place)
                break
