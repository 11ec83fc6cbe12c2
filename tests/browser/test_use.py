"""What people do on a page: tick, answer, compare, filter, search, read without a network."""

import csv
import functools
import gzip
import http.server
import io
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PATIENCE_S, PHONE, build, follow, make_project, serving
from playwright.sync_api import Browser, BrowserContext, Page, expect

SAMPLE = "topics/sample/"
REAL = "teams/confined-space/"


@pytest.fixture(autouse=True)
def errors(phone: Page) -> Iterator[list[str]]:
    """Whatever a test does, the console stays quiet."""
    said: list[str] = []
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    yield said
    assert not said


@pytest.fixture
def printed(phone: Page) -> list[str]:
    """The text of every sheet that a page sends to the printer."""
    sheets: list[str] = []
    phone.expose_function("sent", lambda text: sheets.append(text))
    phone.add_init_script(
        "window.print = () => { sent(document.getElementById('paper').textContent);"
        " dispatchEvent(new Event('afterprint')); }"
    )
    return sheets


def test_checklist_is_kept_over_reload_and_languages(phone: Page, served: str) -> None:
    phone.goto(f"{served}zh/{REAL}")
    boxes = phone.locator(".role-checklist input[type=checkbox]")
    phone.locator(".role-checklist label").nth(2).click()
    expect(phone.locator("[data-fill=ticked]")).to_have_text("1")
    phone.reload()
    assert [boxes.nth(n).is_checked() for n in range(4)] == [False, False, True, False]
    phone.goto(f"{served}en/{REAL}")
    assert boxes.nth(2).is_checked()
    phone.click("button[name=reset]")
    phone.reload()
    assert not phone.locator(".role-checklist :checked").count()


