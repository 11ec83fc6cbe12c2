"""Chapter, design and owner become a job: what the sheet says, and its edition."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from printables.chapters.chapter import Chapter, Section
from printables.chapters.owner import Contact, Owner
from printables.checks.collection import Collection
from printables.findings import Rejected
from printables.glyphs import width_em
from printables.job import Job
from printables.languages import Both
from printables.layout.compose import asked as find_asked
from printables.layout.compose import compose, ems_of
from printables.layout.compose import jobs as jobs_of
from printables.layout.design import find, read
from printables.layout.line_breaks import JOINER
from printables.legibility import em_floor

Change = Callable[[Chapter], Chapter]


@pytest.fixture
def twins(base_collection: Collection) -> dict[str, Chapter]:
    return base_collection.twins()["teams/ladders"]


class DocumentText(HTMLParser):
    """The texts between tags, and the alternative texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value or "" for name, value in attrs if name == "alt"]


def said_by_line(html: str) -> list[str]:
    """What each line of the document says, its spaces all alike."""
    html = html.replace(JOINER, "").replace("\u00a0", " ")
    return [Markup(line).striptags() for line in html.splitlines()]


def front(**changes: object) -> Change:
    return lambda chapter: replace(chapter, front=chapter.front.model_copy(update=changes))


def section(role: str, change: Callable[[Section], Section]) -> Change:
    """The chapter with its section of this role changed."""
    return lambda chapter: replace(
        chapter,
        sections=tuple(change(each) if each.role == role else each for each in chapter.sections),
    )


def first_item(**changes: object) -> Callable[[Section], Section]:
    return lambda each: replace(
        each, items=(replace(each.items[0], **changes), *each.items[1:])  # type: ignore[arg-type]
    )  # fmt: skip


def later(each: Section) -> Section:
    items = tuple(replace(item, line=item.line + 9) for item in each.items)
    return replace(each, line=each.line + 9, items=items)


SAID = {
    "title": front(title="登高作业"),
    "slogan": front(slogan="先看 再登"),
    "summary": front(summary="看好了再上。"),
    "tone": front(tone="mandatory"),
    "signs": front(signs=("M001", "W008")),
    "reviewed": front(reviewed=date(2026, 1, 3)),
    "command": section("points", first_item(lead="先检查")),
    "reason": section("points", first_item(text="坏的不用。")),
    "step": section("steps", first_item(text="都要完好。")),
    "source": lambda chapter: replace(
        chapter, sources=tuple(replace(each, title="规则", number="") for each in chapter.sources)
    ),
    "heading": section("never", lambda each: replace(each, title="千万别")),
}
UNSAID = {
    "quiz": section("quiz", first_item(text="梯脚放哪？", explanation="想一想。")),
    "case": section("case", lambda each: replace(each, paragraphs=("有人摔了。",))),
    "lines": section("points", later),
    "hash": lambda chapter: replace(chapter, source_hash="f" * 12),
}


@pytest.mark.parametrize("change", SAID.values(), ids=SAID)
def test_the_edition_changes_with_what_the_sheet_says(
    twins: dict[str, Chapter], base_owner: Owner, change: Change
) -> None:
    before = compose(find("flyer"), twins, "zh", base_owner)
    after = compose(find("flyer"), {**twins, "zh": change(twins["zh"])}, "zh", base_owner)
    assert after.html != before.html
    assert after.edition != before.edition


@pytest.mark.parametrize("change", UNSAID.values(), ids=UNSAID)
def test_the_edition_stays_when_the_sheet_says_the_same(
    twins: dict[str, Chapter], base_owner: Owner, change: Change
) -> None:
    before = compose(find("flyer"), twins, "zh", base_owner)
    after = compose(find("flyer"), {**twins, "zh": change(twins["zh"])}, "zh", base_owner)
    assert after.edition == before.edition
    assert after.html == before.html


@pytest.mark.parametrize("part", ["order", "prints", "critical", "mail", "edit"])
def test_the_edition_stays_when_something_changes_that_no_sheet_says(
    twins: dict[str, Chapter], base_owner: Owner, part: str
) -> None:
    before = compose(find("poster"), twins, "zh", base_owner)
    values = {"order": 11, "prints": ("poster",), "critical": True, "mail": "x@y", "edit": "x"}
    if part in Owner.model_fields:
        publisher = base_owner.model_copy(update={part: values[part]})
        after = compose(find("poster"), twins, "zh", publisher)
    else:
        changed = front(**{part: values[part]})(twins["zh"])
        after = compose(find("poster"), {**twins, "zh": changed}, "zh", base_owner)
    assert after.edition == before.edition
    assert after.html == before.html


