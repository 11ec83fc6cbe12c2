"""One sheet, again and again, in one process: python tests/benchmarks/engines.py ENGINE FOLDER TIMES.

Prints the seconds of each time, as JSON. Each engine runs in the environment that has it.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--allow-file-access-from-files",
)


def ours(folder: Path, times: int) -> list[float]:
    """Fit, tagged PDF, checks and picture."""
    import pickle

    from printables.press.print_job import print_sheet

    job = pickle.loads((folder / "job.pickle").read_bytes())
    return timed(lambda _: (folder / "ours.pdf").write_bytes(print_sheet(job).pdf), times)


def chromium(folder: Path, times: int) -> list[float]:
    """Print only: the page stays loaded in a warm browser, at the sizes that our fit found."""
    return _chromium(folder, times, load=False)


def chromium_load(folder: Path, times: int) -> list[float]:
    """A warm browser loads the page and prints it, as it must for every other page."""
    return _chromium(folder, times, load=True)


def _chromium(folder: Path, times: int, load: bool) -> list[float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page()

        def open_page() -> None:
            page.goto((folder / "poster.html").as_uri())
            page.evaluate("document.fonts.ready.then(() => 0)")

        def once(_: int) -> None:
            if load:
                open_page()
            page.pdf(
                path=folder / "chromium.pdf",
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
            )

        open_page()
        printed = timed(once, times)
        browser.close()
        return printed


def typst(folder: Path, times: int) -> list[float]:
    """A tagged PDF (PDF/UA-1) of the same copy at the same sizes; no fit, no picture."""
    import typst as engine

    copy = json.loads((folder / "poster.json").read_text("utf-8"))
    compiler = engine.Compiler(
        str(folder / "poster.typ"),
        font_paths=[str(ROOT / "printables" / "fonts")],
        ignore_system_fonts=True,
    )

    def once(number: int) -> None:  # another text each time, for Typst remembers what it has set
        (folder / "poster.json").write_text(json.dumps(copy | {"serial": str(number)}), "utf-8")
        (folder / "typst.pdf").write_bytes(compiler.compile(format="pdf", pdf_standards="ua-1"))

    return timed(once, times)


def timed(work: Callable[[int], object], times: int) -> list[float]:
    """Seconds of each of so many calls."""
    seconds = []
    for number in range(times):
        began = time.perf_counter()
        work(number)
        seconds.append(time.perf_counter() - began)
    return seconds


if __name__ == "__main__":
    # `printables` is found whichever environment runs this; this folder's names are no modules.
    sys.path[0] = str(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    engine, where, count = sys.argv[1:]
    print(json.dumps(globals()[engine](Path(where), int(count))))
