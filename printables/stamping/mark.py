"""A firm's mark as a form of a PDF: drawn once, in light and in ink."""

import base64
import io
import re
from functools import cached_property
from xml.etree import ElementTree

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Object, Pdf

from printables.finishing.inks import MARKED, to_ink
from printables.geometry import PT

SIDE_MM = 100.0  # the longer side of what is drawn
LENGTH = re.compile(r"[\d.]+")


class Mark:
    """A mark from a data: address (chapters/logo.py), wide by `width`, high by `height` points."""

    def __init__(self, address: str) -> None:
        self._address = address
        across, up = _sides(address)
        scale = SIDE_MM / max(across, up)
        self._size_mm = across * scale, up * scale
        self.width, self.height = (side * PT for side in self._size_mm)

    def embed(self, document: Pdf, in_ink: bool) -> Object:
        """The mark as a form of a document, in DeviceCMYK for a print shop."""
        with Pdf.open(io.BytesIO(self._inked if in_ink else self._drawn)) as source:
            form = document.copy_foreign(source.pages[0].as_form_xobject())
        for key in ("/StructParents", "/Group"):
            if key in form:
                del form[key]
        return document.make_indirect(form)

    @cached_property
    def _drawn(self) -> bytes:
        """A page that holds the mark alone, without tags."""
        from printables.press.engine import Document

        width, height = self._size_mm
        style = (
            f"@page {{ size: {width:.3f}mm {height:.3f}mm; margin: 0 }} html, body {{ margin: 0; line-height: 0 }}"
            f" img {{ width: {width:.3f}mm; height: {height:.3f}mm }}"
        )
        html = f'<html lang="zh"><title>m</title><img alt="m" src="{self._address}"></html>'
        written = Document(html, style).lay_out("").write("mark")
        return _rewritten(written, ink=False)

    @cached_property
    def _inked(self) -> bytes:
        return _rewritten(self._drawn, ink=True)


def _rewritten(pdf: bytes, *, ink: bool) -> bytes:
    """The page without its tags, in ink if asked for."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        if ink:
            to_ink(document, page)
        else:
            kept = [each for each in pikepdf.parse_content_stream(page) if _is_drawn(each)]
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        for key in ("/StructTreeRoot", "/MarkInfo", "/Metadata"):
            if key in document.Root:
                del document.Root[key]
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def _is_drawn(instruction: ContentStreamInstruction | ContentStreamInlineImage) -> bool:
    return str(instruction.operator) not in MARKED


def _sides(address: str) -> tuple[float, float]:
    """Width and height of a picture, in whichever unit."""
    head, _, content = address.partition(",")
    data = base64.b64decode(content)
    if "svg" in head:
        root = ElementTree.fromstring(data)
        width, height = (LENGTH.search(root.get(side, "1")) for side in ("width", "height"))
        return float(width[0]) if width else 1.0, float(height[0]) if height else 1.0
    from PIL import Image

    width_px, height_px = Image.open(io.BytesIO(data)).size
    return float(width_px), float(height_px)
