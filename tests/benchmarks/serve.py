"""The editors' preview of the real chapters: how soon a saved chapter is back, and its sheets."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.site import PARTS, ROOT

CHAPTER = "teams/forklifts"
TIMES = 5
LIMIT_S = 600
PRESS = ROOT / ".cache" / "press"
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
SUMMARY = re.compile(r"^summary: (.*)$", re.MULTILINE)


def rows(folder: Path) -> Iterator[dict[str, str]]:
    """One row: seconds from saving until the page shows the change, and until its sheets do."""
    project = make(folder / "serve")
    port = _free_port()
    log = (project / "serve.log").open("wb")
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "-a", f"127.0.0.1:{port}"]
    settings = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project), "PRINT_CACHE": str(PRESS)}
    server = subprocess.Popen(
        command, cwd=project, env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        measured = list(_changes(project, f"http://127.0.0.1:{port}/zh/{CHAPTER}/"))
    finally:
        server.terminate()
        server.wait()
    pages, sheets = (statistics.median(times) for times in zip(*measured, strict=True))
    chapters = len(list((project / "docs" / "zh").glob("*/*.md"))) - 4  # the readers' own pages
    yield {
        "Preview": f"{chapters} chapters, one saved",
        "page back": f"{pages:.1f} s",
        "its sheets back": f"{sheets:.1f} s",
    }


def make(project: Path) -> Path:
    """A copy of this project with every sheet in its cache, which it takes from here where it can."""
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    for part in (*PARTS, "docs"):
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, project / part)
    build = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "site"]
    settings = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project), "PRINT_CACHE": str(PRESS)}
    subprocess.run(build, cwd=project, env=os.environ | settings, check=True)
    return project


def _changes(project: Path, address: str) -> Iterator[tuple[float, float]]:
    """Save the chapter with another summary, again and again."""
    path = project / "docs" / "zh" / f"{CHAPTER}.md"
    text = path.read_text(encoding="utf-8")
    _until(lambda: "<h1" in _get(address))
    for number in range(TIMES):
        run = str(time.time_ns())[-8:].translate(DIGITS)  # another text than in any run before
        summary = f"看清再开，{run}第{number}遍。"
        before = set(_editions(_get(address)))
        path.write_text(SUMMARY.sub(f"summary: {summary}", text), encoding="utf-8")
        began = time.monotonic()
        _until(lambda said=summary: said in _get(address))
        page = time.monotonic() - began
        _until(lambda old=before: bool(new := _editions(_get(address))) and not old & set(new))
        yield page, time.monotonic() - began


def _editions(page: str) -> list[str]:
    """The editions of the flyers, which show the summary, on the page's panel."""
    return re.findall(r'data-design="flyer".*?(\d{4}-\d\d-\d\d·[0-9a-f]{8})', page, re.DOTALL)


def _until(met: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not met():
        if time.monotonic() - began > LIMIT_S:
            raise TimeoutError(f"more than {LIMIT_S} s")
        time.sleep(0.02)


def _get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
