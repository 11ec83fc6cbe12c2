"""A list of firms becomes folders of sheets; what is wrong in it is told with row and column."""

import contextlib
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import xlsxwriter
from PIL import Image
from project import BASE, ROOT

from printables.chapters import owner
from printables.checks.collection import Collection
from printables.commands import merge
from printables.findings import Rejected, texts
from printables.firms import listing, names, receipt, table
from printables.firms.listing import Asked
from printables.languages import LANGUAGES

HEADS = "企业名称,英文名称,电话,联系人,标志,类别,危险,版式,语言"
MANY = "0731-88889999、0731-88880000、13800001111、13900002222"
CUT = f"丙厂,,{MANY},车间值班（夜里也有人）,,,,,"
GOOD = "宏远机床厂,Hongda Machinery,0731-88889999 转 8806,钱师傅,,机械,,海报、彩页,"


def listed(folder: Path, *rows: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "firms.csv"
    path.write_bytes("\r\n".join([HEADS, *rows]).encode(encoding))
    return path


@pytest.fixture
def asked(base_collection: Collection) -> Asked:
    return Asked(
        publisher=owner.load(BASE / "owner.yml"),
        twins=base_collection.twins(),
        campaigns=(),
        synonyms={"梯子": ("爬梯",)},
        chapters=("teams/ladders",),
        designs=("poster",),
        languages=("zh",),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_list_is_read_as_excel_writes_it(encoding: str, tmp_path: Path, asked: Asked) -> None:
    rows, findings = table.read(listed(tmp_path, GOOD, "", encoding=encoding))
    good, wrong = listing.entries(tmp_path, rows, asked)
    assert not findings and not wrong
    [entry] = good
    assert entry.name == "宏远机床厂"
    assert dict(entry.firm.telephones[0][1])["en"] == ("0731-88889999 ext. 8806",)


def test_a_workbook_is_read_and_a_lost_zero_is_told(tmp_path: Path, asked: Asked) -> None:
    path = tmp_path / "firms.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["2026 年名单"])
    sheet.write_row(1, 0, ["名称", "值班电话", "随便"])
    sheet.write_row(2, 0, ["甲厂", 13800000000])
    sheet.write_row(3, 0, ["乙厂", 73188889999])
    book.close()
    rows, findings = table.read(path)
    assert [(found.code, found.line) for found in findings] == [("firms-head-unknown", 2)]
    good, wrong = listing.entries(path, rows, asked)
    assert [entry.name for entry in good] == ["甲厂"]
    assert dict(good[0].firm.telephones[0][1])["zh"] == ("13800000000",)
    assert [(found.code, found.line) for found in wrong] == [("firms-phone-zero", 4)]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (",,0731-88889999,,,,,,", "firms-nameless", "企业名称"),
        ("合计：2 家,,,,,,,,", "firms-no-name", "企业名称"),
        ("填表人：王五,,,,,,,,", "firms-no-name", "企业名称"),
        ("同上,,0731-88889999,,,,,,", "firms-no-name", "企业名称"),
        (",#N/A,0731-88889999,,,,,,", "firms-no-result", "英文名称"),
        ("宏远机床厂,,,,,,,,", "firms-twice", "企业名称"),
        ("宏远机床厂?,,,,,,,,", "firms-twice", "企业名称"),  # its folder is the other's
        ("宏远　机床 厂,,,,,,,,", "firms-twice", "企业名称"),
        ("甲厂,,见门牌,,,,,,", "firms-phone", "电话"),
        ("甲厂,,1.38E+10,,,,,,", "firms-phone", "电话"),
        ("甲厂,,2026-05-01,,,,,,", "firms-phone", "电话"),
        ("甲厂,,13800000000.5,,,,,,", "firms-phone", "电话"),
        ("甲厂,,1380000000,,,,,,", "firms-phone-digits", "电话"),
        ("甲厂,,0731-888899,,,,,,", "firms-phone-digits", "电话"),
        ("甲厂,,0731-88889999 13800000000,,,,,,", "firms-phone-digits", "电话"),
        ("甲厂,,73188889999,,,,,,", "firms-phone-zero", "电话"),
        ("甲\U0002f8a6厂,,,,,,,,", "firms-characters", "企业名称"),
        (f"{'长' * 240},,,,,,,,", "firms-text-long", "企业名称"),
        ("甲厂,,,,none.png,,,,", "firms-mark", "标志"),
        ("甲厂,,,,logo.heic,,,,", "firms-mark", "标志"),
        ("甲厂,,,,,,火星,,", "firms-unknown", "危险"),
        ("甲厂,,,,,,,海抱,", "firms-unknown", "版式"),
        ("甲厂,,,,,,,,法文", "firms-unknown", "语言"),
        ("甲厂,,,,,,,一字一张,英文", "firms-nothing", "chapters"),
    ],
)
def test_a_wrong_row_is_told_with_its_column_and_the_good_ones_stay(
    row: str, code: str, column: str, tmp_path: Path, asked: Asked
) -> None:
    path = listed(tmp_path, GOOD, row)
    (tmp_path / "logo.heic").touch()
    good, wrong = listing.entries(path, table.read(path)[0], asked)
    assert [entry.name for entry in good] == ["宏远机床厂"]
    assert [(found.code, found.line) for found in wrong] == [(code, 3)]
    for language in LANGUAGES:
        assert wrong[0].text(language)
    assert code == "firms-nothing" or column in wrong[0].text("zh")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("０７３１－８８８８９９９９", ["0731-88889999"]),
        ("138 0000 0000", ["138 0000 0000"]),
        ("+86 138 0000 0000", ["+86 138 0000 0000"]),
        ("400-800-1234", ["400-800-1234"]),
        ("+86 731 8888 9999 ext. 8806", ["+86 731 8888 9999 转 8806"]),
        ("0086 10 8888 9999", ["0086 10 8888 9999"]),
        ("+1 212 555 01234", ["+1 212 555 01234"]),
        ("+47 22 12 34 56", ["+47 22 12 34 56"]),
        ("8806", ["8806"]),
        ('"0731-88889999\n13800000000"', ["0731-88889999", "13800000000"]),
        ('"=""0731-88889999"""', ["0731-88889999"]),
        ("'073188889999", ["073188889999"]),
    ],
)
def test_numbers_as_people_write_them_are_taken(
    cell: str, shown: list[str], tmp_path: Path, asked: Asked
) -> None:
    path = listed(tmp_path, f"甲厂,,{cell},,,,,,")
    [entry], wrong = listing.entries(path, table.read(path)[0], asked)
    assert not wrong
    assert list(dict(entry.firm.telephones[0][1])["zh"]) == shown


