"""Where the tests find things, and what they all need of jobs and workers."""

import contextlib
import fcntl
import importlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from printables import last_net
from printables.job import Job
from printables.layout import design
from printables.press.sheet import Filed, Measures
from printables.production.executors import LocalPool
from printables.production.planning import Plan

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "tests" / "base"
EVERY_SHEET = "teams/confined-space"
FIRST_SHEETS = "managers/legal-duties"

Crew = Callable[[int], Executor]
Press = Callable[[Iterable[Job]], dict[Job, Filed]]


class Lasting(Executor):
    """Workers that outlive the runs they work for."""

    def __init__(self, pool: LocalPool) -> None:
        self.pool, self.workers = pool, pool.workers

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.pool.submit(work, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        pass


REAL = (EVERY_SHEET, FIRST_SHEETS)


@contextmanager
def held(path: Path, *, together: bool = False) -> Iterator[None]:
    """Let other processes of the run wait for this file; `together`, only those that want it alone."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if together else fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def once(path: Path, make: Callable[[Path], object]) -> Path:
    """What `make` puts at `path`: made by the process of the run that asks first, read by all."""
    with held(path.with_name(f"{path.name}.lock")):
        if not path.exists():
            part = path.with_name(f"{path.name}.part")
            make(part)
            part.rename(path)
    return path


def chapters(plan: Plan) -> list[Job]:
    """The jobs of a plan in which nothing is wrong, but for its books."""
    assert not plan.findings
    return [job for job in plan.jobs(plan.orders) if job.design != "book"]


def same(one: Filed | None, other: Filed) -> bool:
    """Whether two sheets have the same measures and files, wherever these lie."""
    return one is not None and _content(one) == _content(other)


def _content(sheet: Filed) -> tuple[object, ...]:
    measures = [getattr(sheet, field.name) for field in fields(Measures)]
    return *measures, *((suffix, sheet.read(suffix)) for suffix in sheet.suffixes)


def run(
    folder: Path, *command: str, python: str | Path = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a module of the project in `folder`; it speaks English unless told otherwise."""
    settings = {"PYTHONPATH": str(folder), "READERS_LANGUAGE": "en", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [python, "-m", *command],
        cwd=folder,
        env={**os.environ, **settings, **variables},
        capture_output=True,
        text=True,
        timeout=300,
    )


def call(
    folder: Path, module: str, *arguments: str, language: str = "en"
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in `folder` as `run` does, but within this process: a start costs half a second."""
    command = importlib.import_module(module)
    output, errors = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(errors),
    ):
        patch.setenv("READERS_LANGUAGE", language)
        try:
            code = last_net.run(lambda: command.main(list(arguments)))
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(arguments, code, output.getvalue(), errors.getvalue())


def build(folder: Path, site: str = "site") -> subprocess.CompletedProcess[str]:
    """Build the site of the project in `folder` as script/build does."""
    return run(folder, "mkdocs", "build", "--strict", "--site-dir", site)


def install(folder: Path) -> None:
    """Give the project in `folder` a .venv that is a folder of its own and runs the Python of the tests."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)


def edit(path: Path, find: str, replace: str) -> None:
    """Replace what stands once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(find) == 1, f"{find!r} does not stand once in {path}"
    path.write_text(text.replace(find, replace), encoding="utf-8")


def plain(job: Job) -> Job:
    """The job without what happens to its PDF afterwards."""
    return replace(job, finishings=())


def on_first_sheet(job: Job) -> bool:
    return job.size == design.find(job.design).spec.sizes[0]


def is_looked_at(job: Job) -> bool:
    return job.chapter == EVERY_SHEET or on_first_sheet(job)
