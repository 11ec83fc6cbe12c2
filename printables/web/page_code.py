"""The QR code of a page: on its screen for a colleague's phone, at the foot of its printout."""

import io
from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=4096)  # a preview shows the same pages again after every change
def page_code(address: str) -> Markup:
    """The code of an address as SVG that takes the colour of the text around it; level L, as nobody folds a screen."""
    out = io.BytesIO()
    segno.make(address, error="l", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=False, omitsize=True, svgclass=None,
        lineclass=None, dark="#000", light="#fff",
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # made here, of numbers alone
