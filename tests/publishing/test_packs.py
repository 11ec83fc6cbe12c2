"""A zip of everything, and the sheet that says what is in it."""

import io
import re
import zipfile
from html import unescape

import pypdfium2
import pytest
from project import ROOT, Press

from printables.chapters import campaign
from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.job import Order
from printables.languages import LANGUAGES
from printables.layout import design
from printables.layout.compose import jobs
from printables.press.sheet import Filed
from printables.publishing import packs
from printables.words import WORDS

TITLE = {"zh": "梯子 & 台阶", "en": "Ladders & steps"}
CONTENTS = "内容 Contents.html"
MONTHS = {"work-safety-month": "06", "fire-day": "11", "flood-season": "05", "high-temperature": "06", "restart": "02"}  # fmt: skip


@pytest.fixture(scope="module")
def sheets(base_collection: Collection, base_owner: Owner, press: Press) -> dict[Order, Filed]:
    """Posters and stickers with all that is done to them afterwards."""
    made = jobs(base_collection.twins()["teams/ladders"], base_owner)[0]
    chosen = [job for job in made if job.design in {"poster", "sticker"} and job.size != "2k"]
    return {job.order: sheet for job, sheet in press(chosen).items()}


@pytest.fixture(scope="module")
def archive(sheets: dict[Order, Filed]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packs.pack(TITLE, sheets)))


def test_a_pack_holds_every_file_in_every_language(
    archive: zipfile.ZipFile, sheets: dict[Order, Filed]
) -> None:
    assert {name.split("/")[0] for name in archive.namelist()} == {CONTENTS, "zh", "en", "zh-en"}
    pdfs = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert len(pdfs) == sum(1 + len(sheet.finished) for sheet in sheets.values())
    for name in pdfs:
        assert len(pypdfium2.PdfDocument(archive.read(name))) > 0
    shop = [name for name in pdfs if name.endswith("-shop.pdf")]
    assert shop
    for name in shop:
        assert "CMYK" in archive.read(name.replace("-shop.pdf", "-ticket.txt")).decode()


def test_the_contents_lead_to_every_pdf_in_both_languages(archive: zipfile.ZipFile) -> None:
    page = archive.read(CONTENTS).decode()
    parts = page.split("<section ")[1:]
    assert len(parts) == len(LANGUAGES)
    for part, code in zip(parts, LANGUAGES, strict=True):
        linked = [unescape(link) for link in re.findall(r'href="([^"]+)"', part)]
        assert sorted(linked) == sorted(name for name in archive.namelist() if name.endswith(".pdf"))  # fmt: skip
        assert unescape(re.findall("<h1>(.*)</h1>", part)[0]) == TITLE[code]
        assert "<script" not in part and "http" not in part


def test_the_contents_say_size_distance_and_edition(
    archive: zipfile.ZipFile, sheets: dict[Order, Filed]
) -> None:
    page = unescape(archive.read(CONTENTS).decode())
    for job in sheets:
        assert f"{job.trim[0]:g} × {job.trim[1]:g} mm" in page
        assert job.edition in page
        for code in LANGUAGES:
            assert WORDS[code]["readable"].format(f"{job.distance_m:g}") in page
            assert design.find(job.design).spec.name.model_dump()[code] in page


def test_the_same_sheets_make_the_same_pack(sheets: dict[Order, Filed]) -> None:
    assert packs.pack(TITLE, sheets) == packs.pack(TITLE, dict(sheets))


def test_the_year_s_campaigns_are_there(real_collection: Collection) -> None:
    campaigns, wrong = campaign.read(
        ROOT / "library" / "campaigns", set(real_collection.twins()), set(design.names())
    )
    assert wrong == []
    assert {each.name: each.dates.first[:2] for each in campaigns} == MONTHS
