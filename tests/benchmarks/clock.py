"""One command, timed from its start to its end."""

import os
import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A measured command that did not end well; its last lines."""


@dataclass(frozen=True)
class Took:
    """Wall seconds, the largest resident memory of the command itself, and of whatever it started, one by one."""

    seconds: float
    peak_mb: float
    largest_mb: float


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    limit: float = 900,
) -> Took:
    """Run a command in a folder; raises Failed where it fails or takes longer than the limit."""
    began = time.monotonic()
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    log = folder / "benchmark.log"
    with log.open("wb") as heard:
        child = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            env=settings | {"NO_MKDOCS_2_WARNING": "1"} | dict(environment or {}),
            stdout=heard,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        peak = 0.0
        while True:
            peak = max(peak, _peak_mb(child.pid))
            ended, status, usage = os.wait4(child.pid, os.WNOHANG)
            if ended:
                break
            if time.monotonic() - began > limit:
                os.killpg(child.pid, 9)
                os.wait4(child.pid, 0)
                child.returncode = -9
                raise Failed(f"more than {limit:.0f} s")
            time.sleep(0.02)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise Failed(log.read_text(errors="replace")[-2000:])
    return Took(time.monotonic() - began, peak, usage.ru_maxrss / 1024)


def _peak_mb(process: int) -> float:
    """The largest memory that a process had so far, in MB; 0 where it has ended."""
    status = Path("/proc", str(process), "status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
