"""The site without a network: what the service worker keeps, and one zip for a USB stick."""

import hashlib
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from printables.production.cache import Kept
from printables.words import LANGUAGES

TEXT = {".html", ".css", ".js", ".json", ".svg", ".webmanifest"}
# Shown beside a chapter, or fetched by none: kept only once they were looked at, an edition's page (e/) never.
LEFT = ("printables", "cards", "e/", "sw.js")
MOMENT = (2026, 1, 1, 0, 0, 0)  # of every file in the zip: same site, same bytes


def bundle() -> Path | None:
    """Where the zip is wanted; None for the site as a server shows it."""
    path = os.environ.get("SITE_BUNDLE")
    return Path(path) if path else None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Without a server nobody turns x/ into x/index.html, and no worker runs."""
    if bundle():
        config.use_directory_urls = False
        config.extra["bundle"] = True
    return config


@event_priority(-100)  # when there are sheets
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let pages and catalogue know only of what the zip holds."""
    if bundle():
        sheets = config.extra.get("sheets", {})
        sheets.update({order: for_the_office(sheet) for order, sheet in sheets.items()})
    return files


def for_the_office(sheet: Kept) -> Kept:
    """The sheet with what A4 printers make of it; files for print shops and large paper stay out."""
    office = tuple(after for after in sheet.finished if after.finishing.endswith("-a4"))
    return replace(sheet, finished=office)


@event_priority(-200)  # when everything else is written
def on_post_build(config: MkDocsConfig) -> None:
    """Tell the service worker what there is, or make the zip."""
    site = Path(config.site_dir)
    if target := bundle():
        for needless in ("sw.js", "sitemap.xml", "sitemap.xml.gz", "404.html"):
            (site / needless).unlink()
        index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
        (site / "search" / "search_index.js").write_text(f"var __index = {index}", encoding="utf-8")
        pack(site, target)
    else:
        write_manifest(site, config)
        fill_worker(site)


def write_manifest(site: Path, config: MkDocsConfig) -> None:
    """What a phone shows when the site is put on its home screen."""
    both, colours = config.extra["words"], config.extra["owner"].colours
    manifest = {
        "name": f"{both['zh']['site']} {both['en']['site']}",
        "short_name": both["zh"]["site"],
        "lang": LANGUAGES[0],
        "start_url": ".",
        "display": "standalone",
        "background_color": colours.band,
        "theme_color": colours.band,
        "icons": [
            {"src": config.theme["favicon"], "sizes": "any", "type": "image/svg+xml"},
            {"src": "assets/icon.png", "sizes": "512x512", "type": "image/png"},
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (site / "site.webmanifest").write_text(text + "\n", encoding="utf-8")


def addresses(site: Path) -> dict[str, str]:
    """Everything that the text of the site needs, with 8 hex digits of its content."""
    found = {}
    for path in sorted(path for path in site.rglob("*") if path.suffix in TEXT):
        name = path.relative_to(site).as_posix()
        if not name.startswith(LEFT) and "/both/" not in name:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            found[name.removesuffix("index.html")] = digest
    return found


def fill_worker(site: Path) -> None:
    """Write the addresses into sw.js; at first it takes the homes, styles and scripts."""
    found = addresses(site)
    homes = {"", "404.html", *(f"{language}/" for language in LANGUAGES)}
    core = [name for name in found if name in homes or not name.endswith((".html", "/", ".json"))]
    worker = site / "sw.js"
    text = worker.read_text(encoding="utf-8")
    for name, value in (("FILES", found), ("CORE", core)):
        empty = "{}" if name == "FILES" else "[]"
        text = text.replace(f"const {name} = {empty};", f"const {name} = {json.dumps(value)};")
    worker.write_text(text, encoding="utf-8")


def pack(site: Path, target: Path) -> None:
    """Zip the site into one folder; what is already compressed is stored as it is."""
    part = target.with_name(target.name + ".part")
    with zipfile.ZipFile(part, "w") as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = f"{target.stem}/{path.relative_to(site).as_posix()}"
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = 0o644 << 16
            stored = path.suffix in {".webp", ".png", ".gz", ".zip"}
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    part.replace(target)
