"""The whole build as it is run: nothing twice, two at once, one that is killed, and what each change prints."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from project import ROOT, build, edit, install, run

ZH, EN = "docs/zh/teams/ladders.md", "docs/en/teams/ladders.md"
POSTERS = {"poster zh", "poster en", "poster zh-en"}
FLYERS = {"flyer zh", "flyer en"}
BOOKS = {"book zh", "book en"}
ALL = POSTERS | FLYERS | BOOKS
PLACES = """
import json
from pathlib import Path
from printables.production.cache import Cache
from printables.project import Project
plan = Project().read()[1].plan
places = {key: Cache(Path("press")).place(key).name for key in plan.orders}
print(json.dumps({places[key]: f"{o.design} {o.language}" for key, o in plan.orders.items()}))
"""


@pytest.fixture
def labelled(project: Path) -> Path:
    """The project with five sheets, which the tests print once."""
    for path in (ZH, EN):
        edit(project / path, "prints: [poster, flyer]", "prints: [label]")
    return project


@pytest.fixture
def small(labelled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with a cache of its own, in which nothing is."""
    monkeypatch.delenv("PRINT_CACHE")
    return labelled


def contents(site: Path) -> dict[str, bytes]:
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def report(project: Path, site: str = "site") -> dict[str, float]:
    """Build, and say what the press reported."""
    filed = project / f"{site}.json"
    settings = ("mkdocs", "build", "--strict", "--site-dir", site)
    done = run(project, *settings, PRINT_REPORT=str(filed))
    assert done.returncode == 0, done.stderr
    return json.loads(filed.read_text(encoding="utf-8"))


def test_an_unchanged_build_prints_nothing_and_gives_the_same_site(small: Path) -> None:
    first, second = report(small, "one"), report(small, "two")
    assert (first["printed"], first["cached"], first["failed"]) == (5, 0, 0)
    assert (second["printed"], second["cached"], second["layouts"]) == (0, 5, 0)
    one, two = contents(small / "one"), contents(small / "two")
    # The sitemap's archive holds the time at which it was packed.
    assert [name for name in one.keys() | two.keys() if one.get(name) != two.get(name)] in (
        [], ["sitemap.xml.gz"],
    )  # fmt: skip
    picture = "cards/en/teams/ladders-long.webp"
    assert picture in one and f'href="../../../{picture}"' in one["en/teams/ladders/index.html"].decode()  # fmt: skip


def test_a_build_that_fails_reports_what_it_printed(small: Path) -> None:
    style = small / "printables" / "layout" / "designs" / "label" / "style.css"
    style.write_text(style.read_text("utf-8") + "\nbody { colour: red }\n", encoding="utf-8")
    filed = small / "report.json"
    done = run(small, "mkdocs", "build", "--strict", PRINT_REPORT=str(filed))
    assert done.returncode != 0
    assert "colour" in done.stderr
    told = json.loads(filed.read_text(encoding="utf-8"))
    assert told["failed"] > 0 < told["printed"]


