"""A scene as data: TOML → Scene; raises Rejected with every finding, each with its line."""

import re
import tomllib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from printables.colours import COLOURS
from printables.findings import UNSEEN, Finding, Rejected, finding, nearest
from printables.languages import LANGUAGES, Both
from printables.scenes.numerals import STROKES
from printables.scenes.props import kinds
from printables.scenes.skeleton import poses
from printables.scenes.worn import worn

PLACE = Path("library") / "scenes"  # in a project's folder
MARKS = ("right", "forbidden")
GROUND = 24.0  # height of the ground line above the frame's lower edge, where a scene names none

Spot = tuple[float, float] | str  # x and height above the ground, or "name.point" of another part

COMMON = {"name": "", "at": None, "moved": [0, 0], "scale": 1.0, "mirrored": False, "turned": 0}
FIGURE: dict[str, Any] = {"pose": "", "worn": [], "near_hand": None, "far_hand": None} | COMMON
PALETTE = frozenset({*COLOURS, "accent"})
LEAST, MOST = 0.1, 1000.0  # of any measure, in units
BENT = frozenset({"turned", "sag"})  # measures that may be 0 or less
MOST_PARTS = 40
MOST_BYTES, MOST_SAID = 20_000, 120  # of a file; characters of its text
HEAD = re.compile(r"\s*\[\[\s*part\s*\]\]")  # of a part
TOP = ("says", "mark", "crossed", "ground", "part")


@dataclass(frozen=True)
class Part:
    """A figure (with a `pose`) or a prop in a scene; later ones stand before earlier ones. `line` counts from 1."""

    line: int
    name: str = ""
    pose: str = ""
    prop: str = ""
    at: Spot = (0.0, 0.0)
    moved: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    mirrored: bool = False
    turned: float = 0.0
    worn: tuple[str, ...] = ()
    near_hand: Spot | None = None
    far_hand: Spot | None = None
    measures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """One act: what it says, whether it is right or forbidden, its parts from back to front.

    `crossed` names the part that does what is forbidden; `ground` is the height of the ground line above the frame's foot.
    """

    name: str
    path: Path
    says: Both
    mark: str
    parts: tuple[Part, ...]
    crossed: str = ""
    ground: float = GROUND


def names(folder: Path) -> list[str]:
    """The scenes in a folder, in alphabetical order; a symbolic link is none."""
    return sorted(path.stem for path in folder.glob("*.toml") if not path.is_symlink())


def has(folder: Path, name: str) -> bool:
    """True if there is a scene of this name; quicker than to look for it among all."""
    path = folder / f"{name}.toml"
    return path.is_file() and not path.is_symlink()


def unknown(path: Path, line: int, name: str, known: Sequence[str]) -> Finding:
    """What is wrong with the file at `path`, which names on `line` a scene that there is not."""
    near = nearest(name, known) or (PLACE / f"{name}.toml").as_posix()
    return finding("unknown-scene", path, line, scene=name, near=near)


