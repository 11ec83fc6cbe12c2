"""script/serve: what is wrong shows on the page, the server goes on, and a mended page comes back."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from project import edit

from printables.commands.new import begin

PATIENCE_S = 60
ZH, EN = "docs/zh/teams/ladders.md", "docs/en/teams/ladders.md"


class Preview:
    """A running server and the folder that it shows."""

    def __init__(self, folder: Path, address: str, process: "subprocess.Popen[bytes]") -> None:
        self.folder, self.address, self.process = folder, address, process

    def page(self, path: str) -> str:
        """The page, "" while it is not there."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=PATIENCE_S) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return ""

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def wait(self, path: str, words: str, *, gone: bool = False) -> float:
        """Seconds until the page holds the words, or no longer holds them."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE_S:
            assert self.process.poll() is None, "the server has ended"
            text = self.page(path)
            if text and (words in text) != gone:
                return time.monotonic() - began
            time.sleep(0.1)
        pytest.fail(f"{path}: {words!r} {'stays' if gone else 'does not come'}")


@pytest.fixture(scope="module")
def preview(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The server that script/serve starts, on a free port, with a draft among its chapters."""
    folder = tmp_path_factory.mktemp("preview") / "project"
    shutil.copytree(workshop, folder, symlinks=True)
    begin("teams/steps", folder / "docs", date(2026, 1, 2))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1", "READERS_LANGUAGE": "en"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"127.0.0.1:{port}"],
            cwd=folder,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
        started = Preview(folder, f"http://127.0.0.1:{port}/", process)
        started.wait(
            "en/teams/ladders/", "ladders-poster-a3-en.pdf"
        )  # its sheets are there as well
        yield started
        process.terminate()
        process.wait(PATIENCE_S)


def test_a_draft_is_shown_and_called_one(preview: Preview) -> None:
    page = preview.page("zh/teams/steps/")
    assert "草稿：只在预览中显示。" in page
    assert "写一句话，说明为什么要读这一章" in page
    assert "“checklist”段有 3 条" in page  # what is left to do


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ({"signs: [W008": "sings: [W008"}, [f"{EN}:1: `signs` is missing"]),
        (
            {"title: Ladders": "title: Ladders: all"},
            [f"{EN}:2: “title: Ladders: all” is not read"],
        ),
        ({"Tie the top.": "<b>Tie</b> the top."}, [f"{EN}:21: the text contains HTML: &lt;b&gt;"]),
        (
            {"Tie the top.": "Tie it [so](knots.md).", "Damaged ones": "Hidden dangers"},
            [
                f"{EN}:21: the link knots.md leads to no",
                f"{EN}:14: “Hidden dangers” is the wrong term",
            ],
        ),
        (
            {"slogan: Set it firm. Then climb.": "slogan: Incomprehensibilities everywhere."},
            [f"{EN}:4: the slogan's line"],
        ),
        (
            {"Set it firm, then climb.": "Set it 稳 then 𠮷 climb."},
            ["the project's fonts cannot draw 𠮷"],
        ),
    ],
    ids=["key", "yaml", "html", "text", "slogan", "press"],
)
def test_a_mistake_shows_on_the_page_and_goes_when_it_is_mended(
    preview: Preview, edits: dict[str, str], told: list[str]
) -> None:
    written = (preview.folder / EN).read_text(encoding="utf-8")
    wrong = written
    for find, replace in edits.items():
        assert wrong.count(find) == 1
        wrong = wrong.replace(find, replace)
    (preview.folder / EN).write_text(wrong, encoding="utf-8")
    for sentence in told:
        preview.wait("en/teams/ladders/", sentence.replace("'", "&#39;"))
    assert preview.page("zh/teams/ladders/")  # the others are there all the while
    (preview.folder / EN).write_text(written, encoding="utf-8")
    preview.wait("en/teams/ladders/", 'id="findings"', gone=True)
    preview.wait("en/teams/ladders/", "Look at the ladder")


def test_a_broken_owner_s_file_does_not_end_the_server(preview: Preview) -> None:
    edit(preview.folder / "owner.yml", "mail: safety@readers.example", "mail: a: b")
    began = time.monotonic()
    while "owner.yml:3: this is not valid YAML" not in preview.log():
        assert time.monotonic() < began + PATIENCE_S
        time.sleep(0.1)
    assert "Look at the ladder" in preview.page("en/teams/ladders/")
    edit(preview.folder / "owner.yml", "mail: a: b", "mail: help@readers.example")
    preview.wait("en/teams/ladders/", "help@readers.example")
