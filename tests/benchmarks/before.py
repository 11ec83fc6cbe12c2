"""Cold builds of this commit and of an earlier one in turn, each of its own chapters: what a sheet costs the press."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import site

COMMIT = "b34c6e9"  # the last one that laid a sheet out again and again
MAKE = "import sys, pathlib; from benchmarks import site; site.make(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"


def rows(folder: Path, number: int, times: int) -> Iterator[dict[str, str]]:
    """A row for that commit and one for this; what needs its packages needs those that it named, which are these."""
    projects = {
        COMMIT: _make(folder, number),
        "this": site.make(folder / f"site-{number}", number),
    }
    built: dict[str, list[site.Built]] = {name: [] for name in projects}
    for _ in range(times):
        for name, project in projects.items():
            built[name].append(site.cold(project))
    costs = {name: site.cost(each) for name, each in built.items()}
    for name, each in built.items():
        report = each[-1].report
        yield {
            "Nothing cached": f"{number} chapters, {name} commit",
            "printed": f"{report['printed']:.0f}",
            "layouts a sheet": f"{report['layouts'] / report['printed']:.2f}",
            "core seconds a sheet": f"{costs[name]:.3f}",
            f"× {COMMIT}": f"{costs[name] / costs[COMMIT]:.2f}",
        }


def _make(folder: Path, number: int) -> Path:
    """The earlier commit's own project of so many chapters."""
    tree, project = folder / "tree", folder / f"before-{number}"
    for path in (tree, project):
        shutil.rmtree(path, ignore_errors=True)
    tree.mkdir(parents=True)
    packed = subprocess.run(
        ["git", "archive", COMMIT], cwd=site.ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x"], cwd=tree, input=packed.stdout, check=True)
    subprocess.run([sys.executable, "-c", MAKE, project, str(number)], cwd=tree, check=True)
    return project