def read(path: Path) -> Scene:
    """The scene of a file; raises Rejected."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"> {MOST_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Rejected([finding("file-missing", path)]) from None
    except (OSError, ValueError) as error:
        raise Rejected([finding("scene-broken", path, 0, reason=str(error))]) from None
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise Rejected([finding("scene-broken", path, 0, reason="[[[[…")]) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise Rejected([finding("scene-broken", path, line, reason=str(error))]) from None
    reader = _Reader(path, text)
    scene = reader.scene(table)
    if reader.findings:
        raise Rejected(reader.findings)
    return scene


class _Reader:
    """What is read of one file, and what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        # Asked for at every value: the site's page of scenes reads hundreds of files.
        self.heads = [n for n, line in enumerate(self.lines) if HEAD.match(line)]
        self.findings: list[Finding] = []

    def scene(self, table: Mapping[str, Any]) -> Scene:
        for key in table:
            if key not in TOP:
                self.tell("scene-unknown-key", self.line(key), key=key, near=nearest(key, TOP))
        says = self.says(table.get("says"))
        mark = table.get("mark", "")
        if mark not in MARKS:
            self.tell("scene-mark", self.line("mark"), marks=" / ".join(MARKS))
        rows = table.get("part", [])
        tables = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        if not tables or not 0 < len(rows) <= MOST_PARTS:
            self.tell("scene-empty", 0, most=MOST_PARTS)
            rows = []
        parts = tuple(self.part(row, number) for number, row in enumerate(rows))
        known = {part.name for part in parts if part.name}
        crossed = str(table.get("crossed", ""))
        if crossed and crossed not in known:
            near = nearest(crossed, known) if known else "name"
            self.tell("scene-unknown-point", self.line("crossed"), point=crossed, near=near)
        ground = self.number(table.get("ground", GROUND), "ground", self.line("ground"))
        return Scene(self.path.stem, self.path, says, str(mark), parts, crossed, ground)

    def says(self, value: Any) -> Both:
        texts = value if isinstance(value, dict) else {}
        for language in LANGUAGES:
            text = texts.get(language)
            if not isinstance(text, str) or not text.strip():
                self.tell("scene-text-missing", self.line("says"), language=language)
            elif UNSEEN.search(text) or len(text) > MOST_SAID:
                values = {"key": f"says.{language}", "value": text[:MOST_SAID]}
                self.tell("scene-value", self.line("says"), **values, example=f"≤ {MOST_SAID}")
        return Both(**{language: str(texts.get(language) or "…") for language in LANGUAGES})

    def part(self, row: Mapping[str, Any], number: int) -> Part:
        line = self.line("", number)
        pose, prop = row.get("pose"), row.get("prop")
        if (pose is None) == (prop is None):
            self.tell("scene-part", line)
            return Part(line)
        kind = kinds().get(str(prop)) if prop is not None else None
        if pose is not None and str(pose) not in poses():
            near = nearest(str(pose), poses())
            self.tell("scene-unknown-pose", self.line("pose", number), name=pose, near=near)
        if prop is not None and kind is None:
            near = nearest(str(prop), kinds())
            self.tell("scene-unknown-prop", self.line("prop", number), name=prop, near=near)
            return Part(line, name=str(row.get("name", "")))
        usual: dict[str, Any] = dict(FIGURE)
        if kind:
            usual = {"prop": "", "name": ""} | dict(kind.measures)
            usual |= {} if kind.through else COMMON
        values = {key: self.value(key, row, usual, number) for key in usual if key in row}
        for key in row:
            if key not in usual:
                self.tell(
                    "scene-unknown-key", self.line(key, number), key=key, near=nearest(key, usual)
                )
        if "at" in usual and "at" not in row:
            self.tell("scene-place-missing", line, name=pose or prop)
        own = {key: values.pop(key) for key in list(values) if kind and key in kind.measures}
        return Part(line, **values, measures=own)

    def value(self, key: str, row: Mapping[str, Any], usual: Mapping[str, Any], number: int) -> Any:
        """A part's value, checked for its type."""
        value, line, normal = row[key], self.line(key, number), usual[key]
        if key in {"at", "near_hand", "far_hand"}:
            return self.spot(value, key, line)
        if key == "through":
            spots = value if isinstance(value, list) else []
            if len(spots) < 2:
                self.tell("scene-value", line, key=key, value=value, example="[[20, 0], [60, 40]]")
            return tuple(self.spot(spot, key, line) for spot in spots)
        if key == "moved":
            spot = self.spot(value, key, line)
            return spot if isinstance(spot, tuple) else (0.0, 0.0)
        if key == "worn":
            return self.wearing(value, line)
        if isinstance(normal, bool):
            return self.one_of(value, (True, False), key, line, "true")
        if key == "colour":
            return self.one_of(value, PALETTE, key, line, nearest(str(value), PALETTE))
        if isinstance(normal, str):
            drawn = isinstance(value, str) and (key != "text" or set(value) <= STROKES.keys())
            example = "119, 40°C, 15 min" if key == "text" else '"…"'
            return self.one_of(value, (value,) if drawn else (), key, line, example)
        least = 0.0 if key in BENT else LEAST
        return type(normal)(self.number(value, key, line, least))

    def one_of(self, value: Any, choices: Container[Any], key: str, line: int, example: str) -> Any:
        if not isinstance(value, (str, bool)) or value not in choices:
            self.tell("scene-value", line, key=key, value=value, example=example)
        return value

    def wearing(self, value: Any, line: int) -> tuple[str, ...]:
        names = [str(each) for each in value] if isinstance(value, list) else [str(value)]
        known = worn()
        for each in names:
            if each not in known:
                self.tell("scene-unknown-worn", line, name=each, near=nearest(each, known))
        return tuple(names)

    def spot(self, value: Any, key: str, line: int) -> Spot:
        if isinstance(value, str) and "." in value:
            return value
        if isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)):
            return float(value[0]), float(value[1])
        if _is_number(value):
            return float(value), 0.0
        self.tell("scene-value", line, key=key, value=value, example='[90, 0] / "worker.near_hand"')
        return 0.0, 0.0

    def number(self, value: Any, key: str, line: int, least: float = 0.0) -> float:
        """A number of at most MOST units; below zero only where `least` is 0."""
        lowest = least or -MOST
        if _is_number(value) and lowest <= value <= MOST:
            return float(value)
        self.tell("scene-value", line, key=key, value=value, example=f"{max(least, 24):g}")
        return 1.0

    def tell(self, code: str, line: int, /, **values: object) -> None:
        self.findings.append(finding(code, self.path, line, **values))

    def line(self, key: str, number: int | None = None) -> int:
        """Line of a key at the top or in the part with this number, else of the part; 0 where there is none."""
        heads = self.heads
        if number is None:
            first, last, found = 0, heads[0] if heads else len(self.lines), 0
        elif number < len(heads):
            first, last = heads[number], [*heads, len(self.lines)][number + 1]
            found = first + 1
        else:
            return 0
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]") if key else None
        for n in range(first, last):
            if wanted and wanted.match(self.lines[n]):
                return n + 1
        return found


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= MOST
