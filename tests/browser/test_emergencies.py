"""In an emergency: one tap from anywhere, all of it on one screen of a phone, kept before anything else."""

import json
import re
from pathlib import Path

import pytest
from conftest import PHONE, ROOT, follow, until
from playwright.sync_api import Browser, Page, expect

from printables.chapters import sights
from printables.chapters.telephones import telephones
from printables.checks.collection import Collection
from printables.languages import LANGUAGES
from printables.project import Project
from printables.scenes import scene

HEADER = 48  # px, which stays above the page
SIZES = (1, 1.3)  # of type, as chosen at the foot
ASKED = {"down", "shock", "fire", "gas", "caught", "fall", "burn", "choking", "heat", "eye", "line"}


def on_one_screen(page: Page, part: str) -> bool:
    box = page.locator(part).bounding_box()
    assert box
    return box["y"] >= HEADER - 12 and box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["", "teams/"])
def test_from_home_one_tap_shows_all_emergencies_and_numbers(
    phone: Page, served: str, language: str, place: str
) -> None:
    phone.goto(f"{served}{language}/{place}")
    assert on_one_screen(phone, ".danger")
    follow(phone.locator(".danger"))
    assert phone.url == f"{served}{language}/emergency/"
    assert on_one_screen(phone, ".sights .numbers") and on_one_screen(phone, ".sights__all")
    phone.locator(".sights__all a").first.click()
    expect(phone.locator(".sight").first).to_be_in_viewport(ratio=0.99)
    expect(phone.locator(".sight").first.locator(".sight__call")).to_have_count(2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_all_that_this_project_knows_is_on_one_screen(
    phone: Page, served: str, real_collection: Collection, language: str, size: float
) -> None:
    known, _ = Project(ROOT).sights(real_collection)
    phone.add_init_script(f"localStorage.setItem('text-size', {size})")
    phone.goto(f"{served}{language}/emergency/")
    phone.evaluate(
        """(all) => document.querySelector(".sights__all").replaceChildren(...all.map((sees) => {
            const way = document.createElement("a");
            way.append(Object.assign(document.createElement("span"), { textContent: sees }));
            return way;
        }))""",
        [sight.sees[language] for sight in known],
    )
    assert phone.locator(".sights__all a").count() >= len(ASKED)
    assert on_one_screen(phone, ".sights__all")
    heights = "[...document.querySelectorAll('.sights__all a')].map((one) => one.offsetHeight)"
    assert min(phone.evaluate(heights)) >= 44


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["", "both/"])
def test_from_the_top_of_a_chapter_one_tap_shows_all_its_acts(
    phone: Page, served: str, language: str, view: str, size: float
) -> None:
    phone.add_init_script(f"localStorage.setItem('text-size', {size})")
    phone.goto(f"{served}{language}/{view}teams/confined-space/")
    assert on_one_screen(phone, ".danger")
    phone.click(".danger")
    until(phone, "scrollY > 0")
    assert view or on_one_screen(phone, ".role-emergency")
    expect(phone.locator(".role-emergency li").first).to_be_in_viewport()


def test_the_number_in_the_header_leads_there_from_every_page(site: Path) -> None:
    pages = [page for page in site.rglob("index.html") if page.parent not in {site, site / "e"}]
    for page in pages:
        [way] = re.findall(r'class="call-link" href="([^"]*)"', page.read_text(encoding="utf-8"))
        reached = (page.parent / way / "index.html").resolve()
        assert reached.parent.name == "emergency" and reached.exists(), page


def test_emergencies_are_kept_before_anything_else(site: Path) -> None:
    worker = (site / "sw.js").read_text(encoding="utf-8")
    core = json.loads(re.search(r"const CORE = (\[.*?\]);", worker)[1])  # type: ignore[index]
    assert set(core[:2]) == {"zh/emergency/", "en/emergency/"}
    assert "zh/" in core and "zh/teams/" not in core


def test_acts_are_those_of_the_chapter_with_numbers_to_tap(site: Path) -> None:
    html = (site / "en/emergency/index.html").read_text(encoding="utf-8")
    pit = html[html.index('id="sight-pit"') : html.index('id="sight-sample"')]
    assert "Come out at once; nobody outside goes in." in pit and "[^" not in pit
    assert 'href="tel:119"' in pit and "<svg" in pit
    assert '../teams/confined-space/#emergency"' in pit
    sample = html[html.index('id="sight-sample"') :]
    assert "This &amp; that" in sample
    calls = re.findall(r'class="call" href="tel:(\d+)">\1<', sample)
    assert calls[:2] == ["119", "120"]


def test_without_a_script_everything_is_there(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}zh/emergency/#sight-pit")
    expect(page.locator("#sight-pit ol")).to_be_in_viewport()
    page.close()


def test_the_sights_of_this_project_are_answered_by_its_chapters(
    real_collection: Collection,
) -> None:
    project = Project(ROOT)
    known, findings = project.sights(real_collection)
    assert not findings and {sight.id for sight in known} >= ASKED
    drawn = scene.names(project.scenes_folder)
    for sight in known:
        assert sight.scene in {"", *drawn}
        for language in LANGUAGES:
            said = " ".join(
                f"{act.items[language].lead} {act.items[language].text}" for act in sight.acts
            )
            assert list(telephones(said)), f"{sight.id} names no number"


def test_a_sight_that_rests_on_a_draft_is_left_out(
    real_collection: Collection, tmp_path: Path
) -> None:
    file = tmp_path / "sights.toml"
    file.write_text(
        'fire = {sees = {zh = "火", en = "Fire"}, acts = ["a/b: x", "a/b: y", "a/b: z"]}\n'
    )
    assert sights.read(file, real_collection.twins(), {"a/b"}) == ([], [])
