"""Where one breathes in a slogan."""

import re

from printables.languages import FACTS

MARKS = "，、；：！？。"
HAN_GROUP = re.compile(rf"[^\s{MARKS}]+[{MARKS}]*|[{MARKS}]+")
LATIN_GROUP = re.compile(r"\S.*?(?:[.,;:!?—](?=\s|$)|$)")


def groups(slogan: str, language: str) -> tuple[str, ...]:
    """The breath groups of a slogan: parted at spaces and marks in Chinese, at marks in English."""
    pattern = LATIN_GROUP if FACTS[language].is_spaced else HAN_GROUP
    return tuple(pattern.findall(slogan))


def line(text: str) -> str:
    """Groups as a line of a headline: at its end Chinese sets no mark that only parts."""
    return text.rstrip("，、；：")
