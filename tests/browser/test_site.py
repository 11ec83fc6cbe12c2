"""The site as a reader meets it: built once, read as files, then opened in a real browser."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from conftest import PHONE, build, make_project
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from printables.languages import written_in

SAMPLE = "topics/sample/"
VIEWS = (
    "both/",
    "quiz/",
    "packs/",
    "translations/",
)  # reached from a chapter, not by turning pages
UNCHECKED = """
from hooks import build
from printables.checks.collection import Collection

def on_config(config):
    this = build.of(config)
    this.collection = Collection(this.project.docs)
    return config
"""


def addresses(site: Path, language: str) -> set[str]:
    """Paths of a language's pages below its folder: `topics/sample/`."""
    folder = site / language
    return {
        "" if page.parent == folder else f"{page.parent.relative_to(folder).as_posix()}/"
        for page in folder.rglob("index.html")
    }


def read(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def link(html: str, base: str, pattern: str, tag: str = "a") -> str | None:
    """Address that the first matching link leads to, seen from the page at `base`."""
    found = re.search(rf"<{tag} (?=[^>]*{pattern})[^>]*href=\"([^\"]*)\"", html)
    return urljoin(f"/{base}", found[1]).removeprefix("/") if found else None


def test_equal_paths(site: Path) -> None:
    assert addresses(site, "zh") == addresses(site, "en")
    assert SAMPLE in addresses(site, "zh")


def test_new_chapter_needs_no_list(site: Path) -> None:
    """The sample is named in no setting, and still at its place in both languages."""
    for language, title, reader in (("zh", "样章", "测试读本"), ("en", "Sample", "Test reader")):
        home = read(site, f"{language}/")
        assert re.search(rf'href="topics/">{reader}<', home)
        assert re.search(rf'href="topics/sample/">.*?<strong>{title}</strong>', home, re.DOTALL)


def test_switch_stays_on_the_page(site: Path) -> None:
    for language, other in (("zh", "en"), ("en", "zh")):
        for address in addresses(site, language):
            here = f"{language}/{address}"
            assert link(read(site, here), here, 'class="switch"') == f"{other}/{address}"


def test_next_stays_in_its_language(site: Path) -> None:
    for language in ("zh", "en"):
        here: str | None = f"{language}/"
        seen: list[str] = []
        while here:
            assert here.startswith(f"{language}/") and here not in seen
            html = read(site, here)
            following = link(html, here, 'rel="next"', "link")
            if seen:  # the home has doors instead
                assert link(html, here, 'rel="prev"') == seen[-1]
                assert link(html, here, 'rel="next"') == following
            seen.append(here)
            here = following
        turned = {address.removeprefix(f"{language}/") for address in seen}
        views = {path for path in addresses(site, language) if path.startswith(VIEWS)}
        assert turned == addresses(site, language) - views


def test_navigation_holds_one_language(site: Path) -> None:
    for language, other in (("zh", "en"), ("en", "zh")):
        here = f"{language}/{SAMPLE}"
        html = read(site, here)
        menu = html[html.index('data-md-component="sidebar"') :]
        menu = menu[: menu.index("md-sidebar--secondary")]
        targets = {urljoin(f"/{here}", href) for href in re.findall(r'href="([^"#]+)"', menu)}
        assert f"/{language}/topics/" in targets
        assert not any(target.startswith(f"/{other}/") for target in targets)
        assert f'<html lang="{language}"' in html


def test_sitemap_names_the_languages(site: Path) -> None:
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    link_tag = "{http://www.w3.org/1999/xhtml}link"
    pages = {}
    for url in ElementTree.parse(site / "sitemap.xml").findall("s:url", spaces):
        links = {entry.get("hreflang"): entry.get("href") for entry in url.findall(link_tag)}
        pages[url.findtext("s:loc", namespaces=spaces)] = links
    zh = next(page for page in pages if page and page.endswith(f"/zh/{SAMPLE}"))
    en = zh.replace("/zh/", "/en/")
    assert pages[zh] == pages[en] == {"zh": zh, "en": en}


def test_no_alternate_in_head(site: Path) -> None:
    """Material's script would fetch a sitemap below each, which is not there."""
    assert not [page for page in site.rglob("*.html") if 'rel="alternate"' in page.read_text()]


def test_nothing_loads_from_outside(site: Path) -> None:
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        tags = re.findall(r"<(?:link|script|img|iframe|source|use|object|embed)\b[^>]*>", html)
        tags = [tag for tag in tags if 'rel="canonical"' not in tag]
        loaded = re.findall(r"(?:src|srcset|href|data)=\"([^\"]+)\"", " ".join(tags))
        loaded += re.findall(r"url\(([^)]+)\)", html)
        assert not [url for url in loaded if re.match(r"['\"]?(https?:)?//", url)], page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", sheet.read_text()), sheet


def test_a_phone_s_home_screen_has_an_icon(site: Path) -> None:
    icons = json.loads((site / "site.webmanifest").read_text(encoding="utf-8"))["icons"]
    assert all((site / icon["src"]).is_file() for icon in icons)
    [drawn] = [icon for icon in icons if icon["type"] == "image/png"]
    assert drawn["sizes"] == "{}x{}".format(*Image.open(site / drawn["src"]).size)
    page = (site / "zh" / "index.html").read_text(encoding="utf-8")
    [for_ios] = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
    assert (site / "zh" / for_ios).resolve() == (site / drawn["src"]).resolve()


def test_only_what_a_page_needs(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not {name for name in names if name.endswith(".map")}
    assert "words.toml" not in names
    assert not {name for name in names if "/lunr/" in name or "/workers/" in name}
    assert {
        "search/zh.js",
        "search/zh_texts.js",
        "search/en_entries.js",
        "search/finding.js",
    } <= names


def test_sources_are_numbered_and_listed(site: Path) -> None:
    html = read(site, f"zh/{SAMPLE}")
    assert "[^" not in html
    marks = re.findall(r'<a class="source"[^>]*href="#source-(\d)"[^>]*>(\d)</a>', html)
    assert marks[:4] == [("1", "1"), ("2", "2"), ("1", "1"), ("1", "1")]
    listed = html[html.index("role-sources") :].replace("\u2060", "").replace("\u00a0", " ")
    assert re.sub(r"<(?!/?(?:em|strong)\b)[^>]*>", "", listed).startswith(
        'role-sources">依据\n\n样章安全法 <em data-means="单位要具备安全生产的条件，留 120 mm 的空隙。" data-term="样章安全法，第二十条"'
        ' id="source-1"><strong>1</strong> 第二十条</em>\n'
        '带 *星号* 与 &lt;尖括号&gt; 的标题，GB 1-2020 <em id="source-2"><strong>2</strong></em>\n'
    )
    assert '<a href="../../sources/#sample-20">第二十条</a>' in listed
    for number in ("1", "2"):  # and back to the first sentence that it belongs to
        assert f'<a class="back" href="#note-{number}"><strong>{number}</strong></a>' in listed
        assert html.count(f' id="note-{number}"') == 1


def test_sections_carry_their_roles(site: Path) -> None:
    html = read(site, f"en/{SAMPLE}")
    found = re.findall(r'<section aria-labelledby="(\w+)" class="role role-(\w+)">', html)
    assert found == [
        ("remember", "points"),
        ("emergency", "emergency"),
        ("check", "checklist"),
        ("quiz", "quiz"),
        ("sources", "sources"),
    ]


def test_telephone_numbers_and_no_measures_are_links(site: Path) -> None:
    for language in ("zh", "en"):
        html = read(site, f"{language}/{SAMPLE}")
        section = html[html.index("role-emergency") : html.index("role-checklist")]
        assert re.findall(r'class="call" href="tel:(\d+)">\1<', section) == ["119", "120", "119"]


def test_quiz_hides_its_answer(site: Path) -> None:
    html = read(site, f"en/{SAMPLE}")
    quiz = html[html.index("role-quiz") : html.index("role-sources")]
    question, answer = quiz.split("<details", 1)
    assert "checkbox" not in quiz and "checked" not in quiz
    assert 'data-right="BC"' in question
    assert re.findall(r"<li>\s*(\w+)", question)[-3:] == ["First", "Second", "Third"]
    assert "<summary>Answer and why</summary>" in answer
    assert "B Second; C Third" in answer and "Both are right." in answer


def test_printables_are_shown(site: Path) -> None:
    html = read(site, f"en/{SAMPLE}")
    panel = html[html.index('class="printables"') : html.index("role-sources")]
    files = "../../../printables/topics/sample/sample-poster-a3"
    assert f'<a class="button" href="{files}-en.pdf" download="' in panel
    assert panel.count('<a class="button"') == 4  # the poster in English and in both, flyer, talk
    assert re.search(r"<small>\s*\d\d KB", panel) and re.search(r"2 pages · \d\d KB", panel)
    assert 'width="640" height="905" loading="lazy" alt="Flyer, English: Sample"' in panel
    assert "Can be read at 3 m" in panel and "A3 · 297 × 420 mm" in panel
    assert 'Edition <span class="printable__edition">2026-11-23·0123abcd<' in panel
    assert '<a class="jumps__print" href="#printables">' in html
    assert "printables" not in read(site, "en/about/")


def test_home_shows_posters_of_its_language_that_lead_to_their_chapters(
    phone: Page, served: str
) -> None:
    for language, said in (("zh", "海报：有限空间作业"), ("en", "Poster: Confined-space work")):
        phone.goto(f"{served}{language}/")
        shown = phone.locator(f".field__posters a:has(img[alt='{said}'])")
        expect(shown).to_have_attribute("href", "teams/confined-space/")
        small = f"poster-a3-{language}-small.webp"
        expect(shown.locator("img")).to_have_attribute("src", re.compile(f"{small}$"))
        expect(shown).to_be_in_viewport(ratio=0.99)


def test_numbers_on_every_page(site: Path) -> None:
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        foot = html[html.index("<footer") :]
        assert re.findall(r'href="tel:(\d+)"', foot)[:3] == ["119", "120", "12350"], page


def test_report_names_page_edition_and_language(site: Path) -> None:
    html = read(site, f"en/{SAMPLE}")
    mail = re.search(r'href="mailto:([^"]+)"', html)
    assert mail
    for part in (f"en/{SAMPLE}".rstrip("/"), "2026-11-23", "Language%3A%20en"):
        assert part in mail[1]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[^sample-20]", "[^nobody]", "nobody"),
        ("先学后用。", "[先学后用](#nowhere)。", "nowhere"),
        ("先学后用。", "[先学后用](missing.md)。", "missing.md"),
    ],
)
def test_what_leads_nowhere_stops_the_build(tmp_path: Path, old: str, new: str, says: str) -> None:
    broken = make_project(tmp_path / "broken")
    sample = broken / "docs/zh/topics/sample.md"
    sample.write_text(sample.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    built = build(broken)
    assert built.returncode != 0 and says in built.stderr


def test_titles_are_text(tmp_path: Path) -> None:
    """Material prints a title as it stands, in the header, in menus and in the page."""
    hostile = make_project(tmp_path / "hostile")
    for name in ("sample", "index"):
        page = hostile / f"docs/zh/topics/{name}.md"
        text = re.sub(
            r"title: .*", "title: <img src=x onerror=alert(1)>", page.read_text(), count=1
        )
        page.write_text(re.sub(r"summary: .*", "summary: <b>x", text), encoding="utf-8")
    # Behind the checks of chapters, which would refuse such a title.
    (hostile / "hooks" / "chapters.py").write_text(UNCHECKED, encoding="utf-8")
    assert build(hostile).returncode == 0
    for page in (hostile / "site").rglob("*.html"):
        assert "<img src=x" not in page.read_text() and "<b>x" not in page.read_text(), page


def test_no_request_leaves(phone: Page, served: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    for address in ("", "zh/", f"zh/{SAMPLE}", f"en/{SAMPLE}", "404.html"):
        phone.goto(served + address, wait_until="networkidle")
    foreign = [url for url in asked if urlsplit(url).scheme != "data" and served not in url]
    assert asked and not foreign


def test_every_request_is_answered(phone: Page, served: str) -> None:
    missing: list[str] = []
    phone.on("response", lambda reply: missing.append(reply.url) if reply.status >= 400 else None)
    for address in ("zh/", f"en/{SAMPLE}"):
        phone.goto(served + address, wait_until="networkidle")
    assert not missing


def test_nothing_is_wider_than_a_phone(phone: Page, served: str, site: Path) -> None:
    pages = ["", *(f"{lang}/{path}" for lang in ("zh", "en") for path in addresses(site, lang))]
    for address in pages:
        phone.goto(served + address)
        wide = phone.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= PHONE["width"], f"{address} is {wide} px wide"


def test_slogan_stays_in_its_field(phone: Page, served: str, site: Path) -> None:
    for lang in ("zh", "en"):
        for address in sorted(addresses(site, lang)):
            phone.goto(f"{served}{lang}/{address}")
            for box in phone.query_selector_all(".field__slogan span"):
                right = box.evaluate("""span => {
                    const range = document.createRange(); range.selectNodeContents(span);
                    return range.getBoundingClientRect().right }""")
                assert right <= PHONE["width"] - 16, f"{lang}/{address} ends at {right}"


def test_type_and_targets_suit_a_thumb(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/{SAMPLE}")
    assert (
        phone.evaluate("parseFloat(getComputedStyle(document.querySelector('article')).fontSize)")
        >= 17
    )
    small = phone.evaluate("""() => [...document.querySelectorAll(
        '.switch, .md-header__button, .numbers a, .foot__owner a, .turn a, .imprint a, summary')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
        .map(e => e.className + ' ' + e.getBoundingClientRect().height)""")
    assert not small


def test_dark_scheme_follows_the_system(browser: Browser, served: str) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport=PHONE, color_scheme=scheme)
        page.goto(f"{served}zh/{SAMPLE}")
        page.wait_for_timeout(200)
        colour = "e => getComputedStyle(e).backgroundColor"
        grounds[scheme] = [page.eval_on_selector(name, colour) for name in ("body", ".field")]
        page.close()
    assert grounds["light"] == ["rgb(255, 255, 255)", "rgb(0, 83, 135)"]
    assert grounds["dark"] == ["rgb(20, 20, 20)", "rgb(0, 83, 135)"]


def test_quiz_works_without_a_script(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}en/{SAMPLE}")
    assert not page.is_visible("text=Both are right.")
    page.click(".answer summary")
    assert page.is_visible("text=Both are right.")
    page.close()


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", ["在哪里、什么事、几个人"]), ("en", ["着火了", "Zháo huǒ le", "请说英语"])],
)
def test_the_foot_says_what_to_say_on_the_telephone(
    phone: Page, served: str, language: str, said: list[str]
) -> None:
    phone.goto(f"{served}{language}/teams/confined-space/")
    phone.click(".calling summary")
    shown = phone.locator(".calling").inner_text()
    assert all(words in shown for words in [*said, "119", "120", "110", "12350"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_screen_reader_hears_is_in_the_language_of_the_page(
    phone: Page, served: str, language: str
) -> None:
    phone.goto(f"{served}{language}/teams/confined-space/")
    labels = phone.locator("[data-md-component=palette] input").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    titles = phone.locator(".md-main svg > title, .field svg > title").all_text_contents()
    assert len(labels) == 3 and titles
    assert {written_in(text) for text in [*labels, *titles]} == {language}


def test_whatever_has_a_row_of_sheets_can_be_kept(site: Path) -> None:
    """Readers have such a row as chapters have; what assets/offline.js adds below it stands beside it."""
    pages = [page.read_text(encoding="utf-8") for page in site.rglob("index.html")]
    assert any("printables__row" in page for page in pages)
    assert all(('class="printables__row"' in page) == ('id="keep"' in page) for page in pages)
