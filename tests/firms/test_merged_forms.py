"""A list of firms fills forms: what a register knows of each, and nothing that a hand fills in."""

import contextlib
import io
import re
import shutil
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from project import ROOT

from printables import findings
from printables.chapters.owner import Owner
from printables.commands import merge
from printables.forms.compose import jobs, to_fill
from printables.forms.form import Form
from printables.forms.reading import Library
from printables.job import FIELD, Firm
from printables.press.print_job import print_sheet
from printables.stamping.stamp import Stamp

LIBRARY = Library(ROOT / "library" / "forms")
HEADS = "企业名称,地址,手机,乙方"
GOOD = "宏远机床厂,某市望城区金星北路四段 1288 号,13800001111,宏远机床厂"
LEFT = re.compile(r"[{}]|\b(?:None|undefined|nan)\b")


def text_of(pdf: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in pages]


def known(form: Form) -> set[str]:
    """The fields of a form that a register knows."""
    holes = [text for part in form.parts for text in (part.text, *(c.text for c in part.clauses))]
    named = {name for text in holes if text for name in re.findall(r"\{([\w-]+)", text.zh + text.en)}  # fmt: skip
    named |= {placed.field for part in form.parts for placed in part.fields}
    return {name for name in named if LIBRARY.shelf.fields[name].type == "merged"}


@pytest.mark.parametrize("code", sorted({LIBRARY.shelf.kit(code): code for code in LIBRARY.forms}.values()))  # fmt: skip
def test_only_what_a_register_knows_has_a_box(code: str, base_owner: Owner) -> None:
    """No result, date, score, reading or signature is ever filled in advance."""
    job = to_fill(LIBRARY.path(code), LIBRARY, base_owner, "zh")
    filled = {b.kind.removeprefix(FIELD) for b in job.reserved if b.kind.startswith(FIELD)}
    assert filled == known(LIBRARY.forms[code])
    printed = jobs(LIBRARY.path(code), LIBRARY, base_owner)[0]
    assert job.edition == next(each.edition for each in printed if each.chapter == job.chapter)


@pytest.mark.parametrize(("code", "language"), [("4A", "zh"), ("2B", "zh-en")])
def test_a_form_is_filled_and_nothing_else_changes(
    code: str, language: str, base_owner: Owner
) -> None:
    blank = print_sheet(to_fill(LIBRARY.path(code), LIBRARY, base_owner, language)).pdf
    filled = (("enterprise", "宏远机床厂"), ("address", "某市一号"))
    pdf = Stamp(Firm(name=(("zh", "园区安监办"),), filled=filled)).on(blank)
    before, after = ("".join(text_of(each)).replace("＿", "") for each in (blank, pdf))
    for said in ("宏远机床厂", "某市一号", "园区安监办"):
        assert after.count(said) == 1
        after = after.replace(said, "")
    assert Counter("".join(after.split())) == Counter("".join(before.split()))
    assert not LEFT.search(after)


@pytest.fixture
def folder(project: Path) -> Path:
    """A project with some forms."""
    for name in ("shared", "4A.toml", "3A.toml"):
        source, to = LIBRARY.folder / name, project / "library" / "forms" / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, to) if source.is_dir() else shutil.copy(source, to)
    return project


def test_firms_get_forms_and_the_printer_one_file_a_form(
    folder: Path, base_owner: Owner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, out = tmp_path / "firms.csv", tmp_path / "out"
    long = f"丙厂,{'很长的地址' * 12},,"
    listed.write_text("\n".join([HEADS, GOOD, "甲厂,,,", long]), encoding="utf-8")
    with contextlib.chdir(folder):
        assert merge.main([str(listed), "--out", str(out), "--form", "4A", "--form", "3A"]) == 1
    made = {path.relative_to(out).as_posix(): path for path in out.rglob("*.pdf")}
    assert sorted(name.partition("/")[0] for name in made if "/" in name) == ["丙厂", "宏远机床厂", "宏远机床厂", "甲厂", "甲厂"]  # fmt: skip
    [registered] = [path for name, path in made.items() if name.startswith("宏远机床厂/企业")]
    text = "".join(text_of(registered.read_bytes()))
    assert base_owner.name["zh"] in text  # who publishes it, in its head
    assert (
        text.count("宏远机床厂") == 1
        and "1288 号" in text.replace("\r\n", "")
        and "13800001111" in text
    )
    bound = [path for name, path in made.items() if "/" not in name and re.search("4A|3A", name)]
    assert len(bound) == 2
    for path in bound:
        with pikepdf.open(io.BytesIO(path.read_bytes())) as document:
            firms = 2 if "4A" in path.name else 3
            assert len(document.pages) % firms == 0
    told = capsys.readouterr().err
    assert "firms.csv:4" in told and _says("firms-field-long", told)
    with contextlib.chdir(folder):
        assert merge.main([str(listed), "--out", str(out), "--form", "4Z"]) == 1
    assert _says("firms-form", capsys.readouterr().err)


def _says(code: str, told: str) -> bool:
    """Whether a finding of this kind is among what was told."""
    said = (re.split(r"\{\w+\}", text) for text in findings.texts()[code].values())
    return any(re.search(".*".join(map(re.escape, parts)), told) for parts in said)
