"""Events of the glossary: its links on pages, its list on a page in each language."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import language_of, name_of
from printables.checks.source_file import is_chapter
from printables.web.glossary_page import SignsOfTerms, listed


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the links to what MkDocs renders Markdown with."""
    extensions = [build.of(config).term_links, SignsOfTerms()]
    config.markdown_extensions += extensions  # type: ignore[arg-type] # Markdown takes both
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Chapters get links; the glossary's own page gets its list."""
    this, language = build.of(config), language_of(page)
    this.term_links.language = language if is_chapter(page.file.src_uri) else ""
    if name_of(page) == "glossary":
        bibliography = this.collection.bibliography
        return f"{markdown}\n\n{listed(this.terms, language, this.words[language], bibliography)}"
    return markdown
