"""The owner's file: what may stand in it, and that every sheet says it."""

import re
from pathlib import Path

import pytest
from project import BASE, ROOT, plain

from printables.chapters import owner
from printables.chapters.owner import contrast
from printables.chapters.telephones import NUMBERS
from printables.checks.collection import Collection
from printables.findings import Rejected
from printables.job import Firm
from printables.layout import compose, owner_room
from printables.layout.design import find
from printables.press import measure
from printables.stamping.print_stamped import print_stamped

TEXT = (BASE / "owner.yml").read_text(encoding="utf-8")


def drawn(shapes: str, size: str = 'viewBox="0 0 200 80"') -> str:
    """An SVG."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}</svg>'


def write(folder: Path, text: str) -> Path:
    path = folder / "owner.yml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> owner.Owner:
    return owner.load(write(folder, text))


def findings(folder: Path, text: str) -> list[tuple[str, int]]:
    with pytest.raises(Rejected) as rejected:
        load(folder, text)
    for each in rejected.value.findings:
        assert each.path.endswith("owner.yml")
        assert each.text("en")
    return [(each.code, each.line) for each in rejected.value.findings]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#000000", 21), ("#777777", "#ffffff", 4.48),
     ("#ffc900", "#111111", 12.24), ("#b00000", "#ffffff", 7.38)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_the_file_is_read(base_owner: owner.Owner) -> None:
    assert base_owner.name["zh"] == "示范园区安全办"
    assert base_owner.contacts[0].number == "010-5550 1234"
    assert base_owner.colours.band == "#111111"


def test_the_file_of_this_project_is_in_order() -> None:
    assert owner.load(ROOT / "owner.yml").site.startswith("https://")


@pytest.mark.parametrize(
    ("find", "write", "expected"),
    [
        ("site: https://readers.example/", "site: https://readers.example", [("wrong-value", 2)]),
        ('number: "010-5550 1234"', "number: call me", [("wrong-value", 5)]),
        ('number: "010-5550 1234"', "number: <b>yes</b>", [("wrong-value", 5)]),
        ("site: https://readers.example/", "site: readers.example/", [("wrong-value", 2)]),
        ("mail: safety@readers.example", "mial: safety@readers.example",
         [("missing-key", 1), ("unknown-key", 3)]),
        ('number: "010-5550 1234"', f'number: "{"0731-88889999、" * 5}"', [("wrong-value", 5)]),
        ("site: https://readers.example/", "site: 'https://readers.example/\"><script>alert(1)</script>/'", [("wrong-value", 2)]),
        ("site: https://readers.example/", "site: https://readers.example/a&b<c/", [("wrong-value", 2)]),
        ("site: https://readers.example/", "site: https://readers.example/?x=/", [("wrong-value", 2)]),
        ("site: https://readers.example/", "site: https://me@readers.example/", [("wrong-value", 2)]),
        ("site: https://readers.example/", "site: https:////", [("wrong-value", 2)]),
        ("mail: safety@readers.example", "mail: 'a@b.example?bcc=c@d.example'", [("wrong-value", 3)]),
        ("mail:", "edit: 'javascript:alert(1)'\nmail:", [("wrong-value", 3)]),
        ("mail:", 'colours: {band: "#cccccc", type: "#ffffff"}\nmail:', [("owner-colour", 3)]),
        ("mail:", 'colours:\n  band: "#cccccc"\n  type: "#ffffff"\nmail:', [("owner-colour", 4)]),
        ("mail:", 'colours: {band: red}\nmail:', [("wrong-value", 3)]),
        ("mail:", "logo: none.svg\nmail:", [("owner-logo", 3)]),
        ("mail:", "logo: owner.yml\nmail:", [("owner-logo", 3)]),
        ("mail:", 'logo: none.svg\ncolours:\n  band: "#cccccc"\n  type: "#ffffff"\nmail:',
         [("owner-logo", 3), ("owner-colour", 5)]),
        ("mail:", 'emergency: 119\nmail:', [("wrong-value", 3)]),
        ("mail:", 'emergency: []\nmail:', [("emergency-count", 3)]),
        ("mail:", 'emergency: ["119", "120", "110", "122", "12345"]\nmail:', [("emergency-count", 3)]),
        ("mail:", 'emergency: ["911"]\nmail:', [("emergency-unknown", 3)]),
        ("mail:", 'emergency: [{"119": fire}]\nmail:', [("emergency-unknown", 3)]),
        ("mail:", 'emergency:\n  - "119"\n  - "120"\n  - "119"\nmail:', [("entry-twice", 6)]),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named_with_its_line(
    tmp_path: Path, find: str, write: str, expected: list[tuple[str, int]]
) -> None:
    assert find in TEXT
    assert findings(tmp_path, TEXT.replace(find, write)) == expected


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    assert findings(tmp_path, TEXT.replace("mail: ", "mail: a: ")) == [("front-matter-broken", 3)]


@pytest.mark.parametrize("text", ["", "- a\n", "owner\n"])
def test_a_file_without_entries_is_an_error_not_a_crash(tmp_path: Path, text: str) -> None:
    findings(tmp_path, text)


def test_a_missing_file_is_an_error_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        owner.load(tmp_path / "owner.yml")


@pytest.mark.parametrize("typed", ["88889999", "0731", "119", "010-5550", "1_0", "5:10", "+8610"])
def test_a_number_needs_no_quotation_marks_and_stays_as_typed(tmp_path: Path, typed: str) -> None:
    publisher = load(tmp_path, TEXT.replace('"010-5550 1234"', typed))
    assert publisher.contacts[0].number == typed
    assert load(tmp_path, f"{TEXT}emergency: [119, 120]\n").emergency == ("119", "120")


@pytest.mark.parametrize(
    ("typed", "zh", "en", "dialled"),
    [
        ("010-5550 1234", ["010-5550 1234"], ["010-5550 1234"], ["01055501234"]),
        ("0731-88889999转8806", ["0731-88889999 转 8806"], ["0731-88889999 ext. 8806"], ["073188889999"]),
        ("+86 731 8888 9999 ext. 8806", ["+86 731 8888 9999 转 8806"], ["+86 731 8888 9999 ext. 8806"], ["+8673188889999"]),
        ("88889999、13800000000", ["88889999", "13800000000"], ["88889999", "13800000000"], ["88889999", "13800000000"]),
        ("８８８８９９９９ / 110", ["88889999", "110"], ["88889999", "110"], ["88889999", "110"]),
        ("", [], [], []),
    ],
)  # fmt: skip
def test_a_number_is_told_in_the_words_of_its_sheet(
    tmp_path: Path, typed: str, zh: list[str], en: list[str], dialled: list[str]
) -> None:
    contact = load(tmp_path, TEXT.replace("010-5550 1234", typed)).contacts[0]
    assert [number.shown for number in contact.numbers("zh")] == zh
    assert [number.shown for number in contact.numbers("en")] == en
    assert [number.dialled for number in contact.numbers("en")] == dialled


def test_a_logo_travels_within_the_sheet(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(drawn('<path d="M0 0h9v9z" fill="#f00"/>'))
    logo = load(tmp_path, TEXT + "logo: logo.svg\n").logo
    assert logo.startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("numbers", [["119"], ["119", "120"], ["119", "120", "12345", "96119"]])
def test_the_foot_calls_whom_the_owner_and_the_chapter_name(
    base_collection: Collection, tmp_path: Path, numbers: list[str]
) -> None:
    """The chapter's emergency section calls 120."""
    publisher = load(tmp_path, f"{TEXT}emergency: {numbers}\n")
    twins = base_collection.twins()["teams/ladders"]
    html = compose.compose(find("poster"), twins, "zh-en", publisher).html
    assert re.findall(r'class="number">(\d+)<', html) == list(dict.fromkeys([*numbers, "120"]))
    for number in numbers:
        assert html.count(f">{NUMBERS[number].label['zh']}<") == 1


