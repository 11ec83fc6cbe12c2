"""The house as README draws it: rooms in one order, no circle, small modules, each with its sentence."""

import ast
import re
from collections.abc import Callable
from functools import cache

import pytest
from imports import file_of, imports, modules
from project import ROOT

# What else stands in the package is shared by all of these, and imports none of them.
ORDER = (
    "chapters", "checks", "layout", "forms", "workbooks", "finishing", "press", "stamping", "production", "publishing", "firms", "project", "web", "commands",
)  # fmt: skip
LINES = 350
NAMED = re.compile(r"`([\w./]+?)/?`")
QUOTED = re.compile(r"[\"'](printables(?:\.[a-z_]+)+)[\"']")


def room(module: str) -> str:
    """`press` of `printables.press.fit`, `job` of `printables.job`, `hooks` of any hook."""
    top, _, rest = module.partition(".")
    return rest.partition(".")[0] or top if top == "printables" else top


def floor(module: str) -> int:
    """How late in the flow a module stands; 0 is what all share."""
    if module == "printables.__main__" or room(module) == "hooks":
        return len(ORDER) + 1
    return ORDER.index(room(module)) + 1 if room(module) in ORDER else 0


def source(module: str) -> str:
    return (ROOT / file_of(module)).read_text(encoding="utf-8")


def circle(begin: str, after: Callable[[str], set[str]]) -> list[str]:
    """The way from `begin` back to it, or nothing."""
    ways, seen = [[begin]], set()
    for way in ways:
        for step in sorted(after(way[-1])):
            if step == begin:
                return [*way, step]
            if step not in seen:
                seen.add(step)
                ways.append([*way, step])
    return []


@cache
def rooms_imported(name: str) -> set[str]:
    """The other rooms that the modules of a room import."""
    inside = [module for module in modules() if room(module) == name]
    return {room(other) for module in inside for other in imports(module)} - {name}


@cache
def libraries(module: str) -> set[str]:
    """The first names of all that a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(source(module))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    names += [f"{'.' * node.level}{node.module or ''}" for node in froms]
    return {name.partition(".")[0] or "." for name in names}


def test_a_module_imports_only_what_stands_before_it() -> None:
    arrows = [(module, other) for module in modules() for other in imports(module)]
    assert len(arrows) > 500
    assert [arrow for arrow in arrows if floor(arrow[1]) > floor(arrow[0])] == []


def test_no_module_and_no_room_leads_back_to_itself() -> None:
    assert [way for module in modules() if (way := circle(module, imports))] == []
    rooms = sorted({room(module) for module in modules()})
    assert [way for name in rooms if (way := circle(name, rooms_imported))] == []


def test_a_circle_would_be_seen() -> None:
    leads = {"a": {"b"}, "b": {"c"}, "c": {"a", "b"}, "d": {"b"}}
    assert circle("a", leads.__getitem__) == ["a", "b", "c", "a"]
    assert circle("d", leads.__getitem__) == []


def test_a_module_is_small_and_begins_with_its_sentence() -> None:
    for module in modules():
        text = source(module)
        assert len(text.splitlines()) <= LINES, module
        sentence = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
        assert sentence and "\n" not in sentence, module


def test_a_build_that_prints_nothing_does_not_load_the_press() -> None:
    """Modules that hooks import when they are read, not within a function, lead to WeasyPrint by no way."""
    todo, reached = [name for name in modules() if room(name) == "hooks"], set()
    while todo:
        reached.add(here := todo.pop())
        lines = [
            line for line in source(here).splitlines() if line.startswith(("from ", "import "))
        ]
        todo += [each for each in imports(here) - reached if _is_named(each, lines)]
    assert len(reached) > 100
    assert "printables.press.engine" not in reached


def _is_named(module: str, lines: list[str]) -> bool:
    around, _, name = module.rpartition(".")
    return any(
        line.startswith((f"from {module} ", f"import {module}"))
        or (
            line.startswith(f"from {around} ")
            and re.search(rf"\b{name}\b", line.partition("import")[2])
        )
        for line in lines
    )


@pytest.mark.parametrize(
    ("library", "place"),
    [
        # The engine knows what WeasyPrint publishes, internals.py alone what it does not.
        ("weasyprint", r"printables/press/(engine|internals)\.py"),
        ("mkdocs", r"hooks/"),
        ("xlsxwriter", r"printables/(workbooks/|firms/receipt\.py)"),
        (".", "nowhere"),
    ],
    ids=["weasyprint", "mkdocs", "xlsxwriter", "relative"],
)
def test_a_library_is_known_in_one_place(library: str, place: str) -> None:
    """A dot: no import is relative, as `imports` would not see it."""
    users = [file_of(module) for module in modules() if library in libraries(module)]
    assert [path for path in users if not re.match(place, path)] == []


def test_modules_that_are_named_in_quotes_exist() -> None:
    """Those that are started, preloaded or looked for by name, of which no import tells."""
    files = [ROOT / file_of(module) for module in modules()]
    files += [path for path in ROOT.glob("tests/**/*.py") if path.name != "test_rooms.py"]
    named = {name for path in files for name in QUOTED.findall(path.read_text(encoding="utf-8"))}
    known = {*modules(), "printables.json"}
    assert {"printables.commands.shard", "printables.stamping.print_stamped"} <= named
    assert named - known == set()


def table() -> list[str]:
    """The places in the first cells of README's table of rooms; a bare file stands in the package."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", text.partition("### How it is built")[2], re.MULTILINE)
    assert len(rows) > 10
    places = [place for row in rows for place in NAMED.findall(row)]
    return [
        f"printables/{place}" if re.fullmatch(r"\w+\.(py|toml)", place) else place
        for place in places
    ]


def test_what_the_readme_names_exists_and_no_room_is_left_out() -> None:
    named = table()
    assert [place for place in named if not (ROOT / place).exists()] == []
    folders = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("printables/*/*.py")}
    assert folders - set(named) == set()
