"""What in a text is a telephone number, and that every one in an emergency section can be tapped."""

import re
from pathlib import Path

import markdown
import pytest
from project import ROOT

from hooks.build import Build
from printables.chapters import telephones
from printables.chapters.chapter import SCENE
from printables.chapters.telephones import FOOT, NUMBERS
from printables.languages import LANGUAGES
from printables.project import Project

EMERGENCY = re.compile(r"^## [^\n]*\.emergency\}.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
CHAPTERS = [path.relative_to(ROOT) for path in sorted(ROOT.glob("docs/*/*/*.md"))]
# Whatever reads like a number that somebody may call, and the only measures that read so in the chapters.
DIGITS = re.compile(rf"(?<!\d)(?:{'|'.join(NUMBERS)})(?!\d)")
MEASURES = ("100–120",)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Fire, trapped or toxic gas: call 119.", ["119"]),
        ("Injured or collapsed: 120. Fire, trapped: 119.", ["120", "119"]),
        ("119 and 120: both", ["119", "120"]),
        ("Call 119, 120 or 12350", ["119", "120", "12350"]),
        ("119/120", ["119", "120"]),
        ("119 to report a fire", ["119"]),
        ("拨打119。", ["119"]),
        ("打 119，说清地点；伤者打 120", ["119", "120"]),
        ("119 或 120", ["119", "120"]),
        ("打 119 人员先撤", ["119"]),
        ("110、122、12345、96119、95598、12315", ["110", "122", "12345", "96119", "95598", "12315"]),
        ("010-55501234 or 400-123-4567", ["010-55501234", "400-123-4567"]),
        ("a gap of 120 mm", []),
        ("120mm, 120-metre, 120 m", []),
        ("100 to 120 times a minute", []),
        ("100–120 times a minute", []),
        ("100 – 120 times", []),
        ("Rate: 100–120. 每分钟 100～120。", []),
        ("110 to 130 of them", []),
        ("120 compressions a minute", []),
        ("between 100 and 120 a minute", []),
        ("a 110 kV line", []),
        ("120 V, 120 s, 120 kg, 120 °C, 120 %", []),
        ("120 秒，120 次，120 人，120 元", []),
        ("每分钟 100 到 120", []),
        ("1,120 and 120,000 and 119.5", []),
        ("CNY 120", []),
        ("GB 12350-2008, Order 119, Article 120, 第119条", []),
        ("20260119 and W119 and 1191", []),
    ],
)  # fmt: skip
def test_a_telephone_number_is_told_from_a_measure(text: str, numbers: list[str]) -> None:
    calls = list(telephones.telephones(text))
    assert [call[0] for call in calls] == numbers
    assert [text[call.start() : call.end()] for call in calls] == numbers


@pytest.mark.parametrize("path", CHAPTERS, ids=str)
def test_every_number_in_an_emergency_section_can_be_called_and_no_measure(path: Path) -> None:
    for section in EMERGENCY.findall((ROOT / path).read_text(encoding="utf-8")):
        sections = Build(Project(), serving=False).sections  # as the site reads them
        section = SCENE.sub("", section)
        html = markdown.markdown(section, extensions=["attr_list", sections])
        html = html.replace("\u2060", "")  # by which measures are held on a line
        for measure in MEASURES:
            html = html.replace(measure, "")
        called = re.findall(r'<a class="call" href="tel:([\d-]+)">\1</a>', html)
        assert called == DIGITS.findall(re.sub(r'(?<=href=")tel:[^"]*', "", html))


def test_chapters_have_emergency_sections_with_numbers_and_a_measure() -> None:
    """Else the test above would say nothing."""
    text = "".join((ROOT / path).read_text(encoding="utf-8") for path in CHAPTERS)
    sections = "".join(EMERGENCY.findall(text))
    assert len(DIGITS.findall(sections)) > 50
    assert all(measure in sections for measure in MEASURES)


def test_numbers_have_short_labels_and_three_stand_in_the_foot() -> None:
    assert FOOT == ("119", "120", "12350")
    for number, telephone in NUMBERS.items():
        assert number.isdigit()
        assert len(telephone.label["zh"]) <= 5 and len(telephone.label["en"]) <= 16, number
        assert all(telephone.name[language] for language in LANGUAGES)