@pytest.mark.parametrize("design", ["poster", "label", "letters", "trifold", "banner"])
def test_the_same_text_is_the_same_edition_for_every_owner(
    design: str, twins: dict[str, Chapter], base_owner: Owner
) -> None:
    """What changes with an owner is no part of it: name, logo, telephones, and whose site a code leads to."""
    contact = Contact(zh="车间主任", en="Workshop head", number="0731-8888 9999")
    other = base_owner.model_copy(
        update={
            "name": Both(zh="别的单位", en="Another unit"),
            "site": "https://elsewhere.example/",
            "contacts": (contact,),
        }
    )
    before, after = (compose(find(design), twins, "zh", each) for each in (base_owner, other))
    assert after.edition == before.edition
    number = after.edition.partition("·")[2]
    assert f"qr:https%3A//elsewhere.example/e/{number}/" in after.html


@pytest.mark.parametrize(
    ("slogan", "grown"),
    [("Look.", 200.0), ("Look at the feet of the ladder.", 0.0), ("Look at " * 20, 136.4)],
)
def test_the_second_line_of_a_banner_is_as_wide_as_the_first_within_its_limits(
    twins: dict[str, Chapter], slogan: str, grown: float
) -> None:
    voices = [front(slogan="看清再上 再干活")(twins["zh"]), front(slogan=slogan)(twins["en"])]
    first, second = ems_of(find("banner"), voices)
    as_wide = first * width_em("看清再上　再干活") / width_em(slogan.strip())
    assert second == pytest.approx(grown or as_wide, abs=0.1)
    assert second >= em_floor("en", find("banner").spec.distance_m)


