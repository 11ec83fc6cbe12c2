"""The page of every edition, which a phone asks at the wall, and the page that lists them all."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import jinja2

from printables import sizes
from printables.checks.collection import Collection
from printables.colours import custom_properties
from printables.forms.reading import Library
from printables.job import Order, home
from printables.languages import LANGUAGES, Both
from printables.layout.edition import FOLDER, number
from printables.press.sheet import Filed
from printables.production.store import Store
from printables.publishing import catalogue, editions, law_watch, recall
from printables.publishing.editions import Edition, Register
from printables.web import emergencies
from printables.web.policy import RULES, guarded

TEMPLATES = (
    "edition.html",
    "editions.html",
    "partials/standalone.html",
    "partials/number.html",
)
MOST_OFFERED = 6  # other sheets of a chapter of which one was withdrawn

Printed = Mapping[str, list[tuple[Order, Filed]]]  # by the edition's id
Values = dict[str, object]


@dataclass
class EditionPages:
    """Writes the pages below e/ of `site`; an unchanged one is taken from `store`.

    `collection` and `library` tell what sheets rest on, and `today` what of that is over; a page says the same by itself from that day on.
    `addresses` are those of the site's pages by their source, `readers` the titles of readers by folder and language; `shared` is what every template may call; `ending` is what
    an address needs where no server turns x/ into x/index.html.
    """

    site: Path
    templates: Path
    store: Store
    addresses: Mapping[str, str]
    readers: Mapping[str, Mapping[str, str]]
    ending: str
    shared: Mapping[str, object]
    collection: Collection
    library: Library
    today: date
    environment: jinja2.Environment = field(init=False)
    look: str = field(init=False)

    def __post_init__(self) -> None:
        loader = jinja2.FileSystemLoader(self.templates)
        self.environment = jinja2.Environment(
            loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, auto_reload=False
        )
        self.environment.globals |= self.shared
        texts = [(self.templates / name).read_text(encoding="utf-8") for name in TEMPLATES]
        ways = self._addresses("index"), self._addresses(emergencies.PAGE)
        look = f"{texts} {ways} {self.shared} {custom_properties()} {self.ending} {RULES}"
        self.look = hashlib.sha256(look.encode()).hexdigest()

    def write(
        self, register: Register, sheets: Mapping[Order, Filed], lists: Mapping[str, str]
    ) -> None:
        """A page for every edition that was issued or is printed now, and one for all; `lists` are the recall lists."""
        printed = by_edition(sheets)
        now = {edition.id: edition for edition in editions.planned(sheets)}
        known: dict[str, Edition] = {**register.editions, **now}
        for edition in known.values():
            self._write("edition.html", f"{edition.id}/", self._shown(edition, register, printed))
        states = ("current", "proof")
        values: Values = {
            "recalled": recall.recalled(register),
            "checking": [
                {**_row(each.edition, "checking"), "day": each.day, "endings": each.endings}
                for each in law_watch.checking(self.collection, self.library, register, self.today)
            ],
            "lists": lists,
            "readers": self.readers,
            "standing": {state: _by_title(known.values(), register, state) for state in states},
            "leads": LANGUAGES,
        }
        self._write("editions.html", "", values)
        self.store.clear()

    def _write(self, template: str, place: str, values: Values) -> None:
        """Write the page at e/`place`."""
        folder = f"{FOLDER}/{place}"
        up = "../" * folder.count("/")

        def render() -> bytes:
            page = self.environment.get_template(template).render(
                **values,
                homes=self._addresses("index"),
                emergencies=self._addresses(emergencies.PAGE),
                url=lambda target: f"{up}{target}",
                page=lambda target: f"{up}{FOLDER}/{target}{self.ending}",
            )
            return (page if self.ending else guarded(page)).encode()

        self.store.put(
            f"{self.look} {template} {values}", render, self.site / folder / "index.html"
        )

    def _shown(self, edition: Edition, register: Register, printed: Printed) -> Values:
        """What the page of an edition shows; pictures and files only of a sheet that may hang."""
        state, instead = register.state(edition.id), register.instead(edition.id)
        shown = [edition] if state == "proof" else instead
        lead = edition.language.partition("-")[0]
        chapter = home(edition.chapter)
        return {
            **_row(edition, state),
            "leads": (lead, *(code for code in LANGUAGES if code != lead)),
            "withdrawal": register.withdrawals.get(edition.id),
            "since": register.since(edition.id),
            "newest": [_row(each, "current") for each in instead],
            "meanwhile": self._meanwhile(edition, register, printed),
            "endings": self._endings(edition) if state in {"current", "proof"} else [],
            "shown": shown[0] if shown else None,
            "offered": [_offer(*each) for new in shown for each in printed.get(new.id, ())],
            "chapters": {
                code: url for code in LANGUAGES if (url := self._address(code, chapter)) is not None
            },
        }

    def _meanwhile(self, edition: Edition, register: Register, printed: Printed) -> list[Values]:
        """Current sheets of the same chapter that people who read this one can read too, those of its kind first."""
        voices = set(edition.language.split("-"))
        others = [
            each
            for each in register.editions.values()
            if home(each.chapter) == home(edition.chapter)
            and voices & set(each.language.split("-"))
            and each.id in printed
            and register.state(each.id) == "current"
        ]
        others.sort(key=lambda each: (each.design != edition.design, each.printable))
        return [_row(each, "current") for each in others[:MOST_OFFERED]]

    def _endings(self, edition: Edition) -> list[Values]:
        """What the sheet rests on and when that ends; of a sheet that has to come down nobody asks."""
        found = law_watch.endings(self.collection, self.library, edition)
        return [{"rule": each, "is_over": each.over <= self.today} for each in found]

    def _addresses(self, page: str) -> Mapping[str, str]:
        """Where a page stands, by language; a fork may do without."""
        found = {code: self.addresses.get(f"{code}/{page}.md") for code in LANGUAGES}
        return {code: address for code, address in found.items() if address is not None}

    def _address(self, language: str, chapter: str) -> str | None:
        """The page of a chapter, or of a reader, which is a book's; it may be gone."""
        sources = (f"{language}/{chapter}.md", f"{language}/{chapter}/index.md")
        return next((self.addresses[uri] for uri in sources if uri in self.addresses), None)


def by_edition(sheets: Mapping[Order, Filed]) -> Printed:
    """The sheets of a build; the sizes of one edition stand together."""
    printed: dict[str, list[tuple[Order, Filed]]] = defaultdict(list)
    for order, sheet in sheets.items():
        printed[number(order.edition)].append((order, sheet))
    return printed


def _offer(order: Order, sheet: Filed) -> Values:
    names = {code: sizes.called(order.size, code) for code in LANGUAGES}
    return catalogue.entry(order, sheet) | {"size_names": names, "picture_px": sheet.picture_px}


def _row(edition: Edition, state: str) -> Values:
    return {"edition": edition, "state": state, "design": recall.called(edition.design)}


def _by_title(
    known: Iterable[Edition], register: Register, state: str
) -> list[tuple[Both, list[Values]]]:
    """The editions that stand so, by chapter."""
    found: dict[str, tuple[Both, list[Values]]] = {}
    for edition in sorted(known, key=lambda edition: edition.printable):
        if register.state(edition.id) == state:
            found.setdefault(edition.chapter, (edition.title, []))[1].append(_row(edition, state))
    return list(found.values())
