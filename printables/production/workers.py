"""Printing and stamping many jobs with workers."""

import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from printables.findings import Finding, Rejected, by_cause, finding, part
from printables.job import Firm, Job, Order
from printables.press.sheet import Sheet
from printables.production.cache import Cache, Kept
from printables.production.executors import STAMPING, LocalPool, executor

Owned = tuple[str, Firm]  # the key of a job without its firm, and that
AHEAD = 8  # jobs for each worker that are handed out before one is done
TELL_S = 10.0  # between two lines on how far it is, where there is no terminal
BATCH = 16  # sheets that a worker stamps, one after the other
# Objects made and not freed after which a worker collects garbage, between sheets: about eight posters, or a book.
GARBAGE = 200_000


@dataclass
class WorkerResult:
    """A sheet from a worker, with the worker's peak memory in MB.

    `blank` is the sheet before it was stamped.
    """

    sheet: Sheet
    peak_mb: float
    blank: Sheet | None = None


@dataclass
class Report:
    """Counts of a run; `stamped` are sheets that were printed before, for another firm; `seconds` is the time from the first job handed out to the last sheet.

    `searched` are the sheets that could not be predicted, or not rightly, and were laid out several times.
    """

    printed: int = 0
    stamped: int = 0
    cached: int = 0
    failed: int = 0
    layouts: int = 0
    searched: int = 0
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
        return by_cause(each for findings in self.failed.values() for each in findings)


def work(job: Job) -> WorkerResult:
    """Print and stamp one job in this process, which loads WeasyPrint only here; raises Rejected."""
    from printables.press.print_job import print_sheet
    from printables.stamping.print_stamped import stamped

    blank = print_sheet(job)
    sheet = stamped(blank, job.firm) if job.firm else blank
    if gc.get_count()[0] > GARBAGE:
        gc.collect()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return WorkerResult(sheet, peak_mb, blank if job.firm else None)


def stamp(folder: Path, wanted: Mapping[str, Owned]) -> dict[str, Kept]:
    """Stamp sheets of the cache in `folder` and keep them there; what cannot be read or stamped is left out."""
    from printables.stamping.print_stamped import stamped
    from printables.stamping.stamp import Unreadable

    cache, done = Cache(folder), {}
    for key, (blank, firm) in wanted.items():
        with suppress(FileNotFoundError, Unreadable):
            if sheet := cache.get(blank):
                done[key] = cache.put(key, stamped(sheet, firm))
    return done


def print_all(
    jobs: Iterable[Job],
    cache: Cache,
    pool: Callable[[int], Executor] | None = None,
) -> Outcome:
    """Take sheets from the cache, stamp or print the others; jobs that fail become findings and stop no other.

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
    wanted = {job.key: (job.blank.key, job.firm) for job in missing if job.firm}
    done = stamp_all(wanted, cache, outcome)
    outcome.sheets |= {job: done[job.key] for job in missing if job.key in done}
    missing = [job for job in missing if job.key not in done]
    # The longest first, or a book that comes last keeps one worker busy and leaves the others idle.
    missing.sort(key=lambda job: len(job.html), reverse=True)
    outcome.sheets |= print_each(missing, len(missing), cache, pool, outcome)
    sheets = outcome.sheets
    outcome.sheets = {job: sheets[job] for job in jobs if job in sheets}
    return outcome


def stamp_all(wanted: Mapping[str, Owned], cache: Cache, outcome: Outcome) -> dict[str, Kept]:
    """The sheets of these keys that are cached without a stamp, stamped on this machine, where the cache is.

    Whatever is left out has to be printed.
    """
    here = [(key, own) for key, own in wanted.items() if cache.place(own[0]).exists()]
    if not here:
        return {}
    began, done = time.monotonic(), dict[str, Kept]()
    batches = [dict(here[at : at + BATCH]) for at in range(0, len(here), BATCH)]
    crew = LocalPool(min(len(batches), len(os.sched_getaffinity(0))), preloaded=STAMPING)
    try:
        for future in [crew.submit(stamp, cache.folder.resolve(), batch) for batch in batches]:
            with suppress(Exception):  # a worker was lost; its sheets are printed
                done |= future.result()
    except BaseException:
        crew.shutdown(wait=True, cancel_futures=True)
        raise
    crew.shutdown()
    outcome.report.stamped = len(done)
    outcome.report.seconds += round(time.monotonic() - began, 3)
    cache.trim()
    return done


def print_each(
    jobs: Iterable[Job],
    number: int,
    cache: Cache,
    pool: Callable[[int], Executor] | None,
    outcome: Outcome,
) -> Iterator[tuple[Job, Kept]]:
    """Print `number` jobs, which are asked for as workers become free; yield each with its sheet.

    Counts and failures go to `outcome`.
    """
    if not number:
        return
    from tqdm import tqdm

    report, began = outcome.report, time.monotonic()
    crew = (pool or partial(executor, ""))(number)
    report.workers = getattr(crew, "workers", 0)
    shown = sys.stderr.isatty()
    bar = tqdm(total=number, unit="sheet", disable=not shown, leave=False)
    told, done = began, 0
    try:
        for future, job in _in_turn(crew, jobs, AHEAD * max(report.workers, 1)):
            bar.set_postfix_str(job.name, refresh=False)
            bar.update()
            done += 1
            if not shown and time.monotonic() > told + TELL_S:  # a log shows no bar
                told = time.monotonic()
                print(f"{done}/{number}  {job.name}", file=sys.stderr, flush=True)
            try:
                yield job, _take(job, future.result(), cache, outcome)
            except Exception as error:  # a job's failure must not stop the others
                outcome.failed[job.key] = _failed(job, error)
                report.failed += 1
    except BaseException:
        crew.shutdown(wait=True, cancel_futures=True)
        raise
    crew.shutdown()
    bar.close()
    report.seconds = round(report.seconds + time.monotonic() - began, 3)
    cache.trim()


def _in_turn(
    crew: Executor, jobs: Iterable[Job], most: int
) -> Iterator[tuple[Future[WorkerResult], Job]]:
    """Each job when it is done; at most so many are handed out and not yet done, as jobs and sheets are large."""
    handed: dict[Future[WorkerResult], Job] = {}
    queue = iter(jobs)
    while True:
        for job in islice(queue, most - len(handed)):
            handed[crew.submit(work, job)] = job
        if not handed:
            return
        for future in wait(handed, return_when=FIRST_COMPLETED).done:
            yield future, handed.pop(future)


def _take(job: Job, result: WorkerResult, cache: Cache, outcome: Outcome) -> Kept:
    if result.blank and job.firm:  # first: whoever is killed in between has it to stamp again
        cache.put(job.blank.key, result.blank)
    kept = cache.put(job.key, result.sheet)
    report = outcome.report
    report.printed += 1
    report.layouts += result.sheet.layouts
    report.searched += result.sheet.layouts > 1
    report.peak_worker_mb = max(report.peak_worker_mb, round(result.peak_mb, 1))
    return kept


def _failed(job: Job, error: BaseException) -> list[Finding]:
    if isinstance(error, Rejected):
        return error.findings
    text = f"{type(error).__name__}: {error}".strip(": ")
    slow = isinstance(error, TimeoutError) or getattr(error, "exitcode", 0) == -signal.SIGXCPU
    reason = part("too-slow") if slow else text
    return [
        finding("job-failed", job.source, design=job.design, language=job.language, reason=reason)
    ]
