"""Nothing twice: compiled templates are kept, and serve converts and sets only the pages that changed."""

import hashlib
from contextlib import suppress

from jinja2 import Environment, FileSystemBytecodeCache, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, Converted, Made, session

# Context keys that are left out of a page's digest: MkDocs' own, which tell nothing of themselves, what is in
# `surroundings`, and what the page's own text decides.
APART = {"nav", "pages", "config", "page", "build_date_utc", "words", "chapter"}


@event_priority(-100)  # when the list of files is complete
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Remember what pages are made from besides their text: names, words, terms, sources, and each other's places."""
    this = build.of(config)
    places = sorted(file.src_uri for file in files)
    this.digests.surroundings = f"{places} {this.owner} {this.words} {this.terms}"
    this.digests.surroundings += f" {this.collection.bibliography}"
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Compile a template only where it changed; serve makes a page only where it changed."""
    this = build.of(config)
    # Jinja runs what it finds there, so this is not below the project, where a pull request could put a file, but
    # in a folder of Jinja's own that nobody else can write to; it raises RuntimeError where there is none.
    with suppress(RuntimeError, OSError):
        env.bytecode_cache = FileSystemBytecodeCache()
    if this.serving:
        env.template_class = _sparing(this)
        templates = sorted(this.project.overrides.rglob("*.html"))
        this.digests.looks = str([(path, path.stat().st_mtime_ns) for path in templates])
    return env


def _sparing(this: Build) -> type[Template]:
    """Templates that give an unchanged page what they made of it before."""

    class Sparing(Template):
        def render(self, *args: object, **kwargs: object) -> str:
            """What Jinja renders of MkDocs's context, its only argument."""
            context = args[0] if args and isinstance(args[0], dict) else {}
            page = context.get("page")
            if not isinstance(page, Page):
                return super().render(*args, **kwargs)
            digest, uri = _digest(this, self.name or "", page, context), page.file.src_uri
            if uri not in session.made or session.made[uri].digest != digest:
                session.made[uri] = Made(digest, super().render(*args, **kwargs))
            return session.made[uri].html

    return Sparing


def _digest(this: Build, template: str, page: Page, context: Context) -> str:
    """Of all that a page shows: its own text, what the hooks hand it, and the navigation."""
    handed = {key: value for key, value in context.items() if key not in APART}
    nav = context["nav"]
    pages = [value for value in handed.values() if isinstance(value, Page)]
    if page.file.name == "index" and isinstance(nav, Navigation):
        pages += nav.pages  # an index lists them with slogans and summaries
    shown = [page.title, page.meta, page.content, str(nav), handed]
    beside = [each.meta for each in pages]
    text = f"{this.digests.surroundings} {this.digests.looks} {template} {shown} {beside}"
    return hashlib.sha256(text.encode()).hexdigest()


@event_priority(-100)  # when the others are done with the text
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give an unchanged page nothing to convert."""
    this = build.of(config)
    if not this.serving:
        return markdown
    uri, digests = page.file.src_uri, this.digests
    text = f"{digests.surroundings} {page.meta} {markdown}"
    digests.texts[uri] = hashlib.sha256(text.encode()).hexdigest()
    return "" if _is_known(this, uri) else markdown


@event_priority(100)  # before the others do anything to the content
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give an unchanged page what came of it before."""
    this, uri = build.of(config), page.file.src_uri
    if not this.serving:
        return html
    if not _is_known(this, uri):
        digest, parts = this.digests.texts[uri], this.sections.parts
        session.converted[uri] = Converted(digest, html, parts, page.toc, page.present_anchor_ids)
    kept = session.converted[uri]
    page.toc, page.present_anchor_ids = kept.toc, kept.anchors
    this.sections.parts = kept.parts
    return kept.content


def _is_known(this: Build, uri: str) -> bool:
    kept = session.converted.get(uri)
    return kept is not None and kept.digest == this.digests.texts[uri]
