"""The file of the register, editions.jsonl: a line of JSON for each event, read and written by one rule of what a line is."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from printables.chapters.characters import HIDDEN
from printables.findings import Finding, Rejected, finding, part
from printables.publishing.editions import Event, Issue, Register, Replacement, Withdrawal, clashes

MOST_BYTES = 20_000_000  # some forty thousand events
MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
MOST_IN_REASON = 200  # characters


def load(path: Path) -> Register:
    """Read the register; a missing file is an empty one. Raises Rejected with every line that is wrong."""
    findings: list[Finding] = []
    events: list[Event] = []
    places: dict[str, int] = {}
    for place, line in enumerate(_lines(path), 1):
        if not line.strip():  # editors leave empty lines at the end
            continue
        try:
            event = _event(line)
        except (ValueError, TypeError, RecursionError) as error:
            findings.append(_broken(path, place, line, error))
            continue
        events.append(event)
        places[event.id] = place
        if hidden := HIDDEN.search("".join(_texts(event.model_dump(mode="json")))):
            character = f"U+{ord(hidden[0]):04X}"
            findings.append(finding("hidden-character", path, place, character=character))
    register = Register.of(events)
    for event in events:
        if not isinstance(event, Issue) and event.id not in register.editions:
            findings.append(finding("register-lost", path, places[event.id], id=event.id))
    findings += clashes(register.issues, Register())
    if findings:
        raise Rejected(findings)
    return register


def add(path: Path, events: Iterable[Event]) -> None:
    """Append events to the register, each on a line of its own, also where the last line has no end."""
    with path.open("a+b") as file:
        if file.tell():
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                file.write(b"\n")
        for event in events:
            file.write(event.model_dump_json().encode() + b"\n")


def _lines(path: Path) -> list[str]:
    """The lines of the file; only \\n ends one, as JSON may hold whatever else Python takes for an end of line."""
    if path.is_symlink():
        raise Rejected([finding("link-inside", path, target=path)])
    if not path.exists():
        return []
    if not path.is_file():
        raise Rejected([finding("not-a-file", path)])
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Rejected([finding("page-too-large", path, most=f"{MOST_BYTES // 1_000_000} MB")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected([finding("file-not-text", path)]) from None
    return text.removesuffix("\n").split("\n") if text else []


def _event(line: str) -> Event:
    """The event of a line; raises ValueError, TypeError or RecursionError for one that is none."""
    entry = json.loads(line, object_pairs_hook=_once)
    if not isinstance(entry, dict):
        raise TypeError("no event")
    if "withdrawn" in entry:
        return Withdrawal.model_validate(entry)
    return (Replacement if "replaced" in entry else Issue).model_validate(entry)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The mapping of these keys and values; raises ValueError for a key that is written twice."""
    if len(made := dict(pairs)) < len(pairs):
        raise ValueError("a key is written twice")
    return made


def _broken(path: Path, place: int, line: str, error: Exception) -> Finding:
    if line.startswith(MARKERS):
        return finding("merge-conflict", path, place, here=line[:30])
    if isinstance(error, RecursionError):
        return finding("register-broken", path, place, reason=part("nested"))
    if isinstance(error, ValidationError):
        reason = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    else:
        reason = " ".join(str(error).split())
    return finding("register-broken", path, place, reason=reason[:MOST_IN_REASON])


def _texts(value: object) -> Iterator[str]:
    """Every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
