"""What the sanitizer reserves for the site."""

import re

import pytest
from project import ROOT

from printables.chapters import sanitizer

# An id in a template, a style or a script; one that begins with {{ is a chapter's own, or a name of the page.
USED = re.compile(
    r"\bid=\"([\w-]+)(?:\"|\{\{)|getElementById\(\"([\w-]+)\"|\(\"#([a-z][\w-]*)[\" ]|^#([a-z][\w-]*)(?=[ ,.:{>])"
    r"|\{:? ?#([a-z][\w-]*)|\(#([a-z][\w-]*)",
    re.MULTILINE,
)
FILES = [
    path
    for folder, kinds in (("overrides", ("html", "js", "css")), ("printables/web", ("py",)))
    for kind in kinds
    for path in (ROOT / folder).rglob(f"*.{kind}")
    if "stamp" not in path.parts  # which makes PDFs
]


def used() -> set[str]:
    """Every id that templates, styles, scripts, and what makes Markdown for pages, write."""
    found: set[str] = set()
    for path in FILES:
        for groups in USED.findall(path.read_text(encoding="utf-8")):
            found |= {name for name in groups if name and not name.startswith("__")}
    return found


def test_the_site_s_own_ids_are_reserved() -> None:
    assert sorted(name for name in used() if not sanitizer.is_reserved(name)) == []


def test_no_id_is_reserved_in_vain() -> None:
    assert sorted(sanitizer.RESERVED - used()) == []


@pytest.mark.parametrize("name", ["remember", "office", "source", "parts", "call-120"])
def test_other_ids_are_free(name: str) -> None:
    assert not sanitizer.is_reserved(name)
