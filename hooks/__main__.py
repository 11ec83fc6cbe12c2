"""MkDocs with the last net below it: python -m hooks build --strict."""

import sys
from traceback import walk_tb

from mkdocs.__main__ import cli
from mkdocs.structure.pages import Page

from printables.last_net import run


def main() -> int:
    """Run MkDocs; note on an error that nobody foresaw which page was being made."""
    try:
        cli()  # ends by SystemExit
    except Exception as error:
        frames = [frame.f_locals for frame, _ in walk_tb(error.__traceback__)]
        pages = [page for names in frames if isinstance(page := names.get("page"), Page)]
        if pages and not getattr(error, "__notes__", ()):
            error.add_note(f"docs/{pages[-1].file.src_uri}")
        raise
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
