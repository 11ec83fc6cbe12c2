"""A part of one page as a part of another."""

from printables.web.side_by_side import moved


def test_links_and_pictures_lead_where_they_led() -> None:
    html = (
        '<a href="../../sources/#gb1">1</a> <img class="scene" src="../../../scenes/warning/a.svg">'
    )
    there = moved(html, "zh/teams/x/", "zh/both/teams/x/", "zh-")
    assert 'href="../../../sources/#gb1"' in there
    assert 'src="../../../../scenes/warning/a.svg"' in there
    assert moved('<img src="data:image/png;base64,a/b">', "zh/x/", "zh/both/x/", None) == (
        '<img src="data:image/png;base64,a/b">'
    )
