"""Nothing twice: compiled templates are kept, and serve converts, sets and searches only the pages that changed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

TEMPLATES = Path(".cache/templates")
# Of the context: MkDocs's own, which tell nothing of themselves, and what is in `surroundings` or the edition.
APART = {"nav", "pages", "config", "page", "build_date_utc", "words", "chapter"}


@dataclass
class Converted:
    """What came of a page's Markdown, and the digest of all that it was made from."""

    digest: str
    content: str
    toc: TableOfContents
    anchors: set[str] | None
    found: list[dict] | None = None  # what the search says of it, once it was read for that


@dataclass
class Made:
    """A page as its template made it, and the digest of all that it was made from."""

    digest: str
    html: str


surroundings = looks = ""
digests: dict[str, str] = {}  # of this build's pages, by source
known: dict[str, Converted] = {}  # since serve began
made: dict[str, Made] = {}  # since serve began
indexed = 0  # entries of the search before the page that is made


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Remember what pages are made from besides their text: names, words, terms, and each other's places."""
    global surroundings
    places = sorted(file.src_uri for file in files)
    extra = [config.extra[key] for key in ("owner", "words")]
    terms = (
        Path(config.config_file_path)
        .with_name("library")
        .joinpath("glossary.yml")
        .read_text(encoding="utf-8")
    )
    surroundings = f"{places} {extra} {terms}"
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Compile a template only where it changed; serve makes a page only where it changed."""
    global looks
    folder = Path(config.config_file_path).parent / TEMPLATES
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    if config.extra["serving"]:
        env.template_class = Sparing
        files_now = sorted(Path(str(config.theme.custom_dir)).rglob("*.html"))
        looks = str([(path, path.stat().st_mtime_ns) for path in files_now])
    return env


class Sparing(Template):
    """A template that gives an unchanged page what it made of it before."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """What Jinja renders of MkDocs's context, its only argument."""
        page = args[0].get("page") if args else None
        if page is None:
            return super().render(*args, **kwargs)
        digest, uri = _digest(self.name or "", page, args[0]), page.file.src_uri
        if uri not in made or made[uri].digest != digest:
            made[uri] = Made(digest, super().render(*args, **kwargs))
        return made[uri].html


def _digest(template: str, page: Page, context: dict[str, Any]) -> str:
    """Of all that a page shows: its own text, what the hooks hand it, and the navigation."""
    handed = {key: value for key, value in context.items() if key not in APART}
    pages = [value for value in handed.values() if isinstance(value, Page)]
    if page.file.name == "index":  # which lists the others with slogans and summaries
        pages += context["nav"].pages
    shown = [page.title, page.meta, page.content, str(context["nav"]), handed]
    beside = [each.meta for each in pages]
    text = f"{surroundings} {looks} {template} {shown} {beside}"
    return hashlib.sha256(text.encode()).hexdigest()


@event_priority(-100)  # when the others are done with the text
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give an unchanged page nothing to convert."""
    if not config.extra["serving"]:
        return markdown
    uri = page.file.src_uri
    text = f"{surroundings} {page.meta} {markdown}"
    digests[uri] = hashlib.sha256(text.encode()).hexdigest()
    return "" if _is_known(uri) else markdown


@event_priority(100)  # before the others do anything to the content
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give an unchanged page what came of it before."""
    if not config.extra["serving"]:
        return html
    uri = page.file.src_uri
    if not _is_known(uri):
        known[uri] = Converted(digests[uri], html, page.toc, page.present_anchor_ids)
    page.toc, page.present_anchor_ids = known[uri].toc, known[uri].anchors
    return known[uri].content


@event_priority(100)  # before the search reads the page
def _keep_from_search(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Spare the search an unchanged page, which takes it a fifth of the time."""
    global indexed
    indexed = len(_index(config))
    if _found(page, config) is not None:
        context["whole"] = page.meta
        page.meta = {**page.meta, "search": {"exclude": True}}
    return context


@event_priority(-100)
def _put_into_search(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Remember what the search found in a page, or give it what it found before."""
    if (found := _found(page, config)) is not None:
        page.meta = context.pop("whole")
        _index(config).extend(found)
    elif page.file.src_uri in known:
        known[page.file.src_uri].found = _index(config)[indexed:]
    return context


on_page_context = CombinedEvent(_keep_from_search, _put_into_search)


def _found(page: Page, config: MkDocsConfig) -> list[dict] | None:
    kept = known.get(page.file.src_uri)
    return kept.found if kept and config.extra["serving"] else None


def _index(config: MkDocsConfig) -> list[dict]:
    """The entries of Material's search, as many as there are by now."""
    return config.plugins["material/search"].search_index.entries  # type: ignore[attr-defined]


def _is_known(uri: str) -> bool:
    return uri in known and known[uri].digest == digests[uri]
