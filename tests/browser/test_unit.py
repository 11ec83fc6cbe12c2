"""Put your unit on it: what a browser stamps is what the press stamps, is valid, and is kept on the device alone."""

import base64
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import page as ua
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from conftest import PHONE, serving, until
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect
from stamps import FIRMS, LONG
from test_measures import ALL, COLOURS, GROUND, violations

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.finishing.prepress import preflight
from printables.job import PDF, Firm
from printables.layout.compose import compose
from printables.layout.design import find
from printables.press.print_job import print_sheet
from printables.stamping.stamp import Stamp, Unreadable, boxes, kind_of

CHAPTER = "teams/ladders"
SHEETS = [
    "poster-a3-zh",
    "poster-a3-zh-tiles-a4",
    "poster-a3-zh-shop",
    "poster-2k-zh-en",
    "flyer-a4-en",
]
OTHERS = [("sticker", "zh"), ("talk", "zh-en"), ("banner", "en")]  # which the site does not print
NAME = "长沙望城精密机械股份有限公司"
SAVED = ".unit form [role=status]"
# A unit as the panel keeps it, stamped on sheets in base64; "" where the words lack room.
STAMPED = """async ({unit, called, sheets}) => {
    await Promise.all(["pdf", "lettering", "face", "stamp"].map(stamping.load));
    const one = new stamping.Stamp(unit, JSON.parse(document.getElementById("own-unit").dataset.facts), called);
    await one.prepare();
    const text = (bytes) => { let all = ""; for (let at = 0; at < bytes.length; at += 32768) all += String.fromCharCode(...bytes.subarray(at, at + 32768)); return all; };
    const made = [];
    for (const sheet of sheets) {
        const whole = Uint8Array.from(atob(sheet), (sign) => sign.charCodeAt(0));
        made.push(await one.on(whole).then(({ bytes }) => btoa(text(bytes)), (error) => error.most ? "" : Promise.reject(error)));
    }
    return made;
}"""


@pytest.fixture(scope="module")
def works(workshop_site: Path) -> Iterator[str]:
    with serving(workshop_site) as address:
        yield address


