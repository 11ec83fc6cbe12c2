"""The print centre: cards that switch, a list of what was chosen, one zip of it, packs as pages."""

import io
import zipfile
from pathlib import Path

import pytest
from conftest import PHONE, follow
from playwright.sync_api import Browser, Download, Page, expect

CARD = ".card:has-text('有限空间作业')"


def unpacked(download: Download) -> zipfile.ZipFile:
    """The archive, whole and without a wrong checksum."""
    archive = zipfile.ZipFile(io.BytesIO(download.path().read_bytes()))
    assert archive.testzip() is None
    return archive


@pytest.fixture
def centre(phone: Page, served: str) -> Page:
    phone.goto(f"{served}zh/print/")
    return phone


def test_a_printable_is_one_card_in_the_page_s_own_language(centre: Page, served: str) -> None:
    assert centre.locator(".card h3").all_inner_texts() == ["海报", "彩页", "班前会"] * 2
    assert {each.input_value() for each in centre.locator(".card [name=language]").all()} == {"zh"}
    centre.goto(f"{served}en/print/")
    assert {each.input_value() for each in centre.locator(".card [name=language]").all()} == {"en"}


def test_a_card_is_switched_to_another_file(centre: Page) -> None:
    card = centre.locator(CARD).first
    card.locator("[name=size]").select_option("a2")
    card.locator("[name=way]").select_option("tiles-a3")
    card.locator("[name=language]").select_option("zh-en")
    link = card.locator("h3 a")
    assert link.get_attribute("href").endswith("confined-space-poster-a2-zh-en-tiles-a3.pdf")
    assert link.get_attribute("download") == "有限空间作业-海报-中英对照-A2-A3 拼贴.pdf"
    card.locator("[name=size]").select_option("a3")  # which has no such tiles
    assert link.get_attribute("href").endswith("confined-space-poster-a3-zh-en.pdf")


def test_a_filter_by_paper_lists_that_paper_only(centre: Page, served: str) -> None:
    for paper, ways in (("a3", {"", "plain", "tiles-a3", "shop"}), ("a4", {"", "tiles-a4"})):
        centre.goto(f"{served}zh/print/?design=poster&size={paper}")
        cards = centre.locator(".card")
        expect(cards).to_have_count(2)
        shown = centre.evaluate(
            "[...document.querySelectorAll('.card option')].map((one) => one.value)"
        )
        assert "2k" not in shown and {each for each in shown if "-a" in each} <= ways
    centre.select_option("#filter [name=way]", "shop")
    expect(centre.locator(".filter__count")).to_contain_text("没有符合的")


def test_the_address_keeps_the_filter(centre: Page) -> None:
    centre.select_option("#filter [name=design]", "flyer")
    centre.select_option("#filter [name=chapter]", "topics")  # a whole reader
    expect(centre.locator(".card")).to_have_count(1)
    assert centre.url.endswith("?chapter=topics&design=flyer")
    centre.reload()
    expect(centre.locator(".card")).to_have_count(1)


def test_ready_choices_follow_the_calendar(phone: Page, served: str) -> None:
    phone.clock.set_fixed_time("2027-06-10T12:00:00")
    phone.goto(f"{served}en/print/")
    follow(phone.locator(".ready__campaign:visible"))
    assert phone.url.endswith("?campaign=june")
    expect(phone.locator(".card h3")).to_have_text(["Poster", "Poster"])
    today = phone.locator(".ready__talk span").inner_text()
    phone.locator(".ready__talk").click()
    expect(phone.locator(".card h3")).to_have_text(["Toolbox talk"])
    expect(phone.locator(".card__topic")).to_have_text([today])
    phone.clock.set_fixed_time("2027-06-11T12:00:00")
    phone.goto(f"{served}en/print/")
    assert phone.locator(".ready__talk span").inner_text() != today


def test_what_is_chosen_becomes_one_zip(centre: Page, site: Path) -> None:
    centre.select_option("#filter [name=design]", "poster")
    centre.select_option("#filter [name=way]", "shop")
    centre.click("[name=all]")
    expect(centre.locator(".basket__bar")).to_contain_text("2 个文件")
    centre.reload()  # the list is kept
    with centre.expect_download() as download:
        centre.click(".basket .zip button")
    assert download.value.suggested_filename == "打印清单.zip"
    archive = unpacked(download.value)
    expect(centre.locator(".basket .zip [role=status]")).to_contain_text("已打好")
    names = [name.removeprefix("打印清单/") for name in archive.namelist()]
    assert names == [
        "清单.html",
        "有限空间作业-海报-中文-A3-印刷厂文件.pdf",
        "有限空间作业-海报-中文-A3-印刷工单.txt",
        "样章-海报-中文-A3-印刷厂文件.pdf",
        "样章-海报-中文-A3-印刷工单.txt",
    ]
    shop = site / "printables/topics/sample/sample-poster-a3-zh-shop.pdf"
    assert archive.read(f"打印清单/{names[3]}") == shop.read_bytes()
    page = archive.read("打印清单/清单.html").decode()
    assert "版次 2026-11-23·0123abcd" in page and "<button" not in page and "http" not in page