@pytest.mark.parametrize(("design", "language"), [("poster", "zh-en"), ("flyer", "en")])
def test_a_changed_name_and_number_stand_on_the_sheet(
    base_collection: Collection, tmp_path: Path, design: str, language: str
) -> None:
    text = TEXT.replace("010-5550 1234", "021-6660 4321").replace("示范园区", "临江新区")
    text = text.replace("Model Zone", "Riverside District")
    publisher = owner_room.load(write(tmp_path, text))
    twins = base_collection.twins()["teams/ladders"]
    job = plain(compose.compose(find(design), twins, language, publisher))
    text = "".join(
        line.text for line in measure.lines(print_stamped(job).pdf, job.trim[0])[1]
    ).replace(" ", "")
    assert "021-66604321" in text
    assert "SafetyOfficeoftheRiversideDistrict" in text
    assert ("临江新区安全办" in text) == ("zh" in language)
    assert "5550" not in text
    assert "ModelZone" not in text


ZH30, EN70 = "长" * 30, "Hunan Xiangjiang New Area Precision Machinery Manufacturing Co., Ltd. A"
NAME = "name: {zh: 示范园区安全办, en: Safety Office of the Model Zone}"


def test_what_people_really_write_has_room_on_every_sheet(tmp_path: Path) -> None:
    assert (len(ZH30), len(EN70)) == (30, 71)
    text = TEXT.replace(NAME, f"name: {{zh: {ZH30}, en: '{EN70}'}}")
    text = text.replace("010-5550 1234", "0731-88889999 转 8806")
    text = text.replace('number: ""', "number: +86 731 8888 9999 ext. 8806")
    owner_room.load(write(tmp_path, text))


