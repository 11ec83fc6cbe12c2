"""Every chapter is read and checked before a page is made; the preview shows what is wrong on the page itself."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of
from printables.chapters import front_matter, translation
from printables.checks.strays import strays
from printables.findings import finding
from printables.languages import LANGUAGES
from printables.last_net import unforeseen
from printables.layout import owner_room
from printables.web.sources import literal

STATES = "translations.md"
LOGGER = logging.getLogger("mkdocs.hooks.chapters")


@event_priority(100)  # before any hook reads what lies there, or remembers it
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Refuse symbolic links before MkDocs follows one out of docs/, or in a circle, or empties what one leads to."""
    project, site = build.of(config).project, Path(config.site_dir)
    found = sorted([*strays(project.docs), *project.strays()])
    if site.is_symlink():
        found.append(finding("link-of-state", site, target=site))
    if found:
        raise PluginError("\n".join(["", *map(str, found)]))
    return config


def _choose(files: Files, config: MkDocsConfig) -> Files:
    """Leave out drafts and what must not be shown; add a page that tells how translations stand."""
    this = build.of(config)
    collection = this.collection
    for note in sorted({*collection.notes, *owner_room.notes(this.owner, this.project.owner_file)}):
        LOGGER.info(note)
    for file in list(files):
        page = collection.files.get(file.src_uri)
        if file.src_uri in collection.drafts and not this.serving:
            files.remove(file)
        elif page and page.refused and page.is_text:
            file.content_string = f"---\ntitle: {Path(file.src_uri).stem}\n---\n"
        elif page and page.refused:
            files.remove(file)
        elif page and page.is_text and file.abs_src_path:
            text = file.content_string
            if not text.endswith("\n"):  # MkDocs sees no front matter that ends the file
                file.content_string = f"{text}\n"
    for language in LANGUAGES:
        files.append(_states(config, this, language))
    return files


@event_priority(-100)  # when every hook has said what it found
def _judge(files: Files, config: MkDocsConfig) -> Files:
    """Say in one go all that stands in the way; the preview shows it on its pages."""
    findings = build.of(config).everything_wrong()
    if findings and not build.of(config).serving:
        raise PluginError("\n".join(["", *map(str, findings)]))
    for found in findings:
        LOGGER.error(found)
    return files


on_files = CombinedEvent(_choose, _judge)


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Tell a page what is wrong with it, whether it is a draft, and whether it is a stale translation."""
    this, uri = build.of(config), page.file.src_uri
    known, shown = this.collection.files.get(uri), this.chapter(page)
    path = str(known.path) if known else ""
    return {
        **context,
        "findings": [found for found in this.everything_wrong() if found.path == path],
        "draft": uri in this.collection.drafts,
        "stale": bool(shown and shown.stale),
        "states_url": f"{language_of(page)}/{STATES.removesuffix('.md')}/",
    }


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Show the last site where something beside the chapters is wrong; MkDocs would answer nobody."""

    def go_on() -> None:
        try:
            builder()
        except Abort:  # told already
            pass
        except Exception as error:  # whoever saves again gets the next build
            LOGGER.error(unforeseen(error))

    server.builder = go_on
    return server


def on_post_build(config: MkDocsConfig) -> None:
    """Publish the schema of the front matter, which editors such as VS Code check against."""
    text = json.dumps(front_matter.schema(), ensure_ascii=False, indent=1)
    (Path(config.site_dir) / "chapter.schema.json").write_text(text + "\n", encoding="utf-8")


def _states(config: MkDocsConfig, this: Build, language: str) -> File:
    """The page that tells how every translation stands."""
    words = this.words[language]
    rows = []
    for standing in translation.standings(this.collection.twins()):
        shown = this.collection.chapters.get((language, standing.name))
        title = shown.front.title if shown else standing.name
        link = f"[{literal(title)}]({standing.name}.md)" if shown else title
        rows.append(f"| {link} | {words[f'translation_{standing.word}']} |")
    head = f"---\ntitle: {words['translations']}\n---\n"
    table = [f"| {words['translation_of']} | {words['translation']} |", "| --- | --- |", *rows]
    text = f"{head}\n{words['translations_why']}\n\n" + "\n".join(table) + "\n"
    uri = f"{language}/{STATES}"
    return File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
