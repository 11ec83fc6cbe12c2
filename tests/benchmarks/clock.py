"""One command, timed from its start to its end."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A measured command that did not end well; its last lines."""


@dataclass(frozen=True)
class Took:
    """Wall seconds, and the largest resident memory of the command and what it waited for."""

    seconds: float
    peak_mb: float


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
        while True:
            ended, status, usage = os.wait4(child.pid, os.WNOHANG)
            if ended:
                break
            if time.monotonic() - began > limit:
                os.killpg(child.pid, 9)
                os.wait4(child.pid, 0)
                child.returncode = -9
                raise Failed(f"more than {limit:.0f} s")
            time.sleep(0.005)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise Failed(log.read_text(errors="replace")[-2000:])
    return Took(time.monotonic() - began, usage.ru_maxrss / 1024)
