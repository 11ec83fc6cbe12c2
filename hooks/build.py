"""What one build knows: the only key of ours in `config.extra`. Hooks hand each other nothing by any other way.

What follows from the project's files is read when a hook first asks for it, so that the order of the hooks decides nothing.
What only MkDocs' events can make says, when it is asked for too early, which hook makes it.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from os import environ
from os.path import relpath
from pathlib import Path
from typing import TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from printables import words
from printables.chapters import glossary
from printables.chapters.campaign import Campaign
from printables.chapters.chapter import Chapter
from printables.chapters.glossary import Glossary, Term
from printables.chapters.owner import Owner
from printables.chapters.sights import Sight
from printables.chapters.synonyms import Synonyms
from printables.checks.collection import Collection
from printables.findings import Finding, Rejected
from printables.forms.reading import Library
from printables.job import Order
from printables.languages import LANGUAGES
from printables.last_net import reading
from printables.production.cache import Kept
from printables.project import Project
from printables.publishing.editions import Register
from printables.web import documents
from printables.web.documents import Documents
from printables.web.glossary_links import TermLinks
from printables.web.sections import Part, Sections
from printables.web.sources import SourceHints
from printables.words import Words

KEY = "build"
Context = dict[str, object]  # what MkDocs hands a template
T = TypeVar("T")


@dataclass
class Converted:
    """What came of a page's Markdown, and the digest of all that it was made from."""

    digest: str
    content: str
    parts: tuple[Part, ...]
    toc: TableOfContents
    anchors: set[str] | None


@dataclass
class Made:
    """A page as its template made it, and the digest of all that it was made from."""

    digest: str
    html: str


@dataclass
class Session:
    """What outlives a build, as the preview makes many: why jobs were not printed, and pages that need not be made again."""

    serving: bool = False
    refused: dict[str, list[Finding]] = field(default_factory=dict)  # by the job's key
    waiting: Callable[[], None] | None = None  # what to print once the pages are built
    newest: "Build | None" = None  # what the last build was made from
    presses: threading.Lock = field(default_factory=threading.Lock)
    converted: dict[str, Converted] = field(default_factory=dict)  # by source
    made: dict[str, Made] = field(default_factory=dict)  # by source

    def forget(self) -> None:
        """Begin as if no page had been made."""
        self.converted.clear()
        self.made.clear()


session = Session()


