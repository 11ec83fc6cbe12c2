"""Serve converts a page again when its text changed, or what it is made from besides."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from project import BASE, ROOT

PRINTING = re.compile(r"^  - hooks/(printing|campaigns|editions|cards|offline)\.py\n", re.MULTILINE)
PAGE = "teams/ladders"
PARTS = (
    "hooks",
    "overrides",
    "printables",
    "campaigns",
    "glossary.yml",
    "search-synonyms.toml",
    "editions.jsonl",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project as a site without printables."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    for page in (ROOT / "docs").glob("*/*.md"):
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


def served(project: Path) -> dict[str, str]:
    """Build as serve does, and return the pages."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site"), strict=False)
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
    assert "先查梯子" in second[f"zh/{PAGE}/index.html"]
    assert "先查梯子" in second[f"zh/both/{PAGE}/index.html"]
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


def test_the_search_finds_what_it_found_and_what_changed(project: Path) -> None:
    def index() -> list[dict]:
        path = project / "site" / "search" / "search_index.json"
        docs = json.loads(path.read_text(encoding="utf-8"))["docs"]
        return sorted(docs, key=lambda entry: str(entry["location"]))

    served(project)
    first = index()
    served(project)
    assert index() == first
    change(project / "docs" / "zh" / f"{PAGE}.md", "先看梯子", "先查梯子")
    served(project)
    [mended] = [(old, new) for old, new in zip(first, index(), strict=True) if old != new]
    assert mended[1]["text"] == mended[0]["text"].replace("先看梯子", "先查梯子")


def test_the_owner_changes_every_page(project: Path, converted: list[str]) -> None:
    served(project)
    pages = len(converted)
    change(project / "owner.yml", "示范园区", "新园区")
    served(project)
    assert len(converted) == 2 * pages
