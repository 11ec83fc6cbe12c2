"""Text becomes a Chapter: sections, items, marks, options, and the lines on which they stand."""

from datetime import date
from pathlib import Path

import pytest
from project import BASE

from printables.chapters.chapter import Chapter, Option
from printables.chapters.parser import parse, source_hash
from printables.checks.collection import Collection
from printables.findings import Rejected

HEAD = """---
title: Ladders
summary: Set it firm.
slogan: Set it firm.
tone: warning
signs: [W008]
prints: []
order: 10
reviewed: 2026-01-02
sources:
  - {id: a, title: One}
  - {id: b-2.1, title: Two, number: 12142, clause: 第四条}
---
"""


@pytest.fixture
def zh(base_collection: Collection) -> Chapter:
    return base_collection.chapters["zh", "teams/ladders"]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "en" / "teams").mkdir(parents=True)
    return tmp_path / "docs"


def make(docs: Path, body: str, head: str = HEAD) -> Chapter:
    """The chapter of this body; where it does not use the sources of HEAD, a line does."""
    path = docs / "en" / "teams" / "x.md"
    unused = "".join(f"[^{mark}]" for mark in ("a", "b-2.1") if f"[^{mark}]" not in body)
    path.write_text(f"{head}{body}\n\n{unused}\n", encoding="utf-8")
    return parse(path, docs)


def codes(rejected: pytest.ExceptionInfo[Rejected]) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in rejected.value.findings]


def test_front_matter_language_and_name(zh: Chapter) -> None:
    assert (zh.language, zh.name, zh.reader) == ("zh", "teams/ladders", "teams")
    assert (zh.front.title, zh.front.signs) == ("梯子作业", ("W008", "M001"))
    assert (zh.front.reviewed, zh.front.critical) == (date(2026, 1, 2), False)
    assert [source.id for source in zh.front.sources] == ["ladders-4", "ladders-9", "practice"]


def test_sections_have_roles_ids_titles_and_lines(zh: Chapter) -> None:
    outline = [(section.role, section.id, section.title) for section in zh.sections]
    assert outline[:2] == [("points", "remember", "记住"), ("steps", "how", "怎么做")]
    assert [role for role, _, _ in outline] == (
        ["points", "steps", "never", "emergency", "checklist", "case", "talk", "quiz"]
    )
    text = zh.path.read_text(encoding="utf-8").splitlines()
    for section in zh.sections:
        assert text[section.line - 1] == f"## {section.title} {{#{section.id} .{section.role}}}"


def test_every_item_stands_on_its_line(base_collection: Collection) -> None:
    for chapter in base_collection.chapters.values():
        text = chapter.path.read_text(encoding="utf-8").splitlines()
        items = [item for section in chapter.sections for item in section.items]
        assert len(items) > 12
        for item in items:
            assert item.lead in text[item.line - 1]
            assert item.text.split("?")[0] in text[item.line - 1]


def test_an_item_is_command_text_and_marks(zh: Chapter) -> None:
    points = zh.section("points")
    assert points is not None
    first = points.items[0]
    assert (first.lead, first.text, first.marks) == ("先看梯子", "坏的挂牌，停用。", ("ladders-4",))


@pytest.mark.parametrize(
    ("line", "lead", "text", "marks"),
    [
        ("- **Stop**: Now.[^a]", "Stop", "Now.", ("a",)),
        ("- **停**：马上停。[^a][^b-2.1]", "停", "马上停。", ("a", "b-2.1")),
        ("- **Stop**: it is 19.5 %–23.5 %[^a], not more.", "Stop", "it is 19.5 %–23.5 %, not more.", ("a",)),
        ("- Never **ever** go.[^a]", "", "Never ever go.", ("a",)),
        ("- Never   trust\n  your nose. [^a]", "", "Never trust your nose.", ("a",)),
        ("- [ ] The feet are sound.[^a]", "", "The feet are sound.", ("a",)),
        ("- a < b & c[^a]", "", "a < b & c", ("a",)),
        ("- **Stop**", "Stop", "", ()),
        ("- **Stop**: Read [the rules](x.md).", "Stop", "Read the rules.", ()),
    ],
)  # fmt: skip
def test_items(docs: Path, line: str, lead: str, text: str, marks: tuple[str, ...]) -> None:
    item = make(docs, f"## Head {{#head .never}}\n\n{line}\n").sections[0].items[0]
    assert (item.lead, item.text, item.marks) == (lead, text, marks)


