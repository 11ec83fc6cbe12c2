"""Chinese text as phrases: words, with the short ones that lean on them; a line breaks between phrases only."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from printables.languages import HAN

if TYPE_CHECKING:  # jieba-rs: a dictionary cuts a trade's words right where a model guesses
    from rjieba import (
        Jieba,
    )  # loads it when it is imported, which takes a check that composes nothing 0.15 s

FACTS = Path(__file__).with_suffix(".toml")
MOST = 4  # characters that words are joined to, or one more than a long word has; a line ends so much short
NARROW = 3  # the same in boxes with room for a word or two
# What it costs to part two words of which one leans on the other, back or forward, or is a verb or an object of one
# character; to leave a character alone; to join two words.
BACK, FORWARD, VERB, OBJECT, ALONE, JOINED = 5.0, 4.0, 0.5, 0.25, 2.0, 0.1
RUN = re.compile(f"[{HAN}]+")


@cache
def _facts() -> tuple["Jieba", frozenset[str], frozenset[str]]:
    """The dictionary with our own words, and the words that lean on the next or on the one before."""
    from rjieba import Jieba

    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    dictionary = Jieba()
    for word in facts["words"]:
        dictionary.add_word(word, None, None)
    return dictionary, frozenset(facts["leading"]), frozenset(facts["trailing"])


@cache
def _dictionary() -> "Jieba":
    """The dictionary as it comes."""
    from rjieba import Jieba

    return Jieba()


def phrases(run: str, narrow: bool = False) -> list[str]:
    """The phrases of a run of Han characters: its words, joined up to MOST characters so that the partings cost least.

    Where it is `narrow`, up to NARROW characters, and a longer word of our own is parted as the dictionary parts it.
    """
    most = NARROW if narrow else MOST
    words = _facts()[0].cut(run)
    if narrow:
        parted = (_dictionary().cut(word) if len(word) > most else [word] for word in words)
        words = [part for parts in parted for part in parts]
    # Of the first words, one more each: the least cost, and where their last phrase begins.
    costs, begins = [0.0], [0]
    for end in range(1, len(words) + 1):
        ways = []
        length = longest = 0
        for begin in range(end - 1, -1, -1):
            length += len(words[begin])
            longest = max(longest, len(words[begin]))
            if length > max(most, longest + 1):
                break
            parting = _cost(words[begin - 1], words[begin]) if begin else 0.0
            alone = ALONE * (length == 1)
            ways.append((costs[begin] + parting + alone + JOINED * (end - begin - 1), -begin))
        cost, begin = min(ways)
        costs.append(cost)
        begins.append(-begin)
    found = []
    end = len(words)
    while end:
        found.append("".join(words[begins[end] : end]))
        end = begins[end]
    return found[::-1]


def _cost(word: str, following: str) -> float:
    """What it costs to end a line between two words."""
    _, leading, trailing = _facts()
    return (
        FORWARD * (word in leading)
        + BACK * (following in trailing)
        + VERB * (len(word) == 1 and word not in trailing)
        + OBJECT * (len(following) == 1 and following not in leading)
    )


def boundaries(text: str, narrow: bool = False) -> set[int]:
    """Where, in `text`, a phrase ends and another begins: indices of the first character of the second."""
    found = set()
    for run in RUN.finditer(text):
        at, own = run.start(), run[0]
        if text[:at].endswith("”") and own[0] in _facts()[2] and len(own) > 1:
            at, own = at + 1, own[1:]  # it leans on what is quoted
            found.add(at)
        for phrase in phrases(own, narrow)[:-1]:
            at += len(phrase)
            found.add(at)
    return found
