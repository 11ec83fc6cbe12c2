"""Every chapter is read and checked before a page is made; the preview shows what is wrong on the page itself."""

import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from printables.chapters import front_matter, sanitizer, translation
from printables.checks.collection import Collection, collect, strays
from printables.layout import design
from printables.words import LANGUAGES

MEMORY = Path(".cache/pages.json")
STATES = "translations.md"
LOGGER = logging.getLogger("mkdocs.hooks.chapters")


class SecondNet(Extension, Treeprocessor):
    """Raw HTML stays text; a page that would still run or load something ends the build."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Take out what reads HTML; look at the tree when every other extension is done with it."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(self, "second-net", -100)

    def run(self, root: Element) -> None:
        if found := sanitizer.unsafe(root):
            raise PluginError(f"this page must not be shown: {', '.join(found)}")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Refuse symbolic links before MkDocs follows one out of docs/, or in a circle."""
    if found := sorted(strays(_docs(config))):
        raise PluginError("\n".join(["", *map(str, found)]))
    config.markdown_extensions.append(SecondNet())  # type: ignore[arg-type] # Markdown takes both
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the chapters on the collection; hooks/printing.py tells what is wrong with them."""
    collection = collect(_docs(config), design.names(), MEMORY, drafts=config.extra["serving"])
    config.extra["collection"] = collection
    for note in sorted(set(collection.notes)):
        LOGGER.info(note)
    for file in list(files):
        page = collection.pages.get(file.src_uri)
        if file.src_uri in collection.drafts and not config.extra["serving"]:
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
        files.append(_states(config, collection, language))
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Tell a page what is wrong with it, whether it is a draft, and whether it is a stale translation."""
    collection: Collection = config.extra["collection"]
    uri = page.file.src_uri
    language, _, name = uri.removesuffix(".md").partition("/")
    known, shown = collection.pages.get(uri), collection.chapters.get((language, name))
    path = str(known.path) if known else ""
    return {
        **context,
        "findings": [found for found in sorted(set(collection.findings)) if found.path == path],
        "draft": uri in collection.drafts,
        "stale": bool(shown and shown.stale),
        "states_url": f"{language}/{STATES.removesuffix('.md')}/",
    }


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Show the last site where something beside the chapters is wrong; MkDocs would answer nobody."""
    build = server.builder

    def go_on() -> None:
        with suppress(Abort):  # told already
            build()

    server.builder = go_on
    return server


def on_post_build(config: MkDocsConfig) -> None:
    """Publish the schema of the front matter, which editors such as VS Code check against."""
    text = json.dumps(front_matter.schema(), ensure_ascii=False, indent=1)
    (Path(config.site_dir) / "chapter.schema.json").write_text(text + "\n", encoding="utf-8")


def _states(config: MkDocsConfig, collection: Collection, language: str) -> File:
    """The page that tells how every translation stands."""
    words = config.extra["words"][language]
    rows = []
    for state in translation.states(collection.twins()):
        shown = collection.chapters.get((language, state.name))
        title = shown.front.title if shown else state.name
        link = f"[{title}]({state.name}.md)" if shown else title
        rows.append(f"| {link} | {words[f'translation_{state.word}']} |")
    head = f"---\ntitle: {words['translations']}\nsearch: {{exclude: true}}\n---\n"
    table = [f"| {words['translation_of']} | {words['translation']} |", "| --- | --- |", *rows]
    text = f"{head}\n{words['translations_why']}\n\n" + "\n".join(table) + "\n"
    uri = f"{language}/{STATES}"
    return File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV)


def _docs(config: MkDocsConfig) -> Path:
    return Path(os.path.relpath(config.docs_dir))
