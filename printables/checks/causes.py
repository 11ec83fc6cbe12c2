"""One cause, one message: what only follows from a typing error is left out."""

import re
from collections.abc import Iterable, Iterator

from printables.findings import Finding

# A chapter with one of these has other sections or items than its editor means: it is not compared, counted or printed.
STRUCTURE = frozenset({
    "mistyped", "empty-line-missing", "indent-shallow", "heading-underlined", "text-joined", "row-of-tabs", "table-bars",
    "table-rule", "table-cells", "table-apart",
})  # fmt: skip
# What is found in sections and items.
DEPENDENT = frozenset({
    "section-empty", "unknown-role", "repeated-role", "repeated-id", "heading-id-missing", "point-without-command",
    "checklist-without-box", "quiz-without-answer", "quiz-answers-many", "quiz-without-explanation", "items-count",
    "words-too-many", "never-without-ban", "sentence-too-long", "rule-unsourced", "number-unsourced", "text-lost",
    "text-indented", "space-extra", "space-missing",
})  # fmt: skip
OF_A_SECTION = frozenset({"section-empty", "items-count", "role-missing"})
OF_A_CHAPTER = frozenset({"sentences-long", "grade-too-high", "unused-source"})
QUESTION = re.compile(r"\d+\. |##")
HEADING = re.compile(r"##(?!#)")


def hides_the_chapter(found: Iterable[Finding]) -> bool:
    """True if sections or items are not what their editor means, or if no sheet can be printed of them."""
    return any(each.code in STRUCTURE | {"glyph-missing"} for each in found)


def independent(
    typos: list[Finding], others: Iterable[Finding], body: str, first_line: int
) -> Iterator[Finding]:
    """The typing errors of the Markdown `body`, and those of the `others` that do not follow from them."""
    yield from typos
    lines = body.split("\n")
    headings = [n for n, line in enumerate(lines, first_line) if HEADING.match(line)]
    end = first_line + len(lines)
    spoilt = {typo.line for typo in typos}
    blocks: set[int] = set()
    sections: set[int] = set()
    for typo in typos:
        if typo.code not in STRUCTURE:
            continue
        above = max((n for n in headings if n < typo.line), default=first_line)
        below = min((n for n in headings if n > typo.line), default=end)
        sections.add(above)
        blocks |= _item(lines, first_line, typo.line)
        if _is_heading(typo):
            far = below if typo.code == "mistyped" else end
            blocks |= set(range(above, far))
    others = list(others)
    empty = {each.line for each in others if each.code == "item-empty"}
    told = {each.line for each in others if each.code != "text-lost"}
    told |= _incomplete(lines, first_line, others)
    for each in others:
        follows = (
            each.line in spoilt
            or (each.line in empty and each.code != "item-empty")
            or (each.code in DEPENDENT and each.line in blocks)
            or (each.code in OF_A_SECTION and each.line in sections)
            or (each.code in OF_A_CHAPTER and sections)
            or (each.code == "text-lost" and each.line in told)
        )
        if not follows:
            yield each


def _incomplete(lines: list[str], first_line: int, others: list[Finding]) -> set[int]:
    """The lines of the questions without a reason: what follows them is meant as one."""
    found: set[int] = set()
    for each in others:
        if each.code == "quiz-without-explanation":
            place = each.line - first_line + 1
            while place < len(lines) and not QUESTION.match(lines[place]):
                found.add(first_line + place)
                place += 1
    return found


def _is_heading(typo: Finding) -> bool:
    values = {name: str(value) for name, value in typo.values}
    instead = values.get("instead", "")
    makes_one = typo.code == "empty-line-missing" and not values["here"].strip("-= ")
    return (
        typo.code == "heading-underlined" or makes_one or instead.startswith("#") or "{#" in instead
    )


def _item(lines: list[str], first_line: int, number: int) -> set[int]:
    """The numbers of the lines of the item or paragraph that line `number` belongs to."""
    top = bottom = number - first_line
    while top > 0 and lines[top - 1].strip():
        top -= 1
    while top > 0 and lines[top][:1] in ("", " "):
        top -= 1
    while bottom + 1 < len(lines) and lines[bottom + 1].strip():
        bottom += 1
    return set(range(first_line + top, first_line + bottom + 1))
