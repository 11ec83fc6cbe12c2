"""Room for a hand: heights of rows, boxes and signatures, on pages that are neither over- nor half-full."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from project import edit

from printables.forms import pages, reading, sheets, typeface
from printables.forms.blocks import Block, Strip
from printables.forms.form import rules
from printables.forms.pages import Page, Room
from printables.forms.reading import Library
from printables.forms.sheets import Sheet
from printables.job import Job
from printables.languages import VOICES
from printables.layout.line_breaks import JOINER

ROW, TICKED, SIGNED = 8.0, 7.0, (12.0, 35.0)  # mm


def laid(library: Library, path: Path, language: str) -> Iterator[tuple[Sheet, list[Page]]]:
    form = reading.load(path, library.shelf)
    for page in form.pages if form.look != "certificate" else ():
        sheet = Sheet(form, library.shelf, rules().pages[form.enlarges or page], language, "")
        yield sheet, sheets.laid(sheet)


@pytest.fixture(scope="module")
def everything(library: Library) -> list[tuple[Sheet, list[Page]]]:
    """Every form on each of its pages in each language."""
    return [
        made for path in library.files for voice in VOICES for made in laid(library, path, voice)
    ]


def test_rows_and_signatures_have_room_for_a_hand(
    everything: list[tuple[Sheet, list[Page]]],
) -> None:
    for sheet, made in everything:
        for piece in (piece for page in made for piece in page):
            for strip, height in piece.strips:
                assert strip.least - 0.01 <= height <= strip.most + 0.01
                if piece.block.kind in ("fields", "list") and strip.kind != "group":
                    is_ticked = all(
                        c.ticks or c.field.type == "counter" for c in piece.block.columns
                    )
                    is_written = piece.block.kind == "fields" or not is_ticked
                    assert height >= (ROW if is_written else TICKED), sheet.form.title
                    if any(cell.kind == "long" for cell in strip.cells) and strip.kind == "tall":
                        assert height >= 2 * ROW, sheet.form.title
                if strip.kind == "row" and any(c.field.is_signed for c in piece.block.columns):
                    widths = [c.width for c in piece.block.columns if c.field.is_signed]
                    assert height >= SIGNED[0] and min(widths) >= SIGNED[1], sheet.form.title
                if piece.block.kind == "signatures":
                    width = sheet.paper.room / len(strip.cells)
                    assert height >= SIGNED[0] and width >= SIGNED[1], sheet.form.title


def test_a_hand_has_room_between_the_label_of_a_signature_and_its_date(
    everything: list[tuple[Sheet, list[Page]]],
) -> None:
    """Its label stands there in all languages of the sheet."""
    date = typeface.ROLES["small"]["zh"].line
    for sheet, made in everything:
        for strip, height in signed(made):
            wide = sheet.paper.room / max(len(strip.cells), 2) - 4.6
            for cell in strip.cells:
                assert cell.label
                label = typeface.height(cell.label, "label", sheet.language, wide)
                if strip.kind == "beside":
                    label = typeface.ROLES["label"][sheet.language.partition("-")[0]].line
                assert height - 2 - label - date >= ROW, sheet.form.title


def signed(made: list[Page]) -> Iterator[tuple[Strip, float]]:
    """Rows of signatures, with their heights in mm."""
    for page in made:
        for piece in page:
            if piece.block.kind == "signatures":
                yield from piece.strips


def test_a_title_ends_before_the_number_of_the_copy(
    everything: list[tuple[Sheet, list[Page]]],
) -> None:
    for sheet, _ in everything:
        *_, (_, voice, said) = typeface.texts(sheet.form.title, sheet.language)
        em = sheet.title_pt[voice] / 72 * 25.4
        assert typeface.lines(said, "title", sheet.beside_copy, em) < 4
        room = sheet.paper.room - sheet.paper.code - 3
        copy = typeface.width(sheet.copy, typeface.ROLES["small"]["zh"].em)
        assert sheet.beside_copy + copy + (2.9 if copy else 0) <= room, sheet.form.title


def test_a_foot_names_as_much_as_it_has_room_for(library: Library) -> None:
    sheet, _ = next(laid(library, library.path("9D"), "zh-en"))
    assert sheet.foot("9D", 1, 1) == (
        "9D 答题卡 Answer sheet · 版次",
        "第 1 页，共 1 页",
    )
    sheet, _ = next(laid(library, library.path("2C"), "zh-en"))
    assert sheet.foot("2C", 1, 1) == (
        "2C 隐患整改告知书 Hazard notice (advisory) · 版次 Edition",
        "第 1 页，共 1 页 · Page 1 of 1",
    )
    sheet, _ = next(laid(library, library.path("10D"), "zh-en"))
    assert sheet.foot("10D", 1, 2) == ("10D · 版次", "第 1 页，共 2 页")


def test_answers_that_run_down_columns_stand_on_one_page(
    everything: list[tuple[Sheet, list[Page]]],
) -> None:
    for sheet, made in everything:
        for piece in (piece for page in made for piece in page if piece.block.across > 1):
            assert len(piece.strips) == len(piece.block.strips), sheet.form.title


def test_no_page_is_overfull_or_empty(everything: list[tuple[Sheet, list[Page]]]) -> None:
    for sheet, made in everything:
        depths = [sheet.room.first, *[sheet.room.other] * (len(made) - 1)]
        for page, depth in zip(made, depths, strict=True):
            assert page and pages.used(page) <= depth, sheet.form.title


def test_every_row_is_printed_once_and_in_order(
    everything: list[tuple[Sheet, list[Page]]],
) -> None:
    for sheet, made in everything:
        for piece in (piece for page in made for piece in page if piece.block.kind == "list"):
            standing = [
                strip
                for page in made
                for p in page
                if p.block is piece.block
                for strip, _ in p.strips
            ]
            assert standing == list(piece.block.strips), sheet.form.title


def test_a_heading_is_never_the_last_on_its_page(
    everything: list[tuple[Sheet, list[Page]]],
) -> None:
    for _, made in everything:
        for page in made:
            piece = page[-1]
            last = piece.strips[-1][0]
            assert not last.leads or last is piece.block.strips[-1]


def test_rows_are_as_many_as_asked_for_or_as_fit(small: Path) -> None:
    edit(small / "1A.toml", "rows = 6", "rows = 60")
    edit(small / "1A.toml", 'items = ["doors", {zh = "灯亮", en = "Lights are on"}]', "")
    edit(small / "1A.toml", '[[variant]]\nname = "night"', "# [[variant]]\n# name")
    edit(small / "1A.toml", 'title = {zh = "夜间巡查表"', '# title = {zh = "夜间巡查表"')
    edit(small / "1A.toml", 'items = ["doors"]\n', "")
    [(_, made)] = laid(Library(small), small / "1A.toml", "zh")
    rows = [
        strip for page in made for piece in page if piece.block.kind == "list"
        for strip, _ in piece.strips
    ]  # fmt: skip
    assert len(made) == 2
    assert 36 <= len(rows) < 60
    assert [cell.number for strip in rows for cell in strip.cells[:1]] == list(
        range(1, len(rows) + 1)
    )


def block(*strips: Strip, **keys: object) -> Block:
    return Block("list", strips, **keys)  # type: ignore[arg-type]


ROOM = Room(100, 100)


def test_rows_grow_alike_until_the_page_is_full() -> None:
    [page] = pages.laid([block(*[Strip(8, 16)] * 8)], ROOM)
    heights = [height for _, height in page[0].strips]
    assert len(set(heights)) == 1
    assert 97 <= sum(heights) <= 100


def test_growing_parts_no_block_that_stood_on_one_page() -> None:
    blocks = [block(*[Strip(8, 20)] * 11), block(*[Strip(8, 20)] * 6, gap=4)]
    made = pages.laid(blocks, ROOM)
    assert [[len(piece.strips) for piece in page] for page in made] == [[11], [6]]


def test_what_stands_on_one_page_takes_what_it_has_left() -> None:
    first = block(*[Strip(40, 60)] * 2)
    [_, page] = pages.laid([first, block(Strip(20, 90, kind="tall"), Strip(9, 30))], ROOM)
    tall, row = (height for _, height in page[0].strips)
    assert tall + row == pytest.approx(99.4)
    assert (tall - 20) / (90 - 20) == pytest.approx((row - 9) / (30 - 9))


def test_rows_of_a_list_are_alike_on_all_its_pages() -> None:
    made = pages.laid([block(*[Strip(10, 17)] * 12), block(Strip(16, 40))], ROOM)
    rows = [{height for _, height in page[0].strips} for page in made]
    assert rows[0] == rows[1]
    assert pages.used(made[1]) == pytest.approx(99.4)


def test_a_box_for_many_to_sign_has_a_line_of_its_own(library: Library) -> None:
    _, made = next(laid(library, library.path("11D"), "zh"))
    rows = list(signed(made))
    assert [[str(cell.label.zh) for cell in strip.cells if cell.label] for strip, _ in rows] == [
        ["接受交底人（每人签字）"], ["安全交底人", "作业负责人意见", "所在单位意见"],
        ["会签意见", "审批意见", "完工验收"],
    ]  # fmt: skip
    assert rows[0][1] >= 24


def test_what_stays_together_turns_the_page() -> None:
    blocks = [block(*[Strip(8, 8)] * 10), block(Strip(12, 12), Strip(12, 12), whole=True)]
    assert [len(page) for page in pages.laid(blocks, ROOM)] == [1, 1]
    begun = [block(Strip(8, 8)), block(Strip(8, 8), breaks=True)]
    assert [len(page) for page in pages.laid(begun, ROOM)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [("隐患排查治理", 40, 1), ("隐患排查治理", 11, 3), ("Person answerable", 14, 99), ("Person answerable", 20, 2), ("（元）", 12, 1)],
)  # fmt: skip
def test_lines_of_a_title_are_reckoned(text: str, room: float, lines: int) -> None:
    assert typeface.lines(text, "head", room, 10 / 72 * 25.4) == lines


def test_a_title_on_several_lines_has_lines_of_about_equal_length() -> None:
    room = typeface.even("重大隐患数", "head", "zh", 15)
    em = typeface.ROLES["head"]["zh"].em
    assert [typeface.lines("重大隐患数", "head", wide, em) for wide in (15, room)] == [2, 2]
    assert room < 3.5 * em


def test_the_title_of_a_column_is_never_parted_within_a_word() -> None:
    em = typeface.ROLES["head"]["zh"].em
    assert typeface.lines("主要危险因素", "head", 3.5 * em, em) == 3
    assert typeface.lines("Re-check result", "head", 5 * em, em) == 2
    assert typeface.lines("Re-check result", "head", 2 * em, em) == 99


def test_a_name_has_a_line_of_its_own_where_that_costs_no_page(jobs: list[Job]) -> None:
    """A hand needs 150 mm for a firm's name; a checklist that is one page has no room for it."""
    by_place = {(job.chapter, job.language): job for job in reversed(jobs)}
    for code, is_alone in (("2B", True), ("4E", False)):
        html = by_place[f"forms/{code}", "zh"].html.replace(JOINER, "")
        row = next(row for row in html.split("<tr") if "企业名称" in row)
        assert ('colspan="3"' in row) == is_alone, code
        assert by_place[f"forms/{code}", "zh"].pages == 1
