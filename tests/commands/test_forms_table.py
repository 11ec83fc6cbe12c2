"""The table of forms: a row for each form and each of its variants, with what a press would need to know."""

import pytest
from project import ROOT

from printables.commands import forms
from printables.forms.reading import Library


def test_a_form_and_its_variant_have_a_row_each() -> None:
    rows = list(forms.rows(Library(ROOT / "tests" / "forms" / "small")))
    assert [row[:4] for row in rows] == [
        ("1A", "巡查表 Patrol sheet", "a4", "1 / 1 / 1"),
        ("1A-night", "夜间巡查表 Night patrol sheet", "a4", "1 / 1 / 1"),
    ]
    assert all(0.3 < float(share) <= 1 for row in rows for share in row[4:7])
    assert {row[7:] for row in rows} == {("yes", "")}


def test_the_table_is_printed_as_markdown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(forms, "PLACE", "tests/forms/small")
    monkeypatch.chdir(ROOT)
    assert forms.main() == 0
    head, line, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("| code | title |") and set(line) == set("|- ")
    assert len(rows) == 2
