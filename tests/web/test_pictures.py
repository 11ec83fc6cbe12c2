"""Scenes on the site: beside the items that name them, drawn once, and all of them on one page."""

from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from printables.checks.collection import Collection
from printables.languages import Both
from printables.web.pictures import Drawn, Picture, by_chapter, named, place, show_pictures

SECTION = "<section><h2>How</h2><ol><li><strong>Hold</strong> it</li><li>Climb</li></ol></section>"


class Images(HTMLParser):
    """The attributes of a page's scenes."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if tag == "img" and ("scene" in (own.get("class") or "") or "scenes/" in (own.get("src") or "")):  # fmt: skip
            self.found.append(own)


def test_a_picture_stands_behind_its_words_and_an_item_without_one_stays() -> None:
    section = fromstring(SECTION)
    show_pictures(section, [Picture("s.svg", "Hold the ladder"), None])
    first, second = section.findall(".//li")
    assert [child.tag for child in first] == ["strong", "img"]
    assert (first[1].get("alt"), first[1].get("loading")) == ("Hold the ladder", "lazy")
    assert (second.get("class"), len(second)) == (None, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_of_a_page_is_there_and_says_what_it_shows(
    workshop_site: Path, language: str
) -> None:
    page = workshop_site / language / "teams/ladders/index.html"
    shown = Images(page).found
    assert len(shown) == 6  # five steps, one act
    for image in shown:
        drawn = (page.parent / str(image["src"])).read_text(encoding="utf-8")
        assert str(image["alt"]) in drawn
        assert image["width"] and image["height"]


def test_the_page_of_all_scenes_has_each_as_svg_and_png(workshop_site: Path) -> None:
    page = workshop_site / "en/scenes/index.html"
    names = {Path(str(image["src"])).stem for image in Images(page).found}
    assert names == {"call-120", "ladder-held"}
    for name in names:
        for suffix in (".svg", ".png"):
            assert (workshop_site / place(name, "warning", suffix)).stat().st_size > 500


def test_a_scene_is_drawn_once_a_tone(base_collection: Collection) -> None:
    found = list(named(base_collection.chapters.values()))
    assert found == [("call-120", "warning"), ("ladder-held", "warning")]


def test_scenes_stand_below_the_first_chapter_that_shows_them(real_collection: Collection) -> None:
    own = [each for (code, _), each in real_collection.chapters.items() if code == "zh"]
    named_by = [{item.scene for item in chapter.scenes} for chapter in own]
    used = sorted(set().union(*named_by))
    drawn = [Drawn(name, Both(zh=name, en=name)) for name in [*used, "shown-nowhere"]]
    found = by_chapter(drawn, own)
    assert [each.name for each in found[-1][1]] == ["shown-nowhere"] and found[-1][0] == ""
    assert sorted(each.name for _, scenes in found[:-1] for each in scenes) == used
