"""Which modules import which, read from the code: what the tests of rooms and of staleness follow."""

import ast
from collections.abc import Iterable
from functools import cache

from project import ROOT


def file_of(module: str) -> str:
    """Path below the root of `printables.press.fit`, or of a package's __init__."""
    path = module.replace(".", "/")
    return f"{path}.py" if (ROOT / f"{path}.py").is_file() else f"{path}/__init__.py"


def modules() -> list[str]:
    """Every module of the package and of hooks/."""
    files = sorted([*ROOT.glob("printables/**/*.py"), *ROOT.glob("hooks/*.py")])
    names = [path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in files]
    return [name.removesuffix(".__init__") for name in names]


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of this project that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / file_of(module)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in known() else node.module for name in names} & known()
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & known()
    return frozenset(found - {module})


@cache
def known() -> frozenset[str]:
    return frozenset(modules())


def imported_by(module: str) -> set[str]:
    """Everything that a module reaches, itself included."""
    reached: set[str] = set()
    todo = [module]
    while todo:
        reached.add(here := todo.pop())
        todo += imports(here) - reached
    return reached


def is_in(module: str, rooms: Iterable[str]) -> bool:
    """Whether a module stands in one of these folders or files of the package."""
    path = file_of(module).removeprefix("printables/")
    return any(path == room or path.startswith(f"{room}/") for room in rooms)
