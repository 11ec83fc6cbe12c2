"""Every chapter is read and checked before a page is made."""

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from printables import design
from printables.shelf import stock

MEMORY = Path(".cache/pages.json")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the chapters on the shelf; hooks/printing.py tells what is wrong with them."""
    docs = Path(os.path.relpath(config.docs_dir))
    config.extra["shelf"] = stock(docs, design.names(), MEMORY)
    return files
