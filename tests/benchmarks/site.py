"""The whole site: N chapters in two languages and every design; cold, unchanged, one thing changed."""

import json
import re
import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import chapters, clock

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "hooks",
    "overrides",
    "printables",
    "mkdocs.yml",
    "owner.yml",
    "library",
    "editions.jsonl",
)
# Without these hooks the same site is built and nothing is printed.
PRINTING = re.compile(r"^  - hooks/(printing|campaigns|editions|cards|offline)\.py\n", re.MULTILINE)
LARGE = 50  # chapters from which one worker alone is not measured


@dataclass(frozen=True)
class Built:
    """One build: what it took and what its press reported."""

    took: clock.Took
    report: Mapping[str, float]

    @property
    def seconds(self) -> float:
        return self.took.seconds


def rows(folder: Path, number: int, cold_builds: int) -> Iterator[dict[str, str]]:
    """A row a build: without printables, cold, unchanged, one telephone, one chapter, one template, one worker."""
    project = make(folder / f"site-{number}", number)
    floor = [build(project, "floor.yml") for _ in range(3)]
    yield row(number, "no printables", floor, floor)
    cold = [_cold(project) for _ in range(cold_builds)]
    yield row(number, "nothing cached", cold, floor)
    # In turn, so that both meet the same machine.
    pairs = [(build(project, "floor.yml"), build(project)) for _ in range(3)]
    beside, warm = ([pair[side] for pair in pairs] for side in (0, 1))
    yield row(number, "nothing changed", warm, beside)
    yield telephone(project, number)
    chapter = project / "docs" / "zh" / f"{chapters.MODELS[0]}.md"
    yield row(number, "one chapter changed", [_changed(project, chapter, "一步", "每步")], beside)
    style = project / "printables" / "layout" / "designs" / "flyer" / "style.css"
    yield row(number, "one template changed", [_appended(project, style)], beside)
    if number <= LARGE:
        alone = [_cold(project, "taskset", "-c", "0") for _ in range(cold_builds)]
        yield row(number, "nothing cached, one worker", alone, floor)


def make(project: Path, number: int) -> Path:
    """A copy of this project with so many chapters; floor.yml builds it without printing."""
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    for part in PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, project / part)
    chapters.write(ROOT / "docs", project / "docs", number)
    # These name chapters that are not here, or are printed whatever the chapters.
    for part in ("campaigns", "forms"):
        shutil.rmtree(project / "library" / part)
        (project / "library" / part).mkdir()
    (project / "library" / "sights.toml").unlink()
    for page in (
        "emergency.md",
        "print.md",
    ):  # the print centre shows what is printed, and the floor prints nothing
        for found in (project / "docs").glob(f"*/{page}"):
            found.unlink()
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "floor.yml").write_text(PRINTING.sub("", settings), "utf-8")
    return project


def telephone(project: Path, number: int) -> dict[str, str]:
    """A row for builds with another telephone of the owner; each is compared with one in which nothing changed, made after it."""
    owner, builds = project / "owner.yml", []
    text = owner.read_text("utf-8")
    for last in range(3):
        owner.write_text(text.replace('number: ""', f'number: "0731-8888999{last}"'), "utf-8")
        builds.append((build(project), build(project)))
    owner.write_text(text, "utf-8")
    changed, unchanged = ([pair[side] for pair in builds] for side in (0, 1))
    return row(number, "another telephone, × nothing changed", changed, unchanged)


def build(project: Path, settings: str = "mkdocs.yml", *before: str) -> Built:
    """What script/build runs."""
    report = project / "report.json"
    report.unlink(missing_ok=True)
    folder = f"site-{Path(settings).stem}"  # each empties its own
    command = [*before, sys.executable, "-m", "mkdocs", "build", "-f", settings, "-d", folder]
    took = clock.run(
        command, project, {"PYTHONPATH": str(project), "PRINT_REPORT": str(report)}, limit=3000
    )
    return Built(took, json.loads(report.read_text()) if report.exists() else {})


def row(number: int, what: str, builds: list[Built], floor: list[Built]) -> dict[str, str]:
    """The medians of the builds as text."""
    seconds = statistics.median(built.seconds for built in builds)
    base = statistics.median(built.seconds for built in floor)
    report = builds[-1].report
    printed, pressing = report.get("printed", 0), _median(builds, "seconds")
    done = printed + report.get("stamped", 0)
    return {
        "Whole site": f"{number} chapters, {what}",
        "build": f"{seconds:.1f} s",
        "× no printables": f"{seconds / base:.2f}",
        "printed or stamped": f"{done:.0f}" if report else "–",
        "a second": f"{done / pressing:.1f}" if pressing else "–",
        "core seconds a sheet": f"{pressing * report['workers'] / printed:.3f}" if printed else "–",
        "layouts a sheet": f"{report['layouts'] / printed:.2f}" if printed else "–",
        "fell back": f"{report['searched']:.0f}" if printed else "–",
        "worker's peak": f"{_median(builds, 'peak_worker_mb'):.0f} MB" if printed else "–",
        "build's peak": f"{max(built.took.peak_mb for built in builds):.0f} MB",
    }


def cache_size(project: Path) -> str:
    """Size of the cache that a build filled."""
    entries = list((project / ".cache" / "press").glob("*/*/record.json"))
    size = sum(path.stat().st_size for entry in entries for path in entry.parent.iterdir())
    return f"{len(entries)} sheets, {size / 1e6:.0f} MB"


def _median(builds: list[Built], key: str) -> float:
    return statistics.median(built.report.get(key, 0) for built in builds)


def _cold(project: Path, *before: str) -> Built:
    shutil.rmtree(project / ".cache", ignore_errors=True)
    return build(project, "mkdocs.yml", *before)


def _changed(project: Path, path: Path, old: str, new: str) -> Built:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return build(project)


def _appended(project: Path, style: Path) -> Built:
    style.write_text(style.read_text("utf-8") + "\n/* changed */\n", "utf-8")
    return build(project)
