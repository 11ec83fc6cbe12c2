"""Kits of forms as pages show and the search finds them: each form with who signs it, how long it is kept, its workbook."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from printables.chapters.bibliography import Bibliography
from printables.forms import formulas, kits
from printables.forms.form import Form, Kit
from printables.forms.reading import Library
from printables.languages import FACTS
from printables.publishing.catalogue import FOLDER
from printables.web.search_index import Address, Found
from printables.web.search_index import Page as Indexed
from printables.workbooks.writing import SUFFIX

PLACE = "documents"  # of a language: its pages
HOME = "forms/"  # of a form's sheets; see forms/compose.py


@dataclass(frozen=True)
class Law:
    """What a kit rests on: its mark, how its place is written, and what it says."""

    mark: str
    title: str
    says: str


@dataclass(frozen=True)
class Paper:
    """A form in a language; `homes` are those of its sheets, with the titles of its variants.

    `workbook` is the path of its file from the site's root, "" where it has none.
    """

    code: str
    title: str
    signed: tuple[str, ...]
    keep: str
    note: str
    chapters: tuple[str, ...]
    homes: tuple[tuple[str, str], ...]
    workbook: str


@dataclass(frozen=True)
class Documents:
    """The kits that have forms."""

    library: Library
    ledgers: Mapping[str, formulas.Ledger]

    @property
    def kits(self) -> dict[str, Kit]:
        """By the number that codes begin with, in their order."""
        shelf = self.library.shelf
        used = {shelf.kit(code) for code in self.library.forms}
        return {number: kit for number, kit in shelf.kits.items() if number in used}

    def page(self, home: str) -> str:
        """Name of the page that shows sheets with this home: `documents/permits` of `forms/11A`, else the home."""
        code = home.removeprefix(HOME)
        kit = self.kits.get(self.library.shelf.kit(code)) if home.startswith(HOME) else None
        return f"{PLACE}/{kit.name}" if kit else home

    def title(self, page: str, language: str) -> str:
        """Title of the kit on a page; "" for any other page."""
        named = {f"{PLACE}/{kit.name}": kit[language] for kit in self.kits.values()}
        return named.get(page, "")

    def parts(self, page: str, language: str) -> Iterator[tuple[Paper, str, str]]:
        """The forms on a page and their variants, each with the home of its sheets and its title."""
        for number, kit in self.kits.items():
            if page == f"{PLACE}/{kit.name}":
                for paper in self.papers(number, language):
                    for home, title in paper.homes:
                        yield paper, home, f"{paper.code} {title}"

    def papers(self, number: str, language: str) -> list[Paper]:
        """The forms of a kit."""
        shelf = self.library.shelf
        own = ((c, form) for c, form in self.library.forms.items() if shelf.kit(c) == number)
        return [self._paper(code, form, language) for code, form in own]

    def _paper(self, code: str, form: Form, language: str) -> Paper:
        shelf = self.library.shelf
        signed = [shelf.fields[each.field] for part in form.parts for each in part.signatures]
        note = form.note[language].replace("**", "") if form.note else ""
        book = (form.workbook.of or code) if form.workbook else ""
        return Paper(
            code=code,
            title=form.title[language],
            signed=tuple(dict.fromkeys(_bare(field.title[language]) for field in signed)),
            keep=shelf.keeping[form.keep][language],
            note=note,
            chapters=form.chapters,
            homes=(
                (HOME + code, form.title[language]),
                *((f"{HOME}{code}-{each.name}", each.title[language]) for each in form.variants),
            ),
            workbook=workbook(book) if book in self.ledgers else "",
        )

    def beside(self, chapter: str, language: str) -> Iterator[tuple[Kit, list[Paper]]]:
        """The forms that a chapter's readers need, by kit."""
        for number, kit in self.kits.items():
            papers = [each for each in self.papers(number, language) if chapter in each.chapters]
            if papers:
                yield kit, papers

    def found(self, language: str, address: Address) -> Iterator[Indexed]:
        """What the search knows of the kits: what people type for them, and their forms; chapters answer questions."""
        for number, kit in self.kits.items():
            sections = [Found(role="paper", text=" · ".join(kit.typed))]
            for code, form in self.library.forms.items():
                if self.library.shelf.kit(code) == number:
                    text = f"{code} · {' · '.join(_titles(form, language))}"
                    sections.append(
                        Found(id=code, title=form.title[language], role="paper", text=text)
                    )
            uri = f"{language}/{PLACE}/{kit.name}.md"
            summary, _ = first_sentence(kit.when[language], language)
            yield Indexed(url=address(uri), title=kit[language], summary=summary, sections=sections)


def read(library: Library) -> Documents | None:
    """The kits of a folder of forms; None where it has none, or where what they share is wrong."""
    return Documents(library, formulas.ledgers(library)) if library.forms else None


def laws(kit: Kit, known: Bibliography, language: str) -> list[Law]:
    """The laws of a kit."""
    marks, found = kits.laws(known), []
    for mark in kit.laws:
        name, clause = marks[mark]
        document = known.documents[name]
        place = document.at(clause, language)
        says = document.clauses[clause].says if clause else document.says
        title = f"{document.title[language]} {document.number[language]}" if document.number else document.title[language]  # fmt: skip
        found.append(Law(mark, f"{title} {place}".strip(), says[language] if says else ""))
    return found


def first_sentence(text: str, language: str) -> tuple[str, str]:
    """The first sentence of a text, and what follows it."""
    stop = FACTS[language].stop
    first, _, rest = text.partition(stop)
    return (f"{first}{stop}".strip(), rest) if rest else (text, "")


def workbook(code: str) -> str:
    """Path of a workbook below the site."""
    return f"{FOLDER}/{HOME}{code}/{code}{SUFFIX}"


def _titles(form: Form, language: str) -> Iterable[str]:
    """Titles of a form in the other languages, and of its variants."""
    others = form.title.model_dump()
    others.pop(language)
    return [*others.values(), *(each.title[language] for each in form.variants)]


def _bare(title: str) -> str:
    """The name of a field without its hint that it is signed."""
    return title.removesuffix(" (signature)").removesuffix("签字")
