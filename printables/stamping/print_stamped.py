"""Job → Sheet with its firm; a pure function of the job."""

from dataclasses import fields
from functools import lru_cache

from printables.job import Firm, Job
from printables.press.sheet import PICTURE, Filed, Measures, Sheet
from printables.stamping.stamp import Stamp


def print_stamped(job: Job) -> Sheet:
    """Print one job and stamp it; raises Rejected."""
    from printables.press.print_job import print_sheet  # WeasyPrint, which a stamp does without

    blank = print_sheet(job)
    return stamped(blank, job.firm) if job.firm else blank


def stamped(blank: Filed, firm: Firm) -> Sheet:
    """A sheet as it left the press, with a firm on every PDF; raises Unreadable."""
    stamp = _stamp(firm)
    files = {suffix: blank.read(suffix) for suffix in blank.suffixes}
    files |= {suffix: stamp.on(pdf) for suffix, pdf in files.items() if suffix != PICTURE}
    measures = {each.name: getattr(blank, each.name) for each in fields(Measures)}
    return Sheet(**measures, files=files)


@lru_cache(4)
def _stamp(firm: Firm) -> Stamp:
    """Made once for the sheets of a firm, which mostly follow each other."""
    return Stamp(firm)