@pytest.mark.parametrize("mark", [";", "\t", "，"])
def test_a_text_may_have_a_title_and_other_marks_between_its_cells(
    mark: str, tmp_path: Path
) -> None:
    path = tmp_path / "firms.txt"
    path.write_text(f"2026 年名单,第一批,,,\r名称{mark}电话\r甲厂{mark}111\r", encoding="utf-8")
    rows, findings = table.read(path)
    assert not findings
    assert [(row.number, row["name_zh"], row["phone"]) for row in rows] == [(3, "甲厂", "111")]


def test_a_workbook_as_offices_make_it(tmp_path: Path, asked: Asked) -> None:
    """Notes before the list, heads in two rows, merged cells, heads again on the next page, an older list out of sight."""
    path = tmp_path / "firms.xls"  # whatever it is called
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write(0, 0, "请填第二张表")
        hidden = book.add_worksheet("旧")
        hidden.write_column(0, 0, ["名称", "旧厂"])
        hidden.hide()
        sheet = book.add_worksheet("名单")
        sheet.merge_range(0, 0, 1, 0, "名称")
        sheet.merge_range(0, 1, 0, 2, "联系方式")
        sheet.write_row(1, 1, ["电话", "联系人", "信用代码"])
        sheet.write_row(2, 0, ["长沙 甲厂", "", "张三", 913000000000000012])
        sheet.write_row(3, 0, ["乙\n厂", "", "李四"])
        sheet.merge_range(2, 1, 3, 1, "0731-88889999")
        sheet.write_row(4, 0, ["名称", "电话", "联系人", "信用代码"])
        book.add_worksheet("二月").write_row(0, 0, ["名称", "电话"])
    rows, findings = table.read(path)
    assert [(row.number, row["name_zh"], row["phone"], row["person"]) for row in rows] == [
        (3, "长沙甲厂", "0731-88889999", "张三"),
        (4, "乙厂", "0731-88889999", "李四"),
    ]
    [left] = findings
    assert left.code == "firms-sheet-left" and "二月" in left.text("zh")
    _, wrong = listing.entries(path, rows, asked)
    assert [(found.code, found.line) for found in wrong] == [("firms-code-cut", 3)]


