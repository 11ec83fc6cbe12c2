"""Check hostile projects, each in a process of its own that is bounded, timed and watched; one JSON object a line.

python tests/hostile.py FOLDER … where each folder is a project; `=press` behind a name prints its sheets as well, `=site`
makes the pages that the preview shows instead, and `=honest` is read first, by the process that the others begin as.
"""

import contextlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

from printables.findings import Finding, Rejected
from printables.project import Project

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 240  # of a processor: a site of some hundred pages takes a tenth, and others on the machine slow a processor down
PATIENCE = 600  # by the clock: nothing may wait for ever
MEGABYTES = 1500
# Where Python, its packages, the fonts and the designs are; and what every process reads of itself.
OWN = [
    str(Path(place).resolve())
    for place in (ROOT / "printables", *sys.path[1:], sys.base_prefix, sys.prefix)
    if place
]
SYSTEM = (
    "/usr/lib/",
    "/usr/share/",
    "/lib/",
    "/proc/self/",
    "/dev/null",
    "/dev/urandom",
    "/etc/ld.so",
    "/etc/mime.types",
    "/proc/cpuinfo",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu/",  # how many there are: the C library asks when threads wait for memory
    "/proc/mounts",
    "/usr/bin/",
    "/sbin/ldconfig",
)
FILES = {"open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir"}
BEYOND = {"socket.connect", "socket.getaddrinfo", "os.system", "os.exec", "os.posix_spawn"}


class Watch:
    """An audit hook that notes every file outside the project and every way out of the process."""

    def __init__(self, project: Path) -> None:
        self.inside = [str(project.resolve()), *OWN]
        self.seen: set[str] = set()
        self.on = True

    def __call__(self, event: str, values: tuple) -> None:
        if not self.on:
            return
        if event in BEYOND:
            self.seen.add(f"{event} {values!r}"[:200])
        elif event in FILES and values and isinstance(values[0], (str, bytes, os.PathLike)):
            path = os.path.realpath(os.fsdecode(values[0]))
            if not path.startswith(SYSTEM) and not any(
                path == home or path.startswith(f"{home}/") for home in self.inside
            ):
                self.seen.add(f"{event} {path}")


def check(project: Path, also: str) -> dict[str, object]:
    """Findings, seconds of a processor, peak memory in MB, and what was touched outside the project."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024**2,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(PATIENCE)
    tempfile.tempdir = str(project / ".tmp")
    Path(tempfile.tempdir).mkdir()
    os.chdir(project)
    watch = Watch(project)
    sys.addaudithook(watch)
    began = time.process_time()
    findings: list[Finding] = []
    if also == "site":
        _show()
    else:
        _, prospect = Project().read()
        plan, findings = prospect.plan, [*prospect.findings]
        if also == "press" and not findings:
            findings += _printed(plan.jobs(plan.orders))
    watch.on = False
    return {
        "findings": sorted({found.text("en") for found in findings}),
        "seconds": round(time.process_time() - began, 3),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "outside": sorted(watch.seen),
    }


def _show() -> None:
    """Make the pages as `mkdocs serve` does, with what is wrong on them."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config("mkdocs.yml", strict=False)
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)


def _printed(jobs: list) -> list:
    from printables.production.workers import work

    findings = []
    for job in [
        job for job in jobs if job.design in {"poster", "flyer"} and job.size in {"a3", "a4"}
    ][:3]:
        try:
            work(job)
        except Rejected as rejected:
            findings += rejected.findings
    return findings


def main(projects: list[str]) -> None:
    for entry in projects:
        name, _, also = entry.partition("=")
        if also == "honest":
            with contextlib.chdir(name):
                Project().read()
            continue
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            with os.fdopen(writing, "w") as answer:
                answer.write(json.dumps(check(Path(name), also)))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answer:
            said = answer.read()
        _, status = os.waitpid(child, 0)
        result = json.loads(said) if said else {"died": status}
        print(json.dumps({"project": Path(name).name, **result}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
