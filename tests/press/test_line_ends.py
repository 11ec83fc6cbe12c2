"""What the benchmark of line ends calls a broken word."""

from pathlib import Path

import pytest

from printables.press import engine
from printables.press.engine import Document
from tests.benchmarks import line_ends


@pytest.mark.parametrize(
    ("line", "following", "broken"),
    [
        ("锂电池与电动自", "行车", True),
        ("锂电池", "与电动自行车", False),
        ("拿来灭火", "器，再打电话", True),
        ("不改装，", "不混用", False),
        ("12 月", "二十日", False),
    ],
)
def test_a_word_is_broken_where_a_dictionary_has_it_across_the_end(
    line: str, following: str, broken: bool
) -> None:
    assert line_ends.is_broken(line, following) is broken


def test_lines_of_a_paragraph_are_counted_and_those_of_two_are_not(tmp_path: Path) -> None:
    body = "<p>先通风检测</p><p>看气温</p>"
    style = "@page { size: 100mm 100mm; margin: 0 } html { font: 10mm Reader } p { width: 48mm; margin: 0 0 9mm }"
    html = f'<html lang="zh-CN"><head><title>x</title></head><body>{body}</body></html>'
    with engine.listening():
        pdf = Document(html, style).lay_out("").write("identifier")
    assert list(line_ends.wraps(pdf)) == [("先通风检", "测")]
    (tmp_path / "heat-poster-a3-zh.pdf").write_bytes(pdf)
    design, total = line_ends.rows(tmp_path)
    assert design == {
        "design": "poster",
        "line ends": "1",
        "inside a word": "1",
        "in 100": "100.00",
    }
    assert total == design | {"design": "all"}
