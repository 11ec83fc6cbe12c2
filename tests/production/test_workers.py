"""Many jobs: what is cached is not printed, and a job that fails fails alone."""

import gc
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import fake_press
import pytest
from project import ROOT, same

from printables.job import Job
from printables.press import print_job
from printables.press.sheet import Sheet
from printables.production import executors, workers
from printables.production.cache import Cache
from printables.production.executors import LocalPool, executor
from printables.production.workers import Outcome, print_all, print_each

PLAIN = ("one", "two", "three")
BAD = ("die", "hang", "spin", "raise", "eat", "reject")


@pytest.fixture(scope="module")
def jobs(base_jobs: dict[tuple[str, str], Job]) -> dict[str, Job]:
    """A job for every title that fake_press.obey knows, and three that are in order."""
    job = base_jobs["poster", "zh"]
    titles = (*PLAIN[:1], *BAD, *PLAIN[1:])
    return {
        title: replace(job, title=title, source=f"docs/zh/teams/{title}.md") for title in titles
    }


@pytest.fixture(scope="module")
def outcome(jobs: dict[str, Job], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """All of them printed by two workers that give a job a second of a processor, and four by the clock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "work", fake_press.obey)
        cache = Cache(tmp_path_factory.mktemp("press"))
        return print_all(jobs.values(), cache, lambda _: LocalPool(2, seconds=1))


def no_press(jobs: int) -> Executor:
    raise AssertionError(f"{jobs} jobs were handed out")


def test_the_others_are_finished(outcome: Outcome, jobs: dict[str, Job]) -> None:
    assert list(outcome.sheets) == [jobs[title] for title in PLAIN]
    for job, sheet in outcome.sheets.items():
        assert same(sheet, fake_press.fake_sheet(job))


@pytest.mark.parametrize("title", BAD)
def test_a_job_that_fails_is_named_once(outcome: Outcome, title: str) -> None:
    [refusal] = [
        refusal for refusal in outcome.findings if refusal.path == f"docs/zh/teams/{title}.md"
    ]
    if title == "reject":
        assert refusal.code == "glyph-missing"
    else:
        assert refusal.code == "job-failed"
        assert "`poster` (zh) was not printed: " in refusal.text("en")


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("hang", "it took too long"),
        ("spin", "it took too long"),
        ("raise", "RuntimeError: the press jammed"),
        ("eat", "MemoryError"),
    ],
)
def test_a_failed_job_says_why(outcome: Outcome, title: str, reason: str) -> None:
    [refusal] = [
        refusal for refusal in outcome.findings if refusal.path == f"docs/zh/teams/{title}.md"
    ]
    assert reason in refusal.text("en")


def test_the_report_counts(outcome: Outcome) -> None:
    report = outcome.report
    assert (report.printed, report.failed, report.cached) == (len(PLAIN), len(BAD), 0)
    assert (report.layouts, report.searched) == (3 * len(PLAIN), len(PLAIN))
    assert (report.workers, report.peak_worker_mb) == (2, 42.0)
    assert 1.5 < report.seconds < 60


def test_the_report_is_filed_where_it_is_asked_for(
    outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINT_REPORT", str(tmp_path / "report.json"))
    outcome.report.file()
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    keys = {"printed", "stamped", "cached", "failed", "layouts", "searched"}
    keys |= {"seconds", "workers", "peak_worker_mb"}
    assert report.keys() == keys
    assert (report["printed"], report["failed"]) == (len(PLAIN), len(BAD))


def test_cached_jobs_are_not_printed_again(jobs: dict[str, Job], tmp_path: Path) -> None:
    cache, job = Cache(tmp_path), jobs["one"]
    cache.put(job.key, fake_press.fake_sheet(job))
    outcome = print_all([job], cache, no_press)
    assert same(outcome.sheets[job], fake_press.fake_sheet(job))
    assert (outcome.report.cached, outcome.report.printed) == (1, 0)


def test_printed_jobs_are_cached_and_failed_ones_are_not(
    jobs: dict[str, Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "work", fake_press.obey)
    cache, wanted = Cache(tmp_path), [jobs["raise"], jobs["two"], jobs["one"]]
    cache.put(jobs["one"].key, fake_press.fake_sheet(jobs["one"]))
    outcome = print_all(wanted, cache, lambda _: LocalPool(1))
    assert list(outcome.sheets) == [jobs["two"], jobs["one"]]  # in the order of the jobs
    assert same(cache.get(jobs["two"].key), fake_press.fake_sheet(jobs["two"]))
    assert cache.get(jobs["raise"].key) is None


def test_nothing_to_print_starts_no_worker(tmp_path: Path) -> None:
    assert print_all([], Cache(tmp_path), no_press).sheets == {}


def test_an_executor_that_nobody_knows_is_refused() -> None:
    for setting in ("threads", "dask", "dask:"):
        with pytest.raises(ValueError, match="PRINT_EXECUTOR"):
            executor(setting, 1)


def test_workers_leave_nothing_behind(
    base_jobs: dict[tuple[str, str], Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pool = LocalPool(1)
    pool.submit(workers.work, base_jobs["poster", "zh"]).result()
    assert list(tmp_path.glob(f"press-{os.getpid()}-*/weasyprint-*"))
    pool.shutdown()
    assert not list(tmp_path.rglob("weasyprint-*"))
    assert not list(tmp_path.glob("press-*"))


def test_a_worker_that_nobody_waits_for_ends() -> None:
    """Its build was killed, and the system counts the seconds."""
    process = multiprocessing.get_context("fork").Process(
        target=executors._limited, args=(1, fake_press.spin)
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGXCPU


def test_a_machine_may_allow_less_memory() -> None:
    """As a container does; asking for more than the limit would end every worker."""
    bound = (
        "import resource, sys; from printables.production.executors import _bound;"
        "resource.setrlimit(resource.RLIMIT_AS, (900 << 20, 900 << 20)); _bound('/tmp');"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0] >> 20)"
    )
    done = subprocess.run([sys.executable, "-c", bound], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("900\n", "")


def test_what_killed_builds_left_is_swept_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone, alive, other = (
        tmp_path / name for name in ("press-999999999-x", f"press-{os.getpid()}-y", "press-z")
    )
    for folder in (gone, alive, other):
        folder.mkdir()
    (tmp_path / "press-999999998-link").symlink_to(other)
    LocalPool(1).shutdown()
    assert [path.exists() for path in (gone, alive, other)] == [False, True, True]
    assert (tmp_path / "press-999999998-link").is_symlink()


def test_a_log_is_told_how_far_it_is(
    jobs: dict[str, Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(workers, "work", fake_press.obey)
    monkeypatch.setattr(workers, "TELL_S", -1.0)
    print_all([jobs["one"], jobs["two"]], Cache(tmp_path), lambda _: LocalPool(1))
    assert re.findall(
        r"^([12]/2)  teams/ladders poster", capsys.readouterr().err, re.MULTILINE
    ) == ["1/2", "2/2"]


def test_the_longest_jobs_go_first_and_sheets_come_in_the_order_of_the_jobs(
    jobs: dict[str, Job], tmp_path: Path
) -> None:
    """A book that is handed out last keeps one worker busy while the others wait."""
    handed: list[int] = []

    class Recording(Executor):
        def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            handed.append(len(args[0].html))
            done: Future[Any] = Future()
            done.set_result(workers.WorkerResult(fake_press.fake_sheet(args[0]), 1.0))
            return done

    mixed = [replace(jobs["one"], title=f"{n}", html="x" * n) for n in (5, 900, 40)]
    outcome = print_all(mixed, Cache(tmp_path), lambda _: Recording())
    assert handed == [900, 40, 5]
    assert list(outcome.sheets) == mixed


def test_jobs_are_asked_for_as_workers_become_free_and_nothing_is_kept(
    jobs: dict[str, Job], tmp_path: Path
) -> None:
    """A site's jobs and sheets together are larger than the build may be."""
    asked, results = 0, []

    class Quick(Executor):
        workers = 1

        def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            done: Future[Any] = Future()
            done.set_result(workers.WorkerResult(fake_press.fake_sheet(args[0]), 1.0))
            results.append(weakref.ref(done))
            return done

    def wanted() -> Iterator[Job]:
        nonlocal asked
        for asked in range(1, 31):
            yield replace(jobs["one"], title=f"{asked}")

    outcome, cache = Outcome(), Cache(tmp_path)
    for number, _ in enumerate(print_each(wanted(), 30, cache, lambda _: Quick(), outcome)):
        assert asked <= number + workers.AHEAD
        assert sum(result() is not None for result in results) <= workers.AHEAD
    assert outcome.report.printed == asked == 30


def test_the_press_is_loaded_before_there_are_workers() -> None:
    """In a process of its own, as workers of this one run already."""
    script = (
        "from multiprocessing import forkserver\n"
        "from printables.production import executors\n"
        "import fake_press\n"
        "executors.load_press()\n"
        "loading = forkserver._forkserver._forkserver_pid\n"
        "pool = executors.LocalPool(1)\n"
        "assert pool.submit(fake_press.is_loaded).result()\n"
        "assert forkserver._forkserver._forkserver_pid == loading\n"
        "pool.shutdown()\n"
    )
    path = f"{ROOT}:{ROOT / 'tests'}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_a_worker_collects_garbage_between_sheets_when_there_is_much(
    base_jobs: dict[tuple[str, str], Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own collector is off, as it would run in the middle of sheets."""
    collected, litter = [], []

    def print_sheet(job: Job) -> Sheet:
        litter.extend([[job] for _ in range(job.pages)])
        return fake_press.fake_sheet(job)

    monkeypatch.setattr(print_job, "print_sheet", print_sheet)
    job = base_jobs["poster", "zh"]
    gc.collect()
    gc.disable()
    try:
        monkeypatch.setattr(gc, "collect", lambda: collected.append(len(litter)))
        for pages in (10, workers.GARBAGE):
            workers.work(replace(job, pages=pages, firm=None))
    finally:
        gc.enable()
    assert collected == [workers.GARBAGE + 10]
