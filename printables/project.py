"""A project's folder: its paths, and the steps from its files to a plan."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from printables.chapters import campaign, glossary, owner
from printables.chapters.campaign import Campaign
from printables.chapters.owner import Owner
from printables.checks.collection import Collection, collect
from printables.findings import Finding, Rejected
from printables.layout import design
from printables.production import planning
from printables.production.planning import Plan
from printables.publishing import editions
from printables.publishing.editions import Edition, Register


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
    def campaigns_folder(self) -> Path:
        return self.root / "library" / "campaigns"

    @property
    def synonyms_file(self) -> Path:
        return self.root / "library" / "synonyms.toml"

    @property
    def register_file(self) -> Path:
        return self.root / editions.NAME

    @property
    def overrides(self) -> Path:
        return self.root / "overrides"

    def kept(self, name: str) -> Path:
        """Path of a cache, which may be deleted at any time: `press`, `packs`, `plan.json`, …"""
        return self.root / ".cache" / name

    def collection(self, *, drafts: bool = False) -> Collection:
        """All chapters and pages; unchanged ones are remembered."""
        return collect(self.docs, design.names(), self.kept("pages.json"), drafts=drafts)

    def owner(self) -> Owner:
        """The publisher; raises Rejected."""
        return owner.load(self.owner_file)

    def register(self) -> Register:
        """The editions that were issued; raises Rejected."""
        return editions.load(self.register_file)

    def campaigns(self, collection: Collection) -> tuple[list[Campaign], list[Finding]]:
        """The campaigns without errors, and the findings of all."""
        chapters = {name for _, name in collection.chapters}
        return campaign.read(self.campaigns_folder, chapters, set(design.names()))

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
        plan = planning.plan(collection, publisher, memory, from_memory=from_memory)
        planned = tuple(editions.planned(plan.orders.values()))
        plan.take_down(register.withdrawals)
        return Prospect(plan, planned, (*plan.findings, *editions.clashes(planned, register)))

    def read(self, *, drafts: bool = False) -> tuple[Collection, Prospect]:
        """All steps from the files to the plan, with all their findings."""
        collection = self.collection(drafts=drafts)
        findings = (*collection.findings, *self.campaigns(collection)[1])
        try:
            publisher, register = self.owner(), self.register()
        except Rejected as rejected:
            return collection, Prospect(findings=(*findings, *rejected.findings))
        prospect = self.prospect(collection, publisher, register)
        return collection, replace(prospect, findings=(*findings, *prospect.findings))
