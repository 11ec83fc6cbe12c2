"""Plain-language checks: lengths of copy, reading grade, acronyms, wrong words."""

import math
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from printables.chapters.notation import NAMES
from printables.chapters.prose import Block
from printables.chapters.slogan import groups
from printables.findings import Finding, finding, part
from printables.languages import FACTS, IN_HAN

RULES = Path(__file__).with_name("rules")
LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%/–～-]*")
TEXT_KINDS = {"item", "reason", "paragraph"}
MOST_SHOWN = 80  # characters of a text that is too long
GRADE_WORDS = 100  # fewer say nothing about a grade
ACRONYM = re.compile(r"(?<![\w/-])([A-Z]{2,})s?\b")
QUOTED = re.compile(r"“[^”]*”|「[^」]*」")


@cache
def limits() -> dict[str, Any]:
    """The thresholds of rules/limits.toml."""
    return tomllib.loads((RULES / "limits.toml").read_text(encoding="utf-8"))


@cache
def terms() -> dict[str, list[dict[str, str]]]:
    """The wrong words of rules/terms.toml, by language."""
    return tomllib.loads((RULES / "terms.toml").read_text(encoding="utf-8"))


@cache
def everyday() -> frozenset[str]:
    """The acronyms of rules/acronyms.toml, which need no explanation."""
    return frozenset(
        tomllib.loads((RULES / "acronyms.toml").read_text(encoding="utf-8"))["everyday"]
    )


def length(text: str, language: str) -> int:
    """Number of words; in a language without spaces number of characters, two Latin letters for one."""
    if FACTS[language].is_spaced:
        return sum(any(map(str.isalnum, word)) for word in text.split())
    return len(IN_HAN.findall(text)) + sum(math.ceil(len(run) / 2) for run in LATIN.findall(text))


