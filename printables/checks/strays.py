"""What stands in a project's folders and is no file of its own: symbolic links, pipes, devices."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from printables.chapters import sanitizer
from printables.chapters.kept_file import LEFT
from printables.findings import Finding, finding, nearest

LIBRARY = Path("library")
# What each folder of library/ holds; the readers of campaigns/ and sources/ tell of other files themselves.
HELD = {
    "": "campaigns/ forms/ scenes/ sources/ glossary.yml sights.toml synonyms.toml",
    "forms": "shared/ *.toml",
    "forms/shared": "choices.toml fields.toml items.toml keeping.toml kits.toml",
    "scenes": "*.toml",
}
NAME = re.compile(r"[a-z0-9-]+")  # of a scene
MOST_IN_NAME = 100  # bytes: the names of sheets are longer, and 255 are what disks take
STATE = (".cache", "site", ".venv")


def strays(docs: Path) -> Iterator[Finding]:
    """Findings for links, which would publish files from elsewhere or one file twice, and for what no reader ends."""
    if docs.is_symlink():
        yield finding("link-inside", docs, target=docs)
        return
    root = docs.resolve()
    for path in sorted(docs.rglob("*")):
        if len(path.name.encode()) > MOST_IN_NAME or (path.is_dir() and path.suffix == ".md"):
            yield finding("file-name", path, name=path.name[:60])
        if path.is_symlink():
            code = "link-outside" if sanitizer.outside(path, root) else "link-inside"
            yield finding(code, path, target=path)
        elif not (path.is_file() or path.is_dir()):
            yield finding("not-a-file", path)


def beside(*folders: Path) -> Iterator[Finding]:
    """The same for folders beside docs/, of which all files are published or read."""
    for folder in folders:
        inside = () if folder.is_symlink() else sorted(folder.rglob("*"))
        for path in (folder, *inside):
            if path.is_symlink():
                yield finding("link-inside", path, target=path)
            elif path.exists() and not (path.is_file() or path.is_dir()):
                yield finding("not-a-file", path)


def unread(root: Path) -> Iterator[Finding]:
    """Findings for files in library/ that nothing reads, as their names or places are not those that are read."""
    for name, held in HELD.items():
        folder = root / LIBRARY / name
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            called = f"{path.name}/" if path.is_dir() else path.name
            names = held.split()
            if LEFT.fullmatch(path.name) or path.name in names:
                continue
            if not any(fnmatchcase(called, each) for each in names):
                near = nearest(called, names)
                yield finding("file-not-read", path, name=called, near=near)
            elif name == "scenes" and not NAME.fullmatch(path.stem):
                yield finding("file-name", path, name=path.name)


def state(root: Path) -> Iterator[Finding]:
    """Findings for links in place of what a build writes: it would delete files elsewhere, or believe what lies there."""
    cache = root / STATE[0]
    places = [root / name for name in STATE]
    if not cache.is_symlink():
        places += [*cache.glob("*"), *cache.glob("press/*"), *cache.glob("press/*/*")]
    for path in sorted(places):
        if path.is_symlink():
            yield finding("link-of-state", path, target=path)
