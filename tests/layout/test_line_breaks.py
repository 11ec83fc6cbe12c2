"""Where a line of print must not end."""

import io
import re

import pypdfium2
import pytest
from markupsafe import Markup

from printables.glyphs import width_em
from printables.layout import line_breaks
from printables.layout.line_breaks import JOINER, halves, hold, hold_command, hold_reason
from printables.layout.phrases import MOST, boundaries, phrases
from printables.press import engine
from printables.press.engine import Document


def words(held: Markup) -> str:
    """The text that is set, its spaces all alike."""
    return held.unescape().replace(JOINER, "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("坏的挂牌，停用。", "停用。"),
        ("坏的都要挂上牌，摘。", "，摘。"),
        ("短", ""),
        ("Internationalisation of responsibilities", ""),
        ("等约 15 分钟就好。", "就好。"),
        ("都已报职工（代表）大会。", "大会。"),
        ("没改好不得写“已整改”。", "已整改”。"),
    ],
)
def test_the_end_of_a_text_stays_together(text: str, end: str) -> None:
    last = re.split(rf"(?<=[^{JOINER}\u00a0])(?=[^{JOINER}\u00a0])", hold(text))[-1]
    assert last.replace(JOINER, "").endswith(end)
    assert words(hold(text)) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("主要危险因素", "主要 危险 因素"),
        ("重大隐患数", "重大 隐患数"),
        ("气瓶相距 5 m", "气瓶 相距\u00a05\u00a0m"),
        ("Re-check result", "Re-check result"),
    ],
)
def test_a_title_parts_between_words(text: str, parts: str) -> None:
    ends = rf" |(?<=[^{JOINER}\u00a0\w-])|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])"
    found = [each for each in re.split(ends, line_breaks.words(text).unescape()) if each]
    assert [each.replace(JOINER, "") for each in found] == parts.split(" ")


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("监护人员不离开", "监护人员 不离开"),
        ("系好安全绳", "系好 安全绳"),
        ("戴正压式空气呼吸器", "戴正压式 空气呼吸器"),
        ("考核不合格不得上岗", "考核 不合格 不得 上岗"),
        ("硫化氢和一氧化碳", "硫化氢 和一氧化碳"),
        ("坏的梯子挂牌停用", "坏的 梯子 挂牌 停用"),
        ("不短接漏电保护器", "不短接 漏电保护器"),
        ("用二手电芯", "用二手 电芯"),
        ("屋里防煤气", "屋里 防煤气"),
        ("还困不开", "还困不开"),
        ("用防火毯盖严", "用防火毯 盖严"),
        ("没空气呼吸器", "没空气呼吸器"),
    ],
)
def test_phrases_are_words_and_what_leans_on_them(run: str, expected: str) -> None:
    assert phrases(run) == expected.split()


@pytest.mark.parametrize("width", range(24, 60, 3))
def test_a_chinese_line_ends_between_phrases(width: int) -> None:
    text = "监护人员在外面一直看着，不离开，也不进去。里面的人昏倒了，先打电话，再用绞盘和安全绳拉上来。"
    style = f"@page {{ size: {width}mm 200mm; margin: 0 }} body {{ margin: 0; font: 4mm Reader }}"
    lines = _lines(f"<p>{hold(text)}</p>", style)
    assert "".join(lines) == text  # what draws nothing is no part of the text
    ends = {len("".join(lines[:count])) for count in range(1, len(lines))}
    assert ends <= {
        at for at in range(len(text)) if at in boundaries(text) or text[at - 1] in "，。"
    }
    assert min(map(len, lines[:-1])) * 4 > width - 4 * (MOST + 2)  # a word of four and its comma


def test_two_last_words_stay_together() -> None:
    assert hold("They are tagged and stay down.") == "They are tagged and stay\u00a0down."
    assert hold("an irresponsibility now") == "an irresponsibility now"


