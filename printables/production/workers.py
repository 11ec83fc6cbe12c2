"""Printing many jobs with worker processes, on this machine or a cluster."""

import gc
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, as_completed
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from printables.findings import Finding, Rejected, finding, part
from printables.job import Job, Order
from printables.press.sheet import Sheet
from printables.production.cache import Cache, Kept

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = (
    60  # a sheet takes less than one, a volume three; WeasyPrint can hang on bad input for minutes
)
MEGABYTES = 1500  # of address space, fonts and libraries included
RECYCLE = 300  # sheets after which a worker is replaced


@dataclass
class WorkerResult:
    """A sheet from a worker, with the worker's peak memory in MB."""

    sheet: Sheet
    peak_mb: float


@dataclass
class Report:
    """Counts of a run; `seconds` is the time from the first job handed out to the last sheet."""

    printed: int = 0
    cached: int = 0
    failed: int = 0
    layouts: int = 0
    seconds: float = 0.0
    workers: int = 0
    peak_worker_mb: float = 0.0

    def __str__(self) -> str:
        return json.dumps(asdict(self))

    def file(self) -> None:
        """Write the report to the file named by PRINT_REPORT, if set."""
        if path := os.environ.get("PRINT_REPORT"):
            Path(path).write_text(f"{self}\n", encoding="utf-8")


@dataclass
class Outcome:
    """Sheets by order, findings of failed jobs by the job's key, and the report."""

    sheets: dict[Order, Kept] = field(default_factory=dict)
    failed: dict[str, list[Finding]] = field(default_factory=dict)
    report: Report = field(default_factory=Report)

    @property
    def findings(self) -> list[Finding]:
        return [each for findings in self.failed.values() for each in findings]


class LocalPool(Executor):
    """Worker processes that stay loaded, with limits on time and memory for each job.

    pebble (LGPL-3.0, maintained) is used because a process pool of the standard library gives up
    all jobs when one worker dies.
    """

    def __init__(self, workers: int | None = None, seconds: float = SECONDS) -> None:
        import pebble  # a build that prints nothing has no need of it

        self.workers = workers or len(os.sched_getaffinity(0))
        self._seconds = seconds
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["printables.press.print_job"])
        # WeasyPrint copies the fonts to a temporary folder, which a process that ends leaves behind.
        self._scratch = tempfile.TemporaryDirectory(prefix="press-")
        self._pool = pebble.ProcessPool(
            max_workers=self.workers,
            max_tasks=RECYCLE,
            initializer=_bound,
            initargs=(self._scratch.name,),
            context=context,
        )

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = self._pool.schedule(
            work, args=args, kwargs=kwargs, timeout=self._seconds
        )
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()
            self._scratch.cleanup()


class Cluster(Executor):
    """The workers of a dask.distributed scheduler; each has this package and one thread.

    The scheduler runs the jobs of a lost worker again on another.
    """

    def __init__(self, address: str) -> None:
        from distributed import Client

        self._client = Client(address)
        self._crew = cast(Executor, self._client.get_executor(pure=False))
        self.workers = len(self._client.scheduler_info(n_workers=-1)["workers"])

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._crew.submit(work, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._crew.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def executor(setting: str, jobs: int) -> Executor:
    """The executor for `setting` (PRINT_EXECUTOR): "" is processes of this machine.

    "dask:tcp://host:port" is a scheduler of dask.distributed. Raises ValueError for anything else.
    """
    if not setting:
        return LocalPool(min(jobs, len(os.sched_getaffinity(0))))
    kind, _, address = setting.partition(":")
    if kind != "dask" or not address:
        raise ValueError(f"PRINT_EXECUTOR={setting}: write dask:tcp://host:port, or nothing")
    return Cluster(address)


def _bound(scratch: str) -> None:
    """Begin a worker: limit its memory, set its folder for temporary files, keep what is loaded from the collector."""
    tempfile.tempdir = scratch
    limit = MEGABYTES * 1024**2
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    gc.freeze()


def work(job: Job) -> WorkerResult:
    """Print one job in this process, which loads WeasyPrint only here; raises Rejected."""
    from printables.press.print_job import print_sheet

    sheet = print_sheet(job)
    return WorkerResult(sheet, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def print_all(
    jobs: Iterable[Job],
    cache: Cache,
    pool: Callable[[int], Executor] | None = None,
) -> Outcome:
    """Take sheets from the cache, print the others; jobs that fail become findings and stop no other.

    `pool` makes the executor for a number of jobs; without it this machine's processes work.
    Sheets come in the order of the jobs.
    """
    jobs = list(jobs)
    outcome = Outcome()
    missing = []
    for job in jobs:
        if sheet := cache.get(job.key, job.name):
            outcome.sheets[job] = sheet
        else:
            missing.append(job)
    outcome.report.cached = len(outcome.sheets)
    if missing:
        _print_missing(missing, cache, pool or partial(executor, ""), outcome)
        sheets = outcome.sheets
        outcome.sheets = {job: sheets[job] for job in jobs if job in sheets}
    return outcome


def _print_missing(
    jobs: list[Job], cache: Cache, pool: Callable[[int], Executor], outcome: Outcome
) -> None:
    from tqdm import tqdm

    report, began = outcome.report, time.monotonic()
    crew = pool(len(jobs))
    report.workers = getattr(crew, "workers", 0)
    bar = tqdm(total=len(jobs), unit="sheet", disable=not sys.stderr.isatty(), leave=False)
    try:
        # The longest first, or a book that comes last keeps one worker busy and leaves the others idle.
        jobs.sort(key=lambda job: len(job.html), reverse=True)
        futures = {crew.submit(work, job): job for job in jobs}
        for future in as_completed(futures):
            job = futures[future]
            bar.set_postfix_str(job.name, refresh=False)
            bar.update()
            try:
                _take(job, future.result(), cache, outcome)
            except Exception as error:  # a job's failure must not stop the others
                outcome.failed[job.key] = _failed(job, error)
                report.failed += 1
    except BaseException:
        crew.shutdown(wait=True, cancel_futures=True)
        raise
    crew.shutdown()
    bar.close()
    report.seconds = round(time.monotonic() - began, 3)
    cache.trim()


def _take(job: Job, result: WorkerResult, cache: Cache, outcome: Outcome) -> None:
    outcome.sheets[job] = cache.put(job.key, result.sheet)
    report = outcome.report
    report.printed += 1
    report.layouts += result.sheet.layouts
    report.peak_worker_mb = max(report.peak_worker_mb, round(result.peak_mb, 1))


def _failed(job: Job, error: BaseException) -> list[Finding]:
    if isinstance(error, Rejected):
        return error.findings
    text = f"{type(error).__name__}: {error}".strip(": ")
    reason = part("too-slow") if isinstance(error, TimeoutError) else text
    return [
        finding("job-failed", job.source, design=job.design, language=job.language, reason=reason)
    ]