@pytest.fixture
def chapter(browser: Browser, works: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{works}zh/{CHAPTER}/")
    yield page
    context.close()


@pytest.fixture(scope="module")
def sheets(workshop_site: Path, base_collection: Collection, base_owner: Owner) -> dict[str, bytes]:
    """Sheets by name, with what finishing makes of them."""
    folder, twins = workshop_site / "printables" / CHAPTER, base_collection.twins()[CHAPTER]
    found = {name: (folder / f"ladders-{name}.pdf").read_bytes() for name in SHEETS}
    for design, language in OTHERS:
        sheet = print_sheet(compose(find(design), twins, language, base_owner))
        found |= {
            f"{design}-{language}{suffix}": sheet.read(suffix)
            for suffix in sheet.suffixes
            if suffix.endswith(PDF)
        }
    return found


def save(page: Page, *, told: str = "已保存", **typed: str) -> None:
    """Type a unit into the panel and save it."""
    if page.locator(".unit").get_attribute("open") is None:
        page.locator(".unit summary").click()
    for name, text in typed.items():
        fields = {"phone": "[type=tel] >> nth=0", "person": "fieldset [type=text] >> nth=0"}
        page.locator(".unit form").locator(fields.get(name, f"[name={name}]")).fill(text)
    page.locator(".unit [type=submit]").click()
    expect(page.locator(SAVED)).to_contain_text(told)


def taken(page: Page, design: str = "海报") -> bytes:
    """The PDF that a tap on a design's button saves."""
    with page.expect_download() as download:
        page.locator(f".printable:has(h3:text-is('{design}')) .button").first.click()
    return download.value.path().read_bytes()


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")


def drawn(pdf: bytes) -> list[tuple[str, list[str]]]:
    """What stands in each box, but for the numbers of glyphs, which a font counts for itself."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sorted((kind_of(each), _places(each)) for each in boxes(document))


def _places(form: pikepdf.Object) -> list[str]:
    return [part for part in form.read_bytes().decode().split() if not part.startswith(("[<", "<"))]


def picture(pdf: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")  # type: ignore[no-any-return]


def in_panel(firm: Firm) -> tuple[dict[str, object], list[dict[str, str]]]:
    """A firm as the panel keeps it, and what its telephones are called."""
    unit = {
        "name": {"zh": "", "en": ""} | dict(firm.name),
        "short": "",
        "telephones": [{"label": "", "number": (*dict(n)["zh"], "")[0]} for _, n in firm.telephones],
        "mark": "",
    }  # fmt: skip
    return unit, [dict(label) for label, _ in firm.telephones]


@pytest.mark.parametrize("firm", FIRMS, ids=lambda firm: firm.name[0][1][:12])
def test_a_browser_stamps_as_the_press_does(
    firm: Firm, chapter: Page, sheets: dict[str, bytes]
) -> None:
    """To a thousandth of a point; and what has no room for the press has none for the browser."""
    unit, called = in_panel(firm)
    asked = {"unit": unit, "called": called, "sheets": [base64.b64encode(each).decode() for each in sheets.values()]}  # fmt: skip
    made = [base64.b64decode(each) for each in chapter.evaluate(STAMPED, asked)]
    for name, blank, stamped in zip(sheets, sheets.values(), made, strict=True):
        try:
            expected = Stamp(firm).on(blank)
        except Unreadable:
            assert not stamped, name
            continue
        assert drawn(stamped) == drawn(expected), name
        assert text_of(stamped) == text_of(expected), name
        if firm is LONG:
            difference = ImageChops.difference(picture(stamped), picture(expected)).getextrema()
            assert max(difference) < 40, name


def test_a_tap_saves_a_sheet_that_is_the_unit_s(chapter: Page) -> None:
    save(chapter, zh=NAME, person="安全员（夜班）", phone="0731-88889999 转 8806")
    pdf = taken(chapter)
    assert NAME in text_of(pdf) and "0731-88889999 转 8806" in text_of(pdf)
    assert "示范园区" not in text_of(pdf)
    report = ua.validate_pdf_bytes(pdf, profile="ua1")
    assert getattr(report, "compliant", getattr(report, "is_compliant", False))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo["/Author"]) == NAME and not document.check_pdf_syntax()
        metadata = document.Root.Metadata.read_bytes().decode()
        assert NAME in metadata and "示范园区" not in metadata
    shown = pypdfium2.PdfDocument(pdf)[0].render(scale=1.2).to_pil()
    assert len(zxingcpp.read_barcodes(shown)) == 1
    assert taken(chapter) == pdf
    chapter.reload()  # kept on the device, with its type
    assert taken(chapter) == pdf


def test_a_card_s_picture_leads_to_the_unit_s_sheet_too(chapter: Page, works: str) -> None:
    save(chapter, zh=NAME)
    chapter.goto(f"{works}zh/print/")
    for part in (".card__picture", "h3 a"):
        with chapter.expect_download() as download:
            chapter.locator(f".card:has-text('梯子作业') {part}").first.click()
        assert NAME in text_of(download.value.path().read_bytes())


def test_nothing_is_sent_and_kept_type_is_not_loaded_again(chapter: Page) -> None:
    asked: list[tuple[str, str]] = []
    chapter.on("request", lambda request: asked.append((request.method, request.url)))
    save(chapter, zh=NAME)
    assert any("/stamp/type/Bold-" in address for _, address in asked)
    chapter.reload()
    asked.clear()
    taken(chapter)
    assert {method for method, _ in asked} == {"GET"}
    loaded = {address.rpartition("/")[2] for _, address in asked if "/stamp/" in address}
    assert loaded == {f"{name}.js" for name in ("pdf", "lettering", "face", "stamp")}  # fmt: skip
    assert not [address for _, address in asked if "望城" in address or "%E6%9C%9B" in address]


def test_what_is_deleted_is_gone(chapter: Page) -> None:
    save(chapter, zh=NAME)
    chapter.locator(".unit [name=forget]").click()
    expect(chapter.locator(SAVED)).to_have_text("已删除。")
    assert chapter.evaluate("localStorage.getItem('unit')") is None
    assert "示范园区" in text_of(taken(chapter))


def test_a_zip_holds_the_unit_s_sheets(chapter: Page, works: str) -> None:
    save(chapter, zh=NAME, short="望城精密")
    chapter.goto(f"{works}zh/packs/teams-ladders/")
    with chapter.expect_download(timeout=60_000) as download:
        chapter.click(".zip button")
    archive = zipfile.ZipFile(download.value.path())
    pdfs = {name: archive.read(name) for name in archive.namelist() if name.endswith(".pdf")}
    assert len(pdfs) > 20
    for name, pdf in pdfs.items():
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if boxes(document):
                assert "望城精密" in text_of(pdf), name
        if name.endswith("印刷厂文件.pdf"):
            assert preflight(pdf) == [], name


def test_sheets_are_bound_into_one_pdf(chapter: Page, works: str) -> None:
    """With tags, languages, codes, a bookmark each, and links that lead to where they led."""
    save(chapter, zh=NAME, en="Wangcheng Precision Ltd.")
    keys = [
        f"{CHAPTER}|poster|zh|a3|plain",
        "teams|book|zh|a5|plain",
        f"{CHAPTER}|flyer|en|a4|plain",
    ]
    chapter.evaluate("(keys) => localStorage.setItem('basket', JSON.stringify(keys))", keys)
    made = []
    for _ in range(2):
        chapter.goto(f"{works}zh/print/")
        with chapter.expect_download() as download:
            chapter.click(".basket .zip button >> nth=1")
        assert download.value.suggested_filename == "打印清单.pdf"
        made.append(download.value.path().read_bytes())
    pdf = made[0]
    assert made[1] == pdf
    report = ua.validate_pdf_bytes(pdf, profile="ua1")
    assert getattr(report, "compliant", getattr(report, "is_compliant", False))
    pages = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range().replace("\r\n", "") for page in pages]
    assert NAME in texts[0] and "Wangcheng Precision Ltd." in texts[-2] + texts[-1]
    codes = [zxingcpp.read_barcodes(page.render(scale=1.2).to_pil()) for page in pages]
    assert codes[0] and codes[-2] + codes[-1]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.check_pdf_syntax()
        with document.open_outline() as outline:
            named = [item.title for item in outline.root]
        assert [name.split("-")[1] for name in named] == ["海报", "读本", "彩页"]
        spoken = [str(each.Lang) for each in document.Root.StructTreeRoot.K]
        assert spoken == ["zh-CN", "zh-CN", "en"]
        objects = [page.obj.objgen for page in document.pages]
        links = [note.Dest[0].objgen for page in document.pages for note in page.obj.get("/Annots", []) if "/Dest" in note]  # fmt: skip
        assert links and set(links) <= set(objects[2:-2])


def test_a_name_without_room_is_told_with_its_length(chapter: Page, works: str) -> None:
    chapter.evaluate("document.querySelector('.unit [name=zh]').maxLength = 999")
    save(chapter, zh=NAME * 24)
    chapter.locator(".printable:has(h3:text-is('海报')) .button").first.click()
    wrong = chapter.locator(f"{SAVED}.is-wrong")
    expect(wrong).to_contain_text("最多约")
    expect(wrong).to_contain_text(f"现在 {len(NAME) * 24} 个")
    [poster] = re.findall(r"最多约 (\d+) 个字", wrong.inner_text())
    chapter.goto(f"{works}zh/packs/teams-ladders/")
    chapter.click(".zip button")
    status = chapter.locator(".zip [role=status]")
    expect(status).to_contain_text("放不下", timeout=60_000)
    told = re.findall(r"最多约 (\d+) 个字", status.inner_text())
    assert len(told) == 1 and 30 <= int(told[0]) <= int(poster)  # that which has least room


def test_numbers_without_room_are_told(chapter: Page) -> None:
    numbers = "0731-88889999、0731-88880000、13800001111、13900002222"
    save(chapter, zh=NAME, phone=numbers)
    pdf = taken(chapter)
    assert "0731-88889999" in text_of(pdf) and "13900002222" not in text_of(pdf)
    told = chapter.locator(SAVED)
    expect(told).to_contain_text(f"海报-中文-A3.pdf 上“值班电话 {numbers}”没有印全")


@pytest.mark.parametrize(
    "typed",
    ["ᠮᠣᠩᠭᠣᠯ", "شىنجاڭ", "བོད", "ไทย", "平安😀"],
    ids=["mongolian", "uyghur", "tibetan", "thai", "emoji"],
)
def test_a_script_that_would_come_out_wrong_is_refused(chapter: Page, typed: str) -> None:
    save(chapter, zh=typed, told="排不对")
    assert chapter.evaluate("document.activeElement.name") == "zh"
    assert chapter.evaluate("localStorage.getItem('unit')") is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"zh": " "}, "写上单位名称"),
        ({"zh": NAME, "phone": "打给老王"}, "只写号码"),
        ({"zh": NAME, "phone": "+47 22 12 34 56"}, "已保存"),
        ({"zh": NAME, "phone": "12"}, "只写号码"),
    ],
    ids=["no-name", "no-number", "in-pairs", "too-short"],
)
def test_what_is_missing_is_told(chapter: Page, typed: dict[str, str], told: str) -> None:
    save(chapter, told=told, **typed)


def test_a_character_that_the_type_lacks_is_the_device_s_and_is_told(chapter: Page) -> None:
    save(chapter, zh="第☑机械厂", told="本机的字体：☑")
    pdf = taken(chapter)
    assert "第☑机械厂" in text_of(pdf)
    report = ua.validate_pdf_bytes(pdf, profile="ua1")
    assert getattr(report, "compliant", getattr(report, "is_compliant", False))


def test_a_character_that_nothing_can_draw_is_refused(chapter: Page) -> None:
    save(chapter, zh="𠮟咤机械厂", told="都没有“𠮟”")
    assert chapter.evaluate("localStorage.getItem('unit')") is None


def test_a_box_in_place_of_a_character_is_refused_whatever_number_is_in_it(chapter: Page) -> None:
    """As Firefox draws what no type has."""
    chapter.evaluate(
        """() => {
            const draw = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
                this.lineWidth = 20;
                this.strokeRect(x, y - 300, 250, 300);
                draw.call(this, text.codePointAt(0) % 10, x, y);
            };
        }"""
    )
    save(chapter, zh="第☑机械厂", told="都没有“☑”")


def test_a_character_is_not_lost_without_a_word(chapter: Page) -> None:
    """One that a machine made up is refused; only what nobody sees is left out."""
    save(chapter, zh="长沙\ue81a机械厂", told="这种文字")
    save(chapter, zh="葛\U000e0100\u200b机械厂", told="已保存")
    assert chapter.locator(".unit [name=zh]").input_value() == "葛机械厂"


def png(width: int, height: int, *, whole: bool = True) -> bytes:
    """A picture; without its pixels it is a head alone."""
    if whole:
        out = io.BytesIO()
        made = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        made.paste((17, 17, 17, 255), (0, 0, width, height // 2))
        made.save(out, "PNG")
        return out.getvalue()
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def choose(page: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator(".unit [name=mark]").set_input_files(file)  # type: ignore[arg-type]


def test_a_mark_is_drawn_where_it_is_seen_and_is_named(chapter: Page) -> None:
    """A dark one gets a plate on the dark band; a screen reader hears whose it is."""
    choose(chapter, "mark.png", png(300, 200))
    save(chapter, zh=NAME)
    pdf = taken(chapter)
    report = ua.validate_pdf_bytes(pdf, profile="ua1")
    assert getattr(report, "compliant", getattr(report, "is_compliant", False))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        [mark] = [each for each in document.Root.StructTreeRoot.K[0].K if str(each.get("/T", "")) == "owner-mark"]  # fmt: skip
        assert mark.S == "/Figure" and str(mark.Alt) == NAME
        [form] = [each for each in boxes(document) if kind_of(each) == "mark"]
        assert form.Resources.XObject.Mark.Width == 300 + 2 * 16
    chapter.locator(".unit [name=unmark]").click()
    with pikepdf.open(io.BytesIO(taken(chapter))) as document:
        [form] = [each for each in boxes(document) if kind_of(each) == "mark"]
        assert not form.read_bytes()


def test_a_drawing_is_a_mark_too(chapter: Page) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="red"/></svg>'
    choose(chapter, "mark.svg", drawing)
    save(chapter, zh=NAME)
    with pikepdf.open(io.BytesIO(taken(chapter))) as document:
        [form] = [each for each in boxes(document) if kind_of(each) == "mark"]
        assert (form.Resources.XObject.Mark.Width, form.Resources.XObject.Mark.Height) == (1000, 500)  # fmt: skip


def svg(content: str, size: str = 'viewBox="0 0 20 10"', before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'.encode()


def test_a_drawing_is_whole_whatever_its_units_and_its_encoding(chapter: Page) -> None:
    """10 mm are 37.8 units of what is drawn; a text in GB 2312 is not made into other characters."""
    inked = """async (address) => { const picture = new Image(); picture.src = address; await picture.decode();
        const brush = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        brush.drawImage(picture, 0, 0);
        return [...brush.getImageData(0, 0, picture.width, picture.height).data].filter((value, at) => at % 4 === 3 && value).length / picture.width / picture.height; }"""
    shape = '<path d="M0 0h37v37h-37z" fill="red"/>'
    choose(chapter, "mark.svg", svg(shape, 'width="20mm" height="10mm"'))
    save(chapter, zh=NAME)
    share = chapter.evaluate(inked, chapter.locator(".unit__mark img").get_attribute("src"))
    assert share == pytest.approx(37 * 37 / (75.6 * 37.8), abs=0.02)
    named = svg("<title>长沙</title>", before='<?xml version="1.0" encoding="GB2312"?>')
    read = "(bytes) => stamping.textOf(Uint8Array.from(bytes))"
    assert "长沙" in chapter.evaluate(read, list(named.decode().encode("gb2312")))
    assert "长沙" in chapter.evaluate(read, list(named.decode().encode("utf-16")))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (svg("<g/>"), "什么也没有"),
        (
            svg('<rect width="9" height="9"/><image href="https://x.example/a.png"/>'),
            "标志图读不出来",
        ),
        (svg('<rect width="9" height="9" fill="url(a.svg#b)"/>'), "标志图读不出来"),
        (svg('<rect width="9" height="9"/><foreignObject/>'), "标志图读不出来"),
        (png(9000, 9000, whole=False), "标志图太大"),
        (png(30, 20, whole=False), "标志图读不出来"),
        (b"GIF89a", "标志图读不出来"),
    ],
    ids=["empty", "linked", "painted", "page", "81-megapixels", "a-head-alone", "no-picture"],
)
def test_a_mark_is_measured_before_it_is_decoded(chapter: Page, content: bytes, told: str) -> None:
    choose(chapter, "mark.png", content)
    save(chapter, zh=NAME, told=told)
    assert chapter.evaluate("localStorage.getItem('unit')") is None


def test_in_a_folder_sheets_are_chosen(browser: Browser, workshop_site: Path) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto((workshop_site / "en" / CHAPTER / "index.html").as_uri())
    save(page, en="Wangcheng Precision Ltd.", told="Saved.")
    sheet = workshop_site / "printables" / CHAPTER / "ladders-flyer-a4-en.pdf"
    with page.expect_download() as download:
        page.locator(".unit__files input").set_input_files(sheet)
    stamped = download.value.path().read_bytes()
    assert "Wangcheng Precision Ltd." in text_of(stamped)
    again = {"name": "again.pdf", "mimeType": "application/pdf", "buffer": stamped}
    with page.expect_download() as download:
        page.locator(".unit__files input").set_input_files(again)  # type: ignore[arg-type]
    assert download.value.path().read_bytes() == stamped  # on the sheet, not on the stamp
    other = {"name": "other.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.locator(".unit__files input").set_input_files(other)  # type: ignore[arg-type]
    expect(page.locator(f"{SAVED}.is-wrong")).to_contain_text("“other.pdf” is no PDF of this site")
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_open_panel_is_for_everybody(browser: Browser, works: str, language: str) -> None:
    """By keyboard, on a phone, light and dark; its pages are measured closed elsewhere."""
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.goto(f"{works}{language}/{CHAPTER}/")
    page.locator(".unit summary").focus()
    page.keyboard.press("Enter")
    save(page, zh="ไทย", told="ไ")
    assert not violations(page, ALL)
    assert not violations(page, COLOURS), "light"
    light = page.evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    until(page, f"{GROUND} !== '{light}' && !document.getAnimations().length")
    assert not violations(page, COLOURS), "dark"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_without_a_network_a_kept_sheet_is_stamped(browser: Browser, works: str) -> None:
    """Though nothing else is kept, as the reader pays for each byte."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto(f"{works}zh/{CHAPTER}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    save(page, zh=NAME)
    page.locator(".printables > button").click()  # kept for later
    expect(page.locator(".printables > button")).to_be_disabled(timeout=20_000)
    there = "Promise.all([location.href, '/stamp/stamp.js'].map((one) => caches.match(one)))"
    until(page, f"{there}.then((all) => all.every(Boolean))", seconds=30)
    context.set_offline(True)
    page.reload()
    assert NAME in text_of(taken(page))
    context.close()


def test_without_a_script_the_page_says_how(browser: Browser, works: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{works}zh/{CHAPTER}/")
    assert not page.locator(".unit").is_visible()
    assert page.locator(".unit-none:visible").inner_text().startswith("这个浏览器不能印上本单位")
    page.close()


def test_the_pieces_of_type_are_not_fetched_in_advance(workshop_site: Path) -> None:
    worker = (workshop_site / "sw.js").read_text(encoding="utf-8")
    assert '"stamp/stamp.js"' in worker and "stamp/type/" not in worker
