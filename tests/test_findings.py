"""The messages: both languages say the same, and every one of them is used."""

import pickle
import re
from pathlib import Path
from string import Formatter

import pytest
from project import ROOT

from printables.chapters.front_matter import FrontMatter
from printables.findings import Rejected, example, finding, nearest, reader_language, texts

MESSAGES = {code: message for code, message in texts().items() if code not in {"example", "part"}}
HAN = re.compile(r"[\u4e00-\u9fff]")


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def test_a_message_says_the_same_in_both_languages() -> None:
    for code, message in MESSAGES.items():
        assert set(message) == {"zh", "en"}, code
        assert placeholders(message["zh"]) == placeholders(message["en"]), code
        assert HAN.search(message["zh"]) and not HAN.search(message["en"]), code


def test_a_message_uses_words_that_an_editor_knows() -> None:
    other = re.compile(r"\b(blanks?|mend|told|stands?|behind)\b")
    assert [code for code, message in MESSAGES.items() if other.search(message["en"])] == []


def test_every_message_is_used_and_every_used_one_exists() -> None:
    rooms = (path.read_text(encoding="utf-8") for path in (ROOT / "printables").rglob("*.py"))
    code = "".join(rooms)
    used = set(re.findall(r'\bfinding\(\s*"([\w-]+)"', code))
    assert used <= set(MESSAGES)
    assert [name for name in MESSAGES if f'"{name}"' not in code] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_of_the_front_matter_has_an_example(language: str) -> None:
    for key in FrontMatter.model_fields:
        assert example(key)[language].startswith(f"{key}: ")


def test_a_finding_names_file_and_line() -> None:
    each = finding("unknown-sign", "docs/zh/teams/x.md", 6, code="W41", near="W041")
    assert each.text("en") == ("docs/zh/teams/x.md:6: there is no sign `W41`. Write instead: W041")
    assert each.text("zh") == "docs/zh/teams/x.md:6: 没有编号为“W41”的标志。请改为：W041"


def test_a_finding_about_a_whole_file_has_no_line() -> None:
    assert finding("file-missing", Path("x.md")).text("en").startswith("x.md: ")


def test_values_in_several_languages_follow_the_reader() -> None:
    each = finding("missing-key", "x.md", 1, key="title", example=example("title"))
    assert "title: Confined-space work" in each.text("en")
    assert "title: 有限空间作业" in each.text("zh")


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert "{0}" in finding("link-broken", "x.md", target="{0}", near="{near}").text("en")


def test_an_unknown_kind_of_finding_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError, match="no-such-kind"):
        finding("no-such-kind", "x.md")


@pytest.mark.parametrize(
    ("word", "near"), [("W41", "W041"), ("W0041", "W041"), ("xyz", "M001, P004, W041")]
)
def test_nearest_is_the_word_that_was_meant_else_all(word: str, near: str) -> None:
    assert nearest(word, ["W041", "P004", "M001"]) == near


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "READERS_LANGUAGE": "en"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_messages_are_in_the_language_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("READERS_LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert reader_language() == language


def test_rejected_sorts_by_file_and_line_and_says_each_once() -> None:
    late, early = finding("raw-html", "b.md", 9, tag="<b>"), finding("raw-html", "b.md", 2, tag="")
    other = finding("file-missing", "a.md")
    assert Rejected([late, early, other, late]).findings == [other, early, late]


def test_two_mistakes_of_one_kind_on_one_line_are_two() -> None:
    findings = [finding("unknown-sign", "x.md", 6, code=code, near="") for code in ("A", "B")]
    assert len(Rejected(findings).findings) == 2


def test_rejected_comes_back_whole_from_a_worker() -> None:
    sent = Rejected([finding("missing-key", "x.md", 1, key="title", example=example("title"))])
    received = pickle.loads(pickle.dumps(sent))
    assert [each.text("en") for each in received.findings] == [
        each.text("en") for each in sent.findings
    ]
