"""Chapters as pages: their Markdown by sections, their sources numbered, what templates may call."""

from functools import partial

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from hooks import build
from hooks.build import Context, language_of
from printables.chapters.telephones import NUMBERS
from printables.languages import FACTS
from printables.layout import edition
from printables.layout.headline import breathe, widest
from printables.signs.drawing import compose
from printables.signs.registry import registry
from printables.web.page_code import page_code
from printables.web.phrase_breaks import held, phrased, titled
from printables.web.pictures import pictures
from printables.web.racks import file_name
from printables.web.sources import lines_of, number_marks, sources_section, text_edition


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the sections, and what marks open, to what MkDocs renders Markdown with."""
    this = build.of(config)
    config.markdown_extensions += [this.sections, this.source_hints]  # type: ignore[list-item] # Markdown takes both
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Number the sources of a chapter and list them at its end."""
    this, language = build.of(config), language_of(page)
    sections = this.sections
    sections.words, sections.language = this.words[language], language
    sections.signs = page.meta.get("signs", ())
    chapter, this.source_hints.lines, sections.pictures = this.chapter(page), {}, {}
    if chapter:
        address = partial(get_relative_url, other=page.url)
        sections.pictures = pictures(chapter, this.project.scenes_folder, address)
    if chapter is None or not chapter.sources:
        return markdown
    this.source_hints.lines = lines_of(chapter, this.collection.bibliography)
    numbered = number_marks(markdown, chapter.sources)
    listed = sources_section(
        chapter.sources, sections.words, language, this.collection.bibliography
    )
    return f"{numbered}\n\n{listed}\n"


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep the sections for the page's template and for other pages."""
    this = build.of(config)
    this.parts[page.file.src_uri] = this.sections.parts
    return html


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Tell a page which chapter it shows, its sections, and the edition of its text."""
    this = build.of(config)
    chapter = this.chapter(page)
    parts = this.parts.get(page.file.src_uri, ())
    return {
        **context,
        "chapter": chapter,
        "edition": chapter and text_edition([chapter]),
        "titled": any(part.role == "title" for part in parts),
        "text": [part.html for part in parts if part.role != "sources"],
        "sources": [part.html for part in parts if part.role == "sources"],
    }


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Lend templates the build, the slogan's lines and the sign; escape titles, which Material does not."""
    env.globals["build"] = build.of(config)
    env.globals["address"] = lambda uri: files.src_uris[uri].url
    env.globals["stands"] = lambda uri: uri in files.src_uris  # a fork may do without a page
    env.globals["text_edition"] = text_edition
    env.globals["registry"] = registry
    env.globals |= {"languages": FACTS, "telephones": NUMBERS, "edition_address": edition.address}
    env.filters["breathe"] = breathe
    env.filters["file_name"] = file_name
    env.filters["page_code"] = page_code
    env.filters |= {"held": held, "phrased": phrased, "titled": titled}
    env.filters["sign"] = compose
    env.filters["width"] = lambda lines: round(widest(lines), 2)
    for file in files.documentation_pages():
        if file.page and "title" in file.page.meta:
            file.page.meta["title"] = escape(file.page.meta["title"])
    return env
