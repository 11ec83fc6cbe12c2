"""An error that nobody foresaw is one sentence that names the file, from every command and from the site."""

import io
import os
import sys
from pathlib import Path

import pytest
from project import ROOT, run

from printables import last_net
from printables.last_net import reading, unforeseen

CHECK = ("printables.commands.check",)
SITE = ("hooks", "build", "--strict", "--site-dir", "site")
TOLD = "met something that nobody foresaw (ZeroDivisionError: division by zero)"


@pytest.mark.parametrize(
    ("command", "place", "find", "broken", "source"),
    [
        (CHECK, "printables/chapters/owner.py", "    text, typed = yaml_file.read(path, as_typed=True)\n", "    1 / 0\n", "owner.yml"),
        (CHECK, "printables/publishing/editions.py", "    issues: list[Issue] = []\n", "    1 / 0\n", "editions.jsonl"),
        (CHECK, "printables/checks/typography.py", '    """', '    1 / 0\n    """', "docs/en/teams/ladders.md"),
        (CHECK, "printables/layout/headline.py", "    groups = slogans.groups(slogan, language)\n", "    1 / 0\n", "docs/en/teams/ladders.md"),
        (SITE, "printables/chapters/synonyms.py", "    text, entries = toml_file.read(path)\n", "    1 / 0\n", "library/synonyms.toml"),
        (SITE, "overrides/home.html", "{% block content %}", "{% block content %}{{ 1 / 0 }}", "docs/en/index.md"),
    ],
    ids=["owner", "register", "text", "sheet", "synonyms", "template"],
)  # fmt: skip
def test_it_is_told_in_a_sentence(
    project: Path, command: tuple[str, ...], place: str, find: str, broken: str, source: str
) -> None:
    path = project / place
    path.write_text(path.read_text("utf-8").replace(find, broken, 1), encoding="utf-8")
    done = run(project, *command)
    assert done.returncode == 1
    assert f"{source}: the program {TOLD}" in done.stderr
    assert "Traceback" not in done.stderr
    kept = (project / ".cache" / "unforeseen.txt").read_text(encoding="utf-8")
    assert kept.startswith("Traceback")
    assert "ZeroDivisionError" in kept


def test_every_script_has_it() -> None:
    """What a script starts ends in the net; shells and modules of the tests are not the program."""
    started = {
        line.partition(" -m ")[2].split()[0]
        for script in (ROOT / "script").iterdir()
        if script.is_file()
        for line in script.read_text(encoding="utf-8").splitlines()
        if ".venv/bin/python -m " in line
    } - {"pip", "venv", "pytest", "tests.benchmarks"}
    assert started >= {"hooks", "printables.commands.check"}
    for module in started:
        path = ROOT / module.replace(".", "/")
        text = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__main__.py"
        assert "sys.exit(run(main))" in text.read_text(encoding="utf-8"), module


def test_the_innermost_source_is_named() -> None:
    with pytest.raises(KeyError) as told, reading("outer.yml"), reading("inner.yml"):
        raise KeyError("x")
    assert unforeseen(told.value).text("en").startswith("inner.yml: the program met something")


def test_a_full_disk_is_no_fault_of_the_program() -> None:
    text = unforeseen(OSError(28, "No space left on device", "site/x.pdf")).text("en")
    assert text.startswith("site/x.pdf: the system refused: No space left on device.")


def test_a_terminal_that_lacks_a_character_gets_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding="gbk"))
    assert last_net.run(lambda: print("安全 🚧") or 0) == 0
    sys.stdout.flush()
    assert shown.getvalue().decode("gbk") == f"安全 \\U0001f6a7{os.linesep}"