def test_items_apart_and_items_together_are_the_same(docs: Path) -> None:
    lines = ["1. **One**: first.[^a]", "2. **Two**: second.[^b-2.1]"]
    head = "## Head {#head .steps}\n\n"
    together = make(docs, head + "\n".join(lines)).sections[0].items
    apart = make(docs, head + "\n\n".join(lines)).sections[0].items
    assert [(i.lead, i.text, i.marks) for i in together] == [
        (i.lead, i.text, i.marks) for i in apart
    ]
    assert [item.line for item in apart] == [together[0].line, together[1].line + 1]


def test_a_question_has_options_an_answer_and_a_reason(zh: Chapter) -> None:
    quiz = zh.section("quiz")
    assert quiz is not None
    question = quiz.items[0]
    assert question.text == "梯脚离墙多远？"
    assert question.options == (Option("越近越好", False), Option("高度的四分之一", True))
    assert question.explanation == "四比一。"
    assert question.marks == ("ladders-9",)


def test_paragraphs_are_what_stands_outside_lists(zh: Chapter) -> None:
    case = zh.section("case")
    assert case is not None
    assert case.items == ()
    assert case.paragraphs == ("梯子架在湿地上，没有人扶。他滑了下来。",)


def test_a_section_may_have_no_role(docs: Path) -> None:
    chapter = make(docs, "## What it is {#what}\n\nA ladder.\n\n- of wood\n")
    assert (chapter.sections[0].role, chapter.sections[0].items[0].text) == ("", "of wood")
    assert chapter.section("points") is None


def test_a_number_is_taken_as_text_but_a_fraction_is_refused(docs: Path) -> None:
    assert make(docs, "").front.sources[1].number == "12142"
    with pytest.raises(Rejected) as rejected:
        make(docs, "", HEAD.replace("第四条", "5.10"))
    assert codes(rejected) == [("mistyped", 12)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## One {#a .points}\n\ntext\n", [("section-empty", 14)]),
        ("\n## One {#a}\n\n## Two {#a}\n", [("repeated-id", 17)]),
        ("## One {#a .talk}\n\n1. q\n\n## Two {#b .talk}\n\n1. q\n", [("repeated-role", 18)]),
        ("## One\n", [("heading-id-missing", 14)]),
        ("## One {#a}\n\nSee[^c]\n", [("unknown-source", 16)]),
        ("## One {#a .points}\n\n- **Do**: x\n- do\n\n## Two {#b}\n\n- do\n", [("point-without-command", 17)]),
        ("## Q {#q .quiz}\n\n1. Why?\n    - [ ] a\n\n2. How?\n    - [x] b\n\n    > c\n",
         [("quiz-without-answer", 16), ("quiz-without-explanation", 16)]),
    ],
)  # fmt: skip
def test_findings_stand_on_their_lines(
    docs: Path, body: str, expected: list[tuple[str, int]]
) -> None:
    with pytest.raises(Rejected) as rejected:
        make(docs, body)
    assert codes(rejected) == expected


def test_everything_wrong_is_found_at_once(docs: Path) -> None:
    with pytest.raises(Rejected) as rejected:
        make(docs, "## One {#a .point}\n\n<br>\n", HEAD.replace("W008", "W8"))
    assert {code for code, _ in codes(rejected)} == {"unknown-role", "raw-html", "unknown-sign"}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("docs/en/teams/none.md", "file-missing"),
        ("docs/en/index.md", "not-a-chapter"),
        ("docs/en/teams/index.md", "not-a-chapter"),
        ("owner.yml", "not-a-chapter"),
    ],
)
def test_what_is_no_chapter_is_refused(path: str, code: str) -> None:
    with pytest.raises(Rejected) as rejected:
        parse(BASE / path, BASE / "docs")
    assert codes(rejected) == [(code, 0)]


@pytest.mark.parametrize("change", ["\r\n", " \n", "\n"])
def test_line_ends_and_trailing_spaces_do_not_change_the_hash(change: str) -> None:
    text = HEAD + "## One {#a}\n\ntext"
    assert source_hash(text.replace("\n", change) + "\n\n") == source_hash(text)
    assert source_hash(text) != source_hash(text + ".")


def test_a_chapter_from_windows_is_the_same_chapter(zh: Chapter, tmp_path: Path) -> None:
    path = tmp_path / "docs" / "zh" / "teams" / "ladders.md"
    path.parent.mkdir(parents=True)
    text = zh.path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text)
    other = parse(path, tmp_path / "docs")
    assert (other.sections, other.front, other.source_hash) == (
        zh.sections, zh.front, zh.source_hash
    )  # fmt: skip
