"""The list of what has to come off the walls, as it is carried round."""

import io

import pypdfium2
import pytest
from wall import FRIDAY, RUNGS, TUESDAY, WRONG, issued, register, withdrawn

from printables.chapters.owner import Owner
from printables.job import Job
from printables.press.print_job import print_sheet
from printables.publishing import recall
from printables.publishing.editions import Issue, Register, Withdrawal
from printables.words import WORDS

Jobs = dict[tuple[str, str], Job]


def pages(history: Register, language: str, owner: Owner) -> list[str]:
    """The text of each page of the list, spaces left out."""
    job = next(job for job in recall.jobs(history, owner) if job.language == language)
    document = pypdfium2.PdfDocument(io.BytesIO(print_sheet(job).pdf))
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_with_nothing_to_take_down_there_is_no_list(base_jobs: Jobs, base_owner: Owner) -> None:
    assert recall.jobs(register(), base_owner) == []
    assert recall.jobs(register(issued(base_jobs["poster", "zh"])), base_owner) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_says_what_why_since_when_and_what_instead(
    base_jobs: Jobs, base_owner: Owner, language: str
) -> None:
    old, new = (
        issued(base_jobs["poster", "zh"], id="0" * 8),
        issued(base_jobs["poster", "zh"], TUESDAY, RUNGS),
    )
    bad = issued(base_jobs["flyer", "en"])
    [page] = pages(register(old, new, bad, withdrawn(bad)), language, base_owner)
    say = WORDS[language]
    wrong, out_of_date = (
        page.index(say[f"edition_{state}"].replace(" ", ""))
        for state in ("withdrawn", "superseded")
    )
    first, second = page[wrong:out_of_date], page[out_of_date:]
    for part, row in (
        (
            first,
            (
                bad.id,
                bad.title[language],
                say["printed_en"],
                FRIDAY,
                WRONG[language],
                say["recall_nothing"],
            ),
        ),
        (
            second,
            (old.id, old.title[language], say["printed_zh"], TUESDAY, RUNGS[language], new.id),
        ),
    ):
        places = [part.find("".join(str(cell).split())) for cell in row]
        assert -1 not in places, (part, row)
    assert f"{base_owner.site}e/" in recall.jobs(register(old, new), base_owner)[0].html.replace(
        "%3A", ":"
    ).replace("%2F", "/")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_list_repeats_its_heads_and_loses_no_line(
    base_jobs: Jobs, base_owner: Owner, language: str
) -> None:
    lines: list[Issue | Withdrawal] = []
    for number in range(60):
        old = issued(base_jobs["poster", "zh"], chapter=f"teams/c{number}", id=f"{number:02}fedcba")
        lines += [old, withdrawn(old)]
    sheets = pages(register(*lines), language, base_owner)
    head = WORDS[language]["recall_reason"].replace(" ", "")
    assert len(sheets) > 2
    for number, page in enumerate(sheets, 1):
        assert page.count(head) >= 1 or "fedcba" not in page
        assert f"{number}/{len(sheets)}" in page
    assert all("".join(sheets).count(f"{number:02}fedcba") == 1 for number in range(60))
