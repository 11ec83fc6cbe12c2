"""Events of the search: synonyms are added to its index, suggestions written."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Context
from printables.web import synonyms


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Remember chapters: title, address, and words that lead to them."""
    this = build.of(config)
    if chapter := this.chapter(page):
        found = synonyms.suggestion(chapter, page.url, this.synonyms)
        this.suggestions.setdefault(chapter.language, []).append(found)
    return context


@event_priority(-100)  # after the search plugin wrote its index
def on_post_build(config: MkDocsConfig) -> None:
    """Add synonyms to the index, unseen; write the suggestions as a script, which files can load."""
    this, site = build.of(config), Path(config.site_dir)
    synonyms.complete(site / "search" / "search_index.json", this.synonyms)
    script = synonyms.script(this.suggestions)
    (site / "assets" / "suggestions.js").write_text(script, encoding="utf-8")
