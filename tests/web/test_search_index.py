"""What the search knows: every page by its sections, in its own language, no draft, and light enough for a phone."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from project import BASE, ROOT

from printables.chapters import glossary
from printables.chapters.glossary import Term
from printables.chapters.owner import Owner
from printables.checks.collection import Collection, collect
from printables.languages import LANGUAGES
from printables.layout import design
from printables.project import Project
from printables.web.search_index import Found, Index, Page, directory, indexes, scripts

KIB = 1024
Make = Callable[..., dict[str, Index]]


@pytest.fixture(scope="module")
def real(real_collection: Collection, real_owner: Owner) -> dict[str, Index]:
    """The indexes of this project."""
    project = Project(ROOT)
    terms, synonyms = glossary.read(project.glossary_file), project.synonyms()
    found: dict[str, Index] = {}
    for language in LANGUAGES:
        found |= indexes(language, real_collection, terms, synonyms, real_owner, directory)
    return found


@pytest.fixture
def make(base_owner: Owner) -> Make:
    """Indexes of a folder like tests/base/docs."""

    def made(docs: Path, language: str = "en", **given: object) -> dict[str, Index]:
        collection = collect(docs, design.names(), drafts=bool(given.get("drafts")))
        terms = given.get("terms", [])
        synonyms = given.get("synonyms", {})
        return indexes(language, collection, terms, synonyms, base_owner, directory)  # type: ignore[arg-type]

    return made


def page(index: Index, url: str) -> Page:
    return next(each for each in index["pages"] if each["url"] == url)


def section(index: Index, url: str, role: str) -> Found:
    return next(each for each in page(index, url)["sections"] if each.get("role") == role)


def parsed(text: str) -> tuple[str, Index]:
    """Name and index that a script sets."""
    name, _, told = text.partition(" = ")
    index = json.loads(told.rstrip(";\n"))
    index["rows"] = [(said, typed) for said, *typed in (row.split("|") for row in index["rows"])]
    return name, index


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_index_is_light(real: dict[str, Index], language: str) -> None:
    made = scripts({name: real[name] for name in (language, f"{language}_entries")})
    weights = {name: len(gzip.compress(text.encode(), 6)) / KIB for name, text in made.items()}
    assert weights[language] <= 75  # of 42 chapters; forms add 4
    assert weights[f"{language}_texts"] <= 55  # loaded after the first answer, as entries are
    assert weights[f"{language}_entries"] <= 44


def test_texts_come_second_in_the_order_of_their_sections(make: Make) -> None:
    index = make(BASE / "docs")["en"]
    made = scripts({"en": index})
    _, first = parsed(made["en"])
    later = iter(json.loads(made["en_texts"].partition(" = ")[2].rstrip(";\n")))
    for whole, begun in zip(index["pages"], first["pages"], strict=True):
        for said, left in zip(whole["sections"], begun["sections"], strict=True):
            assert ("text" in left) == ("role" in said)
            assert {**left, "text": left.get("text") or next(later)} == said
    assert next(later, None) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_found_in_its_own_language(
    real: dict[str, Index], real_collection: Collection, language: str
) -> None:
    wanted = {
        directory(key) for key in real_collection.files if key.startswith(f"{language}/") and key.endswith(".md")
    }  # fmt: skip
    found = [each["url"] for name in real if name[:2] == language for each in real[name]["pages"]]
    assert sorted(found) == sorted(wanted)
    assert all(each["title"] for each in real[language]["pages"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_synonym_leads_to_words_that_a_page_says(real: dict[str, Index], language: str) -> None:
    """A row whose left side nobody says finds nothing."""
    said = "\n".join(
        f"{each['title']}\n{part.get('title', '')}\n{part['text']}"
        for each in real[language]["pages"]
        for part in each["sections"]
    ).lower()
    synonyms = Project(ROOT).synonyms()
    own = [word for word, _ in real[language]["rows"] if word in synonyms]
    assert len(own) > 100
    assert [word for word in own if word.lower() not in said] == []


def test_a_section_says_what_its_page_says(make: Make) -> None:
    index = make(BASE / "docs")["en"]
    never = section(index, "en/teams/ladders/", "never")
    assert never["id"] == "never" and "\n" in never["text"]
    assert "[^" not in never["text"] and "**" not in never["text"]
    checklist = section(index, "en/teams/ladders/", "checklist")
    assert "[ ]" not in checklist["text"]


def test_what_is_told_again_is_left_out(make: Make) -> None:
    pages = make(BASE / "docs")["en"]["pages"]
    roles = {found.get("role") for page in pages for found in page["sections"]}
    assert "checklist" in roles and not roles & {"quiz", "talk", "case"}


def test_laws_are_named_as_people_look_for_them(real: dict[str, Index]) -> None:
    index = real["zh"]
    emergency = section(index, "zh/teams/heat/", "emergency")
    named = [index["laws"][place] for place in emergency["laws"]]
    assert any("生产安全事故报告和调查处理条例" in law and "第九条" in law for law in named)


def test_a_draft_is_never_found(make: Make, tmp_path: Path) -> None:
    for language in LANGUAGES:
        for path in (BASE / "docs" / language).rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            target = tmp_path / "docs" / path.relative_to(BASE / "docs")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                text.replace("order:", "draft: true\norder:", 1) if path.name == "ladders.md" else text,
                encoding="utf-8",
            )  # fmt: skip
    for drafts in (False, True):  # the preview reads them, but shows what readers will find
        urls = [each["url"] for each in make(tmp_path / "docs", drafts=drafts)["en"]["pages"]]
        assert urls and "en/teams/ladders/" not in urls


def test_entries_stand_apart(real: dict[str, Index]) -> None:
    [terms, signs, sources] = real["en_entries"]["pages"]
    urls = [each["url"] for each in (terms, signs, sources)]
    assert urls == ["en/glossary/", "en/signs/", "en/sources/"]
    clause = next(each for each in sources["sections"] if each.get("id") == "wsl-41")
    assert clause["title"] == "Work Safety Law Article 41" and clause["text"]
    entry = next(each for each in terms["sections"] if each.get("id") == "hot-work")
    assert entry["title"] == "hot work" and entry["text"].startswith("动火作业\n")
    assert any(each.get("id") == "W001" for each in signs["sections"])
    assert not any("glossary" in each["url"] for each in real["en"]["pages"])


def test_words_of_the_other_language_lead_to_ours(make: Make) -> None:
    both = {"zh": "一", "en": "one"}
    said = {"id": "hold", "zh": "有人扶梯", "en": "holding", "means": both}
    said["forms"] = {"zh": ["扶梯", "扶住梯子"], "en": ["holds"]}  # the pages say 扶梯 and holds
    unsaid = {"id": "hot-work", "zh": "动火作业", "en": "hot work", "means": both}
    synonyms = {"梯子": ("爬梯", "stepladder"), "rungs": ("steps", "踏板")}
    given = {"terms": [Term.model_validate(each) for each in (said, unsaid)], "synonyms": synonyms}
    rows = {
        language: dict(make(BASE / "docs", language, **given)[language]["rows"])
        for language in LANGUAGES
    }
    assert rows["zh"] == {
        "梯子": ["爬梯", "stepladder"],
        "踏板": ["rungs"],
        "扶梯": ["holding", "holds", "扶住梯子", "有人扶梯"],
    }
    assert rows["en"] == {
        "rungs": ["steps", "踏板"],
        "holds": ["holding", "扶住梯子", "扶梯", "有人扶梯"],
    }


def test_numbers_of_the_foot_come_first(real: dict[str, Index], real_owner: Owner) -> None:
    numbers = [each["number"] for each in real["zh"]["numbers"]]
    assert numbers[: len(real_owner.emergency)] == list(real_owner.emergency)
    assert len(set(numbers)) == len(numbers) > len(real_owner.emergency)


def test_hostile_words_stay_words(make: Make, base_owner: Owner) -> None:
    """What is written is what is read, whatever it holds."""
    words = "</script><script>alert(1)</script>\u2028\"'`${x}"
    index = make(BASE / "docs")["en"]
    index["pages"][0] = {**index["pages"][0], "title": words}
    name, read = parsed(scripts({"en": index})["en"])
    assert name == "(window.searchIndex ??= {}).en"
    assert read["rows"] == index["rows"]
    assert read["pages"][0]["title"] == words


def test_an_address_is_what_it_is_asked_for(base_owner: Owner, base_collection: Collection) -> None:
    """Pages of the zip end in .html."""
    made = indexes(
        "en", base_collection, [], {}, base_owner, lambda key: key.replace(".md", ".html")
    )
    urls = [each["url"] for each in made["en"]["pages"]]
    assert "en/teams/ladders.html" in urls and not any(url.endswith("/") for url in urls)
    assert directory("zh/index.md") == "zh/" and directory("zh/teams/heat.md") == "zh/teams/heat/"


def test_what_cannot_be_shown_is_not_found(base_owner: Owner, base_collection: Collection) -> None:
    files = {
        key: replace(file, refused=key == "en/index.md")
        for key, file in base_collection.files.items()
    }
    made = indexes("en", replace(base_collection, files=files), [], {}, base_owner, directory)
    assert "en/" not in [each["url"] for each in made["en"]["pages"]]