def test_what_is_not_seen_in_a_workbook_is_left_out_and_told(tmp_path: Path) -> None:
    """Rows that a filter or a hand hides, and columns; hidden rows of another sheet are that sheet's own."""
    path = tmp_path / "firms.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").set_row(1, None, None, {"hidden": True})
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["名称", "电话", "联系人", "楼栋"])
        for row, name in enumerate("甲乙丙丁戊", 1):
            sheet.write_row(row, 0, [f"{name}厂", "0731-88889999", "张三", "3 栋"])
        for row in (2, 4, 9):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
    rows, findings = table.read(path)
    assert [(row.number, row["name_zh"], row["person"], row["building"]) for row in rows] == [
        (number, name, "", "3 栋") for number, name in ((2, "甲厂"), (4, "丙厂"), (6, "戊厂"))
    ]
    assert [(found.code, found.line) for found in findings] == [
        ("firms-column-hidden", 1),
        ("firms-rows-hidden", 3),
    ]
    assert "联系人" in findings[0].text("zh") and "3, 5" in findings[1].text("en")


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "#DIV/0!"])
def test_a_formula_without_a_result_is_told_and_below_the_list_says_nothing(
    shown: str, tmp_path: Path, asked: Asked
) -> None:
    path = tmp_path / "firms.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["名称", "电话"])
        sheet.write_column(1, 0, ["甲厂", "乙厂"])
        sheet.write(1, 1, "0731-88889999")
        for row in (2, 3, 4):
            sheet.write_formula(row, 1, "=VLOOKUP(A2, X1:Y2, 9)", None, shown)
    rows, _ = table.read(path)
    good, [wrong] = listing.entries(path, rows, asked)
    assert [entry.name for entry in good] == ["甲厂"]
    assert (wrong.code, wrong.line) == ("firms-no-result", 3) and shown in wrong.text("en")


def test_a_path_as_windows_copies_it_leads_to_the_mark(tmp_path: Path, asked: Asked) -> None:
    (tmp_path / "图").mkdir()
    Image.new("RGB", (60, 30), "#0055aa").save(tmp_path / "图" / "a.png", "JPEG")
    path = listed(tmp_path, '甲厂,,,,"""图\\a.png""",,,,')
    [entry], wrong = listing.entries(path, table.read(path)[0], asked)
    assert not wrong and len(entry.firm.marks) == 2


def test_a_number_without_room_is_told_and_the_sheet_is_printed(
    tmp_path: Path, asked: Asked
) -> None:
    path = listed(tmp_path, GOOD, CUT)
    good, wrong = listing.entries(path, table.read(path)[0], asked)
    assert [entry.name for entry in good] == ["宏远机床厂", "丙厂"] and not wrong
    [told] = listing.cut(path, good)
    assert (told.code, told.line) == ("firms-words-cut", 3)
    for language in LANGUAGES:
        assert "电话" in told.text(language) and MANY in told.text(language)


def test_a_hazard_finds_chapters_by_title_and_by_what_people_say(
    tmp_path: Path, asked: Asked
) -> None:
    path = listed(tmp_path, "甲厂,,,,,,梯子,,", "乙厂,,,,,,爬梯,,")
    good, wrong = listing.entries(path, table.read(path)[0], asked)
    assert not wrong
    assert {entry.sheets for entry in good} == {(("teams/ladders", "poster", "zh"),)}


