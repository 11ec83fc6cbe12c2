"""A reader's book: one while two staples hold it, else volumes that each stand alone."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from project import build, edit, plain

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.job import Job
from printables.layout import book
from printables.layout.book import MOST_CHAPTERS
from printables.press.print_job import print_sheet

Readers = Callable[[int], list[book.Reader]]


@pytest.fixture
def readers(base_collection: Collection) -> Readers:
    """The readers of a collection with so many chapters in one folder, all alike but for their titles."""
    twins = base_collection.twins()["teams/ladders"]

    def made(number: int) -> list[book.Reader]:
        collection = {
            f"teams/x{place:02}": {
                language: replace(
                    chapter,
                    name=f"teams/x{place:02}",
                    front=chapter.front.model_copy(
                        update={"title": f"T{place:02}", "order": place}
                    ),
                )
                for language, chapter in twins.items()
            }
            for place in range(number)
        }
        return list(book.readers(base_collection.docs, collection))

    return made


def orders(readers: list[book.Reader], owner: Owner) -> list[Job]:
    jobs = []
    for reader in readers:
        made, findings = book.jobs(reader, owner)
        assert not findings
        jobs += made
    return jobs


def test_a_thin_reader_is_one_book(readers: Readers, base_owner: Owner) -> None:
    jobs = orders(readers(MOST_CHAPTERS), base_owner)
    assert [(job.chapter, job.language, job.volume) for job in jobs] == [
        ("teams", "zh", ""),
        ("teams", "en", ""),
    ]
    assert [job.title for job in jobs] == [reader.title for reader in readers(MOST_CHAPTERS)]


@pytest.mark.parametrize(
    ("number", "sizes"), [(9, [4, 5]), (16, [8, 8]), (17, [5, 6, 6]), (50, [7, 7, 7, 7, 7, 7, 8])]
)
def test_a_thick_reader_is_as_few_volumes_as_can_be_about_equally_thick(
    readers: Readers, number: int, sizes: list[int]
) -> None:
    volumes = [reader for reader in readers(number) if reader.language == "zh"]
    assert [len(volume.chapters) for volume in volumes] == sizes
    titles = [chapter.front.title for volume in volumes for chapter in volume.chapters]
    assert titles == [f"T{place:02}" for place in range(number)]


def test_volumes_are_told_apart_and_stand_on_the_reader_s_page(
    readers: Readers, base_owner: Owner
) -> None:
    jobs = [job for job in orders(readers(9), base_owner) if job.language == "en"]
    assert [job.title.partition(" · ")[2] for job in jobs] == ["Volume 1 of 2", "Volume 2 of 2"]
    assert [job.stem for job in jobs] == ["teams.1-book-a5-en", "teams.2-book-a5-en"]
    assert [(job.home, job.volume) for job in jobs] == [("teams", "1"), ("teams", "2")]
    assert len({job.edition for job in jobs}) == 2


def test_a_volume_says_which_it_is_and_holds_its_own_chapters(
    readers: Readers, base_owner: Owner
) -> None:
    second = next(job for job in orders(readers(9), base_owner) if job.name == "teams.2 book a5 zh")
    sheet = print_sheet(plain(second))
    pages = [
        page.get_textpage().get_text_bounded()
        for page in pypdfium2.PdfDocument(io.BytesIO(sheet.pdf))
    ]
    assert "第 2 册，共 2 册" in pages[0].replace("\u00a0", " ")
    text = "".join(pages)
    assert [f"T{place:02}" in text for place in range(9)] == [False] * 4 + [True] * 5


def test_the_site_offers_every_volume_on_the_reader_s_page(project: Path) -> None:
    edit(
        project / "printables" / "layout" / "book.py",
        f"MOST_CHAPTERS = {MOST_CHAPTERS}",
        "MOST_CHAPTERS = 1",
    )
    for language in ("zh", "en"):
        chapter = project / "docs" / language / "teams" / "ladders.md"
        edit(chapter, "prints: [poster, flyer]", "prints: [label]")
        steps = chapter.read_text(encoding="utf-8").replace("order: 10", "order: 20")
        steps = re.sub(r"(?m)^title: (.*)$", r"title: \1 2", steps)
        chapter.with_name("steps.md").write_text(steps, encoding="utf-8")
    done = build(project)
    assert done.returncode == 0, done.stderr
    site = project / "site"
    page = (site / "zh" / "teams" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<h3>(读本 \d)</h3>", page) == ["读本 1", "读本 2"]
    files = [f"teams.{volume}-book-a5-zh.pdf" for volume in (1, 2)]
    assert all(re.search(rf'href="[^"]*/{name}" download', page) for name in files)
    pack = (site / "zh" / "packs" / "teams" / "index.html").read_text(encoding="utf-8")
    assert all(re.search(rf'href="[^"]*/{name}"', pack) for name in files)
    entries = json.loads((site / "printables.json").read_text(encoding="utf-8"))["printables"]
    second = next(entry for entry in entries if entry["file"].endswith(files[1]))
    edition = (site / "e" / second["edition"].split("·")[1] / "index.html").read_text("utf-8")
    assert 'href="../../zh/teams/"' in edition
