"""Events of campaigns: what matters now, on the home page and in the print centre."""

import datetime

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of
from printables.chapters.campaign import Campaign
from printables.web.campaigns import in_turn, when


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Campaigns for home and print centre."""
    this = build.of(config)
    campaigns = in_turn(this.campaigns, datetime.date.today())
    context["campaigns"] = [_shown(this, each, page) for each in campaigns]
    return context


def _shown(this: Build, campaign: Campaign, page: Page) -> dict[str, object]:
    """A campaign as a page shows it."""
    language, dates = language_of(page), campaign.dates
    chapters = (this.page(f"{language}/{name}.md") for name in dates.chapters)
    return {
        "name": campaign.name,
        "choice": (campaign.name, dates.title[language]),
        "names": dates.chapters,
        "designs": dates.designs,
        "title": dates.title[language],
        "summary": dates.summary[language],
        "first": dates.first,
        "last": dates.last,
        "when": when(dates.first, dates.last, language),
        "runs": campaign.days_until(datetime.date.today()) == 0,
        "chapters": [chapter for chapter in chapters if chapter],
        "pack": this.page(f"{language}/packs/{campaign.name}.md"),
    }
