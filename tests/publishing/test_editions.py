"""What an edition is, the register of what was issued, the command that writes it, and the pages that show it."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import jinja2
import pytest
import wall
from project import BASE, ROOT
from wall import FRIDAY, RUNGS, SAME, TUESDAY, WRONG, issued, register, replaced, withdrawn

from printables.chapters.owner import Owner
from printables.checks.collection import Collection
from printables.commands import edition as command
from printables.findings import Rejected
from printables.job import Job
from printables.languages import Both
from printables.layout import compose
from printables.layout.edition import address as edition_address
from printables.layout.edition import identify, number
from printables.production import planning
from printables.publishing import editions
from printables.publishing import register as log_file
from printables.publishing.editions import Edition, Issue, Register, Withdrawal

Jobs = dict[tuple[str, str], Job]


@pytest.fixture
def poster(base_jobs: Jobs) -> Job:
    return base_jobs["poster", "zh"]


@pytest.fixture
def first(poster: Job) -> Issue:
    return issued(poster)


def codes(rejected: pytest.ExceptionInfo[Rejected]) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in rejected.value.findings]


# --- what an edition is


@pytest.mark.parametrize(
    "markup",
    ["<p>先 查  踏棍</p>", "<div>先查<b>踏棍</b></div>", '<p class="held">先查</p>\n<p>踏棍</p>'],
)
def test_an_edition_is_what_is_said_and_not_its_markup(markup: str) -> None:
    assert identify(markup, "x") == identify("<p>先查踏棍</p>", "x")


@pytest.mark.parametrize(
    "other", ["<p>先查踏板</p>", '<p>先查踏棍</p><img alt="梯子">', "<p>踏棍先查</p>"]
)
def test_other_words_or_pictures_are_another_edition(other: str) -> None:
    assert identify(other, "x") != identify("<p>先查踏棍</p>", "x")


def test_all_sheets_of_a_printable_share_its_edition(
    base_collection: Collection, base_owner: Owner
) -> None:
    jobs = planning.plan(base_collection, base_owner).orders.values()
    planned = editions.planned(jobs)
    assert len({edition.printable for edition in planned}) == len(planned) < len(jobs)
    assert len({edition.id for edition in planned}) == len(planned)
    assert sum(len(edition.sizes) for edition in planned) == len(jobs)


def test_a_review_that_changes_nothing_leaves_sheets_on_the_wall(
    base_collection: Collection, base_owner: Owner, poster: Job
) -> None:
    twins = base_collection.twins()["teams/ladders"]
    front = twins["zh"].front.model_copy(update={"reviewed": date(2026, 9, 9)})
    reviewed = {**twins, "zh": replace(twins["zh"], front=front)}
    later = compose.compose(compose.find("poster"), reviewed, "zh", base_owner)
    assert later.edition == f"2026-09-09·{number(poster.edition)}" != poster.edition


def test_an_edition_knows_its_chapter_in_both_languages(base_jobs: Jobs) -> None:
    by_name = {edition.name: edition for edition in editions.planned(base_jobs.values())}
    poster = by_name["teams/ladders poster zh-en"]
    assert (poster.title["zh"], poster.title["en"]) == ("梯子作业", "Ladders")
    assert poster.label == base_jobs["poster", "zh-en"].edition


# --- how editions stand

A, B, C = "aaaaaaaa", "bbbbbbbb", "cccccccc"
STANDING = {
    "nothing was issued": ("", {A: "proof"}),
    "the only one": ("A", {A: "current", B: "proof"}),
    "replaced": ("A B", {A: "superseded", B: "current"}),
    "replaced twice": ("A B C", {A: "superseded", B: "superseded", C: "current"}),
    "withdrawn": ("A -A", {A: "withdrawn"}),
    "withdrawn and replaced": ("A -A B", {A: "withdrawn", B: "current"}),
    "replaced, then withdrawn": ("A B -A", {A: "withdrawn", B: "current"}),
    "an old one does not come back": ("A B -B", {A: "superseded", B: "withdrawn"}),
    "the old text again": ("A B A", {A: "current", B: "superseded"}),
}


def log(events: str, one: Issue) -> Register:
    """`A B -A` as a register: A and B were issued, then A was withdrawn."""
    names = {"A": A, "B": B, "C": C}
    return register(
        *(
            withdrawn(replaced(one, names[word[1:]])) if word[0] == "-" else
            replaced(one, names[word])
            for word in events.split()
        )
    )  # fmt: skip


@pytest.mark.parametrize(("events", "states"), STANDING.values(), ids=STANDING)
def test_how_an_edition_stands_follows_from_the_log(
    first: Issue, events: str, states: dict[str, str]
) -> None:
    history = log(events, first)
    assert {edition: history.state(edition) for edition in states} == states
    current = [edition for edition, state in states.items() if state == "current"]
    newest = history.current(first.printable)
    assert (newest.id if newest else None) == (current[0] if current else None)


@pytest.mark.parametrize(
    ("events", "since"), [("A B C", [C, B]), ("A B A", []), ("A B -B", [B]), ("B", [])]
)
def test_what_changed_since_is_told_newest_first(
    first: Issue, events: str, since: list[str]
) -> None:
    assert [each.id for each in log(events, first).since(A)] == since


def test_what_must_come_down_is_dated_from_the_day_it_had_to(poster: Job, first: Issue) -> None:
    second = issued(poster, TUESDAY, RUNGS, id=B)
    third = issued(poster, FRIDAY, RUNGS, id=C)
    assert register(first, second).recalled() == [(TUESDAY, first)]
    assert register(first, second, third).recalled() == [(FRIDAY, second), (TUESDAY, first)]
    assert register(first, second, withdrawn(first)).recalled() == [(FRIDAY, first)]
    assert register(first).recalled() == []


def test_printables_beside_the_register(base_jobs: Jobs) -> None:
    zh, en, both = (base_jobs["poster", code] for code in ("zh", "en", "zh-en"))
    gone = issued(base_jobs["flyer", "zh"])
    history = register(issued(zh, id=A), issued(en), withdrawn(issued(en)), gone)
    printed = editions.planned([zh, en, both])
    difference = editions.compare(printed, history)
    assert [edition.language for edition in difference.changed] == ["zh"]
    assert [edition.language for edition in difference.withdrawn] == ["en"]
    assert [edition.language for edition in difference.new] == ["zh-en"]
    assert difference.gone == [gone]
    notes = [(note.code, note.message("en")) for note in difference.notes(history)]
    assert [code for code, _ in notes] == [
        "editions-new", "edition-changed", "edition-withdrawn", "edition-gone"
    ]  # fmt: skip
    assert zh.edition in notes[1][1] and f"·{A}" in notes[1][1]


def test_two_printables_with_one_id_are_told(base_jobs: Jobs) -> None:
    one, other = editions.planned([base_jobs["poster", "zh"], base_jobs["flyer", "zh"]])
    twin = other.model_copy(update={"id": one.id})
    assert editions.clashes([one, other], Register()) == []
    [clash] = editions.clashes([one, twin], Register())
    assert "teams/ladders poster zh" in clash.message("en")
    assert "teams/ladders flyer zh" in clash.message("en")
    assert editions.clashes([twin], register(issued(base_jobs["poster", "zh"])))


# --- the register as a file


def test_what_was_written_is_read_again(tmp_path: Path, first: Issue) -> None:
    path = tmp_path / "editions.jsonl"
    assert log_file.load(path) == Register()
    log_file.add(path, [first])
    log_file.add(path, [withdrawn(first)])
    assert log_file.load(path) == register(first, withdrawn(first))
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_every_wrong_line_is_told(tmp_path: Path, first: Issue) -> None:
    path = tmp_path / "editions.jsonl"
    lost = Withdrawal(id=B, withdrawn=FRIDAY, reason=WRONG)
    undated = first.model_dump_json(exclude={"issued"})
    lines = ["<<<<<<< HEAD", first.model_dump_json(), "[]", undated, "7"]
    path.write_text("\n".join([*lines, lost.model_dump_json()]), encoding="utf-8")
    with pytest.raises(Rejected) as rejected:
        log_file.load(path)
    assert codes(rejected) == [
        ("merge-conflict", 1), ("register-broken", 3), ("register-broken", 4), ("register-broken", 5),
        ("register-lost", 6),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_writer_and_reader_agree_on_what_a_line_is(tmp_path: Path, first: Issue, end: str) -> None:
    path = tmp_path / "editions.jsonl"
    changed = Both(zh=f"第一{end}第二", en="First")
    log_file.add(path, [first.model_copy(update={"changed": changed}), withdrawn(first)])
    with pytest.raises(Rejected) as rejected:
        log_file.load(path)
    assert codes(rejected) == [("hidden-character", 1)]  # of one line, and not two broken ones
    assert command._nonempty(f"第一{end}第二") == "第一 第二"


def test_a_line_without_an_end_is_ended_before_the_next(tmp_path: Path, first: Issue) -> None:
    path = tmp_path / "editions.jsonl"
    path.write_text(first.model_dump_json(), encoding="utf-8")
    log_file.add(path, [withdrawn(first)])
    assert log_file.load(path) == register(first, withdrawn(first))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("登记".encode("gb18030"), ("file-not-text", 0)),
        (b"[" * 100_000, ("register-broken", 1)),
        (b"{}\n\n{}\n", ("register-broken", 1)),
        (b"\x00\n", ("register-broken", 1)),
        (b"null\n", ("register-broken", 1)),
        (b"1e999\n", ("register-broken", 1)),
        (b'{"id": 1, "id": 2}\n', ("register-broken", 1)),
        (b"=======\n", ("merge-conflict", 1)),
        (b"7" * 20_000_001, ("page-too-large", 0)),
    ],
    ids=["gb18030", "deep", "empty line", "null", "none", "infinite", "twice", "conflict", "large"],
)
def test_a_register_that_is_none_is_told(
    tmp_path: Path, content: bytes, found: tuple[str, int]
) -> None:
    path = tmp_path / "editions.jsonl"
    path.write_bytes(content)
    with pytest.raises(Rejected) as rejected:
        log_file.load(path)
    assert codes(rejected)[0] == found


def test_a_register_from_elsewhere_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "editions.jsonl").symlink_to("/etc/passwd")
    with pytest.raises(Rejected) as rejected:
        log_file.load(tmp_path / "editions.jsonl")
    assert codes(rejected) == [("link-inside", 0)]


def printed(issue: Issue, **values: object) -> Edition:
    """The edition of an issue as it is printed, changed in these values."""
    return Edition(**{**issue.model_dump(exclude={"issued", "changed", "rests_on"}), **values})


def nothing(printable: editions.Printable) -> set[str]:
    """The documents behind a printable that rests on none."""
    return set()


def test_a_book_that_became_volumes_says_so_on_its_code(first: Issue) -> None:
    book = first.model_copy(update={"chapter": "teams", "design": "book"})
    one, two = (
        printed(book, chapter=f"teams.{number}", id=name) for number, name in ((1, B), (2, C))
    )
    difference = editions.compare([one, two], register(book))
    assert (difference.gone, difference.split) == ([], {book: ("teams.1", "teams.2")})
    assert [note.code for note in difference.notes(register(book))] == [
        "editions-new",
        "edition-split",
    ]
    log = Register.of([book, *command.issues([one, two], register(book), None, TUESDAY, nothing)])
    assert {name: log.state(name) for name in (book.id, B, C)} == {
        book.id: "superseded", B: "current", C: "current"
    }  # fmt: skip
    assert [issue.id for issue in log.instead(book.id)] == [B, C]
    assert log.recalled() == [(TUESDAY, book)]
    assert editions.compare([one, two], log).split == {}
    again = Register.of([*log.issues, *log.replacements.values(), book])
    assert again.state(book.id) == "current"  # the book is printed again, as it was


def test_two_editions_do_not_carry_one_date(first: Issue) -> None:
    """But for one that is corrected on the day on which it was issued."""
    changed = printed(first, id=B)
    with pytest.raises(Rejected) as rejected:
        command.issues([changed], register(first), SAME, FRIDAY, nothing)
    assert codes(rejected) == [("edition-date", 0)]
    assert command.issues([changed], register(first), SAME, first.issued, nothing)
    reviewed = printed(first, id=B, date=FRIDAY)
    assert command.issues([reviewed], register(first), SAME, FRIDAY, nothing)


def test_an_id_never_means_two_printables(tmp_path: Path, base_jobs: Jobs) -> None:
    path = tmp_path / "editions.jsonl"
    one = issued(base_jobs["poster", "zh"])
    log_file.add(path, [one, issued(base_jobs["flyer", "zh"], id=one.id)])
    with pytest.raises(Rejected) as rejected:
        log_file.load(path)
    assert codes(rejected) == [("edition-clash", 0)]


def test_two_branches_both_add_lines(tmp_path: Path, base_jobs: Jobs) -> None:
    """Whoever merges has nothing to decide."""
    register_file = tmp_path / "editions.jsonl"

    def git(*arguments: str) -> None:
        settings = ["-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "commit.gpgsign=0"]
        subprocess.run(
            ["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    def commit(*lines: Issue) -> None:
        log_file.add(register_file, lines)
        git("add", ".")
        git("commit", "-q", "-m", "x")

    shutil.copy(ROOT / ".gitattributes", tmp_path)
    git("init", "-q", "-b", "main")
    one, two, three = (issued(base_jobs["poster", code]) for code in ("zh", "en", "zh-en"))
    commit(one)
    git("switch", "-q", "-c", "other")
    commit(two)
    git("switch", "-q", "main")
    commit(three)
    git("merge", "-q", "-m", "x", "other")
    assert log_file.load(register_file).editions.keys() == {one.id, two.id, three.id}


def test_the_projects_own_register_can_be_read() -> None:
    log_file.load(ROOT / editions.NAME)


# --- the command


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(project: Path, old: str, new: str, language: str = "zh") -> None:
    path = project / "docs" / language / "teams" / "ladders.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def lines(project: Path) -> list[str]:
    return (project / editions.NAME).read_text(encoding="utf-8").splitlines()


def test_issue_change_issue(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["status"]) == 1
    assert command.main(["issue"]) == 0
    assert command.main(["status"]) == 0
    count = len(lines(project))
    assert count == len(log_file.load(project / editions.NAME).editions)
    assert all('"首版"' in line and '"First edition"' in line for line in lines(project))
    assert command.main(["issue"]) == 0
    assert len(lines(project)) == count

    change(project, "梯子作业", "用梯作业")
    assert command.main(["status"]) == 1
    assert command.main(["issue"]) == 1
    assert command.main(["issue", "--zh", "改名"]) == 1
    assert len(lines(project)) == count
    assert command.main(["issue", "--zh", "改名", "--en", "New name"]) == 0
    added = [Issue.model_validate_json(line) for line in lines(project)[count:]]
    assert added and all("zh" in each.language and each.changed.zh == "改名" for each in added)
    assert command.main(["status"]) == 0


def test_a_quiz_that_no_sheet_prints_changes_no_edition_but_its_own(project: Path) -> None:
    assert command.main(["issue"]) == 0
    text = (project / "docs/zh/teams/ladders.md").read_text(encoding="utf-8")
    question = re.search(r"^1\. (.+？)$", text[text.index(".quiz}") :], re.MULTILINE)
    assert question
    change(project, question[1], f"请问，{question[1]}")
    difference = editions.compare(
        command.printed_now([])[1], log_file.load(project / editions.NAME)
    )
    assert {edition.design for edition in difference.changed} <= {"quiz", "quiz-key", "book"}


def test_withdrawn_and_not_issued_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["issue"])
    edition = Issue.model_validate_json(lines(project)[0])
    asked = ["withdraw", edition.label, "--zh", "印错", "--en", "Misprint"]
    assert command.main(asked) == 0
    assert log_file.load(project / editions.NAME).state(edition.id) == "withdrawn"
    assert command.main(["issue"]) == 0
    assert log_file.load(project / editions.NAME).state(edition.id) == "withdrawn"
    capsys.readouterr()
    assert command.main(["status"]) == 1
    assert edition.label in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["withdraw", "12345678", "--zh", "错", "--en", "x"], "12345678"),
        (["issue", "teams/laders"], "teams/ladders"),
    ],
)
def test_what_does_not_exist_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], asked: list[str], message: str
) -> None:
    assert command.main(asked) == 1
    assert message in capsys.readouterr().err
    assert not (project / editions.NAME).exists()


@pytest.mark.parametrize("text", [[], ["--zh", "错"], ["--zh", "错", "--en", " "]])
def test_nothing_is_withdrawn_without_a_reason_in_both_languages(
    project: Path, text: list[str]
) -> None:
    with pytest.raises(SystemExit):
        command.main(["withdraw", A, *text])


def test_nothing_is_issued_from_a_broken_chapter(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, "tone: ", "tune: ")
    assert command.main(["issue"]) == 1
    assert "ladders.md" in capsys.readouterr().err
    assert not (project / editions.NAME).exists()


# --- the pages

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, base_owner: Owner) -> Write:
    def write(history: Register, *jobs: Job, folders: bool = True) -> Path:
        wall.write(tmp_path, history, list(jobs), base_owner, folders=folders)
        return tmp_path

    return write


def page(site: Path, edition: str) -> str:
    return (site / "e" / edition / "index.html").read_text(encoding="utf-8")


def text_of(html: str) -> str:
    """The text of a page without its style, on one line."""
    text = re.sub(r"<style>.*?</style>|<[^>]+>", "", html, flags=re.DOTALL)
    return " ".join(text.split())


def test_every_code_leads_to_a_page(write: Write, base_jobs: Jobs, base_owner: Owner) -> None:
    site = write(Register(), *base_jobs.values())
    for job in base_jobs.values():
        for address in re.findall(r'src="qr:([^"]+)"', job.html):
            place = unquote(address).removeprefix(base_owner.site)
            assert place == f"e/{number(job.edition)}/"
            assert (site / place / "index.html").is_file()


def test_a_proof_says_that_it_is_one(write: Write, poster: Job) -> None:
    site = write(Register(), poster)
    html = page(site, number(poster.edition))
    assert '<header class="state proof">' in html
    assert "校样" in html and "Do not put it up." in html
    assert poster.edition in html


def test_a_current_sheet_shows_how_it_should_look(write: Write, poster: Job, first: Issue) -> None:
    html = page(write(register(first), poster), first.id)
    assert '<header class="state current">' in html
    assert "继续张贴" in html and "Leave it up." in html
    assert "ladders-poster-a3-zh.webp" in html and "ladders-poster-a3-zh.pdf" in html
    assert "应当是这样" in html


def test_an_old_sheet_shows_the_new_one_and_what_changed(write: Write, poster: Job) -> None:
    old, middle = issued(poster, id=A), issued(poster, TUESDAY, RUNGS, id=B)
    new = issued(poster, FRIDAY, WRONG)
    site = write(register(old, middle, new), poster)
    html = page(site, A)
    assert '<header class="state superseded">' in html
    assert html.index(WRONG.en) < html.index("Point 2 says &lt;check the rungs&gt; first")
    assert SAME.en not in html
    assert "ladders-poster-a3-zh.webp" in html and new.label in html
    assert RUNGS.zh[:5] not in page(site, B)


def test_an_old_sheet_does_not_show_a_proof_as_its_successor(write: Write, poster: Job) -> None:
    old, new = issued(poster, id=A), issued(poster, TUESDAY, RUNGS, id=B)
    html = page(write(register(old, new), poster), A)
    assert "ladders-poster" not in html
    assert new.label in html


def test_a_withdrawn_sheet_says_take_it_down_and_why(write: Write, first: Issue) -> None:
    html = page(write(register(first, withdrawn(first))), first.id)
    assert '<header class="state withdrawn">' in html
    assert "请立即取下。" in html and "Take it down now." in html
    assert WRONG.zh in html and WRONG.en in html and str(FRIDAY) in html


def test_a_withdrawn_sheet_shows_what_replaces_it(write: Write, poster: Job) -> None:
    old, new = issued(poster, id=A), issued(poster, FRIDAY, RUNGS)
    html = page(write(register(old, withdrawn(old), new), poster), A)
    assert '<header class="state withdrawn">' in html
    assert WRONG.en in html and "换上这一版" in html and "ladders-poster-a3-zh.pdf" in html
    assert f'<a href="../../e/{new.id}/">' in html and f"{new.label}</span></a>" in html


def test_a_withdrawn_sheet_that_nothing_replaces_names_what_else_may_hang(
    write: Write, base_jobs: Jobs
) -> None:
    bad = issued(base_jobs["poster", "zh"])
    jobs = [base_jobs[place] for place in (("flyer", "zh"), ("flyer", "en"), ("poster", "zh-en"))]
    flyer, foreign, poster = map(issued, jobs)
    html = page(write(register(bad, withdrawn(bad), flyer, foreign, poster), *jobs), bad.id)
    told = html[html.index("新版出来以前，可以张贴") :]
    assert told.index(f'href="../../e/{poster.id}/"') < told.index(f'href="../../e/{flyer.id}/"')
    assert foreign.id not in html
    alone = page(write(register(bad, withdrawn(bad))), bad.id)
    assert "还没有新版" in alone and "Follow the chapter" in alone


def test_an_old_sheet_whose_successor_is_withdrawn_comes_down_too(
    write: Write, first: Issue
) -> None:
    site = write(log("A B -B", first))
    assert "A new one is being made." in page(site, A)


@pytest.mark.parametrize("folders", [True, False], ids=["folders", "files"])
def test_links_are_relative_and_lead_somewhere(
    write: Write, base_jobs: Jobs, first: Issue, folders: bool
) -> None:
    jobs = list(base_jobs.values())
    old = replaced(first, A)
    site = write(register(old, withdrawn(old), first), *jobs, folders=folders)
    for path in (site / "e").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        here = f"/{path.relative_to(site).as_posix()}"
        for target in re.findall(r'(?:href|src)="([^"]+)"', html):
            if target.startswith("mailto:"):
                continue
            assert not re.match(r"\w+:|/", target), target
            there = site / urljoin(here, target).removeprefix("/")
            assert (there / "index.html" if there.is_dir() else there).is_file(), target
            assert folders or not target.endswith("/")


def test_every_page_leads_to_the_chapter_in_both_languages(write: Write, first: Issue) -> None:
    old = replaced(first, A)
    site = write(register(old, first, withdrawn(first)))
    for edition in (A, first.id):
        html = page(site, edition)
        assert 'href="../../zh/teams/ladders/"' in html
        assert 'href="../../en/teams/ladders/"' in html


def test_pages_need_no_script_and_little_data(write: Write, base_jobs: Jobs, first: Issue) -> None:
    site = write(register(first), *base_jobs.values())
    for path in (site / "e").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script" not in html or path.parent.name == "e"  # where a number can be typed
        assert len(html.encode()) < 14_000  # one flight of packets


def test_a_sheet_of_a_design_that_is_no_more_still_has_its_page(write: Write, first: Issue) -> None:
    html = page(write(register(first.model_copy(update={"design": "wallpaper"}))), first.id)
    assert "wallpaper" in html


def test_the_list_shows_all_that_must_come_down(write: Write, base_jobs: Jobs) -> None:
    poster, flyer = base_jobs["poster", "zh"], base_jobs["flyer", "en"]
    old, older = issued(poster, TUESDAY, id=A), issued(poster, id=B)
    bad, good = issued(flyer), issued(poster, FRIDAY, RUNGS)
    site = write(register(older, old, good, bad, withdrawn(bad)), poster)
    text = text_of(page(site, ""))
    assert text.index("请取下") < text.index(bad.label) < text.index(old.label)
    assert text.index(old.label) < text.index(older.label) < text.index("Current")
    assert text.rindex(good.label) > text.index("Current")
    assert WRONG.en in text and "Taken down" in text


def test_a_list_with_nothing_on_it_says_so(write: Write, poster: Job, first: Issue) -> None:
    html = page(write(register(first), poster), "")
    assert "Nothing has to come down now." in html
    assert '<header class="state current">' in html
    assert "recall-zh.pdf" not in html and not list(write(register(first), poster).glob("e/*.pdf"))


def test_the_list_can_be_printed_in_both_languages(write: Write, poster: Job, first: Issue) -> None:
    site = write(register(first, withdrawn(first)), poster)
    html = page(site, "")
    for language in ("zh", "en"):
        assert f'href="../e/recall-{language}.pdf"' in html
        assert (site / "e" / f"recall-{language}.pdf").read_bytes().startswith(b"%PDF")


def test_the_feed_is_of_what_must_come_down(base_owner: Owner, poster: Job) -> None:
    old, new = issued(poster, id=A), issued(poster, TUESDAY, RUNGS)
    feed = recall_feed(register(old, new), base_owner)
    atom = "{http://www.w3.org/2005/Atom}"
    [entry] = feed.findall(f"{atom}entry")
    assert entry.findtext(f"{atom}id") == f"{base_owner.site}e/{A}/#superseded"
    assert entry.findtext(f"{atom}updated") == f"{TUESDAY}T00:00:00Z"
    assert feed.findtext(f"{atom}updated") == f"{TUESDAY}T00:00:00Z"
    assert RUNGS.en in str(entry.findtext(f"{atom}summary"))
    assert recall_feed(register(new), base_owner).findall(f"{atom}entry") == []


def test_what_rests_on_a_rule_that_is_over_is_in_the_feed_and_in_the_list(
    poster: Job, first: Issue, base_owner: Owner, tmp_path: Path
) -> None:
    yesterday = date.today() - timedelta(days=1)
    log = register(first)
    for until, entries in ((None, 0), (date.today(), 0), (yesterday, 1)):
        feed = recall_feed(log, base_owner, until)
        found = feed.findall("{http://www.w3.org/2005/Atom}entry")
        wall.write(tmp_path, log, [poster], base_owner, until=until)
        page = (tmp_path / "e" / "index.html").read_text(encoding="utf-8")
        assert [len(found), page.count('class="mark checking"')] == [entries, entries]
    told = "".join(found[0].itertext())
    for text in (told, page):
        assert "《梯子安全使用规范》" in text and str(date.today()) in text
        assert first.label in text
    assert feed.findtext("{http://www.w3.org/2005/Atom}updated") == f"{date.today()}T00:00:00Z"


def recall_feed(history: Register, owner: Owner, until: date | None = None) -> ElementTree.Element:
    """overrides/recall.xml as MkDocs renders it, which escapes nothing by itself."""
    config = wall.config(ROOT, history, {}, owner, until=until)
    context = wall.hook.on_template_context({"config": config}, "recall.xml", config)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"))
    environment.globals["build"] = config.extra[wall.KEY]
    environment.filters["e"] = environment.filters["escape"]
    environment.filters["hashed"] = str
    environment.globals["edition_address"] = edition_address
    return ElementTree.fromstring(environment.get_template("recall.xml").render(context))
