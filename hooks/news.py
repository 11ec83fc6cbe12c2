"""Events of what is new: its page, a line on home, the feeds."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of
from printables.languages import LANGUAGES
from printables.layout.edition import FOLDER
from printables.publishing.news import News, news
from printables.publishing.recall import called

SHOWN = {"home.html", "changes.html"}


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Hand home and the page of changes what is new."""
    this, language = build.of(config), language_of(page)
    context["changes"] = this.page(f"{language}/changes.md")
    if page.meta.get("template") in SHOWN:
        context["news"] = [_shown(this, each, language) for each in _all(this)]
    return context


def on_template_context(context: Context, template_name: str, config: MkDocsConfig) -> Context:
    """Hand the feeds what is new in each language."""
    this = build.of(config)
    context["news"] = {
        language: [_shown(this, each, language) for each in _all(this)] for language in LANGUAGES
    }
    return context


def _all(this: Build) -> list[News]:
    return news(this.register, this.collection)


def _shown(this: Build, each: News, language: str) -> dict[str, object]:
    """What happened, in the words of a language, with the page of the chapter or reader that it happened to."""
    uris = (f"{language}/{each.chapter}.md", f"{language}/{each.chapter}/index.md")
    page = next((page for uri in uris if (page := this.page(uri))), None)
    title = page.title if page else each.editions[0].title[language] if each.editions else ""
    ending = "index.html" if this.bundle else ""
    return {
        "day": str(each.day),
        "kind": each.kind,
        "chapter": each.chapter,
        "title": title,
        "page": page,
        "says": each.says[language] if each.says else "",
        "sheets": [
            {
                "design": called(issue.design)[language],
                "language": issue.language,
                "label": issue.label,
                "url": "" if this.serving else f"{FOLDER}/{issue.id}/{ending}",
            }
            for issue in each.editions
        ],
    }
