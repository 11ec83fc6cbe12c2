"""Forms in the plan of a project, and from the command that prints one sheet."""

import shutil
from pathlib import Path

import pytest
from project import BASE, edit

from printables.checks.collection import Collection
from printables.commands import check
from printables.commands import print as command
from printables.forms import compose, reading
from printables.production.planning import Plan
from printables.project import Project

Composed = list[str]


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> Composed:
    """The names of the forms that are read, as they are."""
    names: Composed = []
    load = reading.load

    def loaded(path: Path, *shelf: object) -> object:
        names.append(path.stem)
        return load(path, *shelf)  # type: ignore[arg-type]

    monkeypatch.setattr(compose.reading, "load", loaded)
    return names


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A project without chapters, with two forms."""
    shutil.copy(BASE / "owner.yml", tmp_path)
    (tmp_path / "library").mkdir()
    small.rename(tmp_path / "library" / "forms")
    form = tmp_path / "library" / "forms" / "1A.toml"
    shutil.copy(form, form.with_name("1B.toml"))
    return tmp_path


def planned(folder: Path) -> Plan:
    project = Project(folder)
    return project.prospect(Collection(project.docs), project.owner(), project.register()).plan


def test_every_form_and_variant_is_planned_in_every_language(folder: Path) -> None:
    plan = planned(folder)
    assert plan.findings == []
    chapters = ["forms/1A", "forms/1A-night", "forms/1B", "forms/1B-night"]
    assert [order.chapter for order in plan.orders.values()] == [
        chapter for chapter in chapters for _ in range(3)
    ]
    assert {order.stem for order in plan.orders.values()} >= {
        "1A-form-a4-zh-en",
        "1B-night-form-a4-en",
    }


def test_only_a_form_that_changed_is_read_again(folder: Path, composed: Composed) -> None:
    first = planned(folder)
    assert composed == ["1A", "1B"]
    assert planned(folder).orders.keys() == first.orders.keys()
    assert composed == ["1A", "1B"]
    edit(folder / "library" / "forms" / "1B.toml", '"Patrol sheet"', '"Round"')
    again = planned(folder)
    assert composed == ["1A", "1B", "1B"]
    assert len(again.orders.keys() - first.orders.keys()) == 2  # in English, and in both


def test_what_forms_share_changes_all_of_them(folder: Path, composed: Composed) -> None:
    planned(folder)
    edit(folder / "library" / "forms" / "shared" / "fields.toml", '"Place"', '"Spot"')
    planned(folder)
    assert composed == ["1A", "1B"] * 2


def test_a_wrong_form_stops_no_other(folder: Path) -> None:
    edit(folder / "library" / "forms" / "1A.toml", 'keep = "short"', 'keep = "long"')
    plan = planned(folder)
    assert [finding.code for finding in plan.findings] == ["form-unknown"]
    assert {order.chapter for order in plan.orders.values()} == {"forms/1B", "forms/1B-night"}


def test_a_project_without_forms_has_none(tmp_path: Path) -> None:
    shutil.copy(BASE / "owner.yml", tmp_path)
    plan = planned(tmp_path)
    assert plan == Plan(plan.firm)


def test_one_form_is_printed_by_a_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form, out = str(folder / "library" / "forms" / "1A.toml"), folder / "out"
    assert command.main([form, "--language", "en", "--out", str(out)]) == 0
    assert {path.name for path in out.iterdir()} == {
        "1A-form-a4-en.pdf", "1A-form-a4-en.webp", "1A-form-a4-en-typed.pdf",
        "1A-night-form-a4-en.pdf", "1A-night-form-a4-en.webp", "1A-night-form-a4-en-typed.pdf",
    }  # fmt: skip
    assert "[1/2] forms/1A form a4 en" in capsys.readouterr().out


def test_a_form_is_checked_and_printed_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sheets go through the press: a character without a glyph is found there, and only in this form."""
    (folder / "docs").mkdir()
    for name in ("1A", "1B"):
        edit(folder / "library" / "forms" / f"{name}.toml", '"Patrol sheet"', '"Patrol 𠮷"')
    monkeypatch.chdir(folder)
    findings, _ = check.check([Path("library/forms/1A.toml")])
    assert {(finding.path, finding.code) for finding in findings} == {
        ("library/forms/1A.toml", "glyph-missing")
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--language", "fr"], "Write instead: "), (["--size", "a2"], "Write instead: a4")],
)
def test_a_form_that_is_not_made_so_says_how_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    form, out = str(folder / "library" / "forms" / "1A.toml"), folder / "out"
    assert command.main([form, "--out", str(out), *arguments]) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_a_file_that_forms_share_is_answered_for_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was `owner.yml`, looked for beside the forms, that was said to be missing."""
    kits, out = folder / "library" / "forms" / "shared" / "kits.toml", str(folder / "out")
    assert command.main([str(kits), "--out", out]) == 1
    assert "`kits` is no code of a form" in capsys.readouterr().err
    edit(kits, "name = ", "nam = ")
    assert command.main([str(kits), "--out", out]) == 1
    said = capsys.readouterr().err
    assert "kits.toml" in said
    assert "owner.yml" not in said
