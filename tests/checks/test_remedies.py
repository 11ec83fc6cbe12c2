"""What a finding proposes, done in the file, makes the finding go away."""

import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from test_cases import CASES, STEPS, change

from printables.findings import Finding
from printables.project import Project

Values = dict[str, str]
Remedy = Callable[
    [list[str], int, Values], None
]  # changes the lines of a file; the line counts from 0


def rewrite(lines: list[str], at: int, values: Values) -> None:
    lines[at] = _once(lines[at], values["here"], values["instead"])


def delete(lines: list[str], at: int, values: Values) -> None:
    lines[at] = _once(lines[at], values["here"], "")


def correct(lines: list[str], at: int, values: Values) -> None:
    right = values["here"].replace(values["wrong"], values["instead"], 1)
    lines[at] = _once(lines[at], values["here"], right)


def rename(name: str) -> Remedy:
    def remedy(lines: list[str], at: int, values: Values) -> None:
        word = rf"(?<![\w/.-]){re.escape(values[name])}(?![\w/-])"
        lines[at] = re.sub(word, lambda _: values["near"], lines[at], count=1)

    return remedy


def replace_word(lines: list[str], at: int, values: Values) -> None:
    lines[at] = _once(lines[at], values["word"], values["instead"])


def set_row(lines: list[str], at: int, values: Values) -> None:
    lines[at] = values["instead"]


def add_rule(lines: list[str], at: int, values: Values) -> None:
    lines.insert(at + 1, values["instead"])


def add_empty_line(lines: list[str], at: int, values: Values) -> None:
    lines.insert(at, "")


def write_heading(lines: list[str], at: int, values: Values) -> None:
    lines[at - 1 : at + 1] = [f"## {values['title']}"]


def add_id(lines: list[str], at: int, values: Values) -> None:
    lines[at] = f"## {values['title']} {{#id}}"


def change_id(lines: list[str], at: int, values: Values) -> None:
    lines[at] = _once(lines[at], f"#{values['id']}", f"#about-{values['id']}")


def add_key(lines: list[str], at: int, values: Values) -> None:
    lines.insert(1, _sample(values))


def set_key(lines: list[str], at: int, values: Values) -> None:
    if "." not in values["key"]:
        lines[at] = _sample(values)


def quote(lines: list[str], at: int, values: Values) -> None:
    lines[at] = _once(lines[at], values["value"], f'"{values["value"]}"')


def replace_standard(lines: list[str], at: int, values: Values) -> None:
    lines[at] = _once(lines[at], values["old"], values["new"])


REMEDIES: dict[str, Remedy] = {
    "mistyped": rewrite,
    "yaml-misread": rewrite,
    "shown-as-typed": delete,
    "half-width-mark": correct,
    "full-width-mark": correct,
    "full-width-letter": correct,
    "space-missing": correct,
    "space-extra": correct,
    "marks-doubled": correct,
    "unknown-key": rename("key"),
    "unknown-sign": rename("code"),
    "unknown-design": rename("design"),
    "unknown-role": rename("role"),
    "unknown-source": rename("id"),
    "link-broken": rename("target"),
    "anchor-broken": rename("target"),
    "campaign-chapter": rename("chapter"),
    "wrong-word": replace_word,
    "row-of-tabs": set_row,
    "table-rule": add_rule,
    "empty-line-missing": add_empty_line,
    "heading-underlined": write_heading,
    "heading-id-missing": add_id,
    "id-reserved": change_id,
    "missing-key": add_key,
    "wrong-value": set_key,
    "not-text": quote,
    "standard-replaced": replace_standard,
}
SURE = {
    "mistyped",
    "yaml-misread",
    "shown-as-typed",
    "row-of-tabs",
    "table-rule",
    "heading-underlined",
    "id-reserved",
}
OF_FRONT_MATTER = {"missing-key", "wrong-value"}
BROKEN = {"front-matter-broken", "nested-too-deep", "raw-html"}


def _once(line: str, find: str, by: str) -> str:
    """The line with its first `find` rewritten; unchanged where Markdown stands within the words."""
    return line.replace(find, by, 1)


def _sample(values: Values) -> str:
    """The example of a message, without the alternatives that stand in brackets."""
    return re.split(r" \(|（", values["example"])[0]


def findings() -> list[Finding]:
    """What is wrong in the texts of the present folder."""
    collection = Project().collection()
    return [*collection.findings, *Project().campaigns(collection)[1]]


def in_english(found: Finding) -> Values:
    values = {
        name: value["en"] if isinstance(value, dict) else value for name, value in found.values
    }
    return {name: str(value) for name, value in values.items()}


def is_one_word(values: Values) -> bool:
    """Whether what is offered is a word to write, and not a choice or an advice."""
    offered = values.get("near", values.get("instead", ""))
    return not re.search(r", |…|\bpage\b|或| / ", offered) or "here" in values


def follow(found: list[Finding]) -> list[Finding]:
    """Do what these findings propose, from the last line of each file to its first; return those that were followed."""
    followed = []
    done: set[tuple[str, int]] = set()
    for each in sorted(found, reverse=True):
        values, place = in_english(each), (each.path, each.line)
        remedy = REMEDIES.get(each.code)
        if each.code in OF_FRONT_MATTER and not each.path.endswith(".md"):
            continue  # its example shows a whole entry
        if remedy is None or place in done or not is_one_word(values):
            continue
        lines = Path(each.path).read_text(encoding="utf-8").split("\n")
        before = list(lines)
        remedy(lines, each.line - 1, values)
        if lines != before:
            Path(each.path).write_text("\n".join(lines), encoding="utf-8")
            followed.append(each)
            done.add(place)
        else:
            assert each.code not in SURE, each.text("en")
    return followed


def cases() -> list[Path]:
    """The golden cases that change texts only."""
    chosen = []
    for folder in sorted(CASES.iterdir()):
        case = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
        files = [step["file"] for kind in STEPS for step in case.get(kind, [])]
        if not {"command", "first", "link", "pipe"} & case.keys() and not any(
            file.startswith("designs/") for file in files
        ):
            chosen.append(folder)
    return chosen


@pytest.mark.parametrize("folder", cases(), ids=lambda folder: folder.name)
def test_a_proposal_that_is_followed_ends_the_finding(
    folder: Path, base_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(base_project, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    change(tomllib.loads((folder / "case.toml").read_text(encoding="utf-8")), tmp_path)
    found = findings()
    followed = follow(found)
    if not followed:
        return
    left = findings()
    told = {(each.path, each.code, repr(each.values)) for each in left}
    assert [
        each.text("en") for each in followed if (each.path, each.code, repr(each.values)) in told
    ] == []
    before = {(each.path, each.code) for each in found}  # none is broken by it
    assert [
        each.text("en")
        for each in left
        if each.code in BROKEN and (each.path, each.code) not in before
    ] == []
