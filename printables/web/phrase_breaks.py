"""Where lines may break on a page: never within a range, a date or a number of a standard; Chinese between its phrases.

The look keeps all else together (word-break: keep-all), so that no line begins with a closing mark or a lonely character, as
it does where a browser breaks a long clause in need.
"""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

from markupsafe import Markup

from printables.languages import HAN
from printables.layout.line_breaks import JOINER, MEASURE, NUMBERED
from printables.layout.phrases import boundaries

FITS = 8  # characters that a line of any list has room for; these stay together
NARROW = 3  # the same of large type, and of a table's cell
# Texts that are set by phrases, and what fits their lines; paragraphs run on.
SHORT = {"li": FITS} | dict.fromkeys(("h1", "h2", "h3", "strong", "th", "td"), NARROW)
# 2 万–5 万元, 10–49, 19.5%～21%; 2026-11-23, GB 2894-2025: a line could break behind the dash, and before a wide one.
DASH = re.compile(r"(?<=[\w%℃°])[–～](?=\d)|(?<=\d)-(?=\d)")


def held(text: str) -> str:
    """A text with what belongs to its numbers on their line."""
    text = DASH.sub(rf"{JOINER}\g<0>{JOINER}", MEASURE.sub("\u00a0", text))
    return NUMBERED.sub("\\1\u00a0", text)


def hold(root: Element) -> None:
    """The same for all texts below an element, but not for code, which people copy."""
    for element in root.iter():
        if element.tag != "code":
            element.text = held(element.text or "")
        element.tail = held(element.tail or "")


def phrased(text: str, fits: int = FITS) -> Markup:
    """A text as HTML that breaks between its phrases, where more than `fits` characters stand together."""
    return Markup("<wbr>").join(_pieces(type(text)(held(text)), fits))


def titled(text: str) -> Markup:
    """The same for large type, of which few characters fill a line."""
    return phrased(text, NARROW)


def allow_breaks(element: Element, fits: int = 0) -> None:
    """Let the short texts below an element break between phrases; `fits` is 0 outside them."""
    fits = SHORT.get(element.tag, fits)
    children = list(element)
    if fits:
        element.text = _parted(element, 0, element.text, fits)
    for child in children:
        allow_breaks(child, fits)
        if fits:
            child.tail = _parted(element, list(element).index(child) + 1, child.tail, fits)


def _parted(parent: Element, at: int, text: str | None, fits: int) -> str:
    """The first piece of a text; the others are put into `parent` at `at`, each behind a place to break."""
    first, *others = _pieces(text or "", fits)
    for place, piece in enumerate(others, at):
        here = Element("wbr")
        here.tail = piece
        parent.insert(place, here)
    return first


def _pieces(text: str, fits: int) -> list[str]:
    """A text in pieces that hold together; only runs that might not fit a line are parted."""
    runs = re.finditer(f"[{HAN}]{{{fits + 1},}}", text)
    long = {at for run in runs for at in range(run.start() + 1, run.end())}
    ends = sorted(boundaries(text) & long) if long else []
    return [text[begin:end] for begin, end in pairwise([0, *ends, len(text)])]
