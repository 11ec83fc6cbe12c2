"""The edition of a document: blanks until all else has been said, then a hash of what it says."""

import hashlib
import re

FOLDER = "e"  # of the site: the pages of editions
DIGITS = 8  # six would meet twice among a few thousand editions
SAID = re.compile(r'\balt="([^"]*)"|>([^<]+)<')
# Stands in a document until it is stamped: the edition is a hash of the document without it, which every size shares.
BLANKS = {key: f"--{key}--" for key in ("edition", "id", "distance")}


def stamp(blank: str, **values: str) -> str:
    """The document with its blanks filled in."""
    for key, value in values.items():
        blank = blank.replace(BLANKS[key], value)
    return blank


def identify(html: str, *beside: str) -> str:
    """Hex digits of what a document says, whatever its markup, and of what stands beside it."""
    said = "".join("".join(found) for found in SAID.findall(html))
    text = "\n".join([*beside, "".join(said.split())])
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def address(site: str, edition: str = "") -> str:
    """The page of the edition with this id on a site (which ends in a stroke), or of them all."""
    return f"{site}{FOLDER}/{edition}/" if edition else f"{site}{FOLDER}/"


def number(label: str) -> str:
    """The id in the edition that a sheet is stamped with."""
    return label.rpartition("·")[2]
