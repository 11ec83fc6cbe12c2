"""The eighty forms of this repository: all there, in all languages, with nothing filled in."""

import re
from collections import Counter

from printables.forms import reading
from printables.forms.columns import column, parted
from printables.forms.form import rules
from printables.forms.reading import Library, items
from printables.job import Job
from printables.languages import LANGUAGES, VOICES

HAN = re.compile(r"[\u4e00-\u9fff]")
KITS = {1: 5, 2: 6, 3: 4, 4: 6, 5: 6, 6: 8, 7: 7, 8: 5, 9: 4, 10: 7, 11: 10, 12: 3, 13: 4, 14: 5}


def test_every_kit_has_its_forms(library: Library) -> None:
    kits = Counter(int(library.shelf.kit(path.stem)) for path in library.files)
    assert kits == KITS
    assert set(library.shelf.kits) == {str(number) for number in KITS}


def test_every_form_is_made_in_every_language(library: Library, jobs: list[Job]) -> None:
    made = {job.chapter: set() for job in jobs}
    for job in jobs:
        made[job.chapter].add(job.language)
    assert {f"forms/{path.stem}" for path in library.files} <= made.keys()
    assert all(languages == set(VOICES) for languages in made.values())
    assert len({job.edition for job in jobs}) == sum(map(len, made.values()))


def test_one_text_is_chinese_and_the_other_is_not(library: Library) -> None:
    shelf = library.shelf
    texts = [field.title for field in shelf.fields.values()]
    texts += [option for field in shelf.fields.values() for option in field.options]
    texts += [item for groups in shelf.lists.values() for group in groups for item in group.items]
    for path in library.files:
        form = reading.load(path, shelf)
        texts += [form.title, form.source, *filter(None, [form.note])]
        for part in form.parts:
            texts += [*filter(None, [part.title, part.text]), *part.points]
    for text in texts:
        assert not HAN.search(text.en), text
        assert HAN.search(text.zh) or text.zh == text.en or not text.en.isalpha(), text


def test_two_fields_of_a_form_are_not_called_the_same_in_one_part(library: Library) -> None:
    for path in library.files:
        for part in reading.load(path, library.shelf).parts:
            names = [each.field for key, each in part.placed if key in ("fields", "columns")]
            for language in LANGUAGES:
                titles = Counter(library.shelf.fields[name].title[language] for name in names)
                assert [title for title, count in titles.items() if count > 1] == [], path


def test_every_field_and_list_is_used(library: Library) -> None:
    forms = [reading.load(path, library.shelf) for path in library.files]
    text = "".join(path.read_text(encoding="utf-8") for path in library.files)
    text += (library.folder / "shared" / "items.toml").read_text(encoding="utf-8")
    unused = [name for name in library.shelf.fields if not re.search(rf"\b{name}\b", text)]
    assert unused == []
    assert {form.keep for form in forms} == set(library.shelf.keeping)


def test_a_checklist_has_as_many_items_as_the_law_or_custom_asks(library: Library) -> None:
    counts = {
        path.stem: max(
            (len(items(part, library.shelf)) for part in reading.load(path, library.shelf).parts),
            default=0,
        )
        for path in library.files
    }
    # 其他安全措施, the last measure of GB 30871, is a box of its own
    permits = {
        "11A": 15,
        "11B": 14,
        "11C": 10,
        "11D": 14,
        "11E": 19,
        "11F": 13,
        "11G": 10,
        "11H": 3,
    }
    assert {code: counts[code] for code in permits} == permits
    assert (counts["5B"], counts["6E"], counts["12A"], counts["4B"]) == (24, 16, 12, 12)
    checklist = reading.load(library.folder / "2A.toml", library.shelf)
    for variant in checklist.variants:
        part = next(part for part in checklist.varied(variant).parts if part.items)
        assert 26 <= len(items(part, library.shelf)) <= 28


def test_no_list_needs_more_than_three_sheets_and_no_title_more_than_its_lines(
    library: Library,
) -> None:
    """Widths follow from types and titles; not one is set by hand."""
    for path in library.files:
        form = reading.load(path, library.shelf)
        for page in form.pages:
            paper = rules().pages[form.enlarges or page]
            for part in form.parts:
                placed = [library.shelf.fields[each.field] for each in part.columns]
                for language in VOICES if placed else ():
                    upright = not paper.turned
                    columns = [column(field, (), language, upright=upright) for field in placed]
                    sheets = parted(columns, language, paper.room / part.across)
                    assert sheets and len(sheets) <= 3
                    for sheet in sheets:
                        width = sum(each.width for each in sheet)
                        assert abs(width - paper.room / part.across) < 0.1


def test_what_a_zone_may_not_write_stands_on_no_form(jobs: list[Job]) -> None:
    for job in jobs:
        for name in (
            "批准复工",
            "准予开工",
            "验收合格",
            "后果自负",
            "承担一切责任",
            "嘉奖",
        ):
            assert name not in job.html, job.name


def test_a_seal_of_whoever_awards_stands_only_where_something_is_awarded(library: Library) -> None:
    sealed = {
        path.stem
        for path in library.files
        for part in reading.load(path, library.shelf).parts
        if any(each.field == "awarder-seal" for each in part.signatures)
    }
    assert sealed == {"8B"}
    assert library.shelf.fields["issuer-seal"].title.zh == "发布单位（盖章）"
