"""The edition of a document: a hash of its text, stamped on it in place of placeholders."""

import hashlib
import re

from printables.layout.line_breaks import JOINER

FOLDER = "e"  # of the site: the pages of editions
DIGITS = 8  # six would meet twice among a few thousand editions
TEXTS = re.compile(r'\balt="([^"]*)"|>([^<]+)<')
# An element that says something of the owner: the message is the same on every owner's sheet.
OWN = re.compile(r"<(\w+)(?= )[^>]* data-owner\b[^>]*>(?:(?:(?!</\1>).)*</\1>)?", re.DOTALL)
# Placeholders: the edition is a hash of the document without them, which all its sizes share.
PLACEHOLDERS = {key: f"--{key}--" for key in ("edition", "id", "distance")}


def stamp(html: str, **values: str) -> str:
    """The document with these values in place of their placeholders."""
    for key, value in values.items():
        html = html.replace(PLACEHOLDERS[key], value)
    return html


def identify(html: str, *beside: str) -> str:
    """DIGITS hex digits of the sha256 of a document's texts, without markup, spaces and joiners, and of `beside`.

    What elements with the attribute data-owner say is not counted.
    """
    texts = "".join("".join(groups) for groups in TEXTS.findall(OWN.sub("", html)))
    content = "\n".join([*beside, "".join(texts.replace(JOINER, "").split())])
    return hashlib.sha256(content.encode()).hexdigest()[:DIGITS]


def address(site: str, edition: str = "") -> str:
    """Address of an edition's page, or of the list of all, on a site whose address ends in `/`."""
    return f"{site}{FOLDER}/{edition}/" if edition else f"{site}{FOLDER}/"


def number(label: str) -> str:
    """The id in an edition's label: `2026-11-23·1f3a9c02` → `1f3a9c02`."""
    return label.rpartition("·")[2]
