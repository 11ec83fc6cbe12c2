"""Job → Sheet with its firm; a pure function of the job."""

from dataclasses import fields
from functools import lru_cache

from printables.job import Firm, Job
from printables.press import print_job
from printables.press.sheet import Filed, Measures, Sheet
from printables.stamping.stamp import Stamp


def print_stamped(job: Job) -> Sheet:
    """Print one job and stamp it; raises Rejected."""
    return stamped(print_job.print_sheet(job), job)


def stamped(blank: Filed, job: Job) -> Sheet:
    """A sheet as it left the press, with its firm and a picture; `blank` itself where nothing is stamped on it."""
    if job.firm is None or not job.reserved:
        return _sheet(blank, {suffix: blank.read(suffix) for suffix in blank.suffixes})
    stamp = _stamp(job.firm)
    files = {suffix: stamp.on(blank.read(suffix)) for suffix in blank.suffixes}
    return print_job.pictured(_sheet(blank, files))


def _sheet(measured: Measures, files: dict[str, bytes]) -> Sheet:
    return Sheet(
        **{each.name: getattr(measured, each.name) for each in fields(Measures)}, files=files
    )


@lru_cache(4)
def _stamp(firm: Firm) -> Stamp:
    """Made once for the sheets of a firm, which mostly follow each other."""
    return Stamp(firm)
