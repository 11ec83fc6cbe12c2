"""Where jobs are done: worker processes of this machine, with limits on time and memory, or a cluster."""

import gc
import math
import multiprocessing
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 60  # of a processor: a sheet takes less than one, a volume three; bad input can hang WeasyPrint for minutes
WAIT = 4  # times as long by the clock, as other programs want the processors too
MEGABYTES = 1500  # of address space, fonts and libraries included
# What the process that workers are forked from loads: of those that print, and of those that stamp alone.
PRELOADED = ["printables.press.print_job", "printables.stamping.print_stamped"]
STAMPING = PRELOADED[1:]
SCRATCH = "press-"  # in the temporary folder, before the number of the process
RECYCLE = 300  # sheets after which a worker is replaced


class LocalPool(Executor):
    """Worker processes that stay loaded, with limits on time and memory for each job.

    pebble (LGPL-3.0, maintained) is used because a process pool of the standard library gives up
    all jobs when one worker dies.
    """

    def __init__(
        self,
        workers: int | None = None,
        seconds: float = SECONDS,
        preloaded: Sequence[str] = PRELOADED,
    ) -> None:
        import pebble  # a build that prints nothing has no need of it

        self.workers = workers or len(os.sched_getaffinity(0))
        self._seconds = seconds
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preloaded))
        # WeasyPrint copies the fonts to a temporary folder, which a process that ends leaves behind.
        _sweep(Path(tempfile.gettempdir()))
        self._scratch = tempfile.TemporaryDirectory(prefix=f"{SCRATCH}{os.getpid()}-")
        self._pool = pebble.ProcessPool(
            max_workers=self.workers,
            max_tasks=RECYCLE,
            initializer=_bound,
            initargs=(self._scratch.name,),
            context=context,
        )

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        limited = partial(_limited, self._seconds, work)
        wait = self._seconds * WAIT
        future: Future[T] = self._pool.schedule(limited, args=args, kwargs=kwargs, timeout=wait)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()
            self._scratch.cleanup()


def load_press() -> None:
    """Let the process that workers are forked from load the press now, beside what this one does until it has jobs."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()


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
    hard = resource.getrlimit(resource.RLIMIT_AS)[
        1
    ]  # a container may allow less, and nobody may ask for more
    limit = min(MEGABYTES * 1024**2, sys.maxsize if hard == resource.RLIM_INFINITY else hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    gc.freeze()
    gc.disable()


def _limited(seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do one job in a worker; the system ends the worker after so many seconds of a processor.

    The build that asked cannot do so where it was killed itself.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return work(*args, **kwargs)


def _sweep(folder: Path) -> None:
    """Delete what killed builds left: own folders that name a process which is gone."""
    for path in folder.glob(f"{SCRATCH}*-*"):
        number = path.name.removeprefix(SCRATCH).partition("-")[0]
        with suppress(OSError):  # another build was quicker
            is_own = not path.is_symlink() and path.stat().st_uid == os.getuid()
            if number.isdigit() and is_own and not Path("/proc", number).exists():
                shutil.rmtree(path, ignore_errors=True)
