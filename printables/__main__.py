"""`python -m printables`: print one chapter without MkDocs."""

import sys

from printables.commands.print import main
from printables.last_net import run

if __name__ == "__main__":
    sys.exit(run(main))