def test_a_list_whose_columns_or_quotes_are_not_what_they_seem(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_text("名称,电话,值班电话\n甲厂,111,222\n", encoding="utf-8")
    rows, findings = table.read(path)
    assert [row["phone"] for row in rows] == ["222"]
    assert [(found.code, found.line) for found in findings] == [("firms-head-twice", 1)]
    path.write_text('名称\n"甲厂\n乙厂\n', encoding="utf-8")  # a quotation mark that takes all in
    with pytest.raises(Rejected) as rejected:
        table.read(path)
    assert [found.code for found in rejected.value.findings] == ["firms-unreadable"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00garbage", b"a,b\n1,2\n"])
def test_what_is_no_list_is_one_clear_error(content: bytes, tmp_path: Path) -> None:
    codes = {"firms-unreadable", "firms-without-heads"}
    for name in ("firms.csv", "firms.xlsx"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Rejected) as rejected:
            table.read(tmp_path / name)
        assert {found.code for found in rejected.value.findings} <= codes


def test_a_workbook_that_unpacks_to_too_much_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "firms.xlsx"
    path.write_bytes(receipt.example())
    monkeypatch.setattr(table, "MOST_UNPACKED", 1000)
    with pytest.raises(Rejected) as rejected:
        table.read(path)
    assert [found.code for found in rejected.value.findings] == ["firms-unreadable"]


def test_the_empty_list_explains_its_columns_and_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "firms.xlsx"
    path.write_bytes(receipt.example())
    rows, findings = table.read(path)
    assert rows == [] and [found.code for found in findings] == ["firms-none"]
    assert receipt.example() == receipt.example()


@pytest.mark.parametrize("name", ["a/b:c?", "CON", "..", "长" * 90, " x. "])
def test_a_folder_s_name_is_one_on_every_system(name: str) -> None:
    called = names.folder_name(name)
    assert called and len(called) <= 61
    assert not set(called) & set('<>:"/\\|?*') and called.strip(" .") == called
    assert called.upper() != "CON"


# --- the command


@pytest.fixture(scope="module")
def zone(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that prints for firms."""
    at = tmp_path_factory.mktemp("zone") / "project"
    return shutil.copytree(workshop, at, symlinks=True)


@pytest.fixture(scope="module")
def done(zone: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A list and what was printed for it."""
    folder = tmp_path_factory.mktemp("firms")
    path = listed(folder, GOOD, "甲厂,,,,,,,,", "甲厂,,,,,,,,", CUT)
    with contextlib.chdir(zone):
        code = merge.main([str(path), "--out", str(folder / "out")])
    assert code == 1
    yield path, folder / "out"


def files(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_good_rows_are_printed_although_others_are_wrong(done: tuple[Path, Path]) -> None:
    made = files(done[1])
    [poster] = [name for name in made if name.startswith("甲厂/")]
    text = pypdfium2.PdfDocument(made[poster])[0].get_textpage().get_text_range()
    assert "甲厂" in text and "示范园区" not in text
    assert sum(name.startswith("宏远机床厂/") for name in made) == 2


def test_the_printer_gets_a_file_a_design_and_firms_a_list_to_sign(done: tuple[Path, Path]) -> None:
    made = files(done[1])
    beside = {name for name in made if "/" not in name}
    assert len([name for name in beside if name.endswith(".pdf")]) == 3  # poster, flyer, list
    assert any(name.endswith(".xlsx") for name in beside)
    [bound] = [n for n in beside if "Poster" in n or "海报" in n]
    with pikepdf.open(io.BytesIO(made[bound])) as document:
        assert len(document.pages) == 3
    [report] = [made[name].decode() for name in beside if name.endswith(".txt")]
    assert MANY in report  # what a sheet has no room for


def test_the_printer_s_file_shows_what_the_firms_files_show(done: tuple[Path, Path]) -> None:
    """And has what they share once."""
    out = done[1]
    [bound] = [path for path in out.glob("*.pdf") if re.search("Poster|海报", path.name)]
    own = [next((out / name).glob("*海报*")) for name in ("宏远机床厂", "甲厂", "丙厂")]
    pages = list(pypdfium2.PdfDocument(bound))
    for page, path in zip(pages, own, strict=True):
        alone = pypdfium2.PdfDocument(path)[0]
        texts = [each.get_textpage().get_text_range() for each in (page, alone)]
        assert texts[0] == texts[1]
        dots = [each.render(scale=1).to_pil() for each in (page, alone)]
        assert dots[0].tobytes() == dots[1].tobytes()
    assert bound.stat().st_size < 1.5 * own[0].stat().st_size


def test_running_again_makes_only_what_changed(done: tuple[Path, Path], zone: Path) -> None:
    path, out = done
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*.pdf")}
    text = path.read_bytes()
    path.write_bytes(text.replace("钱师傅".encode(), "孙师傅".encode()))
    with contextlib.chdir(zone):
        merge.main([str(path), "--out", str(out)])
    changed = {p for p in before if p.stat().st_mtime_ns != before[p]}
    assert not {p for p in changed if p.parent.name == "甲厂"}
    assert len([p for p in changed if p.parent.name == "宏远机床厂"]) == 2
    path.write_bytes(text)


def test_nothing_of_a_list_goes_into_git_the_site_or_a_cache(
    done: tuple[Path, Path],
    zone: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, out = done
    monkeypatch.setenv("READERS_LANGUAGE", "en")
    with contextlib.chdir(zone):
        merge.main([str(path), "--out", str(out)])
        for place in ("site/firms", "docs/out", "out"):
            assert merge.main([str(path), "--out", place]) == 1
            assert not (zone / place).exists()
    told = capsys.readouterr()
    assert texts()["firms-out-inside"]["en"][:30] in told.err
    assert "宏远机床厂" not in told.out + told.err
    for cached in (p for p in zone.rglob("*") if p.is_file() and not p.is_symlink()):
        content = cached.read_bytes()
        assert "宏远机床厂".encode() not in content and "钱师傅".encode() not in content
    for name in ("merged/x.pdf", "firms.csv", "firms.xlsx", "list.xlsx"):
        ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT)
        assert ignored.returncode == 0, name
