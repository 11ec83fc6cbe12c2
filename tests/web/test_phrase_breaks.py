"""Where a page lets Chinese break."""

from xml.etree.ElementTree import fromstring, tostring

from printables.web.phrase_breaks import allow_breaks, phrased, titled


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


def test_a_range_holds_together() -> None:
    item = fromstring("<li>10–49 人</li>")
    allow_breaks(item)
    assert item.text == "10–\u206049 人"
