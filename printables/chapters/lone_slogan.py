"""A slogan by itself → a Chapter of nothing else, for banners and letters that no chapter stands behind."""

import re
from datetime import date
from pathlib import Path

from printables.chapters import characters
from printables.chapters.chapter import Chapter
from printables.chapters.front_matter import FrontMatter
from printables.findings import Rejected, finding
from printables.languages import written_in

ASKED = "--slogan"
MOST = 40  # characters of a line on a banner


def chapter(slogan: str, docs: Path) -> Chapter:
    """A chapter that says the slogan, in the language whose script it has; raises Rejected for what cannot be printed."""
    text = " ".join(slogan.split())
    if hidden := characters.hidden(text):
        raise Rejected([finding("hidden-character", ASKED, character=hidden)])
    if missing := characters.undrawable(text):
        raise Rejected([finding("glyph-missing", ASKED, characters=missing)])
    if not any(map(str.isalnum, text)) or len(text) > MOST:
        raise Rejected([finding("slogan-alone", ASKED, most=MOST)])
    language = written_in(text)
    front = FrontMatter(
        title=text,
        summary=text,
        slogan=text,
        tone="prohibition",  # red, as banners are
        signs=("P001",),
        prints=(),
        order=0,
        reviewed=date.today(),
    )
    name = "-".join(
        re.findall(r"\w+", text)
    )  # of its files; no chapter is called so, as those have a reader
    return Chapter(docs / language / "slogans" / f"{name}.md", name, language, front, (), "", 1, 1)
