"""One printable, cold and warm: ours, Chromium on the same page, Typst on an equivalent one."""

import base64
import json
import pickle
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from printables.chapters import owner
from printables.chapters.parser import parse
from printables.job import Job
from printables.layout import compose, design
from printables.press import engine, hero, print_job
from printables.press.engine import FONTS, WEIGHTS, Document
from printables.press.fit import fit, sizes
from tests.benchmarks import clock

HERE = Path(__file__).parent
ROOT = HERE.parent
CHAPTER = "teams/confined-space"
TIMES = 15
COLD = 5


ENGINES = {
    "ours": "this press: fit, tags, checks, picture",
    "chromium": "Chromium: prints the loaded page; no fit, no picture",
    "chromium_load": "Chromium: loads and prints the page; no fit, no picture",
    "typst": "Typst: the same copy at the same sizes; no fit, no picture",
}


def rows(folder: Path, peers: Path) -> Iterator[dict[str, str]]:
    """A row an engine: cold (a new process), warm, share of what Chromium takes."""
    prepare(folder)
    pythons = {name: peers if name == "typst" else Path(sys.executable) for name in ENGINES}
    warm = {name: statistics.median(timed(pythons[name], name, folder)) for name in ENGINES}
    for name, does in ENGINES.items():
        command = [pythons[name], HERE / "engines.py", name, folder, "1"]
        cold = statistics.median(clock.run(command, folder).seconds for _ in range(COLD))
        yield {
            "One A3 poster": does,
            "cold": f"{cold:.2f} s",
            "warm": f"{warm[name] * 1000:.0f} ms",
            "× Chromium printing": f"{warm[name] / warm['chromium']:.2f}",
            "loading, too": f"{warm[name] / warm['chromium_load']:.2f}",
        }


def timed(python: Path, engine: str, folder: Path) -> list[float]:
    """Seconds of each printing in one process, without the first."""
    command = [python, HERE / "engines.py", engine, folder, str(TIMES + 1)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)[1:]


def prepare(folder: Path) -> None:
    """Write the job, the page for Chromium at the sizes that fit found, and the copy for Typst."""
    folder.mkdir(parents=True, exist_ok=True)
    zh = parse(ROOT / "docs" / "zh" / f"{CHAPTER}.md", ROOT / "docs")
    job = compose.compose(design.find("poster"), {"zh": zh}, "zh", owner.load(ROOT / "owner.yml"))
    job = replace(job, finishings=())  # nobody else cuts it into tiles
    (folder / "job.pickle").write_bytes(pickle.dumps(job))
    document = Document(job.html, job.style)
    fitted = fit(job, document.lay_out, partial(print_job.cast_off, document))
    found = sizes(job, dict(zip(job.regions, fitted.scales, strict=True)), fitted.fills)
    (folder / "poster.html").write_text(page(job, found), "utf-8")
    scale = fitted.scales[0]
    _typst(folder, job, scale)
    print_job.print_sheet(job)


def page(job: Job, found: str) -> str:
    """The job's HTML, complete in itself."""
    faces = "\n".join(
        f"@font-face {{ font-family: Reader; font-weight: {weight};"
        f" src: url({(FONTS / f'NotoSansSC-{name}.ttf').as_uri()}) }}"
        for name, weight in WEIGHTS.items()
    )
    style = f"<style>{faces}\n{job.style}\n{found}</style></head>"
    html = job.html.replace("</head>", style)
    return re.sub(r"qr:([^\"]+)", lambda address: _inline(engine.code(unquote(address[1]))), html)


def _inline(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


def _typst(folder: Path, job: Job, scale: float) -> None:
    """What poster.typ reads, taken from the job's own HTML."""
    room = job.headline
    assert room
    sides = hero.properties(room, job.units[0][1], scale)

    def texts(pattern: str) -> list[str]:
        return [
            re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(pattern, job.html, re.S)
        ]

    copy = {
        "title": job.title,
        "trim": job.trim,
        "unit": job.units[0][1] * max(1.0, scale),
        "headline": sides["headline"],
        "sign": sides["sign"],
        "kicker": job.title,
        "slogan": room.lines,
        "points": list(
            zip(
                texts(r'<h2 class="command"[^>]*>(.*?)</h2>'),
                texts(r'<p class="reason"[^>]*>(.*?)</p>'),
                strict=True,
            )
        ),
        "calls": list(
            zip(
                texts(r'<p class="number"[^>]*>(.*?)</p>'),
                texts(r'<p class="label"[^>]*>(.*?)</p>'),
                strict=True,
            )
        ),
        "contacts": texts(r'<p class="contact"[^>]*>(.*?)</p>'),
        "imprint": " ".join(texts(r'<div class="imprint"[^>]*>(.*?)</div>')),
        "serial": "0",
    }
    (folder / "poster.json").write_text(json.dumps(copy), "utf-8")
    shutil.copy(HERE / "poster.typ", folder)
    sign = re.search(r'class="sign" src="data:image/svg\+xml;base64,([^"]+)"', job.html)
    code = re.search(r'src="qr:([^"]+)"', job.html)
    assert sign and code
    (folder / "sign.svg").write_bytes(base64.b64decode(sign[1]))
    (folder / "code.svg").write_bytes(engine.code(unquote(code[1])))
