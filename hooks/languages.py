"""One build, two languages: each has its navigation, and a switch that stays on the page."""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from printables import words
from printables.chapters.owner import load
from printables.findings import Rejected
from printables.words import LANGUAGES

NAMES = {"zh": "中文", "en": "English"}
LAST = 1000  # where a page without `order` stands

# What nobody downloads: two thirds of a small site are source maps and stemmers of other languages.
UNUSED = re.compile(
    r".*\.map|words\.toml|.*/lunr/(?!min/lunr\.(zh|stemmer\.support|multi)\.min\.js$).*"
)
ALTERNATE = re.compile(r'<link rel="alternate"[^>]*>')

serving = False
navigations: dict[str, Navigation] = {}  # filled by on_nav, one a language


def language_of(uri: str) -> str | None:
    """`zh` for `zh/teams/x.md`; None for what belongs to no language."""
    first = PurePosixPath(uri).parts[0]
    return first if first in LANGUAGES else None


def twins(uri: str, files: Iterable[File]) -> dict[str, File]:
    """The same page in every language that has it; its language's home where one lacks it."""
    known = {file.src_uri: file for file in files}
    rest = uri.partition("/")[2]
    found = {lang: known.get(f"{lang}/{rest}", known.get(f"{lang}/index.md")) for lang in LANGUAGES}
    return {language: file for language, file in found.items() if file}


def front_matter(file: File | None) -> Mapping[str, Any]:
    """The front matter of a file; MkDocs itself reads it only after the navigation is made."""
    return get_data(file.content_string)[1] if file else {}


def branch(folder: str, files: list[File]) -> list[StructureItem]:
    """Pages and sections of a folder: its index first, then by `order` and name."""
    pages: list[tuple[tuple[bool, int, str], StructureItem]] = []
    folders: dict[str, list[File]] = {}
    for file in files:
        name, slash, _ = file.src_uri.removeprefix(folder).partition("/")
        if slash:
            folders.setdefault(name, []).append(file)
        elif file.page:
            order = front_matter(file).get("order", LAST)
            pages.append(((name != "index.md", order, name), file.page))
    for name, inside in folders.items():
        pages.append(section(f"{folder}{name}/", name, inside))
    return [item for _, item in sorted(pages, key=lambda entry: entry[0])]


def section(folder: str, name: str, files: list[File]) -> tuple[tuple[bool, int, str], Section]:
    """A folder with the title and the order that its index.md gives."""
    index = next((file for file in files if file.src_uri == f"{folder}index.md"), None)
    meta = front_matter(index)
    # Material prints a section's title as it is, so it is escaped here.
    made = Section(escape(meta.get("title", name)), branch(folder, files))
    for child in made.children:
        child.parent = made
    return (True, meta.get("order", LAST - 1), name), made


def flat(items: Iterable[StructureItem]) -> list[Page]:
    """The pages of a navigation in reading order."""
    pages: list[Page] = []
    for item in items:
        if isinstance(item, Page):
            pages.append(item)
        elif isinstance(item, Section):
            pages += flat(item.children)
    return pages


def logo_file(address: str) -> tuple[str, bytes]:
    """The owner's logo as a file: pages share it, and need not each carry its data: address."""
    kind, _, data = address.partition(";base64,")
    return f"assets/owner.{'svg' if 'svg' in kind else 'png'}", b64decode(data)


def on_startup(command: str, **_: Any) -> None:
    """Remember `mkdocs serve`, which has an address of its own."""
    global serving
    serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take everything that an owner may change from owner.yml."""
    root = Path(config.config_file_path).parent
    config.extra["serving"] = serving
    try:
        owner = load(root / "owner.yml")
    except Rejected as error:
        raise PluginError(str(error)) from None
    config.extra["owner"] = owner
    own = words.load(root / "overrides" / "words.toml")
    config.extra["words"] = {code: {**words.WORDS[code], **own[code]} for code in LANGUAGES}
    if not serving:
        config.site_url = owner.site
    if owner.edit:
        config.edit_uri_template = owner.edit.rstrip("/") + "/{path}"
    if owner.logo:
        config.theme["logo"] = logo_file(owner.logo)[0]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what no page loads; add the owner's logo."""
    for file in [file for file in files if UNUSED.fullmatch(file.src_uri)]:
        files.remove(file)
    if logo := config.extra["owner"].logo:
        uri, content = logo_file(logo)
        files.append(File.generated(config, uri, content=content))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Part the navigation by language; previous and next never leave theirs."""
    listed = [file for file in files.documentation_pages() if file.inclusion.is_in_nav()]
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for language in LANGUAGES:
        own = [file for file in listed if language_of(file.src_uri) == language]
        items = branch(f"{language}/", own)
        pages = flat(items)
        for item in items:
            item.parent = None  # MkDocs made a section of each language
        for before, after in pairwise(pages):
            before.next_page, after.previous_page = after, before
        navigations[language] = Navigation(items, pages)
        navigations[language].homepage = pages[0] if pages else None
    return Navigation([item for made in navigations.values() for item in made], nav.pages)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Show the page in its language: words, navigation, name, switch."""
    language = language_of(page.file.src_uri) or LANGUAGES[0]
    said = config.extra["words"][language]
    config.theme["language"] = language
    config.site_name = said["site"]
    config.extra["alternate"] = [
        {"name": NAMES[code], "link": file.url, "lang": code}
        for code, file in twins(page.file.src_uri, context["pages"]).items()
    ]
    return {**context, "nav": navigations[language], "language": language, "words": said}


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Drop link[rel=alternate], as Material's script would fetch a sitemap below each; name its search."""
    language = language_of(page.file.src_uri) or LANGUAGES[0]
    named = f'role="dialog" aria-label="{config.extra["words"][language]["search"]}"'
    return ALTERNATE.sub("", output).replace('role="dialog"', named, 1)


def on_template_context(
    context: dict[str, Any], template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Tell sitemap.xml, which names the languages instead, who is whose twin."""
    pages = context["pages"]
    return {**context, "twins": {f.src_uri: twins(f.src_uri, pages) for f in pages}}
