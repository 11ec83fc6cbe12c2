"""The slogan's lines, and how wide they are."""

import pytest

from printables.glyphs import width_em
from printables.layout import headline
from printables.layout.headline import breathe, phrases


@pytest.mark.parametrize(
    ("language", "slogan", "lines"),
    [
        ("zh", "先通风 再检测 后作业", ("先通风", "再检测", "后作业")),
        ("zh", "先通风，再检测", ("先通风", "再检测")),
        ("zh", "安全第一，预防为主，综合治理", ("安全第一", "预防为主", "综合治理")),
        ("zh", "先通风！再检测？ 后作业；", ("先通风！", "再检测？", "后作业")),
        ("zh", "甲一，乙二、丙三；丁四，戊五", ("甲一", "乙二、丙三", "丁四，戊五")),
        ("zh", "一 二 三 四 五", ("一", "二", "三", "四", "五")),
        ("zh", "  先通风\u3000再检测 ", ("先通风", "再检测")),
        ("en", "Ventilate. Test. Then work.", ("Ventilate.", "Test.", "Then work.")),
        ("en", "Stop! Why? Look: go", ("Stop!", "Why?", "Look:", "go")),
        ("en", "Keep 5 %, always", ("Keep 5 %,", "always")),
        ("en", "Your firm. Your duty.", ("Your firm.", "Your duty.")),
        ("en", "Stop", ("Stop",)),
    ],
)
def test_a_slogan_is_parted_where_one_breathes(
    language: str, slogan: str, lines: tuple[str, ...]
) -> None:
    assert breathe(slogan, language) == lines


@pytest.mark.parametrize(
    "slogan",
    ["You are the person in charge", "Never ever enter a tank without any permit", "Look up now"],
)
def test_an_english_slogan_without_pauses_is_set_as_large_as_can_be(slogan: str) -> None:
    lines = breathe(slogan, "en")
    assert " ".join(lines) == slogan
    assert 1 < len(lines) <= headline.MOST_LINES
    assert max(map(width_em, lines)) < width_em(slogan) * 0.7


@pytest.mark.parametrize(
    ("slogan", "most_em", "lines"),
    [
        ("Unlock doors. Clear exits. Out.", 40, ("Unlock doors.", "Clear exits.", "Out.")),
        ("Unlock doors. Clear exits. Out.", 6.5, ("Unlock", "doors.", "Clear exits.", "Out.")),
        ("Batteries stay out. Charge outside.", 40, ("Batteries stay out.", "Charge outside.")),
        (
            "Batteries stay out. Charge outside.",
            7,
            ("Batteries", "stay out.", "Charge", "outside."),
        ),
        ("Alarm? Lead everyone out.", 40, ("Alarm?", "Lead", "everyone out.")),
        ("Call first. Then tell the boss.", 40, ("Call first.", "Then tell", "the boss.")),
    ],
)
def test_an_english_sentence_is_broken_where_it_lacks_room_or_the_type_grows_plainly(
    slogan: str, most_em: float, lines: tuple[str, ...]
) -> None:
    assert breathe(slogan, "en", most_em) == lines


@pytest.mark.parametrize(
    "slogan",
    [
        "Never buy fuel from vans.",
        "Call first. Then go to the boss.",
        "Stay out of it. Never go in.",
    ],
)
def test_an_english_line_does_not_end_with_a_word_that_leans_on_the_next(slogan: str) -> None:
    lines = breathe(slogan, "en")
    assert 1 < len(lines) <= headline.CALM_LINES
    assert not {line.rsplit(maxsplit=1)[-1].lower() for line in lines} & headline.LEANING


def test_each_sentence_begins_a_line_however_many_there_are() -> None:
    assert breathe("A. B. C. D. E.", "en", 1) == ("A.", "B.", "C.", "D.", "E.")


def test_no_break_between_words_beats_the_chosen_one() -> None:
    words = ["You", "are", "the", "person", "in", "charge"]
    chosen = headline._bulk(breathe(" ".join(words), "en"))
    for cut in range(1, len(words)):
        assert chosen <= headline._bulk((" ".join(words[:cut]), " ".join(words[cut:])))


def test_width_is_that_of_the_black_face() -> None:
    assert width_em("国") == pytest.approx(1)
    assert width_em("先通风") == pytest.approx(3)
    assert width_em("WWW") > 2 * width_em("iii")
    assert width_em("A") + width_em("V") > width_em("AV") > 1  # kerned


def test_a_slogan_of_a_whole_paragraph_does_not_take_for_ever() -> None:
    lines = breathe("never climb a ladder alone " * 8, "en")
    assert len(lines) <= headline.MOST_LINES


@pytest.mark.parametrize(
    ("language", "name", "most_em", "lines"),
    [
        ("zh", "禁止 叉车通行", 7, ("禁止叉车通行",)),
        ("zh", "禁止 叉车通行", 5, ("禁止", "叉车通行")),
        ("zh", "当心缺氧窒息", 3, ("当心缺氧窒息",)),
        ("en", "No open flame", 9, ("No open flame",)),
        ("en", "No open flame", 5, ("No open", "flame")),
        ("en", "No open flame", 1, ("No", "open", "flame")),
    ],
)
def test_a_name_takes_as_few_lines_as_can_be_read(
    language: str, name: str, most_em: float, lines: tuple[str, ...]
) -> None:
    assert headline.fewest(name, language, most_em) == lines


@pytest.mark.parametrize(
    ("slogan", "most_em", "lines"),
    [
        ("No check, no training, no start.", 7.7, ("No check,", "no training,", "no start.")),
        ("Never buy fuel from vans.", 7.7, ("Never buy fuel", "from vans.")),
        ("Dust? Clean it. Don't blow it.", 7.7, ("Dust?", "Clean it.", "Don't blow it.")),
        ("Do not climb.", 5.5, ("Do", "not climb.")),
        ("Keep off the roof.", 6, ("Keep off", "the roof.")),
        ("Uninterruptible now.", 5, ("Uninterruptible", "now.")),
    ],
)
def test_a_phrase_that_hangs_alone_keeps_its_negation(
    slogan: str, most_em: float, lines: tuple[str, ...]
) -> None:
    assert phrases(slogan, "en", most_em) == lines
