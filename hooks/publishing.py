"""Events of publishing: names that browsers may keep for ever, and what each page may load."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from hooks import build
from printables.web.hashed_names import hashed
from printables.web.policy import guarded


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name the style sheet as it will be called."""
    this = build.of(config)
    if build.is_served(this):
        config.extra_css = [hashed(str(path), this.project.overrides) for path in config.extra_css]
    return config


@event_priority(-50)  # when the theme's files are listed
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Call our scripts and styles by their content."""
    this = build.of(config)
    for file in files if build.is_served(this) else ():
        name = hashed(file.dest_uri, this.project.overrides)
        if name != file.dest_uri:
            file.dest_uri = file.url = name
            file.abs_dest_path = f"{config.site_dir}/{name}"
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Tell templates the names."""
    this = build.of(config)
    env.filters["hashed"] = lambda place: (
        hashed(place, this.project.overrides) if build.is_served(this) else place
    )
    return env


@event_priority(-100)  # when nobody adds a script any more
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say what a page may load."""
    return guarded(output) if build.is_served(build.of(config)) else output


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the page of addresses that lead nowhere."""
    is_page = template_name.endswith(".html") and build.is_served(build.of(config))
    return guarded(output) if is_page else output