def test_two_builds_at_once_give_the_same_site(small: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir"]
    settings = os.environ | {"PYTHONPATH": str(small)}
    both = [
        subprocess.Popen([*command, site], cwd=small, env=settings, stderr=subprocess.PIPE)
        for site in ("one", "two")
    ]
    said = [each.communicate(timeout=300)[1].decode() for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    one, two = contents(small / "one" / "printables"), contents(small / "two" / "printables")
    assert one == two
    pictures = [name for name in one if name.endswith(".webp")]
    assert len([name for name in pictures if not name.endswith("-small.webp")]) == 5
    assert len(pictures) == 10
    assert not list((small / ".cache" / "press").glob("*/*.part"))


@pytest.fixture
def scripted(labelled: Path) -> Path:
    """The project with script/build, which finds everything installed."""
    (labelled / "script").mkdir()
    shutil.copy(ROOT / "script" / "build", labelled / "script")
    (labelled / "script" / "bootstrap").write_text("#!/bin/sh\n", encoding="utf-8")
    (labelled / "script" / "bootstrap").chmod(0o755)
    install(labelled)
    return labelled


def start(project: Path) -> "subprocess.Popen[bytes]":
    settings = os.environ | {"PYTHONPATH": str(project)}
    return subprocess.Popen(
        ["script/build"], cwd=project, env=settings, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait(met: Callable[[], object]) -> None:
    until = time.monotonic() + 120
    while not met():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.usefixtures("small")
def test_a_killed_build_leaves_the_site_as_it_was_and_the_next_one_completes(
    scripted: Path,
) -> None:
    press, site = scripted / ".cache" / "press", scripted / "site"
    site.mkdir()
    (site / "index.html").write_text("the site before", encoding="utf-8")
    killed = start(scripted)
    wait(lambda: list(press.glob("*/*/record.json")))  # in the middle of printing
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert contents(site) == {"index.html": b"the site before"}
    kept = len(list(press.glob("*/*/record.json")))
    assert start(scripted).wait(timeout=300) == 0
    assert len(json.loads((site / "printables.json").read_text("utf-8"))["printables"]) > 5
    assert (
        len(list(press.glob("*/*/record.json"))) == 10 >= kept > 0
    )  # what is stamped has a record of its own
    assert not list(site.rglob("*.part"))


def test_what_a_killed_build_left_is_swept_up_by_a_later_one(scripted: Path) -> None:
    old, new = scripted / ".cache" / "site.old123", scripted / ".cache" / "site.new123"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (1_000_000, 1_000_000))
    assert start(scripted).wait(timeout=300) == 0
    assert (old.exists(), new.exists()) == (False, True)


def places(project: Path) -> dict[str, str]:
    """The design and language of every sheet, by its place in the cache."""
    done = subprocess.run(
        [sys.executable, "-c", PLACES], cwd=project, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(project)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def before(workshop: Path) -> dict[str, str]:
    """Every sheet of the project as it is."""
    known = places(workshop)
    assert set(known.values()) == ALL
    return known


def printed_again(
    project: Path, before: dict[str, str], change: Callable[[Path], None]
) -> set[str]:
    """The design and language of every sheet that the change prints again."""
    change(project)
    after = places(project)
    return {after[place] for place in after.keys() - before.keys()}


def replacing(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda project: edit(project / path, old, new)


def adding(path: str, text: str = "\n") -> Callable[[Path], None]:
    def add(project: Path) -> None:
        with (project / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return add


@pytest.mark.parametrize(
    ("change", "prints"),
    [
        (replacing(ZH, "坏的挂牌，停用", "坏的停用，挂牌"), {"poster zh", "flyer zh", "book zh"}),
        (replacing(EN, "slogan: ", "slogan: Set up. "), {"poster en", "poster zh-en", "flyer en", "book en"}),
        (adding("printables/layout/designs/poster/style.css"), POSTERS),
        (adding("printables/layout/designs/flyer/template.html"), FLYERS),
        (adding("printables/layout/designs/banner/style.css"), set()),
        (adding("printables/layout/books/book/style.css"), BOOKS),
        (adding("printables/layout/family/family.css"), ALL),
        (adding("printables/fonts/OFL.txt"), ALL),
        (adding("printables/press/engine.py", "\n# other\n"), ALL),
        (replacing("owner.yml", "010-5550 1234", "010-5550 4321"), ALL),
        (replacing("owner.yml", "Safety Office of the Model Zone", "Office"), ALL),
        (adding("library/glossary.yml", "\n# nothing that a sheet shows\n"), set()),
        (replacing("library/sources/ladders.toml", "梯子要完好", "梯子须完好"), set()),
        (replacing("library/sources/ladders.toml", "GB 12142", "GB 12143"), ALL),
        (adding("docs/zh/teams/index.md", "\n补充一句。\n"), set()),
    ],
    ids=[
        "text", "slogan", "style", "template", "other-design", "book", "family", "fonts", "press",
        "telephone", "name", "glossary", "clause", "source", "page-text",
    ],
)  # fmt: skip
def test_a_change_prints_what_depends_on_it(
    project: Path, before: dict[str, str], change: Callable[[Path], None], prints: set[str]
) -> None:
    assert printed_again(project, before, change) == prints


@pytest.mark.parametrize(
    ("code", "prints"), [("W008", ALL), ("P002", set())], ids=["shown", "not-shown"]
)
def test_the_picture_of_a_sign_prints_the_sheets_that_show_it(
    project: Path, before: dict[str, str], code: str, prints: set[str]
) -> None:
    registry = "printables/signs/signs.toml"
    text = (project / registry).read_text(encoding="utf-8")
    table = text[text.index(f"[{code}]") :].partition("\n\n")[0]
    moved = re.sub(r'pictogram = ".*"', 'pictogram = "biohazard"', table)
    assert printed_again(project, before, replacing(registry, table, moved)) == prints


def test_parts_of_the_work_fill_one_cache(small: Path) -> None:
    done = [run(small, "printables.commands.shard", f"{part}/3") for part in (1, 2, 3)]
    assert [each.returncode for each in done] == [0, 0, 0], done
    assert sum(json.loads(each.stdout)["printed"] for each in done) == 5
    assert report(small)["printed"] == 0


def test_a_part_that_there_is_not_is_refused(labelled: Path) -> None:
    done = run(labelled, "printables.commands.shard", "4/3")
    assert done.returncode == 2
    assert "3/8" in done.stderr
    assert build(labelled).returncode == 0
