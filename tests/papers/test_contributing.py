"""CONTRIBUTING says what the checks ask for, and names commands that there are."""

import os
import re

import pytest
from project import ROOT

from printables.checks.plain_language import measures

BOTH = ("CONTRIBUTING.md", "CONTRIBUTING.zh.md")
ROW = re.compile(r"^\| [^|]+ \| `\.(\w+)` \| (?:(\d+)(?:–(\d+))?)?", re.M)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOTH)
def test_the_numbers_of_items_are_those_that_are_checked(name: str) -> None:
    told = {
        role: [int(least), int(most or least)]
        for role, least, most in ROW.findall(text(name))
        if least
    }
    assert told == {role: rule["items"] for role, rule in measures()["roles"].items()}


@pytest.mark.parametrize("name", BOTH)
def test_the_lengths_are_those_that_are_checked(name: str) -> None:
    language = "zh" if ".zh." in name else "en"
    for role in ("points", "steps"):
        command, rest = measures()["roles"][role][language]
        row = next(line for line in text(name).splitlines() if f"`.{role}`" in line)
        assert re.findall(r"\d+", row.rpartition("`")[2]) == [str(command), str(rest)]


@pytest.mark.parametrize("name", BOTH)
def test_every_command_and_file_that_is_named_exists(name: str) -> None:
    scripts = set(re.findall(r"script/[a-z]+", text(name)))
    assert {"script/new", "script/check", "script/serve", "script/translate"} <= scripts
    assert all(os.access(ROOT / script, os.X_OK) for script in scripts)
    rules = re.findall(r"`(?:printables/checks/rules/)?([a-z]+\.toml)`", text(name))
    assert all((ROOT / "printables" / "checks" / "rules" / rule).exists() for rule in rules)
    assert len(rules) == 4
