"""What is wrong with a form is told with file, line and what to write instead."""

from pathlib import Path

import pytest
from project import edit

from printables.chapters.owner import Owner
from printables.findings import Finding
from printables.forms import compose
from printables.forms.reading import Library
from printables.languages import LANGUAGES

FORM, FIELDS, ITEMS = "1A.toml", "shared/fields.toml", "shared/items.toml"
# file, what stands there, what is written instead; code of the finding, its line, a word of its message
CASES = {
    "broken": (FORM, 'keep = "short"', "keep = short", "toml-broken", 6, "Invalid"),
    "a key misspelt": (FORM, "copies = 2", "copis = 2", "form-key", 5, "copis"),
    "a title in one language": (
        FORM, 'title = {zh = "巡查表", en = "Patrol sheet"}', 'title = {zh = "巡查表"}',
        "form-missing", 3, "title.en",
    ),
    "a point in one language": (
        FORM, '  {zh = "看", en = "Look"},', '  {zh = "看"},', "form-missing", 30, "points.0.en",
    ),
    "a field in one language": (
        FIELDS, 'date = {zh = "日期", en = "Date"', 'date = {zh = "日期"', "form-missing", 3, "date.en",
    ),
    "an unknown type": (FIELDS, '"Date", type = "date"', '"Date", type = "dat"', "form-unknown", 3, "`dat`. Write instead: date"),
    "a choice without its list": (FIELDS, ', choices = "result"', "", "form-choices", 5, "choice"),
    "an unknown part of the register": (FIELDS, '"Place", type = "text"', '"Place", type = "text", asks = "plce"', "form-unknown", 2, "plce"),
    "a date that a list would fill": (FIELDS, 'type = "date"', 'type = "date", asks = "date"', "form-asks", 3, "date"),
    "a character that no font has": (FIELDS, 'en = "Place"', 'en = "H₂S"', "glyph-missing", 2, "U+2082"),
    "an unknown list of choices": (FIELDS, 'choices = "result"', 'choices = "results"', "form-unknown", 5, "Write instead: result"),
    "an unknown field": (FORM, '"finding"]', '"findings"]', "form-unknown", 24, "Write instead: finding"),
    "an unknown field in a clause": (FORM, '{field = "remarks", lines', '{field = "remark", lines', "form-unknown", 35, "Write instead: remarks"),
    "an unknown list of items": (FORM, 'items = ["doors", {', 'items = ["door", {', "form-unknown", 26, "Write instead: doors"),
    "an unknown list in a variant": (FORM, 'items = ["doors"]', 'items = ["gates"]', "form-unknown", 13, "doors"),
    "an unknown time to keep": (FORM, 'keep = "short"', 'keep = "shot"', "form-unknown", 6, "Write instead: short"),
    "a page twice": (FORM, "copies = 2", 'pages = ["a4", "a4"]', "entry-twice", 5, "a4 twice"),
    "a law twice": ("shared/kits.toml", "laws = []", 'laws = ["wsl", "wsl"]', "entry-twice", 9, "wsl twice"),
    "a field written twice": (FIELDS, "item =", "date =", "repeated-key", 4, "date"),
    "an unknown page": (FORM, "copies = 2", 'pages = ["a44"]', "form-value", 5, "Write instead: a4"),
    "two kinds in a part": (FORM, "rows = 6", 'rows = 6\nfields = ["place"]', "form-part", 23, "fields, columns"),
    "nothing in a part": (FORM, 'signatures = ["patrol-sign"]', "rows = 1", "form-part", 38, "–"),
    "a signature among boxes": (FORM, '"date", {', '"patrol-sign", {', "form-misplaced", 17, "patrol-sign"),
    "a box among signatures": (FORM, '["patrol-sign"]', '["place"]', "form-signature", 39, "place"),
    "a result filled in": (
        FORM, '"Lights are on"}', '"Lights are on", also = {result = {zh = "好", en = "Good"}}}',
        "form-filled", 26, "result",
    ),
    "a date filled in": (FORM, '["no", "item", "result", "finding"]', '["no", "date", "result"]', "form-filled", 26, "date"),
    "a reserved name": (FORM, 'zh = "巡查表"', 'zh = "现场检查记录"', "form-reserved", 3, "record of a safety visit"),
    "a reserved name in English": (FORM, '"Night patrol sheet"', '"Order to rectify"', "form-reserved", 12, "hazard notice"),
    "an item in one language": (ITEMS, ', en = "Locks hold"', "", "form-missing", 5, "doors.0.items.1.en"),
    "too wide": (
        FORM, '"finding"]', '"finding", "place", "remarks", "finding", "place", "remarks", "finding", '
        '"remarks", "finding", "place", "remarks", "finding", "remarks", "remarks", "remarks", '
        '"remarks", "remarks", "remarks", "remarks"]', "form-too-wide", 0, "part 3",
    ),
}  # fmt: skip


