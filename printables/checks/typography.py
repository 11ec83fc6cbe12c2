"""Typography checks: punctuation and spacing in Chinese, full-width characters in English."""

import re
from collections.abc import Iterator
from pathlib import Path

from printables.chapters.prose import Block, unmarked
from printables.findings import Finding, finding
from printables.languages import FACTS, HAN, IN_HAN

FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
AFTER_MARK = re.compile(r"(\[\^[\w.-]+\])\s+")  # a space behind a source mark does no harm

HALF_MARK = re.compile(
    rf"(?<=[{HAN}])[,;:?!](?!\w*//)|(?<=[{HAN}])\.(?=\s|$|[{HAN}])|(?<=[{HAN}])\(|\((?=[{HAN}])|(?<=[{HAN}])\)"
)
TIGHT = re.compile(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%℃°³²][{HAN}]")
ORDINAL = re.compile(
    r"[第号令年〔〕]"
)  # 第13号 and 2021年 are names, and are set as their law sets them
LOOSE = re.compile(rf"[{HAN}]\s+[{HAN}]|\s[，。：；？！、）》”]|[，。：；？！、（《“]\s")
UNIT = re.compile(
    r"\d(?:%|℃|°C|mm|cm|km|kg|mg|kPa|MPa|ppm|min|m³|m²|m|s|V|A|kV|mA|dB)(?![A-Za-z0-9²³])"
)
DOUBLED = re.compile(r"([，。：；？！、])\1+|[！？]{2,}|\.{3,}|。{2,}")
WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a％]+")
WIDE_MARK = re.compile(r"[，。：；？！、（）【】]")
APOSTROPHE = re.compile(r"(?<=[A-Za-z])’")  # the fonts draw it as wide as a Han character


def wrong(path: Path, language: str, blocks: list[Block]) -> Iterator[Finding]:
    """Marks and spaces that break the rules of the language's script, each with the right spelling."""
    script = FACTS[language].script
    for block in blocks:
        text = unmarked(AFTER_MARK.sub(r"\1", block.source))
        for code, pattern, correct in RULES[script]:
            for match in pattern.finditer(text):
                here = match[0]
                around = text[max(0, match.start() - 3) : match.end() + 3]
                if code == "space-missing" and ORDINAL.search(here):
                    continue
                if script == "Latin" and IN_HAN.search(around):
                    continue  # a Chinese title within English keeps its marks
                values = {"here": around.strip(), "wrong": here, "instead": correct(here)}
                yield finding(code, path, block.line, **values)


def _full(here: str) -> str:
    return "".join(FULL.get(character, character) for character in here)


def _spaced(here: str) -> str:
    return f"{here[0]} {here[1:]}"


def _narrow(here: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) for c in here)


RULES = {
    "Han": (
        ("half-width-mark", HALF_MARK, _full),
        ("space-missing", TIGHT, _spaced),
        ("space-missing", UNIT, _spaced),
        ("space-extra", LOOSE, lambda here: re.sub(r"\s+", "", here)),
        ("marks-doubled", DOUBLED, lambda here: "……" if "." in here else here[0]),
        ("full-width-letter", WIDE, _narrow),
    ),
    "Latin": (
        ("full-width-mark", WIDE_MARK, lambda here: {v: k for k, v in FULL.items()}.get(here, ",")),
        ("full-width-mark", APOSTROPHE, lambda _: "'"),
        ("full-width-letter", WIDE, _narrow),
        ("space-missing", UNIT, _spaced),
    ),
}
