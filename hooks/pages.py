"""Chapters as pages: their Markdown by sections, their sources numbered, what templates may call."""

import logging

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Context, language_of
from printables.chapters.telephones import NUMBERS
from printables.languages import FACTS
from printables.layout import edition
from printables.layout.headline import breathe, widest
from printables.signs.drawing import compose
from printables.signs.registry import registry
from printables.web.sources import number_marks, sources_section, text_edition

LOGGER = logging.getLogger("mkdocs.hooks.pages")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the sections to what MkDocs renders Markdown with."""
    config.markdown_extensions.append(build.of(config).sections)  # type: ignore[arg-type] # Markdown takes both
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Number the sources of a chapter and list them at its end."""
    this, language = build.of(config), language_of(page)
    sections = this.sections
    sections.words, sections.language = this.words[language], language
    sections.signs = page.meta.get("signs", ())
    sources = page.meta.get("sources")
    if not sources:
        return markdown
    try:
        numbered = number_marks(markdown, sources)
    except KeyError as error:
        LOGGER.warning("%s: add the source %s to `sources`", page.file.src_uri, error)
        return markdown
    return f"{numbered}\n\n{sources_section(sources, sections.words, language)}\n"


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
    env.globals["text_edition"] = text_edition
    env.globals["registry"] = registry
    env.globals |= {"languages": FACTS, "telephones": NUMBERS, "edition_address": edition.address}
    env.filters["breathe"] = breathe
    env.filters["sign"] = compose
    env.filters["width"] = lambda lines: round(widest(lines), 2)
    for file in files.documentation_pages():
        if file.page and "title" in file.page.meta:
            file.page.meta["title"] = escape(file.page.meta["title"])
    return env
