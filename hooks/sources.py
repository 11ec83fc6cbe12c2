"""Events of the bibliography: its page in each language."""

import datetime

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import language_of, name_of
from printables.web.bibliography_page import listed


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page of all sources gets its list."""
    if name_of(page) != "sources":
        return markdown
    this, language = build.of(config), language_of(page)
    today = datetime.date.today()
    return f"{markdown}\n\n{listed(this.collection, language, this.words[language], today)}"
