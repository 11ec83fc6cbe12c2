"""Chinese text as phrases: words, with the short ones that lean on them; a line breaks between phrases only."""

import re
import tomllib
from functools import cache
from pathlib import Path

from rjieba import Jieba  # jieba-rs: a dictionary cuts a trade's words right where a model guesses

from printables.languages import HAN

FACTS = Path(__file__).with_suffix(".toml")
MOST = 3  # characters that short words are joined to; so a line ends at most about three em short
RUN = re.compile(f"[{HAN}]+")


@cache
def _facts() -> tuple[Jieba, frozenset[str], frozenset[str]]:
    """The dictionary with our own words, and the words that lean on the next or on the one before."""
    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    dictionary = Jieba()
    for word in facts["words"]:
        dictionary.add_word(word, None, None)
    return dictionary, frozenset(facts["leading"]), frozenset(facts["trailing"])


def phrases(run: str) -> list[str]:
    """The phrases of a run of Han characters; longer words stand as they are, or in the parts that they are made of."""
    dictionary, leading, trailing = _facts()
    joined: list[str] = []
    leans = False
    for word in dictionary.cut(run):
        fits = joined and len(joined[-1]) + len(word) <= MOST
        if fits and (leans or word in trailing):
            joined[-1] += word
        else:
            joined.append(word)
        leans = word in leading
    return joined


def boundaries(text: str) -> set[int]:
    """Where, in `text`, a phrase ends and another begins: indices of the first character of the second."""
    found = set()
    for run in RUN.finditer(text):
        at = run.start()
        for phrase in phrases(run[0])[:-1]:
            at += len(phrase)
            found.add(at)
    return found
