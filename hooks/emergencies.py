"""Events of the emergencies: fills the page that leads from what one sees to what to do."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Context, language_of
from printables.web import emergencies


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Hand the page what one may see; every page learns where that page is, if there is one."""
    this, language = build.of(config), language_of(page)
    context["emergencies"] = this.page(f"{language}/{emergencies.PAGE}.md")
    if page.meta.get("template") == "emergency.html":
        context["sights"] = emergencies.shown(
            this.sights, language, this.project.scenes_folder, this.address
        )
    return context
