"""Events of the search: its indexes are written, a script for each language."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from hooks import build
from printables.languages import LANGUAGES
from printables.web import search_index


def on_post_build(config: MkDocsConfig) -> None:
    """Write what is found beside the scripts that find it."""
    this, site = build.of(config), Path(config.site_dir)
    folder = site / search_index.FOLDER
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        found = search_index.indexes(
            language, this.collection, this.terms, this.synonyms, this.owner, this.address
        )
        if this.documents:
            found[language]["pages"] += this.documents.found(language, this.address)
        for name, text in search_index.scripts(found).items():
            (folder / f"{name}.js").write_text(text, encoding="utf-8")