def test_checklist_becomes_a_table(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/{REAL}")
    phone.locator(".role-checklist label").first.click()
    phone.fill(".tool [name=who]", "=cmd, 王")
    phone.fill(".tool [name=when]", "2026-11-24")
    with phone.expect_download() as download:
        phone.click("button[name=table]")
    assert download.value.suggested_filename == "confined-space-2026-11-24.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1] == ["Name", "'=cmd, 王"]
    answers = rows[rows.index(["Item", "Result"]) + 1 :]
    assert answers[0] == ["We have the written approval.", "Yes"]
    assert len(answers) == 14 and {result for _, result in answers[1:]} == {"No"}


def test_checklist_is_printed_with_date_and_name(
    phone: Page, served: str, printed: list[str]
) -> None:
    phone.goto(f"{served}zh/{REAL}")
    phone.locator(".role-checklist label").first.click()
    phone.fill(".tool [name=who]", "王工")
    phone.fill(".tool [name=when]", "2026-11-24")
    phone.click("button[name=print]")
    assert len(printed) == 1
    for part in ("王工", "2026-11-24", "书面审批已经办好。 是", "签了字。 否", "版次"):
        assert part in printed[0]
    assert not phone.locator("#paper").count()


def test_checklist_can_be_ticked_without_a_script(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}zh/{REAL}")
    page.locator(".role-checklist label").first.click()
    assert page.locator(".role-checklist :checked").count() == 1
    assert not page.locator(".tool:visible, button:visible").count()
    page.close()


def test_quiz_answers_back_and_ends_with_a_record(
    phone: Page, served: str, printed: list[str]
) -> None:
    phone.goto(f"{served}en/{SAMPLE}")
    told = phone.locator(".quiz__told")
    phone.click(".quiz__check")
    expect(told).to_have_text("Choose an answer first.")
    assert not phone.is_visible("text=Both are right.")
    phone.get_by_label("Second").check()
    phone.get_by_label("Third").check()
    phone.click(".quiz__check")
    expect(told).to_have_text("Right")
    assert phone.is_visible("text=Both are right.")
    phone.fill(".quiz__score [name=who]", "Li")
    phone.fill(".quiz__score [name=when]", "2026-11-24")
    phone.click(".quiz__score [name=print]")
    for part in ("Record of completion", "Li", "2026-11-24", "1 / 1", "2026-11-23·"):
        assert part in printed[0]


def test_a_wrong_answer_is_told_and_can_be_tried_again(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/{SAMPLE}")
    phone.get_by_label("Second").check()
    phone.click(".quiz__check")
    expect(phone.locator(".quiz__told")).to_have_text("Wrong")
    expect(phone.locator("[data-fill=right]").first).to_have_text("0")
    phone.click("[name=again]")
    expect(phone.locator(".quiz__check")).to_be_visible()
    assert not phone.locator(".options :checked").count()


def test_quiz_over_a_reader(phone: Page, served: str, printed: list[str]) -> None:
    phone.goto(f"{served}zh/quiz/teams/")
    phone.click(".tool button[value='']")
    for place in range(1, 7):
        right = phone.locator(".quiz__stage .options").get_attribute("data-right")
        for letter in right or "":
            phone.locator(".quiz__stage .options input").nth(ord(letter) - ord("A")).check()
        phone.click(".quiz__check")
        if place < 6:
            phone.click(".quiz__next")
    expect(phone.locator("[data-fill=right]").last).to_have_text("6")
    phone.fill("[name=who]", "李四")
    phone.click("[name=print]")
    assert "李四" in printed[0] and "6 / 6" in printed[0] and "班组读本" in printed[0]


def test_options_are_shuffled_with_their_letters(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/{SAMPLE}")
    seen = set()
    for _ in range(12):
        options = phone.locator(".role-quiz .options").first
        said = options.locator("li").all_inner_texts()
        right = [said.index("Second"), said.index("Third")]
        letters = "".join("ABC"[place] for place in sorted(right))
        assert options.get_attribute("data-right") == letters
        told = phone.locator(".role-quiz .right").first.text_content() or ""
        assert sorted(told.split("; ")) == sorted(
            f"{'ABC'[place]} {said[place]}" for place in right
        )
        seen.add(letters)
        phone.reload()
    assert len(seen) > 1


@pytest.mark.parametrize(("right", "verdict"), [(5, "合格"), (4, "未合格")])
def test_a_record_says_whether_the_pass_mark_is_reached(
    phone: Page, served: str, printed: list[str], right: int, verdict: str
) -> None:
    """Of six questions five have to be right."""
    phone.goto(f"{served}zh/quiz/teams/")
    phone.click("#quiz-run button[value='10']")
    for place in range(6):
        fields = phone.locator(".quiz__stage .options")
        letters = fields.get_attribute("data-right") or ""
        wrong = next(n for n in range(fields.locator("input").count()) if "ABCD"[n] not in letters)
        for chosen in [ord(letter) - ord("A") for letter in letters] if place < right else [wrong]:
            fields.locator("input").nth(chosen).check()
        phone.click(".quiz__check")
        if place < 5:
            phone.click(".quiz__next")
    expect(phone.locator("[data-fill=passed]")).to_have_text(verdict)
    phone.fill("[name=who]", "李四")
    phone.click("[name=print]")
    assert re.search(rf"合格线\s*5 / 6\s*结论\s*{verdict}\s", printed[0])


def test_a_class_gets_one_list_to_print_and_to_save(
    phone: Page, served: str, printed: list[str]
) -> None:
    phone.goto(f"{served}zh/quiz/teams/")
    phone.get_by_text("全班一起做").click()
    phone.fill("[name=names]", "王一\n =李二，张三\n")
    phone.fill("#quiz-run [name=unit]", "一车间")
    phone.fill("#quiz-run [name=when]", "2026-11-24")
    phone.get_by_role("button", name="开始").click()
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert phone.locator(".quiz__stage > ol > li").evaluate(size) >= 24
    for place in range(6):
        assert not phone.locator(".quiz__stage .is-right").count()
        phone.get_by_role("button", name="看答案").click()
        assert phone.locator(".quiz__stage .is-right").count()
        if place < 2:
            phone.get_by_role("button", name="=李二").click()
        phone.get_by_role("button", name="下一题").click()
    rows = [row.split() for row in phone.locator("tbody tr").all_inner_texts()]
    assert rows == [
        ["1", "王一", "6", "/", "6", "合格"],
        ["2", "=李二", "4", "/", "6", "未合格"],
        ["3", "张三", "6", "/", "6", "合格"],
    ]
    phone.click(".quiz__stage [name=print]")
    assert "全班学习记录" in printed[0] and "一车间" in printed[0] and "授课人签名" in printed[0]
    with phone.expect_download() as download:
        phone.click(".quiz__stage [name=table]")
    table = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert table[0][1:] == ["一车间", "2026-11-24"]
    assert table[3] == ["2", "'=李二", "4 / 6", "未合格", ""]
    phone.reload()
    assert phone.input_value("[name=names]") == "王一\n=李二\n张三"


def test_from_a_quiz_there_is_a_way_back(phone: Page, served: str) -> None:
    phone.goto(f"{served}en/quiz/teams/")
    phone.click("#quiz-run button[value='10']")
    phone.get_by_role("button", name="Back to the start").click()
    expect(phone.locator("#quiz-run")).to_be_visible()
    follow(phone.locator(".jumps a"))
    assert phone.url == f"{served}en/teams/"


def test_marks_of_a_reader_quiz_lead_to_the_chapter(site: Path) -> None:
    html = (site / "zh/quiz/teams/index.html").read_text(encoding="utf-8")
    marks = re.findall(r'class="source"[^>]* href="([^"]+)"', html)
    assert marks and all(mark.startswith("../../teams/confined-space/#source-") for mark in marks)


def test_side_by_side(phone: Page, served: str, site: Path) -> None:
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(f"{served}en/{REAL}")
    follow(phone.locator(".jumps >> text=English + Chinese"))
    assert "/both/" in phone.url
    pairs = phone.locator(".pair")
    assert pairs.count() == phone.request.get(f"{served}en/{REAL}").text().count("<section aria")
    left, right = (pairs.first.locator("> div").nth(n) for n in (0, 1))
    assert left.locator("h2").inner_text() == "Remember" and right.get_attribute("lang") == "zh"
    assert left.bounding_box()["y"] == right.bounding_box()["y"]
    html = (site / "en/both/teams/confined-space/index.html").read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r' href="#([\w-]+)"', html):
        assert target in ids


def test_every_size_leads_to_its_finishings(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}zh/{SAMPLE}")
    more = page.locator(".printable__more").first
    assert not more.get_by_text("A3 拼贴").is_visible()
    more.locator("summary").click()
    tiles = more.get_by_text("A3 拼贴")
    assert tiles.get_attribute("href").endswith("sample-poster-a2-zh-tiles-a3.pdf")
    assert tiles.inner_text().split() == ["A3", "拼贴", "5", "页"]
    assert tiles.get_attribute("download") == "样章-海报-中文-A2-A3 拼贴.pdf"
    assert more.get_by_text("印刷工单").first.get_attribute("href").endswith("a3-zh-ticket.txt")
    page.close()


@pytest.mark.parametrize(
    ("day", "shown", "runs"),
    [
        ("2027-01-15", "winter", True),
        ("2027-01-16", "spring", False),
        ("2027-06-30", "june", True),
        ("2027-07-01", "winter", False),
    ],
)
def test_what_matters_now_is_chosen_today(
    phone: Page, served: str, day: str, shown: str, runs: bool
) -> None:
    """The page is older than the day on which it is read."""
    phone.clock.set_fixed_time(f"{day}T12:00:00")
    phone.goto(f"{served}en/")
    expect(phone.locator(".now:visible")).to_have_count(1)
    heading = phone.locator(".now:visible h2")
    expect(heading).to_have_text(re.compile(f"{shown} <b>$"))
    assert ("Now: " in heading.inner_text()) is runs


def test_what_matters_now_without_a_script(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{served}en/")
    [heading] = page.locator(".now:visible h2").all_inner_texts()
    assert re.fullmatch(r"(Now|Next): (june|spring|winter) <b>", heading)
    page.close()


def test_listening_needs_a_voice(browser: Browser, served: str) -> None:
    voices = """Object.defineProperty(speechSynthesis, "getVoices", {value: () => VOICES});
        speechSynthesis.speak = (piece) => (window.said ??= []).push([piece.lang, piece.text]);"""
    for known, heard in (("[{lang: 'zh-CN'}]", True), ("[{lang: 'fr-FR'}]", False)):
        page = browser.new_page(viewport=PHONE)
        page.add_init_script(voices.replace("VOICES", known))
        # A made-up voice is none that an utterance takes.
        page.add_init_script(
            "Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', {set() {}})"
        )
        page.goto(f"{served}zh/{REAL}")
        assert bool(page.locator(".listen").count()) == heard
        if heard:
            page.locator(".role-points .listen").click()
            said = page.evaluate("said")
            assert said[:2] == [
                ["zh-CN", "记住"],
                ["zh-CN", "没有审批，不进：审批有书面，交底有签字。"],
            ]
            page.locator(".listen-stop").click()
            assert not page.locator(".listen-stop").count()
        page.close()


@pytest.fixture
def worked(browser: Browser, site: Path) -> Iterator[tuple[BrowserContext, str, list[object]]]:
    """A browser that keeps the site, its address, and a switch that takes the network away."""

    class Silent(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Silent, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport=PHONE)
    yield context, f"http://127.0.0.1:{server.server_port}/", [server.shutdown, server.server_close]
    context.close()


def test_a_page_adds_a_share_to_what_is_kept_its_own_language_first(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    worker = tmp_path / "site" / "sw.js"
    text = worker.read_text(encoding="utf-8")
    worker.write_text(
        text.replace("SHARE = 2e6", "SHARE = 1e6"), encoding="utf-8"
    )  # the site is small
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    with serving(tmp_path / "site") as address:
        page.goto(f"{address}en/{REAL}")
        listed = f"caches.match('{address}files.json').then((list) => list ? list.json() : {{}})"
        held: dict[str, str] = {}
        while "search/en.js" not in held:  # three seconds later
            page.wait_for_timeout(200)
            held = page.evaluate(listed)
    context.close()
    assert f"en/{REAL}" in held and "zh/emergency/" in held
    order = list(held)  # the page, what searches, then its reader
    assert order.index(f"en/{REAL}") < order.index("search/en.js") < order.index("en/teams/")
    assert {"search/finding.js", "search/words.js"} <= held.keys()  # without which no index answers
    assert not [name for name in held if name.startswith(("zh/teams/", "search/zh"))]
    files = [site / name / "index.html" if (site / name).is_dir() else site / name for name in held]
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) <= 800 * 1024


def test_offline_with_the_server_stopped(worked: tuple[BrowserContext, str, list[object]]) -> None:
    context, address, stop = worked
    page = context.new_page()
    page.goto(f"{address}zh/")
    share = (
        "navigator.serviceWorker.ready.then(({active}) => active.postMessage({fill: 'zh/teams/'}))"
    )
    kept = (
        f"caches.match('{address}search/en_texts.js').then((kept) => Boolean(kept))"  # comes last
    )
    for _ in range(PATIENCE_S * 10):  # as many pages are read
        page.evaluate(share)
        if page.evaluate(kept):
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("the search of the other language was not kept")
    for end in stop:
        end()  # type: ignore[operator]
    page.reload()
    assert page.inner_text("h1") == "安全读本"
    page.goto(f"{address}zh/{REAL}")
    assert page.locator(".role-points").is_visible()
    page.locator("#printables").scroll_into_view_if_needed()
    expect(page.locator(".printable > a:has(img)").first).to_be_hidden()  # no picture is kept
    follow(page.locator(".switch"))
    assert page.locator("h1").inner_text() == "Confined-space work"
    page.click(".md-header__button[for=__search]")
    page.fill(".md-search__input", "ventilate")
    expect(page.locator(f".found a[href*='{REAL}']").first).to_be_visible()
    context.set_offline(True)
    expect(page.locator(".offline")).to_contain_text(re.compile(r"kept on \d+ \w+ 20\d\d"))
    context.set_offline(False)
    expect(page.locator(".offline")).to_have_count(0)


def test_zip_opens_from_a_file(browser: Browser, tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    built = build(project, SITE_BUNDLE=str(tmp_path / "stick.zip"))
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(tmp_path / "stick.zip") as archive:
        archive.extractall(tmp_path)
    page = browser.new_page(viewport=PHONE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "stick" / "index.html").as_uri())
    follow(page.locator("a.door[lang=zh]"))
    follow(page.locator(".switch"))
    assert page.url.endswith("/en/index.html")
    page.click(".md-header__button[for=__search]")
    page.fill(".md-search__input", "ventilate")
    follow(page.locator(".found a[href*='confined-space.html#']").first)
    expect(page.locator("h1")).to_have_text("Confined-space work")
    page.goto((tmp_path / "stick/en/print.html").as_uri())
    page.select_option("#filter [name=design]", "poster")
    assert page.locator(".card").count() == 2 and not errors
    page.close()
