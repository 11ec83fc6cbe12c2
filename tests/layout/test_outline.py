"""What the boxes of a document hold, read from the document and not from its characters."""

import pytest

from printables.layout.outline import outline

PAGE = """<!DOCTYPE html><html><head><title>Head &amp; title</title></head><body>
<section class="page wide" id="page-1"><img id="code" alt="x"><h1 id="slogan">Stop.<br>Think</h1>
<ol id="points"><li class="point spread"><b>One &amp; all</b></li><li class="point spread">Two</li></ol></section>
<section class="page" id="page-2"><p class="spreads">Three</p></section></body></html>"""


@pytest.mark.parametrize(
    ("name", "inside", "spreads", "text"),
    [
        ("page-1", ["page-1", "code", "slogan", "points"], 2, "Stop.Think One & allTwo"),
        ("points", ["points"], 2, "One & allTwo"),
        ("code", ["code"], 0, ""),
        ("page-2", ["page-2"], 0, "Three"),
    ],
)
def test_a_box_holds_what_stands_in_it(
    name: str, inside: list[str], spreads: int, text: str
) -> None:
    box = outline(PAGE)[name]
    assert (box.inside, box.spreads, box.text) == (inside, spreads, text)


def test_what_was_left_open_ends_with_what_is_around() -> None:
    boxes = outline('<div id="a"><p id="b">one<div id="c">two</div></div><div id="d">three</div>')
    assert boxes["a"].inside == ["a", "b", "c"]
    assert boxes["d"].text == "three"