def test_a_file_that_does_not_come_is_named_and_nothing_is_saved(
    browser: Browser, served: str
) -> None:
    # What a service worker fetches, no route stops.
    centre = browser.new_context(viewport=PHONE, service_workers="block").new_page()
    centre.goto(f"{served}zh/print/")
    centre.locator(CARD).first.locator("button").click()
    centre.route("**/*.pdf", lambda route: route.abort())
    saved: list[Download] = []
    centre.on("download", lambda download: saved.append(download))
    centre.click(".basket .zip button")
    expect(centre.locator(".basket .zip [role=status]")).to_contain_text("取不到“有限空间作业-海报")
    expect(centre.locator(".basket .zip .button")).to_be_enabled()
    assert not saved
    centre.context.close()


def test_paper_gets_the_list_and_no_card(centre: Page) -> None:
    centre.locator(CARD).first.locator("button").click()
    centre.emulate_media(media="print")
    assert centre.locator(".basket .files li").is_visible()
    assert centre.locator(".basket .files i").is_visible()  # where the number of copies is written
    left, room = centre.locator(".basket .files li").evaluate(
        "one => [one.getBoundingClientRect().left, one.querySelector('b').getBoundingClientRect().left]"
    )
    assert room - left > 16  # px, a box to tick
    assert not centre.locator(".unit").is_visible()
    for screen in (".card", ".filter", ".packs", ".basket__bar", ".basket .zip", ".ready"):
        assert not centre.locator(screen).first.is_visible(), screen


def test_a_long_list_grows_by_portions_and_all_of_it_is_kept(centre: Page) -> None:
    every = """() => printables.flatMap(({ ways }) => ways.map(({ key }) => key))"""
    keys = centre.evaluate(every)
    assert len(keys) > 40  # a portion
    centre.evaluate("(keys) => basket.change(keys)", keys)
    expect(centre.locator(".basket .files li")).to_have_count(len(keys))
    expect(centre.locator(".basket__bar")).to_contain_text(f"{len(keys)} 个文件")
    last = centre.locator(".basket .files li").last
    last.get_by_role("button").click()
    expect(centre.locator(".basket .files li")).to_have_count(len(keys) - 1)
    centre.reload()
    expect(centre.locator(".basket .files li")).to_have_count(len(keys) - 1)
    centre.emulate_media(media="print")
    assert centre.locator(".basket .files li").last.is_visible()


def test_what_is_no_more_leaves_the_list(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/print/")
    phone.evaluate(
        "localStorage.setItem('basket', JSON.stringify(['teams/gone|poster|zh|a3|plain', 3]))"
    )
    phone.reload()
    expect(phone.locator(".basket__none")).to_be_visible()
    assert not phone.locator(".basket li").count()


def test_a_pack_is_a_page_of_links_and_a_zip(phone: Page, served: str, site: Path) -> None:
    phone.goto(f"{served}en/teams/confined-space/")
    follow(phone.locator("text=All sheets as one zip"))
    assert phone.url.endswith("/en/packs/teams-confined-space/")
    links = phone.locator(".files a[download]")
    addresses = {link.get_attribute("href").rpartition("/")[2] for link in links.all()}
    folder = site / "printables" / "teams" / "confined-space"
    assert addresses == {path.name for path in folder.iterdir() if path.suffix != ".webp"}
    assert phone.locator(".files li").first.inner_text().startswith("Poster English · A3")
    with phone.expect_download() as download:
        phone.click(".zip button")
    archive = unpacked(download.value)
    assert len(archive.namelist()) == 1 + len(addresses)
    assert archive.read("Confined-space work all sheets/List.html").count(b"<li>") > 5


def test_a_campaign_s_pack_holds_its_designs(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/packs/june/")
    assert set(phone.locator(".files li > b").all_text_contents()) == {"海报"}
    assert phone.locator(".files h2").all_inner_texts() == ["样章 6 种", "有限空间作业 6 种"]
    assert not phone.locator(".files li:visible").count()  # folded: a screen for each chapter
    phone.locator(".rack > summary").first.click()
    assert phone.locator(".files li:visible").count() == 6


def test_without_a_script_every_file_is_a_link_away(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}zh/print/")
    assert not page.locator("#filter:visible, .ready:visible, .basket:visible").count()
    follow(page.locator(".packs a:has-text('有限空间作业')"))
    assert page.locator(".files a[download]").count() > 20
    assert not page.locator(".zip button:visible").count()
    page.close()


def test_the_memory_stays_flat_over_a_large_zip(centre: Page) -> None:
    """Two hundred megabytes pass, and the script holds none of them."""
    tools = centre.context.new_cdp_session(centre)
    counted = centre.evaluate("""async () => {
        const part = new Uint8Array(1 << 20);
        const stream = () => { let left = 20; return new ReadableStream({
            pull(to) { left-- ? to.enqueue(part.slice()) : to.close(); } }); };
        window.made = await zip(Array.from({ length: 10 }, (_, n) => [`${n}.pdf`, async () => stream()]), () => {});
        return window.made.size >> 20;
    }""")
    tools.send("HeapProfiler.collectGarbage")
    assert counted == 200
    assert centre.evaluate("performance.memory.usedJSHeapSize >> 20") < 30


def test_a_sheet_alone_is_one_tap(centre: Page) -> None:
    card = centre.locator(CARD).first
    button = card.get_by_text("下载 PDF")
    assert button.get_attribute("href") == card.locator("h3 a").get_attribute("href")
    assert button.get_attribute("download") == "有限空间作业-海报-中文-A3.pdf"


def test_a_ready_choice_leaves_the_filter_in_sight(centre: Page) -> None:
    centre.locator(".ready__talk").click()
    expect(centre.locator("#filter [name=size]")).to_be_in_viewport()
    expect(centre.locator(".card").first).to_be_in_viewport()