def test_a_name_in_chinese_alone_has_room_on_english_sheets() -> None:
    """A list may know no other; the lines of its box are those of a Chinese one."""
    firm = Firm((("zh", "宏远机床厂"),))
    small = [each for each in owner_room.tried(firm) if each.most]
    assert not small, [(each.design.name, each.language) for each in small]


@pytest.mark.parametrize(
    ("find", "write_instead", "code", "line"),
    [
        (NAME, f"name: {{zh: {ZH30 * 2}, en: A}}", "owner-name-long", 1),
        (NAME, f"name: {{zh: A, en: '{EN70} {EN70}'}}", "owner-name-long", 1),
        ("010-5550 1234", "0731-88889999-88889999-88889999-88889999", "owner-text-long", 5),
    ],
)
def test_what_cannot_be_read_is_refused_with_line_room_and_length(
    tmp_path: Path, find: str, write_instead: str, code: str, line: int
) -> None:
    with pytest.raises(Rejected) as rejected:
        owner_room.load(write(tmp_path, TEXT.replace(find, write_instead)))
    found = rejected.value.findings[0]
    values = dict(found.values)
    assert (found.code, found.line) == (code, line)
    assert 0 < int(str(values["most"])) < int(str(values["length"]))
    assert float(str(values["width"])) > 50


def test_a_long_name_with_a_short_one_beside_it_is_printed_short(tmp_path: Path) -> None:
    short = "short: {zh: 示范, en: Model}"
    text = TEXT.replace(NAME, f"name: {{zh: {ZH30 * 2}, en: Model Zone}}\n{short}")
    publisher = owner_room.load(write(tmp_path, text))
    assert owner_room.notes(publisher, tmp_path / "owner.yml") == []


def test_the_first_two_telephones_stand_on_sheets(tmp_path: Path) -> None:
    more = "  - {zh: 门卫, en: Gate, number: 110}\n"
    path = write(tmp_path, TEXT + more)
    codes = [note.code for note in owner_room.notes(owner_room.load(path), path)]
    assert codes == ["owner-contacts-cut"]
