"""The last net: an error that nobody foresaw becomes one sentence, which names what was being read."""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

from printables.files import whole
from printables.findings import Finding, Rejected, finding

TRACEBACK = Path(".cache") / "unforeseen.txt"


@contextmanager
def reading(source: object) -> Iterator[None]:
    """Note on an error that is raised within the block, unless one within it did, that it came of `source`."""
    try:
        yield
    except Rejected:
        raise
    except Exception as error:
        if not getattr(error, "__notes__", ()):
            error.add_note(str(source))
        raise


def unforeseen(error: Exception) -> Finding:
    """What is told of an error: of the system, such as a full disk, or else of this program."""
    source = next(iter(getattr(error, "__notes__", ())), "safety-readers")
    if isinstance(error, OSError) and error.strerror:
        return finding("system-refused", error.filename or source, reason=error.strerror)
    text = f"{type(error).__name__}: {error}".strip(": ")
    return finding("unforeseen", source, error=text[:300], place=TRACEBACK)


def run(main: Callable[[], int]) -> int:
    """Run a command; return its status, 1 where it was rejected or met what nobody foresaw.

    What a terminal cannot show, such as a pictogram in GBK, is written as its number.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return main()
    except Rejected as rejected:
        print(rejected, file=sys.stderr)
    except Exception as error:
        with suppress(OSError), whole(TRACEBACK) as part:
            part.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        print(unforeseen(error), file=sys.stderr)
    return 1
