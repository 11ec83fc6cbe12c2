"""What our templates and scripts rely on in Material's markup; a theme that changed is told, and not built on."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from hooks import build

# Of Material's templates, what ours replace, name or look for.
MARKUP = {
    "base.html": ('data-md-toggle="search"',),
    "partials/header.html": ("config.extra.alternate", "partials/alternate.html"),
}
# Of Material's style sheet, what shows and hides our partials/search.html.
STYLES = (".md-search__overlay", ".md-search__scrollwrap", "[data-md-toggle=search]:checked")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """End the build where this Material is not the one that ours was made for."""
    ours = build.of(config).project.overrides
    theirs = folder(config, ours)
    if missing := [*_blocks(env, ours, theirs), *_markup(theirs), *_styles(theirs)]:
        lines = "\n".join(missing)
        raise PluginError(
            f"mkdocs-material has changed, and overrides/ no longer fits it. Pin the last version that did, or mend"
            f" overrides/ and hooks/theme.py:\n{lines}"
        )
    return env


def folder(config: MkDocsConfig, ours: Path) -> Path:
    """The folder of Material's templates: the first below ours."""
    folders = [Path(place) for place in config.theme.dirs]
    return next(folder for folder in folders if not folder.samefile(ours))


def _blocks(env: Environment, ours: Path, theirs: Path) -> Iterator[str]:
    """Blocks of overrides/main.html that the theme's base.html no longer has."""
    filled = _named(env, _text(ours / "main.html"))
    for name in sorted(filled - _named(env, _text(theirs / "base.html"))):
        yield f"base.html: no block {name}, which overrides/main.html fills"


def _named(env: Environment, template: str) -> set[str]:
    return {block.name for block in env.parse(template).find_all(nodes.Block)}


def _markup(folder: Path) -> Iterator[str]:
    for name, wanted in MARKUP.items():
        text = _text(folder / name)
        for words in wanted:
            if words not in text:
                yield f"{name}: no {words}"


def _styles(folder: Path) -> Iterator[str]:
    text = "".join(map(_text, (folder / "assets" / "stylesheets").glob("main.*.css")))
    for words in STYLES:
        if words not in text:
            yield f"assets/stylesheets/main.*.css: no {words}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
