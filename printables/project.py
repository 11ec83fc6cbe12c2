"""A project's folder: its paths, and the steps from its files to a plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from os import environ
from pathlib import Path

from printables.chapters import bibliography, campaign, glossary, sights, synonyms
from printables.chapters.campaign import Campaign
from printables.chapters.owner import Owner
from printables.chapters.sights import Sight
from printables.chapters.synonyms import Synonyms
from printables.checks import strays
from printables.checks.collection import Collection, collect
from printables.findings import Finding, Rejected, finding
from printables.forms import formulas, kits
from printables.forms.reading import PLACE as FORMS
from printables.forms.reading import Library
from printables.last_net import reading
from printables.layout import design, owner_room
from printables.production import planning
from printables.production.planning import Plan
from printables.publishing import editions
from printables.publishing import register as register_file
from printables.publishing.editions import Edition, Register
from printables.scenes import drawing, scene
from printables.signs import artwork


@dataclass(frozen=True)
class Prospect:
    """Result of planning: the plan without withdrawn editions, all editions, all findings."""

    plan: Plan = field(default_factory=Plan)
    editions: tuple[Edition, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Project:
    """The folder at `root`; findings name files relative to it."""

    root: Path = Path()

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def owner_file(self) -> Path:
        return self.root / "owner.yml"

    @property
    def glossary_file(self) -> Path:
        return self.root / glossary.PLACE

    @property
    def sources_folder(self) -> Path:
        return self.root / bibliography.PLACE

    @property
    def campaigns_folder(self) -> Path:
        return self.root / "library" / "campaigns"

    @property
    def scenes_folder(self) -> Path:
        return self.root / scene.PLACE

    @property
    def forms_folder(self) -> Path:
        return self.root / FORMS

    @property
    def synonyms_file(self) -> Path:
        return self.root / synonyms.PLACE

    @property
    def sights_file(self) -> Path:
        return self.root / sights.PLACE

    @property
    def register_file(self) -> Path:
        return self.root / editions.NAME

    @property
    def overrides(self) -> Path:
        return self.root / "overrides"

    def kept(self, name: str) -> Path:
        """Path of a cache, which may be deleted at any time: `packs`, `plan.json`, …"""
        return self.root / ".cache" / name

    @property
    def press(self) -> Path:
        """Folder of the cached sheets: PRINT_CACHE, which several clones may share, else one of this project."""
        wanted = environ.get("PRINT_CACHE", "")
        return Path(wanted) if wanted not in {"", "off"} else self.kept("press")

    def strays(self) -> Iterator[Finding]:
        """Findings for links and pipes where a build reads, publishes or deletes files, docs/ apart."""
        yield from strays.state(self.root)
        yield from strays.beside(self.overrides, self.root / "library")

    def collection(
        self, *, drafts: bool = False, changed: Callable[[], None] | None = None
    ) -> Collection:
        """All chapters and pages; unchanged ones are remembered, and `changed` is called if one is not."""
        memory = self.kept("pages.json")
        names, called = design.names(), design.called()
        return collect(self.docs, names, memory, drafts=drafts, called=called, changed=changed)

    def owner(self) -> Owner:
        """The publisher; raises Rejected."""
        with reading(self.owner_file):
            return owner_room.load(self.owner_file)

    def synonyms(self) -> Synonyms:
        """What people type for words of the chapters; raises Rejected."""
        with reading(self.synonyms_file):
            return synonyms.read(self.synonyms_file)

    def register(self) -> Register:
        """The editions that were issued; raises Rejected."""
        with reading(self.register_file):
            return register_file.load(self.register_file)

    def wrong_scenes(self) -> list[Finding]:
        """What is wrong with the scenes, whether a chapter names them or not."""
        return [
            found
            for name in scene.names(self.scenes_folder)
            for found in drawing.wrong(self.scenes_folder / f"{name}.toml")
        ]

    @property
    def library(self) -> Library:
        """The forms."""
        return Library(self.forms_folder)

    def wrong_forms(self, collection: Collection) -> list[Finding]:
        """What is wrong with what forms name beside themselves: in workbooks, chapters, laws."""
        library = self.library
        named = kits.wrong(library, collection.names(), collection.bibliography)
        return [*formulas.wrong(library), *named]

    def campaigns(self, collection: Collection) -> tuple[list[Campaign], list[Finding]]:
        """The campaigns without errors, and the findings of all."""
        printed = {name: each.front.prints for (_, name), each in collection.chapters.items()}
        known = campaign.Known(
            collection.names(),
            frozenset(design.names()),
            collection.packs(),
            design.called(),
            printed,
        )
        return campaign.read(self.campaigns_folder, known)

    def sights(self, collection: Collection) -> tuple[list[Sight], list[Finding]]:
        """The emergencies by what one sees without errors, and the findings of all."""
        return sights.read(self.sights_file, collection.twins(), collection.names())

    def prospect(
        self,
        collection: Collection,
        publisher: Owner,
        register: Register,
        *,
        from_memory: bool = False,
    ) -> Prospect:
        """Plan and editions of these; `from_memory` leaves out printables that would have to be composed first."""
        memory = self.kept("plan.json")
        plan = planning.plan(
            collection, publisher, memory, forms=self.forms_folder, from_memory=from_memory
        )
        planned = tuple(editions.planned(plan.orders.values()))
        plan.take_down(register.withdrawals)
        return Prospect(plan, planned, (*plan.findings, *editions.clashes(planned, register)))

    def read(self, *, drafts: bool = False) -> tuple[Collection, Prospect]:
        """All steps from the files to the plan, with all their findings."""
        if found := tuple(self.strays()):  # before anything that lies there is believed
            return Collection(self.docs), Prospect(findings=found)
        if not self.docs.is_dir():
            return Collection(self.docs), Prospect(findings=(finding("file-missing", self.docs),))
        collection = self.collection(drafts=drafts)
        findings = (
            *collection.findings,
            *self.campaigns(collection)[1],
            *self.sights(collection)[1],
            *self._wrong_synonyms(),
            *strays.unread(self.root),
            *self.wrong_scenes(),
            *self.wrong_forms(collection),
            *artwork.wrong(),
        )
        try:
            publisher, register = self.owner(), self.register()
        except Rejected as rejected:
            return collection, Prospect(findings=(*findings, *rejected.findings))
        collection.notes += owner_room.notes(publisher, self.owner_file)
        prospect = self.prospect(collection, publisher, register)
        return collection, replace(prospect, findings=(*findings, *prospect.findings))

    def _wrong_synonyms(self) -> list[Finding]:
        try:
            self.synonyms()
        except Rejected as rejected:
            return rejected.findings
        return []
