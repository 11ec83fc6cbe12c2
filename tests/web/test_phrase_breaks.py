"""Where a page lets Chinese break."""

from xml.etree.ElementTree import fromstring, tostring

import pytest
from markupsafe import escape

from printables.web.phrase_breaks import allow_breaks, held, hold, phrased, titled


def test_long_runs_are_parted_between_phrases_and_short_ones_hold() -> None:
    assert (
        phrased("生产经营单位的主要负责人，先看")
        == "生产<wbr>经营<wbr>单位的<wbr>主要<wbr>负责人，先看"
    )
    assert phrased("先断电，再检修") == "先断电，再检修"
    assert titled("企业负责人读本") == "企业<wbr>负责人<wbr>读本"
    assert titled("Fire safety") == "Fire safety"


def test_lists_and_titles_break_by_phrases_and_paragraphs_do_not() -> None:
    long = "生产经营单位的主要负责人"
    section = fromstring(
        f"<section><p>{long}</p><ul><li><a>1</a>{long}<a>2</a>{long}</li></ul></section>"
    )
    allow_breaks(section)
    html = tostring(section, encoding="unicode")
    assert html.startswith(f"<section><p>{long}</p>")
    assert html.count("<wbr") == 8
    assert "".join(section.itertext()) == f"{long}1{long}2{long}"


@pytest.mark.parametrize(
    ("text", "on_one_line"),
    [
        ("10–49 人", "10\u2060–\u206049\u00a0人"),
        ("罚 2 万–5 万元", "罚 2\u00a0万\u2060–\u20605\u00a0万元"),
        ("19.5%～21%", "19.5%\u2060～\u206021%"),
        ("CNY 20,000–50,000", "CNY\u00a020,000\u2060–\u206050,000"),
        ("自 2026-11-23 起", "自 2026\u2060-\u206011\u2060-\u206023\u00a0起"),
        ("GB 46768-2025", "GB\u00a046768\u2060-\u20602025"),
        ("到 4 m）以外", "到 4\u00a0m）以外"),
        ("follow-up, A–B", "follow-up, A–B"),
    ],
)
def test_what_belongs_to_a_number_stays_on_its_line(text: str, on_one_line: str) -> None:
    assert held(text) == on_one_line


def test_running_text_holds_too_and_code_is_as_it_is_typed() -> None:
    section = fromstring("<p>5–6 m<code>5-6 m</code>7-8</p>")
    hold(section)
    assert "".join(section.itertext()) == "5\u2060–\u20606\u00a0m5-6 m7\u2060-\u20608"


def test_what_is_escaped_stays_escaped_once() -> None:
    assert phrased(escape("5–6 & 7")) == "5\u2060–\u20606 &amp; 7"
