"""The order of hooks in mkdocs.yml decides nothing, and a part that nobody made is told."""

import re
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from project import ROOT

from hooks import build, theme
from hooks.build import Build, session
from printables.project import Project

SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
HOOKS = re.findall(r"^  - (hooks/\w+\.py)$", SETTINGS, re.MULTILINE)
WRONG = """
title: {zh: 春, en: Spring}
summary: {zh: 春, en: Spring}
from: 03-01
to: 03-31
chapters: [teams/missing]
designs: [poster]
"""


def swapped(first: int) -> list[str]:
    """The hooks, each pair of neighbours from the first on the other way round."""
    order = HOOKS.copy()
    for at in range(first, len(order) - 1, 2):
        order[at], order[at + 1] = order[at + 1], order[at]
    return order


# Every two neighbours are the other way round in one of them.
ORDERS = {"reversed": HOOKS[::-1], "even pairs": swapped(0), "odd pairs": swapped(1)}


def made(project: Path, hooks: list[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files of the site, built with hooks in this order."""
    monkeypatch.chdir(project)
    monkeypatch.setattr(session, "serving", False)
    settings = SETTINGS.replace(
        "".join(f"  - {name}\n" for name in HOOKS), "".join(f"  - {name}\n" for name in hooks)
    )
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    config = load_config(str(project / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build_site(config)
    return files(project / "site")


def files(site: Path) -> dict[str, bytes]:
    """The files of a site, but for an archive that holds the time."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }


@pytest.fixture(scope="module")
def as_it_is(workshop_site: Path) -> dict[str, bytes]:
    return files(workshop_site)


@pytest.mark.parametrize("hooks", ORDERS.values(), ids=ORDERS)
def test_hooks_in_another_order_make_the_same_site(
    hooks: list[str], project: Path, as_it_is: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = made(project, hooks, monkeypatch)
    assert site.keys() == as_it_is.keys()
    assert [name for name in site if site[name] != as_it_is[name]] == []


@pytest.mark.parametrize("hooks", [HOOKS, *ORDERS.values()], ids=["as it is", *ORDERS])
def test_a_wrong_campaign_ends_the_build_in_every_order(
    hooks: list[str],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (project / "library/campaigns/spring.yml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(Abort):
        made(project, hooks, monkeypatch)
    assert caplog.text.count("library/campaigns/spring.yml:6: ") == 1
    assert not (project / "site" / "index.html").exists()


@pytest.mark.parametrize(("part", "hook"), [("sheets", "printing"), ("files", "languages")])
def test_a_part_that_nobody_made_says_which_hook_makes_it(part: str, hook: str) -> None:
    with pytest.raises(PluginError, match=rf"hooks/{hook}\.py, which has to stand earlier"):
        getattr(Build(Project(), serving=False), part)


def test_a_build_is_the_only_key_of_ours(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    config = load_config("mkdocs.yml")
    given = set(config.extra)
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    assert set(config.extra) - given == {build.KEY}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("base.html", 'data-md-toggle="search"', 'data-md-toggle="find"', 'base.html: no data-md-toggle="search"'),
        ("partials/header.html", "partials/alternate.html", "partials/other.html", "partials/header.html: no partials/alternate"),
        ("assets/stylesheets/main.*.min.css", ".md-search__overlay", ".md-find__overlay", "main.*.css: no .md-search__overlay"),
        ("base.html", "block hero", "block lead", "base.html: no block hero"),
    ],
)  # fmt: skip
def test_a_theme_that_changed_is_told(
    file: str,
    old: str,
    new: str,
    told: str,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.chdir(project)
    config = load_config("mkdocs.yml")
    material = theme.folder(config, project / "overrides")
    changed = shutil.copytree(material, tmp_path / "material")
    [path] = changed.glob(file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    config.theme.dirs[config.theme.dirs.index(str(material))] = str(changed)
    with pytest.raises(Abort):
        build_site(config)
    assert told in caplog.text
