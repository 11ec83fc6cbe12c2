"""Hostile pages: found, named, in bounded time and memory, and nothing outside the project touched.

A folder below tests/cases-hostile holds `case.toml` and `expected.txt` as tests/cases does. case.toml knows as well

    press = true                                              (the sheets are printed too)
    [[repeat]]  file = "…"  find = "…"  text = "…"  times = 9 (`find` is replaced by so many of `text`)
    [[picture]] file = "…"  kind = "…"                        (one of PICTURES)
"""

import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tomllib
import zlib
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import ROOT
from hostile import OWN, SYSTEM
from markdown import Extension, Markdown
from mkdocs.exceptions import PluginError
from PIL import Image
from project import once
from test_cases import prepare

from hooks.build import Build
from printables.chapters.parser import EXTENSIONS
from printables.chapters.sanitizer import ACTIVE, scheme
from printables.project import Project

CASES = ROOT / "tests" / "cases-hostile"
NAMES = sorted(folder.name for folder in CASES.iterdir())
SECONDS = 5.0  # an honest project of this size takes 0.1
MEGABYTES = 300
DICTIONARY = 100  # megabytes of the words by which pages part Chinese into phrases
ADDRESSES = {"href", "src", "srcset", "action", "formaction", "xlink:href", "data", "poster"}
NOTHING = """
def on_page_context(context, page, config, nav):
    return {**context, "printables": [], "racks": [], "campaigns": []}
"""


def bomb() -> bytes:
    """A PNG of 900 megapixels in a few kilobytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(4_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def image(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, kind, **options)
    return out.getvalue()


def film() -> bytes:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "good": lambda: image("PNG"),
    "bomb": bomb,
    "heavy": lambda: image("PNG") + bytes(3_000_000),
    "cut off": lambda: image("JPEG")[:300],
    "film": film,
    "postscript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
}


def arrange(case: dict, root: Path) -> None:
    prepare(case, root)
    for step in case.get("repeat", []):
        path = root / step["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(step["find"]) == 1
        path.write_text(text.replace(step["find"], step["text"] * step["times"]), encoding="utf-8")
    for step in case.get("picture", []):
        path = root / step["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PICTURES[step["kind"]]())


STRACE = shutil.which("strace")
WATCHED = ("-f", "-qq", "-e", "trace=open,openat,connect", "-o")


@pytest.fixture(scope="module")
def checked(shared: Path) -> Path:
    """Every case checked once, by a process that forks for each; what the kernel saw of those that are printed is in `calls`."""

    def make(root: Path) -> None:
        prepare({}, root / "honest")
        entries: dict[bool, list[str]] = {False: [f"{root / 'honest'}=honest"], True: []}
        for name in NAMES:
            case = tomllib.loads((CASES / name / "case.toml").read_text(encoding="utf-8"))
            arrange(case, root / name)
            printed = bool(case.get("press"))
            entries[printed].append(f"{root / name}{'=press' if printed else ''}")
        watched = [STRACE, *WATCHED, str(root / "calls")] if STRACE else []
        done = hostile(*entries[False]) + hostile(*entries[True], by=watched, TMPDIR=str(root))
        (root / "results.jsonl").write_bytes(done)

    return once(shared / "hostile", make)


def hostile(*entries: str, by: Sequence[str] = (), **settings: str) -> bytes:
    """What tests/hostile.py says of these entries; `by` is a command that runs it."""
    command = [*by, sys.executable, str(ROOT / "tests" / "hostile.py"), *entries]
    environment = {**os.environ, **settings}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def results(checked: Path) -> dict[str, dict]:
    told = (checked / "results.jsonl").read_text(encoding="utf-8")
    return {result["project"]: result for result in map(json.loads, told.splitlines())}


@pytest.mark.parametrize("name", NAMES)
def test_hostile_case(name: str, results: dict[str, dict]) -> None:
    result = results[name]
    assert "died" not in result
    expected = (CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert result["findings"] == expected
    assert result["outside"] == []
    case = tomllib.loads((CASES / name / "case.toml").read_text(encoding="utf-8"))
    if not case.get("press"):  # loading WeasyPrint takes a second and a hundred megabytes
        assert result["seconds"] < SECONDS
        assert result["megabytes"] < MEGABYTES


@pytest.fixture(scope="module")
def shown(workshop: Path, shared: Path) -> dict:
    """All hostile chapters in one project, made into pages as the preview makes them."""
    root = once(shared / "shown", lambda root: show(workshop, root))
    result = json.loads((root / "result.json").read_text(encoding="utf-8"))
    return {"site": root / "project" / "site", **result}


def show(workshop: Path, root: Path) -> None:
    """Make these pages below `root`, and result.json of what tests/hostile.py says of them."""
    project = shutil.copytree(workshop, root / "project", symlinks=True)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for hook in ("printing", "editions", "campaigns", "cards"):  # what hands out work, or needs it
        settings = settings.replace(f"  - hooks/{hook}.py\n", "")
    settings = settings.replace("hooks:\n", "hooks:\n  - hooks/nothing.py\n")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (project / "hooks" / "nothing.py").write_text(NOTHING, encoding="utf-8")
    for page in (project / "docs").glob("*/print.md"):  # shows what is printed
        page.unlink()
    for name in NAMES:
        case = tomllib.loads((CASES / name / "case.toml").read_text(encoding="utf-8"))
        arrange(case, root / name)
        for path in (root / name).glob("docs/*/teams/ladders.md"):
            if not path.is_symlink():
                place = project / path.relative_to(root / name)
                place.with_name(f"{name}.md").write_bytes(path.read_bytes())
    (root / "result.json").write_bytes(hostile(f"{project}=site").splitlines()[-1])


def test_the_preview_of_hostile_pages_opens_and_asks_for_nothing_outside(shown: dict) -> None:
    assert "died" not in shown
    assert shown["outside"] == []
    assert shown["seconds"] < SECONDS * 20  # some hundred pages
    assert shown["megabytes"] < MEGABYTES + DICTIONARY


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_preview_shows_nothing_that_runs_or_loads(shown: dict, language: str) -> None:
    """Beside what the theme itself brings, which an honest chapter's page shows as well."""
    pages = {
        path.parent.name: path for path in shown["site"].glob(f"{language}/teams/*/index.html")
    }
    found = {name: Active(path.read_text(encoding="utf-8")).found for name, path in pages.items()}
    assert len(found) > 50
    honest = found["ladders"]
    assert {name: more for name in NAMES if (more := found.get(name, honest) - honest)} == {}


