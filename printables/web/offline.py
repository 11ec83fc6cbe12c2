"""The site without a network: what the service worker keeps, and one zip for a USB stick."""

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path

from printables.chapters.owner import Owner
from printables.files import whole
from printables.languages import LANGUAGES
from printables.layout.edition import FOLDER
from printables.production.cache import Kept
from printables.web import emergencies, outlines, pictures, search_index, stock
from printables.words import Words

TEXT = {".html", ".css", ".js", ".json", ".svg", ".webmanifest"}
# Kept only once they were looked at (an edition's page never): the service worker does not fetch them in advance.
LEFT = ("printables", "cards", f"{FOLDER}/", f"{outlines.FOLDER}/", "sw.js")
VIEWS = ("both", "packs")  # pages that repeat others, or lead to files that are not kept
NEEDS_A_SERVER = ("sw.js", "sitemap.xml", "sitemap.xml.gz", "404.html")
MOMENT = (2026, 1, 1, 0, 0, 0)  # of every file in the zip: same site, same bytes


def for_the_office(sheet: Kept) -> Kept:
    """The sheet with what A4 printers make of it; files for print shops and large paper stay out."""
    office = tuple(after for after in sheet.finished if after.made.paper == "a4")
    return replace(sheet, finished=office)


def manifest(words: dict[str, Words], owner: Owner, icon: str) -> str:
    """What a phone shows when the site is put on its home screen."""
    entries = {
        "name": " ".join(words[language]["site"] for language in LANGUAGES),
        "short_name": words[LANGUAGES[0]]["site"],
        "lang": LANGUAGES[0],
        "start_url": ".",
        "display": "standalone",
        "background_color": owner.colours.band,
        "theme_color": owner.colours.band,
        "icons": [
            {"src": icon, "sizes": "any", "type": "image/svg+xml"},
            {"src": "assets/icon.png", "sizes": "512x512", "type": "image/png"},
        ],
    }
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def addresses(site: Path) -> dict[str, str]:
    """Everything that the text of the site needs, with 8 hex digits of its content."""
    found = {}
    for path in sorted(path for path in site.rglob("*") if path.suffix in TEXT):
        name = path.relative_to(site).as_posix()
        if not name.startswith(LEFT) and not any(f"/{view}/" in name for view in VIEWS):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            found[name.removesuffix("index.html")] = digest
    return found


def fill_worker(site: Path) -> None:
    """Write the addresses into sw.js; at first it takes emergencies, homes, styles and scripts, not what searches or prints."""
    found = addresses(site)
    homes = {"", "404.html", *(f"{language}/" for language in LANGUAGES)}
    urgent = {f"{language}/{emergencies.PAGE}/" for language in LANGUAGES}
    later, heavy = (
        (".html", "/", ".json"),
        {search_index.FOLDER, stock.FOLDER, pictures.FOLDER, "stamp"},
    )
    core = [
        name
        for name in found
        if name in homes | urgent
        or (not name.endswith(later) and name.partition("/")[0] not in heavy)
    ]
    core.sort(key=lambda name: name not in urgent)
    worker = site / "sw.js"
    text = worker.read_text(encoding="utf-8")
    for name, value in (("FILES", found), ("CORE", core)):
        empty = "{}" if name == "FILES" else "[]"
        text = text.replace(f"const {name} = {empty};", f"const {name} = {json.dumps(value)};")
    worker.write_text(text, encoding="utf-8")


def bundle(site: Path, target: Path) -> None:
    """Zip the site into one folder, without what needs a server; what is compressed is stored as it is."""
    for needless in NEEDS_A_SERVER:
        (site / needless).unlink()
    with whole(target) as part, zipfile.ZipFile(part, "w") as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = f"{target.stem}/{path.relative_to(site).as_posix()}"
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = 0o644 << 16
            stored = path.suffix in {".webp", ".png", ".gz", ".zip"}
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
