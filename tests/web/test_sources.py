"""What a chapter's Markdown becomes before the site renders it."""

from printables.chapters.chapter import Source
from printables.web.sources import number_marks

SOURCES = [Source("law", "A law", "", ""), Source("practice", "Practice", "", "")]


def test_marks_become_links_to_the_numbered_sources_and_scenes_go() -> None:
    numbered = number_marks("1. **Test**: Air.[^practice][^law] {scene=gas-tested}\n", SOURCES)
    assert numbered.startswith("1. **Test**: Air.[2](#source-2)")
    assert "[1](#source-1)" in numbered
    assert numbered.endswith("}\n") and "scene" not in numbered