@dataclass
class Digests:
    """What the preview compares pages by: what all rest on, their looks, and each page's own text by source."""

    surroundings: str = ""
    looks: str = ""
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class Build:
    """One build of the site."""

    project: Project
    serving: bool
    findings: list[Finding] = field(default_factory=list)  # of everything but the chapters
    navigations: dict[str, Navigation] = field(default_factory=dict)  # by language
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)  # of pages, by source
    digests: Digests = field(default_factory=Digests)
    changed: Callable[[], None] | None = None  # called as soon as a text has changed
    by_home: dict[str, list[Order]] = field(default_factory=dict)  # sheets by whose page shows them
    _sheets: dict[Order, Kept] | None = None
    _files: Files | None = None

    @property
    def bundle(self) -> Path | None:
        """Where a zip for a USB stick is wanted; None for the site as a server shows it."""
        path = environ.get("SITE_BUNDLE")
        return Path(path) if path else None

    @cached_property
    def owner(self) -> Owner:
        return _told(self.project.owner)

    @cached_property
    def words(self) -> dict[str, Words]:
        """What the site says for itself, by language."""
        own = words.load(self.project.overrides / "words.toml")
        return {code: {**words.WORDS[code], **own[code]} for code in LANGUAGES}

    @cached_property
    def collection(self) -> Collection:
        """The chapters; the preview shows drafts as well."""
        return self.project.collection(drafts=self.serving, changed=self.changed)

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """The campaigns in which nothing is wrong; `findings` tells of the others."""
        campaigns, findings = self.project.campaigns(self.collection)
        self.findings += findings
        return campaigns

    @cached_property
    def terms(self) -> list[Term]:
        with reading(self.project.glossary_file):
            return _told(lambda: glossary.read(self.project.glossary_file))

    @cached_property
    def library(self) -> Library:
        """The forms, read once a build."""
        return self.project.library

    @cached_property
    def documents(self) -> Documents | None:
        """The kits of forms, where there are any."""
        self.findings += self.project.wrong_forms(self.collection)
        return documents.read(self.library)

    @cached_property
    def register(self) -> Register:
        return _told(self.project.register)

    @cached_property
    def synonyms(self) -> Synonyms:
        """What people type for words of the chapters; nothing where the file is wrong, which `findings` tells."""
        try:
            return self.project.synonyms()
        except Rejected as rejected:
            self.findings += rejected.findings
            return {}

    @cached_property
    def sights(self) -> list[Sight]:
        """The emergencies by what one sees in which nothing is wrong; `findings` tells of the others."""
        sights, findings = self.project.sights(self.collection)
        self.findings += findings
        return sights

    @cached_property
    def sections(self) -> Sections:
        """Markdown's extension that parts pages into sections."""
        return Sections(_refuse)

    @cached_property
    def term_links(self) -> TermLinks:
        """Markdown's extension that links terms."""
        known = {language: Glossary(self.terms, language) for language in LANGUAGES}
        return TermLinks(known, self.collection.bibliography)

    @cached_property
    def source_hints(self) -> SourceHints:
        """Markdown's extension that puts clauses' lines beside the marks of a chapter."""
        return SourceHints()

    @property
    def files(self) -> Files:
        """All files of the site, when every hook has added its own."""
        return _made(self._files, "the list of files", "languages")

    @files.setter
    def files(self, files: Files) -> None:
        self._files = files

    @property
    def sheets(self) -> dict[Order, Kept]:
        """What was printed."""
        return _made(self._sheets, "the sheets", "printing")

    @sheets.setter
    def sheets(self, sheets: dict[Order, Kept]) -> None:
        self._sheets = sheets
        self.by_home = {}
        for order in sheets:
            self.by_home.setdefault(self.home(order), []).append(order)

    def home(self, order: Order) -> str:
        """Name of the page that shows a sheet; a form's is that of its kit."""
        return self.documents.page(order.home) if self.documents else order.home

    def everything_wrong(self) -> list[Finding]:
        """All findings so far, with those of campaigns, synonyms and sights, whether anything shows them or not."""
        self.campaigns, self.synonyms, self.sights  # noqa: B018 (reads them)
        return sorted({*self.collection.findings, *self.findings})

    def address(self, uri: str) -> str:
        """Where the page of a source file is, from the site's root."""
        return self.files.src_uris[uri].url

    def page(self, uri: str) -> Page | None:
        """The page of a source file, where it has one."""
        file = self.files.get_file_from_path(uri)
        return file.page if file else None

    def chapter(self, page: Page) -> Chapter | None:
        """The chapter that a page shows."""
        return self.collection.chapters.get((language_of(page), name_of(page)))


def of(config: MkDocsConfig) -> Build:
    """The build that these settings are for."""
    if KEY not in config.extra:
        root = Path(relpath(Path(config.config_file_path).parent))
        config.extra[KEY] = Build(Project(root), session.serving)
    build: Build = config.extra[KEY]
    return build


def is_served(this: Build) -> bool:
    """Whether the site is for a server: not the preview, nor a USB stick."""
    return not this.serving and not this.bundle


def view(config: MkDocsConfig, uri: str, **meta: object) -> File:
    """A page without text of its own, in no navigation; its template takes everything from the chapters."""
    meta["hide"] = ["navigation", "toc"]
    head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in meta.items())
    text = f"---\n{head}\n---\n"
    return File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV)


def language_of(page: Page) -> str:
    """`zh` for the page of zh/teams/x.md; the first language for what belongs to none."""
    first = page.file.src_uri.partition("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]


def name_of(page: Page) -> str:
    """`teams/x` for the page of zh/teams/x.md, `teams` for that of zh/teams/index.md."""
    return page.file.src_uri.partition("/")[2].removesuffix(".md").removesuffix("/index")


def root_of(page: Page) -> str:
    """The way from a page to the site's root: `../../`."""
    return "../" * page.url.count("/")


def _told(read: Callable[[], T]) -> T:
    """What `read` reads; what is wrong with it ends the build."""
    try:
        return read()
    except Rejected as rejected:
        raise PluginError(str(rejected)) from None


def _made(part: T | None, what: str, hook: str) -> T:
    if part is None:
        raise PluginError(
            f"{what}: made by hooks/{hook}.py, which has to stand earlier in mkdocs.yml"
        )
    return part


def _refuse(found: list[str]) -> None:
    raise PluginError(f"this page must not be shown: {', '.join(found)}")
