"""The same chapters through MkDocs alone, mkdocs-to-pdf and mkdocs-exporter."""

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import chapters, clock, site

HERE = Path(__file__).parent
ROOT = HERE.parent
LIMIT = 600
SETTINGS = """\
site_name: Peers
theme: {name: material, language: zh, font: false}
markdown_extensions: [attr_list, tables, pymdownx.tasklist]
"""
# What each peer is asked for: its defaults, and Debian's Chromium for the one that needs a browser.
PEERS = {
    "mkdocs build alone (Material)": "plugins: [search]\n",
    "mkdocs-to-pdf: one PDF of all pages": "plugins: [search, to-pdf]\n",
    "mkdocs-exporter: one PDF a page": """\
hooks: [debian_chromium.py]
plugins:
  - search
  - exporter:
      formats:
        pdf:
          enabled: true
          browser: {args: [--no-sandbox, --disable-gpu, --disable-background-networking]}
""",
}
FONTS = """\
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def rows(folder: Path, number: int, python: Path) -> Iterator[dict[str, str]]:
    """A row a peer; peers have no cache, so that every build prints everything.

    What a page costs is what the build takes longer than MkDocs alone.
    """
    alone = 0.0
    for place, (name, plugins) in enumerate(PEERS.items()):
        project = make(folder / f"peer-{place}-{number}", number, plugins)
        fonts = {"FONTCONFIG_FILE": str(project / "fonts.conf")}
        times = 3 if number <= 10 else 1
        shown = {"Peers": f"{number} chapters, {name}", "build": f"more than {LIMIT} s"}
        try:
            command = [python, "-m", "mkdocs", "build", "-d", "site"]
            took = [clock.run(command, project, fonts, LIMIT) for _ in range(times)]
            seconds = statistics.median(run.seconds for run in took)
            alone = alone or seconds
            shown["build"] = f"{seconds:.1f} s"
            shown["peak"] = f"{max(run.largest_mb for run in took):.0f} MB"
            shown |= site.printed(project / "site", seconds - alone)
        except clock.Failed as failed:
            if "more than" not in str(failed):
                raise
        yield shown


def make(project: Path, number: int, plugins: str) -> Path:
    """A plain MkDocs project of the chapters, with our fonts as the machine's Chinese fonts."""
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    chapters.write(ROOT / "docs", project / "docs", number)
    for page in (project / "docs").rglob("*.md"):  # templates of ours that a plain site lacks
        text = page.read_text("utf-8")
        page.write_text("\n".join(t for t in text.split("\n") if not t.startswith("template:")))
    (project / "mkdocs.yml").write_text(SETTINGS + plugins, "utf-8")
    shutil.copy(HERE / "debian_chromium.py", project)
    fonts = ROOT / "printables" / "fonts"
    (project / "fonts.conf").write_text(FONTS.format(fonts=fonts, cache=project / "fonts"))
    return project
