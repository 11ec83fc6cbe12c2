"""Events of the site without a network: the service worker is filled, or the zip for a USB stick made."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from hooks import build
from printables.web import offline


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Without a server nobody turns x/ into x/index.html."""
    if build.of(config).bundle:
        config.use_directory_urls = False
    return config


@event_priority(-200)  # when everything else is written
def on_post_build(config: MkDocsConfig) -> None:
    """Tell the service worker what there is, or make the zip."""
    this, site = build.of(config), Path(config.site_dir)
    if this.bundle:
        offline.bundle(site, this.bundle)
        return
    text = offline.manifest(this.words, this.owner, str(config.theme["favicon"]))
    (site / "site.webmanifest").write_text(text, encoding="utf-8")
    offline.fill_worker(site)
