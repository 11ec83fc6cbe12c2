"""CONTRIBUTING says what the checks ask for, and names commands that there are."""

import os
import re

import pytest
from project import ROOT

from printables.checks.plain_language import limits
from printables.layout.design import Specification

BOTH = ("CONTRIBUTING.md", "CONTRIBUTING.zh.md")
ROW = re.compile(r"^\| [^|]+ \| `\.(\w+)` \| (?:(\d+)(?:–(\d+))?)?", re.M)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOTH)
def test_the_numbers_of_items_are_those_that_are_checked(name: str) -> None:
    items = {
        role: [int(least), int(most or least)]
        for role, least, most in ROW.findall(text(name))
        if least
    }
    assert items == {role: rule["items"] for role, rule in limits()["roles"].items()}


@pytest.mark.parametrize("name", BOTH)
def test_the_lengths_are_those_that_are_checked(name: str) -> None:
    language = "zh" if ".zh." in name else "en"
    for role in ("points", "steps"):
        command, rest = limits()["roles"][role][language]
        row = next(line for line in text(name).splitlines() if f"`.{role}`" in line)
        assert re.findall(r"\d+", row.rpartition("`")[2]) == [str(command), str(rest)]


@pytest.mark.parametrize("name", BOTH)
def test_every_command_and_file_that_is_named_exists(name: str) -> None:
    scripts = set(re.findall(r"script/[a-z]+", text(name)))
    assert {"script/new", "script/check", "script/serve", "script/translate"} <= scripts
    assert all(os.access(ROOT / script, os.X_OK) for script in scripts)
    places = re.findall(r"`((?:docs|library|printables|tests)/[\w./-]*)`", text(name))
    theirs = {"docs/zh/teams/ladders.md", "docs/en/teams/ladders.md"}  # for who follows this
    assert [place for place in places if not (ROOT / place).exists() and place not in theirs] == []
    rules = {path.name for path in (ROOT / "printables" / "checks" / "rules").glob("*.toml")}
    assert rules <= set(re.findall(r"`(?:[a-z]+/)*([a-z]+\.toml)`", text(name)))


@pytest.mark.parametrize("name", BOTH)
def test_every_key_of_a_design_is_explained_and_no_other(name: str) -> None:
    design = text(name).partition("`design.toml`")[2].partition("\n\n| ")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", design, re.M)) == set(Specification.model_fields)


def test_both_name_the_same_keys_commands_and_places_in_the_same_order() -> None:
    code = [
        re.findall(r"`([^`]+)`|^    (script/\S+)", text(name).partition(head)[2], re.M)
        for name, head in zip(BOTH, ("\n## Code", "\n## 代码"), strict=True)
    ]
    assert code[0] == code[1]
