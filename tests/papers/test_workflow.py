"""What runs on the host for a pull request: harmless when it comes from a stranger, and every command exists."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from project import ROOT, edit, install

HOST = ROOT / ".github"
FILES = sorted((HOST / "workflows").glob("*.yml"))
FLOWS = [yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in FILES]
JOBS = [job for flow in FLOWS for job in flow["jobs"].values()]
STEPS = [step for job in JOBS for step in job["steps"]]
COMMANDS = sorted(
    {
        line.strip()
        for step in STEPS
        for line in step.get("run", "").splitlines()
        if "script/" in line
    }
)
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]


def test_a_stranger_s_pull_request_can_do_no_harm() -> None:
    for path, flow in zip(FILES, FLOWS, strict=True):
        own = set(flow["on"]) <= {"schedule", "workflow_dispatch"}  # what no stranger can begin
        assert own or set(flow["on"]) <= {"pull_request", "push"}  # never pull_request_target
        may = ({"contents": "read"}, {"contents": "read", "issues": "write"})
        assert flow["permissions"] in may[: 1 + own]
        assert "secrets." not in path.read_text(encoding="utf-8")
        for job in flow["jobs"].values():  # only what nobody else can begin may publish
            assert job.get("permissions", {}).keys() <= ({"pages", "id-token"} if own else set())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.get("uses") or step["name"])
def test_no_step_trusts_what_others_write(step: dict) -> None:
    """Actions by commit, no token on the disk, and nothing of a pull request's words in a shell."""
    if "uses" in step:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
    if step.get("uses", "").startswith("actions/checkout@"):
        assert step["with"]["persist-credentials"] == "false"
    given = re.findall(r"\$\{\{\s*(.*?)\s*\}\}", step.get("run", ""))
    assert set(given) <= {"github.event.pull_request.base.sha"}


def test_jobs_end_in_bounded_time_and_pipes_do_not_hide_failures() -> None:
    assert all(int(job["timeout-minutes"]) <= 60 for job in JOBS)
    assert all(flow["defaults"]["run"]["shell"] == "bash" for flow in FLOWS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists_with_its_options(command: str) -> None:
    script, *arguments = shlex.split(command.partition("|")[0])
    path = ROOT / script
    assert os.access(path, os.X_OK)
    text = path.read_text(encoding="utf-8")
    if module := re.search(r"exec \.venv/bin/python -m (printables\.\w+)", text):
        options = [word for word in arguments if word.startswith("--")]
        asked = subprocess.run(
            [path, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert all(option in asked for option in options), module[1]
        places = re.findall(r"^  (\w+)", asked.partition("positional arguments:")[2], re.M)
        values = [word for word in arguments if word.startswith(".cache/")]
        assert not values or len(values) == len(places)
    else:
        assert not arguments


ZH, EN = "docs/zh/teams/ladders.md", "docs/en/teams/ladders.md"
BASE_SHA = "${{ github.event.pull_request.base.sha }}"


def git(repository: Path, *arguments: str) -> str:
    author = ("-c", "user.name=Officer", "-c", "user.email=officer@readers.example")
    return subprocess.run(
        ["git", *author, *arguments], cwd=repository, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def repository(project: Path) -> Path:
    """A small project under git with the scripts, which find everything installed."""
    shutil.copytree(ROOT / "script", project / "script")
    (project / "script" / "bootstrap").write_text("#!/bin/sh\n", encoding="utf-8")
    install(project)
    for path in (ZH, EN):
        edit(project / path, "prints: [poster, flyer]", "prints: [label]")
    git(project, "init", "--quiet")
    (project / ".git" / "info" / "exclude").write_text(".cache\n.venv\nsite\n", encoding="utf-8")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "as it was")
    return project


def pull_request(repository: Path) -> tuple[list[tuple[str, int, str]], str]:
    """Commit what was changed and take the steps of a check one by one, as the host does until one fails.

    Returns each step's name, code and output; and the summary.
    """
    base = git(repository, "rev-parse", "HEAD")
    git(repository, "commit", "--quiet", "--all", "-m", "a change")
    summary = repository / ".cache" / "summary.md"
    settings = {
        "GITHUB_SHA": git(repository, "rev-parse", "HEAD"),
        "GITHUB_STEP_SUMMARY": str(summary),
        "PYTHONPATH": str(repository),
        "READERS_LANGUAGE": "en",
    }
    taken: list[tuple[str, int, str]] = []
    for step in FLOWS[0]["jobs"]["check"]["steps"]:
        if "run" not in step:
            continue
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"].replace(BASE_SHA, base)],
            cwd=repository, env=os.environ | settings, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        taken.append((step["name"], done.returncode, done.stdout))
        if done.returncode:
            break
    return taken, summary.read_text(encoding="utf-8") if summary.exists() else ""


def test_a_pull_request_is_checked_built_and_shown_before_and_after(repository: Path) -> None:
    edit(repository / EN, "slogan: Set it firm. Then climb.", "slogan: Set it firm. Climb.")
    taken, summary = pull_request(repository)
    assert [code for _, code, _ in taken] == [0] * len(taken), taken[-1]
    assert "| `teams/ladders label en` | 改动 · changed |" in summary
    assert "label zh`" not in summary
    shown = repository / ".cache" / "changes"
    page = (shown / "index.html").read_text(encoding="utf-8")
    for side in ("before", "after"):
        [first, *_] = re.findall(rf'src="(\d+-1-{side}\.webp)"', page)
        assert (shown / first).stat().st_size > 1000
    assert git(repository, "status", "--porcelain") == ""


def test_a_mistake_is_told_beside_its_line_and_nothing_is_built(repository: Path) -> None:
    edit(repository / EN, "Tie the top.", "<b>Tie</b> the top.")
    taken, summary = pull_request(repository)
    assert [code for _, code, _ in taken] == [0, 1]
    assert f"::error file={EN},line=21" in taken[-1][2]
    assert summary == "" and not (repository / "site").exists()


def test_the_remarks_are_in_a_language_that_there_is() -> None:
    named = {flow["env"]["READERS_LANGUAGE"] for flow in FLOWS if "env" in flow}
    assert named and named <= {"zh", "en"}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_what_is_run_before_a_commit_exists(hook: dict) -> None:
    program = shlex.split(hook["entry"])[0]
    assert os.access(ROOT / program, os.X_OK)
    if "files" in hook:
        for name in ("docs/zh/teams/ladders.md", "docs/en/teams/rung.png", "owner.yml"):
            assert re.search(hook["files"], name)
        assert not re.search(hook["files"], "tests/base/docs/zh/teams/ladders.md")


@pytest.mark.parametrize(
    "form",
    [HOST / "ISSUE_TEMPLATE" / f"{name}.yml" for name in ("error", "chapter")],
    ids=lambda form: form.name,
)
def test_forms_are_whole_and_speak_both_languages(form: Path) -> None:
    entries = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(entries)
    ids = [field["id"] for field in entries["body"]]
    assert len(ids) == len(set(ids))
    words = [entries["name"], entries["description"]]
    words += [field["attributes"]["label"] for field in entries["body"]]
    assert all(re.search(r"[\u4e00-\u9fff].*[A-Za-z]", text) for text in words)


def test_owners_are_named_for_paths_that_there_are() -> None:
    lines = (HOST / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    paths = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert paths[0] == "*"
    assert all((ROOT / path.strip("/")).exists() for path in paths[1:])
