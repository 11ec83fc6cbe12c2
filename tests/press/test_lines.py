"""Where lines end in paragraphs whose every character is as wide as the type is high."""

import pytest

from printables.press.lines import EM, Paragraph, Run


def run(text: str, *, wraps: bool = True, anywhere: bool = False) -> Run:
    """Text that may end after each of its spaces."""
    breaks = (n + 1 for n, character in enumerate(text[:-1]) if character == " ")
    return Run(text, (float(EM),) * len(text), tuple(breaks) if wraps else (), anywhere)


def lines(room: float, *runs: Run, joints: str = "", thing: float = 0) -> list[tuple[int, int]]:
    """First and last run of each line; `joints` has a bar where a line may end between runs."""
    may_end = [joint == "|" for joint in joints.ljust(len(runs))]
    setting = Paragraph(runs, may_end).set([1 / EM if run.text else thing for run in runs])
    taken = []
    while not setting.is_done:
        taken.append(setting.take(room))
    return taken


@pytest.mark.parametrize(
    ("room", "number"), [(17, 1), (16.9, 2), (11, 2), (10.9, 3), (5, 3), (4.9, 3), (1, 3)]
)
def test_a_line_takes_all_words_that_fit(room: float, number: int) -> None:
    assert len(lines(room, run("lorem ipsum dolor"))) == number


def test_spaces_hang_at_the_end_of_a_line() -> None:
    assert len(lines(5, run("lorem   ipsum "))) == 2
    assert len(lines(5, run("lorem"), run(" "), run("ipsum"), joints=" |")) == 2


def test_a_line_ends_between_runs_only_where_it_may() -> None:
    assert lines(7, run("lorem"), run("ipsum"), joints="|") == [(0, 0), (1, 1)]
    assert lines(7, run("lorem"), run("ipsum"), joints=" ") == [(0, 1)]


def test_what_cannot_end_goes_to_the_next_line_with_what_it_holds_to() -> None:
    text = run("in a lo"), run("rem ipsum", wraps=False)
    assert lines(12, *text) == [(0, 0), (0, 1)]
    assert lines(17, *text) == [(0, 1)]


def test_a_word_is_cut_where_nothing_else_helps() -> None:
    assert len(lines(2, run("lorem", anywhere=True))) == 3
    assert len(lines(0.5, run("lorem", anywhere=True))) == 5
    assert len(lines(2, run("lorem"))) == 1


def test_a_thing_takes_its_width() -> None:
    row = run("lorem"), Run(), run("ipsum")
    assert lines(12, *row, joints="||", thing=3) == [(0, 1), (2, 2)]
    assert lines(13, *row, joints="||", thing=3) == [(0, 2)]
    assert lines(7, *row, joints="||", thing=3) == [(0, 0), (1, 1), (2, 2)]


def test_width_and_first_word() -> None:
    setting = Paragraph([run("lorem ipsum "), Run()], [True, True]).set([2 / EM, 3])
    assert (setting.first_word, setting.width) == (10, 27)
    setting.take(10)
    assert setting.first_word == 10
