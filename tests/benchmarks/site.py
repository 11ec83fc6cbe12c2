"""The whole site: N chapters in two languages and every design; cold, unchanged, one thing changed."""

import json
import re
import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from printables.job import FINISHINGS
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
FLOOR = "floor.yml"
FINISHED = tuple(f"-{finishing}.pdf" for finishing in FINISHINGS)
COUNTED = ("PDFs", "pages", "ms a page")
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
    floor = [build(project, FLOOR) for _ in range(3)]
    yield row(number, "no printables", floor, floor)
    made = [cold(project) for _ in range(cold_builds)]
    pressing = _median(made, "seconds")
    yield row(number, "nothing cached", made, floor) | printed(built_in(project), pressing)
    # In turn, so that both meet the same machine.
    pairs = [(build(project, FLOOR), build(project)) for _ in range(3)]
    beside, warm = ([pair[side] for pair in pairs] for side in (0, 1))
    yield row(number, "nothing changed", warm, beside)
    yield telephone(project, number)
    chapter = project / "docs" / "zh" / f"{chapters.MODELS[0]}.md"
    yield row(
        number, "one chapter changed", [_changed(project, chapter, "一步", "每步")], beside, warm
    )
    style = project / "printables" / "layout" / "designs" / "flyer" / "style.css"
    yield row(number, "one template changed", [_appended(project, style)], beside, warm)
    if number <= LARGE:
        alone = [cold(project, "taskset", "-c", "0") for _ in range(cold_builds)]
        yield row(number, "nothing cached, one worker", alone, floor)


def own(project: Path) -> Iterator[dict[str, str]]:
    """Rows for a copy of this repository with its own chapters and forms: nothing cached, another telephone, one chapter changed."""
    _copy(project, "docs")
    number = sum(path.stem != "index" for path in (project / "docs" / "zh").glob("*/*.md"))
    made = cold(project)
    shown = row(number, "this repository's own", [made], [made]) | {"× no printables": "–"}
    yield shown | printed(built_in(project), made.report["seconds"])
    yield telephone(project, number)
    warm = build(project)
    chapter = project / "docs" / "zh" / f"{chapters.MODELS[0]}.md"
    changed = [_changed(project, chapter, "一步", "每步")]
    yield row(number, "one chapter changed, × nothing changed", changed, [warm], [warm])


def make(project: Path, number: int) -> Path:
    """A copy of this project with so many chapters; floor.yml builds it without printing."""
    _copy(project)
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
    (project / FLOOR).write_text(PRINTING.sub("", settings), "utf-8")
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
    command = [*before, sys.executable, "-m", "mkdocs", "build", "-f", settings]
    command += ["-d", built_in(project, settings)]  # each empties its own
    took = clock.run(
        command, project, {"PYTHONPATH": str(project), "PRINT_REPORT": str(report)}, limit=3000
    )
    return Built(took, json.loads(report.read_text()) if report.exists() else {})


def row(
    number: int, what: str, builds: list[Built], floor: list[Built], unchanged: Sequence[Built] = ()
) -> dict[str, str]:
    """The medians of the builds as text."""
    seconds, base = _seconds(builds), _seconds(floor)
    report = builds[-1].report
    made = report.get("printed", 0)
    done = made + report.get("stamped", 0)
    return {
        "Whole site": f"{number} chapters, {what}",
        "build": f"{seconds:.1f} s",
        "× no printables": f"{seconds / base:.2f}",
        "over unchanged": f"{seconds - _seconds(unchanged):+.1f} s" if unchanged else "–",
        "printed or stamped": f"{done:.0f}" if report else "–",
        "core seconds a sheet": f"{cost(builds):.3f}" if made else "–",
        "layouts a sheet": f"{report['layouts'] / made:.2f}" if made else "–",
        "fell back": f"{report['searched']:.0f}" if made else "–",
        "worker's peak": f"{_median(builds, 'peak_worker_mb'):.0f} MB" if made else "–",
        "build's own peak": f"{max(built.took.peak_mb for built in builds):.0f} MB",
        **dict.fromkeys(COUNTED, "–"),
    }


def printed(site: Path, seconds: float) -> dict[str, str]:
    """PDFs and pages of a site without tiles and the like, which peers do not make, and what a page took of so many seconds."""
    pages = []
    for path in site.rglob("*.pdf"):
        if path.name.endswith(FINISHED):
            continue
        with pikepdf.open(path) as document:
            pages.append(len(document.pages))
    a_page = f"{seconds * 1000 / sum(pages):.0f}" if pages else "–"
    return dict(zip(COUNTED, (f"{len(pages)}", f"{sum(pages)}", a_page), strict=True))


def cost(builds: list[Built]) -> float:
    """Core seconds that the press needed for a sheet."""
    return statistics.median(
        built.report["seconds"] * built.report["workers"] / built.report["printed"]
        for built in builds
    )


def cache_size(project: Path) -> str:
    """Size of the cache that a build filled."""
    entries = list((project / ".cache" / "press").glob("*/*/record.json"))
    size = sum(path.stat().st_size for entry in entries for path in entry.parent.iterdir())
    return f"{len(entries)} sheets, {size / 1e6:.0f} MB"


def cold(project: Path, *before: str) -> Built:
    """A build with nothing cached."""
    shutil.rmtree(project / ".cache", ignore_errors=True)
    return build(project, "mkdocs.yml", *before)


def _copy(project: Path, *more: str) -> None:
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    for part in (*PARTS, *more):
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, project / part)


def built_in(project: Path, settings: str = "mkdocs.yml") -> Path:
    """The folder of a project's site."""
    return project / f"site-{Path(settings).stem}"


def _seconds(builds: Sequence[Built]) -> float:
    return statistics.median(built.seconds for built in builds)


def _median(builds: list[Built], key: str) -> float:
    return statistics.median(built.report.get(key, 0) for built in builds)


def _changed(project: Path, path: Path, old: str, new: str) -> Built:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return build(project)


def _appended(project: Path, style: Path) -> Built:
    style.write_text(style.read_text("utf-8") + "\n/* changed */\n", "utf-8")
    return build(project)
