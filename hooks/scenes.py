"""Events of the scenes: draws what pages show, and lends the page of all scenes what there is."""

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of
from printables.files import digest
from printables.findings import Rejected
from printables.production.store import Store
from printables.publishing.scene_picture import png
from printables.scenes import drawing, scene
from printables.web import pictures

TEMPLATE = "scenes.html"
PICTURE_PX = 900  # width of a PNG
KIT = ("scenes", "colours.py", "colours.toml")  # what draws


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Lend the page of all scenes what the library has."""
    this = build.of(config)
    if page.meta.get("template") == TEMPLATE:
        language = language_of(page)
        own = [each for (code, _), each in this.collection.chapters.items() if code == language]
        context["drawn"] = pictures.by_chapter(pictures.library(this.project.scenes_folder), own)
        context["picture"] = partial(pictures.place, tone=pictures.TONE)
        context["as_png"] = not this.serving
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Draw the scenes that pages show; for the page of all scenes, where there is one, as PNG too."""
    this, site = build.of(config), Path(config.site_dir)
    kit, drawings = digest(KIT), Store(this.project.kept("scenes"), ".svg")
    wanted = set(pictures.named(this.collection.chapters.values()))
    every = scene.names(this.project.scenes_folder) if _has_page(this) else []
    for name, tone in sorted(wanted | {(name, pictures.TONE) for name in every}):
        draw = partial(_draw, this, name, tone)
        try:
            drawings.put(_parts(this, kit, name, tone), draw, site / pictures.place(name, tone))
        except (Rejected, OSError):  # the checks tell of it
            continue
    drawings.clear()
    if this.serving:
        return
    pngs = Store(this.project.kept("scenes"), ".png")
    for name in every:
        drawn = site / pictures.place(name, pictures.TONE)
        if drawn.exists():
            svg = drawn.read_text(encoding="utf-8")
            make = partial(png, [svg], PICTURE_PX, 1)
            pngs.put(svg, make, drawn.with_suffix(".png"))
    pngs.clear()


def _has_page(this: Build) -> bool:
    """Whether a page of this site shows all scenes; a fork may do without."""
    pages = [file.page for file in this.files.documentation_pages()]
    return any(page.meta.get("template") == TEMPLATE for page in pages if page)


def _parts(this: Build, kit: str, name: str, tone: str) -> str:
    """What a drawing is made of: the scene, its tone, and the kit."""
    text = (this.project.scenes_folder / f"{name}.toml").read_text(encoding="utf-8")
    return f"{kit} {tone} {text}"


def _draw(this: Build, name: str, tone: str) -> bytes:
    path = this.project.scenes_folder / f"{name}.toml"
    return drawing.compose(scene.read(path), tone=tone).encode()
