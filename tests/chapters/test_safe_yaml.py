"""YAML is read by libyaml; Python reads the same, and says what is wrong."""

import pytest
import yaml
from project import BASE, ROOT

from printables.chapters import safe_yaml

CHAPTER = (BASE / "docs/en/teams/ladders.md").read_text(encoding="utf-8").split("---\n")[1]
MISREAD = "a: 010\nb: no\nc: 1.10\nd: '010'\ne: |\n  no\nf: [19:30, 2026-01-02, 2026-02-30]\n"
TEXTS = {
    "chapter": CHAPTER,
    "glossary": (ROOT / "library/glossary.yml").read_text(encoding="utf-8"),
    "misread": MISREAD,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_both_parsers_read_the_same(text: str) -> None:
    quick, plain = (safe_yaml._load(one(text)) for one in (safe_yaml._Quick, safe_yaml._Loader))
    assert repr(quick) == repr(plain)
    assert safe_yaml.front_matter(text) is not None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: Ladders: all", 0, "mapping values are not allowed here"),
        ("a: b\nc:\td", 1, r"found character '\\t' that cannot start any token"),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_python(text: str, line: int, words: str) -> None:
    with pytest.raises(yaml.YAMLError, match=words) as refused:
        safe_yaml.front_matter(text)
    assert refused.value.problem_mark.line == line  # type: ignore[attr-defined]
