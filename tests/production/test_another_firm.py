"""Another firm, or another telephone, prints nothing anew."""

from dataclasses import replace
from pathlib import Path

from project import ROOT, Crew, plain, same
from stamps import FIRMS

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.forms import compose as forms
from printables.forms.reading import PLACE, Library
from printables.job import Job
from printables.layout import book, compose
from printables.press.sheet import PICTURE
from printables.production.cache import Cache
from printables.production.workers import print_all
from printables.stamping.print_stamped import print_stamped


def test_a_changed_firm_is_stamped_on_what_is_printed(
    base_jobs: dict[tuple[str, str], Job], tmp_path: Path, crew: Crew
) -> None:
    cache, job = Cache(tmp_path), plain(base_jobs["poster", "zh"])
    first = print_all([job], cache, crew)
    assert (first.report.printed, first.report.stamped) == (1, 0)
    other = replace(job, firm=FIRMS[2])
    assert other.key != job.key
    assert other.blank.key == job.blank.key
    outcome = print_all([other], cache, crew)
    assert (outcome.report.printed, outcome.report.stamped) == (0, 1)
    assert same(outcome.sheets[other], print_stamped(other))
    # Its thumbnail is made of that, and need not be made again.
    assert outcome.sheets[other].digest(PICTURE) == first.sheets[job].digest(PICTURE)


def test_books_and_forms_are_printed_without_their_owner_as_well(
    base_collection: Collection, base_owner: Owner
) -> None:
    called = {"name": base_owner.name.model_copy(update={"zh": "某县安监站", "en": "A Station"})}
    other = base_owner.model_copy(update=called | {"contacts": base_owner.contacts[:1]})
    library = Library(ROOT / PLACE)

    def blank(owner: Owner) -> dict[str, str]:
        twins = base_collection.twins()
        composed = [compose.jobs(each, owner) for each in twins.values()]
        composed += [book.jobs(each, owner) for each in book.readers(base_collection.docs, twins)]
        composed += [forms.jobs(each, library, owner) for each in library.files[:12]]
        return {job.name: job.blank.key for jobs, _ in composed for job in jobs}

    known = blank(base_owner)
    assert {name.split()[1] for name in known} >= {"poster", "book", "form"}
    assert blank(other) == known
