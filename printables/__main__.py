"""`python -m printables`: print one chapter without MkDocs."""

import sys

from printables.commands.print import main

if __name__ == "__main__":
    sys.exit(main())
