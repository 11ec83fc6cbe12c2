"""One build, two languages: each has its navigation, and a switch that stays on the page."""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from hooks import build
from hooks.build import Context, language_of
from printables.languages import FACTS, LANGUAGES

NAMED = (InclusionLevel.UNDEFINED, InclusionLevel.INCLUDED)  # by the navigation
LAST = 1000  # where a page without `order` stands

# What nobody downloads: source maps, and the search of the theme.
UNUSED = re.compile(r".*\.map|words\.toml|assets/javascripts/(lunr|workers)/.*")
ALTERNATE = re.compile(r'<link rel="alternate"[^>]*>')


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember `mkdocs serve`, which has an address of its own."""
    build.session.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take everything that an owner may change from owner.yml."""
    this = build.of(config)
    if not this.serving:
        config.site_url = this.owner.site
    if this.owner.edit:
        config.edit_uri_template = this.owner.edit.rstrip("/") + "/{path}"
    if this.owner.logo:
        config.theme["logo"] = _logo(this.owner.logo)[0]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what no page loads; add the owner's logo."""
    for file in [file for file in files if UNUSED.fullmatch(file.src_uri)]:
        files.remove(file)
    if logo := build.of(config).owner.logo:
        uri, content = _logo(logo)
        files.append(File.generated(config, uri, content=content))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Part the navigation by language; previous and next never leave theirs."""
    this = build.of(config)
    this.files = files
    listed = [file for file in files.documentation_pages() if file.inclusion in NAMED]
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for language in LANGUAGES:
        own = [file for file in listed if file.src_uri.startswith(f"{language}/")]
        items = _branch(f"{language}/", own)
        pages = _flat(items)
        for item in items:
            item.parent = None  # MkDocs made a section of each language
        for before, after in pairwise(pages):
            before.next_page, after.previous_page = after, before
        this.navigations[language] = Navigation(items, pages)
        this.navigations[language].homepage = pages[0] if pages else None
    return Navigation([item for made in this.navigations.values() for item in made], nav.pages)


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Show the page in its language: words, navigation, name, switches."""
    this, language = build.of(config), language_of(page)
    said = this.words[language]
    config.theme["language"] = language
    config.site_name = said["site"]
    for option in config.theme["palette"]:
        option["toggle"]["name"] = said[f"palette_{option.get('scheme', 'auto')}"]
    config.extra["alternate"] = [  # Material's own key: where it is empty, Material shows no switch
        {"name": FACTS[code].name, "link": file.url, "lang": code}
        for code, file in _twins(page.file.src_uri, this.files).items()
    ]
    return {**context, "nav": this.navigations[language], "language": language, "words": said}


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Drop link[rel=alternate], as Material's script would fetch a sitemap below each."""
    return ALTERNATE.sub("", output)


def on_template_context(context: Context, template_name: str, config: MkDocsConfig) -> Context:
    """Tell sitemap.xml, which names the languages instead, who is whose twin."""
    files = build.of(config).files
    pages = files.documentation_pages()
    return {**context, "twins": {file.src_uri: _twins(file.src_uri, files) for file in pages}}


def _twins(uri: str, files: Files) -> dict[str, File]:
    """The same page in every language that has it; its language's home where one lacks it."""
    rest = uri.partition("/")[2]
    found = {
        language: files.get_file_from_path(f"{language}/{rest}")
        or files.get_file_from_path(f"{language}/index.md")
        for language in LANGUAGES
    }
    return {language: file for language, file in found.items() if file}


def _branch(folder: str, files: list[File]) -> list[StructureItem]:
    """Pages and sections of a folder: its index first, then by `order` and name."""
    pages: list[tuple[tuple[bool, int, str], StructureItem]] = []
    folders: dict[str, list[File]] = {}
    for file in files:
        name, slash, _ = file.src_uri.removeprefix(folder).partition("/")
        if slash:
            folders.setdefault(name, []).append(file)
        elif file.page:
            pages.append(((name != "index.md", _order(file, LAST), name), file.page))
    for name, inside in folders.items():
        pages.append(_section(f"{folder}{name}/", name, inside))
    return [item for _, item in sorted(pages, key=lambda entry: entry[0])]


def _section(folder: str, name: str, files: list[File]) -> tuple[tuple[bool, int, str], Section]:
    """A folder with the title and the order that its index.md gives."""
    index = next((file for file in files if file.src_uri == f"{folder}index.md"), None)
    # Material prints a section's title as it is, so it is escaped here.
    made = Section(escape(_front_matter(index).get("title", name)), _branch(folder, files))
    for child in made.children:
        child.parent = made
    return (True, _order(index, LAST - 1), name), made


def _front_matter(file: File | None) -> Mapping[str, object]:
    """The front matter of a file; MkDocs itself reads it only after the navigation is made."""
    meta: Mapping[str, object] = get_data(file.content_string)[1] if file else {}
    return meta


def _order(file: File | None, otherwise: int) -> int:
    order = _front_matter(file).get("order", otherwise)
    return order if isinstance(order, int) else otherwise


def _flat(items: Iterable[StructureItem]) -> list[Page]:
    """The pages of a navigation in reading order."""
    pages: list[Page] = []
    for item in items:
        if isinstance(item, Page):
            pages.append(item)
        elif isinstance(item, Section):
            pages += _flat(item.children)
    return pages


def _logo(address: str) -> tuple[str, bytes]:
    """The owner's logo as a file: pages share it, and need not each carry its data: address."""
    kind, _, data = address.partition(";base64,")
    return f"assets/owner.{'svg' if 'svg' in kind else 'png'}", b64decode(data)
