"""The same jobs on a cluster: a scheduler and two workers on this machine, one of them killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from project import ROOT, Lasting, same

from printables.job import Job
from printables.press.sheet import Filed
from printables.production.cache import Cache
from printables.production.executors import executor
from printables.production.workers import print_all

LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def start(stack: ExitStack, tool: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A part of the cluster, which ends with the test."""
    part = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{tool}", *LOOPBACK, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )
    stack.callback(part.wait)
    stack.callback(part.kill)
    return part


@pytest.fixture
def cluster(stack: ExitStack, tmp_path: Path) -> tuple[str, list[subprocess.Popen[bytes]]]:
    """The address of a scheduler, and its two workers."""
    from distributed import Client

    file = tmp_path / "scheduler.json"
    start(stack, "dask_scheduler", "--port", "0", "--scheduler-file", str(file))
    workers = [
        start(
            stack, "dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny",
            "--local-directory", str(tmp_path),
        )
        for _ in range(2)
    ]  # fmt: skip
    while not file.exists():
        time.sleep(0.05)
    with Client(scheduler_file=str(file)) as client:
        client.wait_for_workers(2, timeout=60)
        return client.scheduler.address, workers


class Fragile(Lasting):
    """A cluster that loses a worker when the second sheet is finished."""

    def __init__(self, crew: Executor, victim: subprocess.Popen[bytes]) -> None:
        self.crew, self.workers, self.victim = crew, crew.workers, victim
        self.finished = 0

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = self.crew.submit(work, *args, **kwargs)
        future.add_done_callback(self._count)
        return future

    def _count(self, _: Future[Any]) -> None:
        self.finished += 1
        if self.finished == 2:
            self.victim.kill()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.crew.shutdown(wait, cancel_futures=cancel_futures)


def test_a_cluster_that_loses_a_worker_prints_the_same_bytes(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    base_jobs: dict[tuple[str, str], Job],
    base_sheets: dict[tuple[str, str], Filed],
    tmp_path: Path,
) -> None:
    address, (victim, survivor) = cluster
    jobs = list(base_jobs.values())
    assert len(jobs) > 4
    outcome = print_all(
        jobs, Cache(tmp_path), lambda n: Fragile(executor(f"dask:{address}", n), victim)
    )
    assert victim.wait() != 0
    assert survivor.poll() is None
    assert not outcome.findings
    assert (outcome.report.printed, outcome.report.workers) == (len(jobs), 2)
    for place, sheet in base_sheets.items():
        assert same(outcome.sheets[base_jobs[place]], sheet)
