"""Items of lists that Markdown takes for a paragraph: bullets, boxes and numerals of word processors."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from printables.chapters.notation import HAN_NUMERALS
from printables.findings import Finding, finding

SHOWN = 10  # characters of the item behind its mark

ROLE = re.compile(r"#.*\{[^{}]*\.([a-z]+)[^{}]*\}")
ENTRY = re.compile(r" *(?:[-*+]|\d+\.) ")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BOXES = "□☐❏❑❒◻▢⬜"
TICKED = "☑☒✅√✓✔"
# Signs that begin items and hardly ever a sentence; a sign that may do both counts if the next line has it as well.
BULLET = re.compile(
    r"( *)(?:[·•‣⁃∙●○◦▪▫■◆◇►▸▶➢➤➔✦✧❖‧・]|[–−―－﹣‐‑‒]|—(?!—)|[-*+][　\u00a0]+|--+(?=[^\s|-]|\s+[^\s|-])) *(?=\S)"
)
TIGHT = re.compile(r"( *)(?:-(?=[^\s\d-])|\+(?=[^\s\d+-])|\*(?=[^\s*\[])(?!.*\*))(?=\S)")
BOX = re.compile(
    rf"( *)(?:[-*+] )?(?:[{BOXES}]|\[(?:|  +|_+|　)\]|[【［] *[】］]|[(（][ _　]*[)）])[ 　]*(?=[^\s(（])"
)
BARE_BOX = re.compile(r"( *)\[ \] *(?=\S)")
TICK = re.compile(
    rf"( *)(?:(?:[-*+] )?[{TICKED}]|[-*+] (?:\[(?:[√✓✔vV]| [xX] ?|[xX] )\]|[【［][xX√✓✔][】］]))\s*(?=\S)"
)
BARE_TICK = re.compile(r"( *)\[[xX]\] *(?=\S)")
TIGHT_BOX = re.compile(r"( *[-*+] \[[ xX]\])(?=\S)")
NUMBER = re.compile(
    r"( *)([0-9０-９]{1,2})(?:\s*[、．)）。]\s*|\s*[：:](?![0-9])\s*|\.(?=[^\s\d])|\s+\.\s+)(?=\S)"
)
BRACKETED = re.compile(
    rf"( *)[（(](?:[0-9０-９]{{1,2}}|[{HAN_NUMERALS}]{{1,3}}|[A-Za-z]|[ivxIVX]{{1,4}})[）)]\s*(?=\S)"
)
LETTER = re.compile(r"( *)(?:[A-Za-z]|[ivxIVX]{2,4})[)）、．]\s*(?=\S)")
HAN = re.compile(rf"( *)[{HAN_NUMERALS}]{{1,3}}[、．.]\s*(?=\S)")
ANSWER = re.compile(r"( *)[A-Ha-h][.．、)）:：]\s*(?=\S)")
SURE = (NUMBER, BRACKETED, LETTER, HAN)
# What only a second line of the kind shows to be an item.
DOUBTFUL = (
    re.compile(
        rf"( *)(?:第[{HAN_NUMERALS}\d]+[步条点项]?|步骤 ?[{HAN_NUMERALS}\d]+|[Ss]tep \d+)[：:、，,. ]\s*(?=\S)"
    ),
    re.compile(rf"( *)[{HAN_NUMERALS}]{{1,3}}(?:是|[，,：:])\s*(?=\S)"),
    re.compile(rf"( *)[{STEMS}][、．.：:]\s*(?=\S)"),
    re.compile(
        rf"( *)\*\*(?:[0-9０-９]{{1,2}}|[{HAN_NUMERALS}]{{1,3}})[.、．)）：:]?\*\*[.、：:]?\s*(?=\S)"
    ),
    re.compile(r"( *)[IVX]{1,4}[.．] ?(?=\S)"),
    re.compile(r"( *)[A-Za-z][.:：] *(?=\S)"),
    re.compile(r"( *)[0-9０-９]{1,2} +(?=\S)"),
    re.compile(r"( *)——\s*(?=\S)"),
)
HONEST = frozenset(
    "-+#>|｜│┃∣￨¦!`*_[<\\$\"'“‘「『《〈（(【…—~&{"
)  # what may begin a sentence, or Markdown of another kind


def wrong(path: Path, lines: list[tuple[int, str]]) -> Iterator[Finding]:
    """A finding for each line that is meant as an item, with the spelling that makes it one in its section."""
    role = ""
    for (_, before), (number, line), (_, after) in _with_neighbours(lines):
        if line.startswith("#"):
            role = heading[1] if (heading := ROLE.match(line)) else ""
        elif line.strip() and (found := _mark(line, before, after, role)):
            mark, right = found
            rest = line[mark.end() : mark.end() + SHOWN]
            if rest.startswith("["):  # the box is there already
                right = right.removesuffix("[ ] ")
            here, instead = f"{mark[0]}{rest}".strip(), f"{right}{rest}".strip()
            yield finding("mistyped", path, number, here=here, instead=instead)


def _with_neighbours(
    lines: list[tuple[int, str]],
) -> Iterator[tuple[tuple[int, str], tuple[int, str], tuple[int, str]]]:
    around = [(0, ""), *lines, (0, "")]
    for (one, two), (_, three) in zip(pairwise(around), pairwise(around[1:]), strict=False):
        yield one, two, three


def _mark(line: str, before: str, after: str, role: str) -> tuple[re.Match[str], str] | None:
    """What stands at the beginning of an item, and what has to stand there; None for any other line."""
    if tight := TIGHT_BOX.match(line):
        return tight, f"{tight[0]} "
    if tick := TICK.match(line) or (role in BOXED and BARE_TICK.match(line)):
        alike = any(near.strip()[:1] in TICKED + BOXES for near in (before, after) if near.strip())
        if not ENTRY.match(line) and role not in BOXED and not alike:
            return None
        return tick, _boxed(tick[1], role, "[x]")
    if box := BOX.match(line) or BARE_BOX.match(line):
        if box[0].strip("-*+ ")[0] in "(（" and role not in BOXED:
            return None
        return box, _boxed(box[1], role, "[ ]")
    if ENTRY.match(line):
        return None
    if role == "quiz" and (answer := ANSWER.match(line)):
        return answer, "    - [ ] "
    for pattern in (BULLET, TIGHT):
        if bullet := pattern.match(line):
            return bullet, f"{bullet[1]}{_bullet(role)}"
    for place, pattern in enumerate((*SURE, *DOUBTFUL)):
        if numeral := pattern.match(line):
            sure = place < len(SURE) or pattern.match(before) or pattern.match(after)
            return (numeral, f"{numeral[1]}{_number(numeral[0], role)}") if sure else None
    return _odd(line, before, after, role)


BOXED = frozenset({"checklist", "quiz"})
NUMBERED = frozenset({"steps", "emergency", "talk", "quiz"})


def _boxed(indent: str, role: str, box: str) -> str:
    if role == "checklist":
        return "- [ ] "
    return f"    - {box} " if role == "quiz" else f"{indent}- "


def _bullet(role: str) -> str:
    return "- [ ] " if role == "checklist" else "1. " if role in NUMBERED else "- "


def _number(mark: str, role: str) -> str:
    """The item's own number; a bullet where the section's items have none, or the mark is a dash."""
    if role in {"points", "never", "checklist"} or mark.strip().startswith("—"):
        return _bullet(role)
    return f"{_value(unicodedata.normalize('NFKC', mark))}. "


def _value(mark: str) -> int:
    """The number in a mark such as `2)`, `（二）` or `b)`; 1 where it is none of these."""
    if digits := re.search(r"\d+", mark):
        return int(digits[0])
    if han := re.search(f"[{HAN_NUMERALS}]+", mark):
        tens, ten, ones = han[0].rpartition("十")
        return (
            (HAN_NUMERALS.find(tens) + 1 or 1) * 10 * bool(ten)
            + HAN_NUMERALS.find(ones or "〇")
            + 1
        )
    if stem := re.search(f"[{STEMS}]", mark):
        return STEMS.find(stem[0]) + 1
    letter = re.search(r"[A-Ha-h]", mark)
    return ord(letter[0].lower()) - ord("a") + 1 if letter else 1


def _odd(line: str, before: str, after: str, role: str) -> tuple[re.Match[str], str] | None:
    """A line that begins with an enclosed numeral such as ①, or with the same sign as its neighbour."""
    mark = re.match(r"( *)(\S)\s*(?=\S)", line)
    if mark is None or (mark[2].isalnum() and not _is_numeral(mark[2])):
        return None
    if _is_numeral(mark[2]):
        return mark, f"{mark[1]}{_number(str(int(unicodedata.numeric(mark[2]))), role)}"
    twin = any(near.strip()[:1] == mark[2] for near in (before, after))
    if mark[2] in HONEST or not twin:
        return None
    return mark, f"{mark[1]}{_bullet(role)}"


def _is_numeral(character: str) -> bool:
    """True for ①, ⑴, ⒈, ❶, Ⅰ, ㈠ and their kind."""
    if unicodedata.category(character) not in {"No", "Nl"} or character in HAN_NUMERALS:
        return False
    raised = unicodedata.decomposition(character).startswith(("<super>", "<sub>", "<fraction>"))
    return not raised and unicodedata.numeric(character).is_integer()
