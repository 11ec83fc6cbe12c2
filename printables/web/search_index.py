"""What the search knows of one language: its pages by sections, what people type for its words, whom to call.

The glossary, the signs and the sources are an index of their own, which is loaded last: their entries never stand before a chapter.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypedDict

from printables.chapters import front_matter, parser
from printables.chapters.bibliography import Bibliography
from printables.chapters.chapter import Chapter, Passage, Section
from printables.chapters.glossary import Term
from printables.chapters.owner import Owner
from printables.chapters.synonyms import Synonyms
from printables.chapters.telephones import NUMBERS
from printables.checks.collection import Collection
from printables.checks.source_file import PageFrontMatter, SourceFile
from printables.languages import LANGUAGES, written_in
from printables.signs.registry import registry

FOLDER = "search"  # of the site: the indexes, and the scripts that read them
GLOSSARY, SIGNS, SOURCES = "glossary", "signs", "sources"  # pages that are made of entries
UNSAID = {"case", "talk", "quiz"}  # roles that tell again what others say, a fifth of the index
CELLS = " · "

Address = Callable[[str], str]  # of the page of a source file such as `zh/teams/heat.md`


class Found(TypedDict, total=False):
    """A section: its anchor, heading, role, its text with a line for each item, and the numbers of its laws."""

    id: str
    title: str
    role: str
    text: str
    laws: list[int]


class Page(TypedDict):
    """A page and its sections."""

    url: str
    title: str
    summary: str
    sections: list[Found]


class Index(TypedDict):
    """All of one language; `rows` are a word of the pages and what is typed for it, `laws` are named by place."""

    pages: list[Page]
    laws: list[str]
    rows: list[tuple[str, list[str]]]
    numbers: list[dict[str, str]]


def indexes(
    language: str,
    collection: Collection,
    terms: Sequence[Term],
    synonyms: Synonyms,
    owner: Owner,
    address: Address,
) -> dict[str, Index]:
    """What is found in `language`, chapters as "zh", entries as "zh_entries"; drafts are left out, in the preview as well."""
    laws: dict[str, int] = {}
    pages: list[Page] = []
    entries: list[Page] = []
    for key, file in collection.files.items():
        hidden = file.refused or not file.is_text or key in collection.drafts
        if hidden or not key.startswith(f"{language}/"):
            continue
        if file.is_chapter:
            chapter = collection.chapters.get((language, _name(file)))
            pages += [_chapter(chapter, laws, address(key))] if chapter else []
        elif (name := _name(file)) in {GLOSSARY, SIGNS, SOURCES}:
            listed = _entries(name, language, terms, collection.bibliography)
            entries.append(_page(file, address(key), listed))
        else:
            pages.append(_page(file, address(key), ()))
    rows = list(_rows(language, terms, synonyms, _wording(pages)))
    numbers = list(_numbers(language, owner))
    return {
        language: Index(pages=pages, laws=list(laws), rows=rows, numbers=numbers),
        f"{language}_entries": Index(pages=entries, laws=[], rows=[], numbers=[]),
    }


def scripts(found: Mapping[str, Index]) -> dict[str, str]:
    """Indexes as scripts by name, which pages opened from files can load; "zh_texts" holds what "zh" leaves for later, in its order.

    That is what sections without a role say, more than a third: the first answer needs no more than the rest.
    """
    made = {}
    for name, index in found.items():
        later: list[str] = []
        pages = index["pages"]
        if name in LANGUAGES:
            pages = [_begun(page, later) for page in pages]
            made[f"{name}_texts"] = _script(f"{name}_texts", later)
        rows = ["|".join((said, *typed)) for said, typed in index["rows"]]  # a hundredth lighter
        made[name] = _script(name, {**index, "pages": pages, "rows": rows})
    return made


def _begun(page: Page, later: list[str]) -> Page:
    """A page whose sections without a role have no text yet; it is added to `later`."""
    sections = []
    for section in page["sections"]:
        first = section.copy()
        if "role" not in section:
            later.append(first.pop("text"))
        sections.append(first)
    return {**page, "sections": sections}


def _script(name: str, told: object) -> str:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"(window.searchIndex ??= {{}}).{name} = {text};\n"


def directory(key: str) -> str:
    """The address of a page on a server: `zh/teams/heat/`."""
    return f"{key.removesuffix('.md').removesuffix('/index')}/"


def _chapter(chapter: Chapter, laws: dict[str, int], url: str) -> Page:
    named = cited(chapter)
    sections = []
    for section in chapter.sections:
        if section.role in UNSAID:
            continue
        entry = _section(section)
        texts = sorted({named[mark] for mark in section.marks if mark in named})
        if texts:
            entry["laws"] = [laws.setdefault(text, len(laws)) for text in texts]
        sections.append(entry)
    front = chapter.front
    return Page(url=url, title=front.title, summary=front.summary, sections=sections)


def cited(chapter: Chapter) -> Mapping[str, str]:
    """Laws and standards that a chapter cites, as people look for them: title, number and clause by mark."""
    return {
        source.mark: " ".join(filter(None, (source.title, source.number, source.clause)))
        for source in chapter.sources
    }


def _name(file: SourceFile) -> str:
    return file.key.partition("/")[2].removesuffix(".md")


def _page(file: SourceFile, url: str, entries: Iterable[Found]) -> Page:
    """A page that is no chapter: what it says itself, and its entries."""
    text = front_matter.read(file.path)
    front, _ = front_matter.keys(file.path, front_matter.split(file.path, text)[0], PageFrontMatter)
    before, sections = parser.outline(file.path, text)
    found = [Found(text=_lines(before))] if before else []
    found += [*map(_section, sections), *entries]
    title, summary = (front.title, front.summary) if front else ("", "")
    return Page(url=url, title=title, summary=summary, sections=found)


def _entries(
    name: str, language: str, terms: Sequence[Term], bibliography: Bibliography
) -> Iterator[Found]:
    others = [code for code in LANGUAGES if code != language]
    if name == GLOSSARY:
        for term in terms:
            twins = CELLS.join(term[code] for code in others)
            text = f"{twins}\n{term.means[language]}"
            yield Found(id=term.id, title=term[language], text=text)
    if name == SIGNS:
        for sign in registry().values():
            twins = CELLS.join(sign.name[code] for code in others)
            yield Found(id=sign.code, title=sign.name[language], text=f"{sign.code}{CELLS}{twins}")
    if name == SOURCES:
        for mark, document in bibliography.documents.items():
            title = document.title[language]
            number = document.number[language] if document.number else ""
            says = document.says[language] if document.says else ""
            yield Found(id=mark, title=title, text="\n".join(filter(None, (number, says))))
            for clause, told in document.clauses.items():
                place = f"{title} {document.at(clause, language)}"
                yield Found(id=f"{mark}-{clause}", title=place, text=told.says[language])


def _section(section: Section) -> Found:
    found = Found(id=section.id, title=section.title)
    if section.role:
        found["role"] = section.role
    found["text"] = _lines(section.passages)
    return found


def _lines(passages: Iterable[Passage]) -> str:
    rows = (CELLS.join(filter(None, row)) for passage in passages for row in passage.rows)
    return "\n".join(row.removeprefix("[ ] ") for row in rows)


def _wording(pages: Iterable[Page]) -> str:
    """All that pages say, in small letters."""
    sections = [(page["title"], section) for page in pages for section in page["sections"]]
    said = [[title, section.get("title", ""), section["text"]] for title, section in sections]
    return "\n".join(chain(*said)).lower()


def _rows(
    language: str, terms: Sequence[Term], synonyms: Synonyms, wording: str
) -> Iterator[tuple[str, list[str]]]:
    """A word that pages say in this language, and what people type for it."""
    for said, typed in synonyms.items():
        own = [word for word in (said, *typed) if written_in(word) == language]
        if written_in(said) == language:
            yield said, list(typed)
        elif own:
            yield from ((word, [said]) for word in own if word.lower() in wording)
    for term in terms:
        others = [code for code in LANGUAGES if code != language]
        foreign = {form for code in others for form in (term[code], *term.forms_in(code))}
        forms = (term[language], *term.forms_in(language))
        used = next((form for form in forms if form.lower() in wording), None)
        if used:
            yield used, sorted(foreign | set(forms) - {used})


def _numbers(language: str, owner: Owner) -> Iterator[dict[str, str]]:
    """Every telephone, those of the owner's foot first."""
    for number in dict.fromkeys((*owner.emergency, *NUMBERS)):
        told = NUMBERS[number]
        yield {"number": number, "label": told.label[language], "name": told.name[language]}
