"""Serve converts a page again when its text changed, or what it is made from besides."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from project import BASE, ROOT

from hooks.build import session

PRINTING = re.compile(r"^  - hooks/(printing|campaigns|editions|cards|offline)\.py\n", re.MULTILINE)
PAGE = "teams/ladders"
WBR = re.compile(r"<wbr ?/?>")  # between phrases
PARTS = (
    "hooks",
    "overrides",
    "printables",
    "library/glossary.yml",
    "library/synonyms.toml",
    "editions.jsonl",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project as a site without printables, of which the preview remembers nothing."""
    session.forget()
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    for page in (ROOT / "docs").glob("*/*.md"):
        if page.name != "print.md":
            shutil.copy(page, tmp_path / page.relative_to(ROOT))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(PRINTING.sub("", settings), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The sources of the pages whose Markdown was converted, but for pages that have none."""
    seen: list[str] = []
    render = Page.render

    def watched(self: Page, config: MkDocsConfig, files: Files) -> None:
        if (self.markdown or "").strip():
            seen.append(self.file.src_uri)
        render(self, config, files)

    monkeypatch.setattr(Page, "render", watched)
    yield seen


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The sources of the pages that a template made."""
    seen: list[str] = []
    render = Template.render

    def watched(self: Template, *args: Any, **kwargs: Any) -> str:
        if args and (page := args[0].get("page")):
            seen.append(page.file.src_uri)
        return render(self, *args, **kwargs)

    monkeypatch.setattr(Template, "render", watched)
    yield seen


def served(project: Path, *, anew: bool = False) -> dict[str, str]:
    """Build as serve does, and return the pages; `anew`, as if it had just begun."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site"), strict=False)
    if anew:
        session.forget()
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    pages = (project / "site").rglob("*.html")
    return {path.relative_to(project / "site").as_posix(): path.read_text() for path in pages}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_page_alone_is_converted(project: Path, converted: list[str]) -> None:
    first = served(project)
    assert len(converted) > 4
    converted.clear()
    change(project / "docs" / "zh" / f"{PAGE}.md", "先看梯子", "先查梯子")
    second = served(project)
    assert converted == [f"zh/{PAGE}.md"]
    assert "先查梯子" in WBR.sub("", second[f"zh/{PAGE}/index.html"])
    assert "先查梯子" in WBR.sub("", second[f"zh/both/{PAGE}/index.html"])
    assert second[f"en/{PAGE}/index.html"] == first[f"en/{PAGE}/index.html"]


def test_an_unchanged_page_keeps_its_contents_and_anchors(
    project: Path, converted: list[str]
) -> None:
    first = served(project)
    converted.clear()
    second = served(project)
    assert not converted
    assert {name: second[name] for name in first if name.startswith(("zh/", "en/"))} == {
        name: page for name, page in first.items() if name.startswith(("zh/", "en/"))
    }


def test_the_search_finds_what_changed(project: Path) -> None:
    index = project / "site" / "search" / "zh.js"
    served(project)
    first = index.read_text(encoding="utf-8")
    change(project / "docs" / "zh" / f"{PAGE}.md", "先看梯子", "先查梯子")
    served(project)
    assert index.read_text(encoding="utf-8") == first.replace("先看梯子", "先查梯子") != first


def test_pages_without_the_change_are_not_made_again(project: Path, made: list[str]) -> None:
    served(project)
    every = set(made)
    made.clear()
    served(project)
    assert made == []
    change(project / "docs" / "zh" / f"{PAGE}.md", "先看梯子", "先查梯子")
    served(project)
    assert {f"zh/{PAGE}.md", f"zh/both/{PAGE}.md", f"en/both/{PAGE}.md"} <= set(made)
    assert not {f"en/{PAGE}.md", "zh/about.md", "zh/teams/index.md"} & set(made)
    assert len(every) > 12


CHAPTER = f"docs/zh/{PAGE}.md"
CHANGES: dict[str, tuple[str, str, str]] = {
    "text": (CHAPTER, "先看梯子", "先查梯子"),
    "title": (CHAPTER, "title: ", "title: 新的"),
    "slogan": (CHAPTER, "slogan: 先架稳", "slogan: 先放稳"),
    "summary": (CHAPTER, "summary: ", "summary: 再读一遍。"),
    "order": (CHAPTER, "order: ", "order: 9"),
    "tone": (CHAPTER, "tone: warning", "tone: rescue"),
    "twin": (f"docs/en/{PAGE}.md", "summary: ", "summary: Again. "),
    "heading": (CHAPTER, "{#never .never}", "{#not .never}"),
    "mistake": (CHAPTER, "signs: [W008", "sings: [W008"),
    "reader": ("docs/zh/teams/index.md", "title: ", "title: 新的"),
    "reader's summary": ("docs/zh/teams/index.md", "order: 1", "summary: 新的"),
    "home": ("docs/en/index.md", "summary: ", "summary: New "),
    "owner": ("owner.yml", "示范园区", "新园区"),
    "words": ("overrides/words.toml", 'missing = {zh = "', 'missing = {zh = "没'),
    "term": ("library/glossary.yml", "en: ", "en: new "),
    "clause": ("library/sources/ladders.toml", "stands 1 metre", "is to stand 1 metre"),
    "source": ("library/sources/practice.toml", "good practice", "practice"),
    "template": ("overrides/partials/foot.html", "<", "<!-- new --><"),
    "colour": ("owner.yml", "mail: ", "colours: {band: '#123456'}\nmail: "),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_remembered_is_what_a_new_preview_would_show(project: Path, name: str) -> None:
    path, old, new = CHANGES[name]
    before = served(project, anew=True)
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    after = served(project)
    assert after != before
    assert after == served(project, anew=True)


def test_a_page_that_comes_and_goes_is_seen_everywhere(project: Path) -> None:
    first = served(project, anew=True)
    for language in ("zh", "en"):
        chapter = project / "docs" / language / f"{PAGE}.md"
        shutil.copy(chapter, chapter.with_name("steps.md"))
    more = served(project)
    assert "zh/teams/steps/index.html" in more
    assert more == served(project, anew=True)
    for language in ("zh", "en"):
        (project / "docs" / language / "teams" / "steps.md").unlink()
    assert served(project) == first


def test_the_owner_changes_every_page(project: Path, converted: list[str]) -> None:
    served(project)
    pages = len(converted)
    change(project / "owner.yml", "示范园区", "新园区")
    served(project)
    assert len(converted) == 2 * pages
