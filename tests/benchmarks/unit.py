"""Stamping a unit on sheets in a browser, as fast as this machine and four times slower."""

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from printables.languages import FACTS
from printables.web import outlines
from tests.benchmarks.stamp import blanks

ROOT = Path(__file__).resolve().parents[2]
SLOWER = (1, 4)
SCRIPTS = ("pdf", "lettering", "face", "stamp")
UNIT = {
    "name": {"zh": "湖南湘江新区精密机械制造股份有限公司长沙望城分公司", "en": ""},
    "short": "湘江精密",
    "telephones": [
        {"label": "值班电话", "number": "0731-88889999"},
        {"label": "安全员", "number": "13800001111"},
    ],
    "mark": "",
}  # fmt: skip
LOADED = """window.stamping = {load: (name) => new Promise((resolve) => {
    const made = document.createElement("script"); made.src = `stamp/${name}.js`; made.onload = resolve; document.head.append(made); })};"""
TIMED = """async ({unit, facts, sheets, scripts}) => {
    for (const name of scripts) await stamping.load(name);
    const began = performance.now();
    const stamp = new stamping.Stamp(unit, facts, []);
    await stamp.prepare();
    const prepared = performance.now() - began;
    const times = {};
    for (const [name, sheet] of Object.entries(sheets)) {
        const bytes = Uint8Array.from(atob(sheet), (sign) => sign.charCodeAt(0));
        const each = [];
        for (let turn = 0; turn < 9; turn++) {
            const start = performance.now();
            await stamp.on(bytes);
            each.push(performance.now() - start);
        }
        times[name] = each.sort((one, other) => one - other)[4];
    }
    return {prepared, times};
}"""


def rows(work: Path) -> Iterator[dict[str, str]]:
    """A row for what is done once a unit, one for each design."""
    page = _page(work)
    sheets = {name: base64.b64encode(pdf).decode() for name, pdf in blanks()}
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        measured = [_measured(browser, page, sheets, slower) for slower in SLOWER]
        browser.close()
    yield _row("once a unit, with its type", [each["prepared"] for each in measured])
    for name in sheets:
        yield _row(name, [each["times"][name] for each in measured])


def _page(work: Path) -> Path:
    """A page that can stamp, opened from a folder."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ROOT / "overrides" / "stamp", work / "stamp")
    outlines.deliver(work, work / "kept")
    (work / "load.js").write_text(LOADED, encoding="utf-8")
    page = work / "index.html"
    page.write_text("<!doctype html><script src=load.js></script>", encoding="utf-8")
    return page


def _measured(browser: Browser, at: Path, sheets: dict[str, str], slower: int) -> dict[str, Any]:
    page: Page = browser.new_page()
    page.goto(at.as_uri())
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    facts = {
        code: {
            "tag": each.tag,
            "enumeration": each.enumeration,
            "extension": each.extension,
            "spaced": each.is_spaced,
        }
        for code, each in FACTS.items()
    }
    asked = {"unit": UNIT, "facts": facts, "sheets": sheets, "scripts": SCRIPTS}
    found: dict[str, Any] = page.evaluate(TIMED, asked)
    page.close()
    return found


def _row(name: str, times: list[float]) -> dict[str, str]:
    return {"sheet, in a browser": name} | {
        f"CPU/{slower}, ms": f"{time:.1f}" for slower, time in zip(SLOWER, times, strict=True)
    }
