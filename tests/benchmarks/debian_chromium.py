"""A hook for mkdocs-exporter: it starts Debian's Chromium, for which it has no setting."""

from functools import partialmethod

from playwright.async_api import BrowserType

BrowserType.launch = partialmethod(BrowserType.launch, executable_path="/usr/bin/chromium")
