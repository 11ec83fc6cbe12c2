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
from printables.firms import table
from printables.firms.listing import FIELDS
from printables.forms.compose import jobs, to_fill
from printables.forms.form import Form
from printables.forms.reading import Library
from printables.job import FIELD, Firm
from printables.layout.lettering import Room
from printables.layout.owner_words import set_in
from printables.press.print_job import print_sheet
from printables.stamping.stamp import Stamp, rooms

LIBRARY = Library(ROOT / "library" / "forms")
HEADS = "企业名称,英文名称,地址,手机,甲方"
GOOD = "宏远机床厂,Hongyuan Machine Works,某市望城区金星北路四段 1288 号,13800001111,"
LEFT = re.compile(r"[{}]|\b(?:None|undefined|nan)\b")


def text_of(pdf: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in pages]


def known(form: Form) -> set[str]:
    """What a form asks of a register, outside of its lists."""
    holes = [text for part in form.parts for text in (part.text, *(c.text for c in part.clauses))]
    named = {name for text in holes if text for name in re.findall(r"\{([\w-]+)", text.zh + text.en)}  # fmt: skip
    named |= {placed.field for part in form.parts for placed in part.fields}
    return {LIBRARY.shelf.fields[name].asks for name in named} - {""}


@pytest.mark.parametrize("code", sorted({LIBRARY.shelf.kit(code): code for code in LIBRARY.forms}.values()))  # fmt: skip
def test_only_what_a_register_knows_has_a_box(code: str, base_owner: Owner) -> None:
    """No result, date, score, reading or signature is ever filled in advance."""
    job = to_fill(LIBRARY.path(code), LIBRARY, base_owner, "zh")
    filled = {b.kind.removeprefix(FIELD) for b in job.reserved if b.kind.startswith(FIELD)}
    assert filled == known(LIBRARY.forms[code])
    printed = jobs(LIBRARY.path(code), LIBRARY, base_owner)[0]
    assert job.edition == next(each.edition for each in printed if each.chapter == job.chapter)


def test_a_list_knows_what_forms_ask_of_a_register() -> None:
    asked = {field.asks for field in LIBRARY.shelf.fields.values()} - {""}
    assert asked == {"enterprise", *FIELDS} and set(FIELDS) <= table.columns().keys()


@pytest.mark.parametrize(("code", "language"), [("4A", "zh"), ("2B", "zh-en")])
def test_a_form_is_filled_and_nothing_else_changes(
    code: str, language: str, base_owner: Owner
) -> None:
    blank = print_sheet(to_fill(LIBRARY.path(code), LIBRARY, base_owner, language)).pdf
    filled = (("enterprise", (("zh", "宏远机床厂"),)), ("address", (("zh", "某市一号"),)))
    pdf = Stamp(Firm(name=(("zh", "园区安监办"),), filled=filled)).on(blank)
    before, after = ("".join(text_of(each)).replace("＿", "") for each in (blank, pdf))
    for said in ("宏远机床厂", "某市一号", "园区安监办"):
        assert after.count(said) == 1
        after = after.replace(said, "")
    assert Counter("".join(after.split())) == Counter("".join(before.split()))
    assert not LEFT.search(after)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "宏远机床厂"), ("en", "Hongyuan Machine Works"), ("zh-en", "宏远机床厂 · Hongyuan Machine Works")],
)  # fmt: skip
def test_a_form_names_a_firm_in_its_languages(language: str, said: str, base_owner: Owner) -> None:
    job = to_fill(LIBRARY.path("2B"), LIBRARY, base_owner, language)
    [box] = [box for box in job.reserved if box.kind == f"{FIELD}enterprise"]
    firm = Firm(
        (), filled=(("enterprise", (("zh", "宏远机床厂"), ("en", "Hongyuan Machine Works"))),)
    )
    setting, _ = set_in(firm, box.kind, Room(100, 6.8, box.languages, box.least))
    assert ["".join(run.text for run in line) for line in setting.lines] == [said]


ZH30 = "某市望城经济技术开发区宏达精密机械设备制造股份有限责任公司分"
EN66 = "Wangcheng Economic Zone Hongda Precision Machinery Manufacturing C"
ADDRESS = "某某省某某市望城区金星北路四段 1288 号宏达工业园 3 号厂房东侧二层"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["2C", "4A", "5E", "8A", "9D"])
def test_forms_have_room_for_what_firms_are_called(
    code: str, language: str, base_owner: Owner
) -> None:
    pdf = print_sheet(to_fill(LIBRARY.path(code), LIBRARY, base_owner, language)).pdf
    name, address = (("zh", ZH30), ("en", EN66)), (("zh", ADDRESS),)
    firm = Firm((), filled=(("enterprise", name), ("address", address), ("landlord", name)))
    tried = {kind: set_in(firm, kind, room)[0].scale for kind, room in rooms(pdf) if FIELD in kind}
    assert tried and min(scale for scale in tried.values()) >= 1, tried


def test_what_a_form_asks_twice_is_filled_twice(base_owner: Owner) -> None:
    """A certificate in two languages has a line for the name in each."""
    blank = print_sheet(to_fill(LIBRARY.path("8A"), LIBRARY, base_owner, "zh-en")).pdf
    firm = Firm((("zh", "园区"),), filled=(("enterprise", (("zh", "宏远机床厂"),)),))
    assert "".join(text_of(Stamp(firm).on(blank))).count("宏远机床厂") == 2


def test_a_sentence_names_a_firm_in_its_own_language(base_owner: Owner) -> None:
    """Or in the one that there is."""
    blank = print_sheet(to_fill(LIBRARY.path("8A"), LIBRARY, base_owner, "zh-en")).pdf
    named = (("zh", "宏远机床厂"), ("en", "Hongyuan Machine Works"))
    firm = Firm(named, filled=(("enterprise", named),))
    text = "".join(text_of(Stamp(firm).on(blank)))
    assert [text.count(name) for _, name in named] == [1, 1]


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
    long = f"丙厂,,{'很长的地址' * 30},,"
    listed.write_text("\n".join([HEADS, GOOD, "甲厂,,,,甲厂", long]), encoding="utf-8")
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
    [letter] = [path for name, path in made.items() if name.startswith("宏远机床厂/安全")]
    assert "".join(text_of(letter.read_bytes())).count("宏远机床厂") == 1  # party B
    [letter] = [path for name, path in made.items() if name.startswith("甲厂/安全")]
    assert "".join(text_of(letter.read_bytes())).count("甲厂") == 1  # party A, and not B as well
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