def told(folder: Path, publisher: Owner) -> list[Finding]:
    """All findings on the forms of a folder."""
    library = Library(folder)
    findings = compose.shared(library)[1]
    for path in library.files:
        findings += compose.jobs(path, library, publisher)[1]
    return sorted(set(findings))


def test_the_small_form_is_right(small: Path, publisher: Owner) -> None:
    assert told(small, publisher) == []


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_with_its_place(small: Path, publisher: Owner, case: str) -> None:
    file, before, after, code, line, word = CASES[case]
    edit(small / file, before, after)
    [finding] = told(small, publisher)
    assert (finding.path, finding.code, finding.line) == (str(small / file), code, line)
    assert word in finding.message("en")
    assert (
        all("{" not in finding.message(language) for language in LANGUAGES) or code == "toml-broken"
    )


@pytest.mark.parametrize("name", ["readme.toml", "2A.toml", "1a.toml"])
def test_the_name_of_a_file_is_the_code_of_its_form(
    small: Path, publisher: Owner, name: str
) -> None:
    (small / FORM).rename(small / name)
    [finding] = told(small, publisher)
    assert (finding.code, finding.path) == ("form-code", str(small / name))


def test_a_variant_needs_a_list_that_prints_something(small: Path, publisher: Owner) -> None:
    edit(small / FORM, 'items = ["doors", {zh = "灯亮", en = "Lights are on"}]', "")
    assert {finding.code for finding in told(small, publisher)} == {"form-variant"}


def test_what_is_wrong_in_a_shared_file_is_told_once_for_all_forms(
    small: Path, publisher: Owner
) -> None:
    (small / "1B.toml").write_text((small / FORM).read_text(encoding="utf-8"), encoding="utf-8")
    edit(small / FIELDS, 'type = "date"', 'type = "day"')
    assert [finding.path for finding in told(small, publisher)] == [str(small / FIELDS)]


def test_unsafe_files_are_not_read(small: Path, publisher: Owner, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    (small / FORM).rename(outside)
    (small / FORM).symlink_to(outside)
    assert [finding.code for finding in told(small, publisher)] == ["link-inside"]
    (small / FORM).unlink()
    (small / FORM).write_bytes(b'title = "\xff"')
    assert [finding.code for finding in told(small, publisher)] == ["file-not-text"]
    (small / FORM).write_text('title = "a\u202eb"\n', encoding="utf-8")
    assert [(f.code, f.line) for f in told(small, publisher)] == [("hidden-character", 1)]
    (small / FORM).write_text("#" * 300_000, encoding="utf-8")
    assert [finding.code for finding in told(small, publisher)] == ["page-too-large"]


def test_a_new_form_is_a_new_file(small: Path, publisher: Owner) -> None:
    (small / "1B.toml").write_text(
        'title = {zh = "门卫记录", en = "Gate record"}\nreviewed = 2026-11-26\nkeep = "short"\n'
        'source = {zh = "通用做法", en = "custom"}\n\n[[part]]\nfields = ["place", "date"]\n',
        encoding="utf-8",
    )
    library = Library(small)
    jobs, findings = compose.jobs(small / "1B.toml", library, publisher)
    assert findings == []
    assert [(job.chapter, job.language) for job in jobs] == [
        ("forms/1B", "zh"), ("forms/1B", "en"), ("forms/1B", "zh-en"),
    ]  # fmt: skip