def test_what_is_no_markup_stays_none() -> None:
    assert (
        hold("5 < 6 & <b>7 m</b> <i>")
        == "5 &lt; 6 &amp; &lt;b&gt;7\u00a0m&lt;/b&gt;\u00a0&lt;i&gt;"
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("每过 15 分钟记一次读数", "15 分钟"),
        ("消防法第四十四条；GB/T 4968-2008；行业做法要记牢", "GB/T 4968-2008"),
        ("Scaffolds and ladders follow JGJ/T 46-2024 at every site", "JGJ/T 46-2024"),
        ("不超过爆炸下限的 10 %才行", "10 %"),
        ("硫化氢不超过 10 mg/m³的时候", "10 mg/m³"),
        ("离开设备至少 1.5 米远的地方", "1.5 米"),
        ("班组一共来了 12 人没有少", "12 人"),
        ("每一次都往下按 5–6 cm 再松开", "5–6 cm"),
        ("受了伤的人自己也可以打 120 找医生", "打 120"),
        ("批准的人把第 2 到 6 步都看过了", "第 2 到 6 步"),
        ("依据是安全生产法第五十四条的规定", "第五十四条"),
        ("Wait for 15 minutes before you go in again", "15 minutes"),
        ("Stay 1.5 m away from the edge of it", "1.5 m"),
        ("Carbon monoxide under 30 mg/m³ for a short time", "30 mg/m³"),
        ("As it is said in GB 46768-2025 and elsewhere", "GB 46768-2025"),
        ("This is the rule of Article 54 of the law", "Article 54"),
        ("昏倒了马上打 119 说清地点", "打 119"),
        ("叫不醒的马上打 119、120。", "119、120。"),
        ("冷到室内不超过 40 ℃ 才行", "不超过 40 ℃"),
        ("按胸口每分钟 100–120 次不停", "100–120 次"),
        ("放三角牌在车后 50–100 m 远处", "50–100 m"),
        ("配置要照这本标准的 4.2.1–4.2.5 条来", "4.2.1–4.2.5"),
        ("Press the chest 100–120 times a minute now", "100–120"),
        ("They work there only if tested non-flammable today", "non-flammable"),
        ("The signal word is Warning (警告) or another", "(警告)"),
    ],
)
def test_a_line_never_ends_within(text: str, whole: str) -> None:
    """In whatever width: each line on its own in the finished PDF."""
    style = "@page { size: 80mm 200mm; margin: 0 } body { margin: 0; font: 4mm Reader } p { break-after: page }"
    widths = range(30, 80)
    html = "".join(f"<p style='width: {width}mm'>{hold(text)}</p>" for width in widths)
    with engine.listening() as heard:
        pages = _pages(html, style)
    assert heard == []
    for width, lines in zip(widths, pages, strict=True):
        assert any(whole in line for line in lines), (width, lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("按急停，", "断电"),
        ("10 m 内清走、", "盖严"),
        ("喊人，报警，", "打 119"),
        ("看火人", "到了再点火"),
        ("Tell people, ", "then stop"),
        ("Normal breathing? ", "Lay on side"),
        ("Not breathing ", "normally? Press"),
        ("Practise",),
    ],
)
def test_a_command_breaks_once_and_where_a_clause_ends_if_it_can(lines: tuple[str, ...]) -> None:
    assert tuple(line.replace("\u00a0", " ") for line in halves("".join(lines))) == lines
    longest = max(map(width_em, lines))
    style = f"@page {{ size: {longest * 4 + 1}mm 90mm; margin: 0 }} body {{ margin: 0; font: 900 4mm Reader }}"
    set_lines = _lines(f"<p>{hold_command(''.join(lines))}</p>", style)
    assert [line.strip() for line in set_lines] == [line.strip() for line in lines]


def _lines(html: str, style: str) -> list[str]:
    [lines] = _pages(html, style)
    return lines


def _pages(html: str, style: str) -> list[list[str]]:
    """The lines of each page of the finished PDF."""
    document = Document(f"<!DOCTYPE html><html lang='en'><title>x</title>{html}</html>", style)
    pages = pypdfium2.PdfDocument(io.BytesIO(document.lay_out("").write("x")))
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    shown = str.maketrans({"\u00a0": " ", "\2": "-"})  # pdfium tells a hyphen as U+0002
    return [text.translate(shown).splitlines() for text in texts]


def test_a_word_that_leans_on_what_is_quoted_does_not_hold_the_next_one() -> None:
    held = str(hold("不为“零事故”的成绩瞒报、迟报。"))
    assert "的成" in held  # else ten characters in one, wider than a column
    assert f"成{JOINER}绩" in held


@pytest.mark.parametrize(
    ("reason", "lines"),
    [
        ("Toxic; it burns again. Never go back.", ("Toxic; it burns again.", "Never go back.")),
        ("高压、分不清，远离；低压断不了，才用干木棒挑。", ("高压、分不清，远离；", "低压断不了，才用干木棒挑。")),
    ],
)  # fmt: skip
def test_a_reason_has_two_even_lines_at_most(reason: str, lines: tuple[str, str]) -> None:
    held = str(hold_reason(reason)).replace(JOINER, "").replace("\u00a0", " ")
    assert held == reason
    free = [at for at, each in enumerate(hold_reason(reason)) if each == " "]
    assert len(free) <= 1
    assert tuple(part.replace("\u00a0", " ").strip() for part in halves(reason)) == lines


@pytest.mark.parametrize("words", ["No battery", "Do not run", "Never go", "You cannot lift"])
def test_no_line_ends_with_what_denies_the_next_word(words: str) -> None:
    denied = " ".join(words.split()[-2:]).replace(" ", "\u00a0")
    assert denied in str(hold(f"{words} anything within ten metres of it")).replace(JOINER, "")


@pytest.mark.parametrize(
    ("text", "most_em", "lines"),
    [
        ("不靠鼻子判断：硫化氢会让鼻子失灵。", 12.8, ["不靠鼻子判断：", "硫化氢会让鼻子失灵。"]),
        ("不用手扶吊物。", 12.8, None),  # one line
        ("不进去救，除非训练、空气呼吸器、安全绳都有；演练也一样。", 12.8, None),  # more than two
    ],
)
def test_two_lines_are_about_even_where_they_have_room(
    text: str, most_em: float, lines: list[str] | None
) -> None:
    shown = str(line_breaks.hold_even(text, most_em))
    if lines is None:
        assert shown == str(line_breaks.hold(text))
    else:
        assert "".join(lines) == shown.replace("\u2060", "")
        assert shown.count("\u2060") == len(text) - 2
