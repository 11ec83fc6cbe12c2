"""What a worker process may do to a job in a test; forkserver workers import it by name."""

import os
import sys
import time

from printables.findings import Rejected, finding
from printables.job import Job
from printables.press.sheet import Sheet
from printables.production.workers import WorkerResult


def fake_sheet(job: Job) -> Sheet:
    """A sheet that was never printed."""
    return Sheet(
        files={".pdf": b"%PDF " + job.name.encode(), ".webp": b"RIFF"},
        picture_px=(720, 1018),
        pages=job.pages,
        scales=(1.25,) * job.pages,
        fill=0.9912,
        smallest_text_mm=9.8765,
        layouts=3,
        finished=(),
    )


def spin() -> None:
    """Keep a processor busy for ever."""
    while True:
        pass


def obey(job: Job) -> WorkerResult:
    """Do what the job's title says: die, hang, spin, raise, eat, reject; else print."""
    match job.title:
        case "die":
            os._exit(3)
        case "hang":
            time.sleep(60)
        case "spin":
            spin()
        case "raise":
            raise RuntimeError("the press jammed")
        case "eat":
            return WorkerResult(fake_sheet(job), len(bytearray(4 * 1024**3)))
        case "reject":
            raise Rejected([finding("glyph-missing", job.source, characters="𠮷")])
    return WorkerResult(fake_sheet(job), 42.0)


def is_loaded() -> bool:
    """Whether this process began with the press loaded."""
    return "weasyprint" in sys.modules