def shorten(text: str, most: int) -> str:
    """The beginning of a text of more than `most` characters, else all of it."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def headings(path: Path, language: str, keys: dict[str, tuple[str, int]]) -> Iterator[Finding]:
    """Title, summary and slogan (text and line, by key) that are too long."""
    most = limits()[language]
    for key, (text, line) in keys.items():
        yield from _too_long(path, line, language, key, text, most[key])
    slogan, line = keys["slogan"]
    for group in groups(slogan, language) if "slogan-line" in most else ():
        yield from _too_long(path, line, language, "slogan", group, most["slogan-line"])


def wording(path: Path, language: str, blocks: list[Block]) -> Iterator[Finding]:
    """Items and sentences of the text that are too long, too hard a grade, and wrong words."""
    yield from _items(path, language, blocks)
    yield from _sentences(path, language, blocks)
    yield from _grade(path, language, blocks)
    yield from _terms(path, language, blocks)


def _too_long(
    path: Path, line: int, language: str, what: str | dict[str, str], text: str, most: int
) -> Iterator[Finding]:
    if (count := length(text, language)) > most:
        excerpt = shorten(text, MOST_SHOWN)
        values = {"what": what, "text": excerpt, "count": count, "most": most}
        yield finding("words-too-many", path, line, **values, unit=FACTS[language].unit)


def counts(path: Path, blocks: list[Block]) -> Iterator[Finding]:
    """Sections with too few or too many items; the parser reports those without any."""
    for heading in blocks:
        rule = limits()["roles"].get(heading.role)
        if heading.kind != "heading" or not rule:
            continue
        count = sum(b.kind == "item" and b.section == heading.section for b in blocks)
        least, most = rule["items"]
        if count and not least <= count <= most:
            right = least if least == most else part("range", least=least, most=most)
            values = {"role": heading.role, "count": count, "right": right}
            yield finding("items-count", path, heading.line, **values)


def _items(path: Path, language: str, blocks: list[Block]) -> Iterator[Finding]:
    for block in blocks:
        most = limits()["roles"].get(block.role, {}).get(language)
        if block.kind != "item" or not most:
            continue
        yield from _too_long(path, block.line, language, part("command"), block.lead, most[0])
        rest = part("reason" if block.lead else "item")
        yield from _too_long(path, block.line, language, rest, block.rest, most[1])
        words = FACTS[language].bans
        if block.role == "never" and not block.text.lower().startswith(words):
            bans = ", ".join(word.strip().capitalize() for word in words[:3])
            yield finding("never-without-ban", path, block.line, bans=bans)


def sentences(blocks: Iterable[Block], language: str) -> Iterator[tuple[str, int]]:
    """Every sentence of the running text with the line of its block."""
    for block in blocks:
        if block.kind in TEXT_KINDS:
            for sentence in FACTS[language].sentence.split(block.text):
                if length(sentence, language):
                    yield sentence.strip(), block.line


def _sentences(path: Path, language: str, blocks: list[Block]) -> Iterator[Finding]:
    most, unit = limits()[language], FACTS[language].unit
    counted = [(length(text, language), text, line) for text, line in sentences(blocks, language)]
    for count, text, line in counted:
        if count > most["sentence-longest"]:
            values = {"count": count, "most": most["sentence-longest"], "unit": unit}
            yield finding("sentence-too-long", path, line, text=text[:24], **values)
    average = mean([count for count, _, _ in counted] or [0])
    if average > most["sentence-mean"]:
        values = {"mean": f"{average:.1f}", "most": most["sentence-mean"], "unit": unit}
        yield finding("sentences-long", path, **values)


def grade(texts: Iterable[str]) -> float:
    """Flesch-Kincaid grade of English sentences; 0 where there are too few words."""
    spoken = [re.findall(r"[A-Za-z][A-Za-z’'-]*", text) for text in texts]
    spoken = [words for words in spoken if words]
    words = [word for sentence in spoken for word in sentence]
    if len(words) < GRADE_WORDS:
        return 0.0
    per_word = sum(map(_syllables, words)) / len(words)
    return 0.39 * len(words) / len(spoken) + 11.8 * per_word - 15.59


def _syllables(word: str) -> int:
    """Number of groups of vowels, without a silent e: near enough for an average."""
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def _grade(path: Path, language: str, blocks: list[Block]) -> Iterator[Finding]:
    most = limits()[language].get("grade", math.inf)  # only English has a formula
    if (reached := grade(text for text, _ in sentences(blocks, language))) > most:
        yield finding("grade-too-high", path, grade=f"{reached:.1f}", most=most)


def acronyms(blocks: Iterable[Block], language: str) -> Iterator[tuple[str, int]]:
    """Acronyms that are not explained by their first use, with its line; none in languages without `small_words`."""
    small = FACTS[language].small_words
    if not small:
        return
    read, seen = "", set(everyday())
    for block in blocks:
        read = f"{read} {block.text}"
        for match in ACRONYM.finditer(NAMES.sub(" ", block.text)):
            word = match[1]
            if block.kind != "heading" and word not in seen:
                seen.add(word)
                if not _explained(word, read, small):
                    yield word, block.line


def _explained(acronym: str, text: str, small_words: tuple[str, ...]) -> bool:
    """True if `text` has it beside or in brackets, or has words that begin with its letters."""
    words = rf"[\w’']*[\s–-]+(?:(?:{'|'.join(small_words)})\s+)?".join(acronym)
    beside = rf"\({acronym}s?\)|\b{acronym}s? \("
    return bool(re.search(beside, text) or re.search(rf"\b{words}", text, re.IGNORECASE))


def _terms(path: Path, language: str, blocks: list[Block]) -> Iterator[Finding]:
    whole = "\n".join(block.text for block in blocks)
    for block in blocks:
        if not block.right:
            continue
        text = QUOTED.sub("", block.text)
        for term in terms()[language]:
            if "except" in term and re.search(term["except"], whole):
                continue
            for match in re.finditer(term["find"], text, re.IGNORECASE):
                values = {"word": match[0], "instead": term["write"]}
                yield finding("wrong-word", path, block.line, **values)
