"""The continuation of MkDocs 1, ProperDocs (BSD-2-Clause), builds the site that MkDocs builds.

MkDocs 2 knows no hooks, and Material for MkDocs ends with MkDocs 1; this is the way on that changes no file of ours.
"""

import re
from pathlib import Path

import pytest
from project import ROOT, run

AFTER = ROOT / ".cache" / "after-venv" / "bin" / "python"
GENERATOR = re.compile(r'<meta name="generator" content="(.*?)">')
# The worker names a digest of the pages, and so of what says who made them; the archive holds the time.
DIFFERENT = {"sw.js", "sitemap.xml.gz"}


def pages(site: Path) -> dict[str, bytes]:
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.mark.skipif(not AFTER.exists(), reason="script/bootstrap after was not run")
def test_properdocs_builds_the_same_site(project: Path, workshop_site: Path) -> None:
    settings = ("properdocs", "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir")
    done = run(project, *settings, "after", python=AFTER)
    assert done.returncode == 0, done.stderr
    before, after = pages(workshop_site), pages(project / "after")
    assert after.keys() == before.keys()
    chapter = "en/teams/ladders/index.html"
    [made_by] = GENERATOR.findall(after[chapter].decode())
    assert "ProperDocs" in made_by  # and not the MkDocs that Material brings along
    for name in before.keys() - DIFFERENT:
        if name.endswith(".html"):
            assert GENERATOR.sub("", after[name].decode()) == GENERATOR.sub(
                "", before[name].decode()
            )
        else:
            assert after[name] == before[name], name