class Active(HTMLParser):
    """What in a page runs or loads: tags, attributes with code, addresses that lead or load elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag where it is one of ACTIVE, and every attribute with an effect."""
        if tag in ACTIVE | {"form", "svg", "math", "video", "audio", "template"}:
            self.found.add(tag)
        for name, value in attrs:
            leads = scheme(value or "") not in ({"", "https", "mailto", "tel"})
            loads = name in {"src", "srcset", "data", "poster"} and scheme(value or "")
            if name.startswith("on") or name == "style" or loads or (name in ADDRESSES and leads):
                self.found.add(f"{tag} {name}={value}")


@pytest.mark.skipif(not STRACE, reason="strace is not installed")
def test_the_kernel_sees_no_other_file_and_no_connection(checked: Path) -> None:
    """What C libraries open, Python's own watch does not see."""
    log = (checked / "calls").read_text(errors="replace")
    calls = [line for line in log.splitlines() if " = -1 " not in line]
    assert not [line for line in calls if "connect(" in line]
    opened = {
        found[1] for line in calls if (found := re.search(r'open(?:at)?\(.*?"(/[^"]*)"', line))
    }
    assert any(path.endswith("NotoSansSC-Black.ttf") for path in opened)  # it does watch
    known = (
        *SYSTEM,
        *OWN,
        str(checked),  # and the same name with the ending that it had meanwhile
        str(ROOT / "tests"),
        "/proc/",
        "/etc/fonts",
        "/etc/localtime",
        "/var/cache/fontconfig",
    )
    assert not [path for path in opened if path != str(ROOT) and not path.startswith(known)]


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("javascript:alert(1)", "javascript"),
        ("JaVaScRiPt:alert(1)", "javascript"),
        ("java\tscript:alert(1)", "javascript"),
        ("\x01javascript:alert(1)", "javascript"),
        ("&#106;avascript:alert(1)", "javascript"),
        ("\x02amp\x03#106;avascript:alert(1)", "javascript"),
        ("javascript&colon;alert(1)", "javascript"),
        ("//host.example/x", "//"),
        ("\\\\host.example/x", "//"),
        ("/\\host.example/x", "//"),
        ("http://[", "http"),
        ("ladders.md#how", ""),
        ("a/b:c", ""),
        ("#a:b", ""),
        ("https://host.example/", "https"),
    ],
)
def test_a_scheme_is_what_a_browser_sees(address: str, seen: str) -> None:
    assert scheme(address) == seen


@pytest.fixture(scope="module")
def net() -> Extension:
    """What the site adds to Markdown."""
    return Build(Project(), serving=False).sections


def test_the_site_shows_html_as_text(net: Extension) -> None:
    shown = Markdown(extensions=[*EXTENSIONS, net]).convert("<script>x</script>\n\na <b onclick=x>")
    assert "<script" not in shown
    assert "<b" not in shown


def test_what_only_the_site_makes_a_link_ends_the_build(net: Extension) -> None:
    text = "[go][1]\n\n[1]: javascript:alert(1)\n"
    with pytest.raises(PluginError, match="javascript:"):
        Markdown(extensions=[*EXTENSIONS, net]).convert(text)
