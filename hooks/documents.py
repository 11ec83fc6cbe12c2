"""Events of documents: a page for each kit of forms, one of all kits, links from chapters, and workbooks."""

import json
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Context, language_of, name_of, root_of
from printables.languages import LANGUAGES
from printables.production.store import Store
from printables.web import documents
from printables.web.documents import PLACE
from printables.workbooks import writing

ORDER = 700  # behind the readers


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages; a fork without forms has none."""
    this = build.of(config)
    if this.documents is None:
        return files
    for language in LANGUAGES:
        words = this.words[language]
        shown = {"title": words["documents"], "summary": words["documents_why"], "order": ORDER}
        uri = f"{language}/{PLACE}/index.md"
        files.append(_file(config, uri, template="documents.html", hide=["toc"], **shown))
        for number, kit in this.documents.kits.items():
            uri = f"{language}/{PLACE}/{kit.name}.md"
            summary, _ = documents.first_sentence(kit.when[language], language)
            own = {"title": kit[language], "summary": summary, "order": int(number)}
            files.append(_file(config, uri, template="kit.html", hide=["toc"], **own))
    return files


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Hand a kit its forms, and a chapter the forms that its readers need."""
    this, language, name = build.of(config), language_of(page), name_of(page)
    if this.documents is None:
        return context
    if page.meta.get("template") == "kit.html":
        kits = this.documents.kits.items()
        number, kit = next(each for each in kits if name == f"{PLACE}/{each[1].name}")
        context["kit"] = kit
        context["when"] = documents.first_sentence(kit.when[language], language)[1]
        context["papers"] = this.documents.papers(number, language)
        context["laws"] = documents.laws(kit, this.collection.bibliography, language)
        context["root"] = root_of(page)
    elif this.chapter(page):
        beside = this.documents.beside(name, language)
        context["needed"] = [(this.page(f"{language}/{PLACE}/{kit.name}.md"), papers) for kit, papers in beside]  # fmt: skip
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Put the workbooks beside the sheets."""
    this = build.of(config)
    if this.documents is None:
        return
    store, shelf = (
        Store(this.project.kept("workbooks"), writing.SUFFIX),
        this.documents.library.shelf,
    )
    for code, ledger in this.documents.ledgers.items():
        make = partial(writing.workbook, ledger, shelf, this.owner)
        place = Path(config.site_dir) / documents.workbook(code)
        store.put(writing.digest(ledger, shelf, this.owner), make, place)
    store.clear()


def _file(config: MkDocsConfig, uri: str, **meta: object) -> File:
    """A page of the navigation without text of its own; its template takes everything from the forms."""
    head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in meta.items())
    return File.generated(
        config, uri, content=f"---\n{head}\n---\n", inclusion=InclusionLevel.INCLUDED
    )
