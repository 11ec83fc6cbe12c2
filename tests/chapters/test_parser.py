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
    path = docs / "en" / "teams" / "x.md"
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    return parse(path, docs)


def codes(rejected: pytest.ExceptionInfo[Rejected]) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in rejected.value.findings]


def test_front_matter_language_and_name(zh: Chapter) -> None:
    assert (zh.language, zh.name, zh.reader) == ("zh", "teams/ladders", "teams")
    assert (zh.front.title, zh.front.signs) == ("梯子作业", ("W008", "M001"))
    assert (zh.front.reviewed, zh.front.critical) == (date(2026, 1, 2), False)


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


def test_every_mark_is_known_by_its_line_in_the_order_of_the_text(docs: Path) -> None:
    body = "See[^b].\n\n## One {#a}\n\n- x[^a-2.1]\n- y[^b][^a-2.1]\n\n| z[^c] |\n| --- |\n"
    assert make(docs, body).marks == (
        ("b", 11), ("a-2.1", 15), ("b", 16), ("a-2.1", 16), ("c", 18)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## One {#a .points}\n\ntext\n", [("section-empty", 11)]),
        ("\n## One {#a}\n\n## Two {#a}\n", [("repeated-id", 14)]),
        ("## One {#a .talk}\n\n1. q\n\n## Two {#b .talk}\n\n1. q\n", [("repeated-role", 15)]),
        ("## One\n", [("heading-id-missing", 11)]),
        ("## One {#a .points}\n\n- **Do**: x\n- do\n\n## Two {#b}\n\n- do\n", [("point-without-command", 14)]),
        ("## Q {#q .quiz}\n\n1. Why?\n    - [ ] a\n\n2. How?\n    - [x] b\n    - [ ] c\n\n    > c\n",
         [("quiz-without-answer", 13), ("quiz-without-explanation", 13)]),
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


def test_a_scene_at_the_end_of_an_item_is_no_text(docs: Path) -> None:
    body = """## Steps {#steps .steps}

1. **Test**: Stand outside.[^a] {scene=gas-tested}
2. **Go in**{scene}: When it passed.[^b-2.1]
3. Two lines,
   one item. {scene=all-out}"""
    with pytest.raises(Rejected) as rejected:  # the last one stands on a line that begins no item
        make(docs, body)
    assert codes(rejected) == [("scene-misplaced", 16)]
    chapter = make(docs, body.replace("\n   one item.", ""))
    items = chapter.sections[0].items
    assert [item.scene for item in items] == ["gas-tested", "", "all-out"]
    assert [item.text for item in items][::2] == ["Stand outside.", "Two lines,"]
    assert items[0].marks == ("a",)
    assert [item.scene for item in chapter.scenes] == ["gas-tested", "all-out"]


def test_two_scenes_at_an_item_are_one_too_many(docs: Path) -> None:
    with pytest.raises(Rejected) as rejected:
        make(docs, "## Steps {#steps .steps}\n\n1. **Test**: Air. {scene=a} {scene=b}")
    assert codes(rejected) == [("scene-misplaced", 13)]


def test_a_scene_is_nothing_to_translate() -> None:
    assert source_hash("1. Test. {scene=gas-tested}\n") == source_hash("1. Test.\n")
    assert source_hash("1. Test.\n") != source_hash("1. Tests.\n")