def test_the_emergency_numbers_are_part_of_the_edition(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    before, after = (
        compose(find("poster"), twins, "zh", base_owner.model_copy(update={"emergency": numbers}))
        for numbers in (("119", "120"), ("119", "110"))
    )
    assert after.edition != before.edition


def test_an_emergency_card_has_the_numbers_that_its_steps_call(
    real_collection: Collection, real_owner: Owner
) -> None:
    """119 and 120 first and large, then 95598 of a fallen line; not 12350, which is for no emergency."""
    twins = real_collection.twins()["teams/electricity"]
    html = compose(find("emergency-card"), twins, "en", real_owner).html
    dials = re.findall(r'class="dial( lesser)?" style="width: 26.0mm"><b>(\d+)', html)
    assert dials == [("", "119"), ("", "120"), (" lesser", "95598")]


def test_the_edition_is_the_latest_review_and_eight_digits(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    late = front(reviewed=date(2026, 3, 4))(twins["en"])
    job = compose(find("poster"), {**twins, "en": late}, "zh-en", base_owner)
    assert re.fullmatch(r"2026-03-04·[0-9a-f]{8}", job.edition)
    assert job.edition in "".join(DocumentText(job.html).texts)


@pytest.mark.parametrize(
    ("design", "language", "cited"),
    [
        ("poster", "zh", "依据：GB 12142 第四条；行业通行做法"),
        ("poster", "en", "Sources: GB 12142 Article 4; Established good practice"),
        ("poster", "zh-en", "依据：GB 12142 第四条；行业通行做法"),
        ("flyer", "en", "Sources: GB 12142 Article 4; Established good practice"),
    ],
)
def test_a_sheet_cites_what_its_sections_rest_on(
    base_jobs: dict[tuple[str, str], Job], design: str, language: str, cited: str
) -> None:
    assert cited in said_by_line(base_jobs[design, language].html)


def test_clauses_of_one_standard_stand_together(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    marks = ("ladders-9", "ladders-4", "practice")
    marked = section("points", lambda points: replace(points, marks=marks))(twins["zh"])
    html = compose(find("poster"), {**twins, "zh": marked}, "zh", base_owner).html
    assert "依据：GB 12142 第四条、第九条；行业通行做法" in said_by_line(html)


def test_there_are_no_double_spaces_and_none_before_a_stop(
    base_jobs: dict[tuple[str, str], Job],
) -> None:
    for job in base_jobs.values():
        for text in DocumentText(job.html).texts:
            assert "  " not in text.strip()
            assert not re.search(r"\s[.,;:，。；：]|\bNone\b|\[\^", text), text


def test_what_a_chapter_says_is_never_markup(twins: dict[str, Chapter], base_owner: Owner) -> None:
    text = 'p < 5 & <img src=x> "q"'
    hostile = section("points", first_item(lead=text, text=text))(front(title=text)(twins["en"]))
    html = compose(find("poster"), {**twins, "en": hostile}, "en", base_owner).html
    assert "<img src=x>" not in html
    assert (
        "".join(DocumentText(html).texts).replace("\u00a0", " ").replace(JOINER, "").count(text)
        == 4
    )  # title, kicker, command, reason


def test_each_voice_is_marked_with_its_language(base_jobs: dict[tuple[str, str], Job]) -> None:
    html = base_jobs["poster", "zh-en"].html
    assert '<html lang="zh-CN">' in html
    html = re.sub(f"</?span[^>]*>|{JOINER}", "", html)
    assert '<h2 class="command" lang="zh-CN">先看梯子</h2>' in html
    assert '<h2 class="command" lang="en">Look at the\u00a0ladder</h2>' in html
    assert '<html lang="en">' in base_jobs["flyer", "en"].html


def test_a_job_knows_its_limits(base_jobs: dict[tuple[str, str], Job]) -> None:
    poster, flyer = base_jobs["poster", "zh-en"], base_jobs["flyer", "en"]
    assert (poster.trim, poster.pages, flyer.trim, flyer.pages) == (
        (297.0, 420.0), 1, (210.0, 297.0), 2
    )  # fmt: skip
    units = dict(poster.units)
    assert units["zh"] * 0.92 == pytest.approx(poster.distance_m * 5)
    assert units["en"] * 0.733 == pytest.approx(poster.distance_m * 1000 / 300)
    assert poster.stem == "ladders-poster-a3-zh-en"


def test_regions_know_what_stands_in_them(base_jobs: dict[tuple[str, str], Job]) -> None:
    front_page, back_page = base_jobs["flyer", "zh"].regions
    assert (front_page.id, back_page.id, back_page.page) == ("page-1", "page-2", 1)
    assert {"slogan", "points", "imprint"} <= set(front_page.inside)
    assert {"steps", "never", "emergency"} <= set(back_page.inside)
    assert not {"steps", "page-2"} & set(front_page.inside)
    assert front_page.gaps == 1 + 3  # the field and three points
    assert back_page.gaps == 5 + 3 + 3


def test_every_sheet_of_a_design_keeps_its_promise_of_distance(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    for name in ("poster", "flyer"):
        design = find(name)
        for size in design.spec.sizes:
            job = compose(design, twins, "zh", base_owner, size)
            text = "".join(DocumentText(job.html).texts)
            assert f"{job.distance_m:g} 米可读" in text
            assert job.distance_m == pytest.approx(design.spec.distance_m * job.zoom, abs=0.1)
            assert dict(job.units)["zh"] * job.zoom * 0.92 >= job.distance_m * 5 - 1e-6


def test_a_chapter_without_the_role_is_refused(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    poor = replace(twins["zh"], sections=twins["zh"].sections[:2])
    with pytest.raises(Rejected) as rejected:
        compose(find("flyer"), {**twins, "zh": poor}, "zh", base_owner)
    assert {each.code for each in rejected.value.findings} == {"role-missing"}
    assert compose(find("poster"), {**twins, "zh": poor}, "zh", base_owner)


def test_what_cannot_be_planned_does_not_stop_the_rest(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    poor = {**twins, "zh": replace(twins["zh"], sections=twins["zh"].sections[:2])}
    jobs, findings = jobs_of(poor, base_owner)
    whole, _ = jobs_of(twins, base_owner)
    assert {each.code for each in findings} == {"role-missing"}
    assert {job.language for job in jobs} == {"zh", "en"}
    assert {job for job in whole if job.language == "en"} <= set(jobs)


def test_one_twin_alone_is_printed_in_its_language(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    jobs, findings = jobs_of({"en": twins["en"]}, base_owner)
    assert not findings
    assert {job.language for job in jobs} == {"en"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [(("flyer", "zh-en", ""), "language-not-offered"), (("poster", "fr", ""), "language-not-offered"),
     (("poter", "zh", ""), "unknown-design"), (("poster", "zh", "a5"), "size-not-offered")],
)  # fmt: skip
def test_what_a_design_does_not_offer_is_refused(
    twins: dict[str, Chapter], base_owner: Owner, asked: tuple[str, str, str], code: str
) -> None:
    name, language, size = asked
    with pytest.raises(Rejected) as rejected:
        design = find_asked(name, twins, language, twins["zh"].path)
        compose(design, twins, language, base_owner, size)
    assert [each.code for each in rejected.value.findings] == [code]


def test_the_fit_begins_smaller_where_there_is_more_text(
    twins: dict[str, Chapter], base_owner: Owner
) -> None:
    job = compose(find("flyer"), twins, "zh", base_owner)
    more = []
    for section in twins["zh"].sections:
        doubled = section.items * 2 if section.role == "steps" else section.items
        more.append(replace(section, items=doubled))
    fuller = compose(
        find("flyer"), {**twins, "zh": replace(twins["zh"], sections=tuple(more))}, "zh", base_owner
    )
    (front, back), (other_front, other_back) = job.regions, fuller.regions
    assert other_front.start == pytest.approx(front.start, rel=0.01)  # its edition differs
    assert 1 < other_back.start < back.start


def test_a_design_begins_every_region(tmp_path: Path) -> None:
    folder = tmp_path / "flyer"
    shutil.copytree(find("flyer").folder, folder)
    text = (folder / "design.toml").read_text(encoding="utf-8")
    (folder / "design.toml").write_text(text.replace("[114, 126]", "[114]"), encoding="utf-8")
    with pytest.raises(Rejected, match="solid_mm has 1 entries for 2 regions"):
        read(folder)
