"""Characters as readers get them: entities decoded, invisible ones and those without a glyph found."""

import html
import re
from collections.abc import Iterable

from printables import glyphs

# Controls, bidirectional overrides, invisible and private characters: a reviewer does not see them.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
WORD_BULLET = re.compile(
    r"( *)[\ue000-\uf8ff]\s*(?=\S)"
)  # a character of the fonts Symbol and Wingdings
# What Markdown leaves to the browser; a `&` without its semicolon is a `&`.
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
AMPERSAND = "\x02amp\x03"  # Markdown's own sign for one in an address


def decoded(text: str) -> str:
    """The text as a browser shows it: `&nbsp;` is a no-break space."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text.replace(AMPERSAND, "&"))


def hidden(text: str) -> str:
    """The first invisible character of a text as `U+202E`, written raw or as an entity; "" without one."""
    # What no entity can name, such as &#0;, a browser shows as U+FFFD: it is in HIDDEN as well.
    found = HIDDEN.search(decoded(text))
    return f"U+{ord(found[0]):04X}" if found else ""


def undrawable(text: str) -> str:
    """The characters of a text that no sheet can show, each once, as `硚 (U+785A)`; "" without one."""
    return named(dict.fromkeys(c for c in decoded(text) if ord(c) not in glyphs.drawn()))


def named(characters: Iterable[str]) -> str:
    """Characters with their code points, as a message lists them."""
    return " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
