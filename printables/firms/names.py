"""Names of folders and files that every system takes."""

import re

MOST_NAME = 60  # characters of a folder
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def folder_name(name: str) -> str:
    """A firm's name as that of a folder on every system."""
    plain = safe(name).strip(" .")[:MOST_NAME].strip(" .")
    return f"{plain}_" if DEVICES.fullmatch(plain) or not plain else plain


def safe(name: str) -> str:
    """The name with a space for what no name of a file may hold."""
    return UNSAFE.sub(" ", name)
