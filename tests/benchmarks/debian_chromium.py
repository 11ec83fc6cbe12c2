"""A hook for mkdocs-exporter: it starts Debian's Chromium, for which it has no setting."""

import shutil
from functools import partialmethod

from playwright.async_api import BrowserType

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
BrowserType.launch = partialmethod(BrowserType.launch, executable_path=CHROMIUM)
