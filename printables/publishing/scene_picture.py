"""Scenes as PNG: one alone, or several on a sheet, as the press prints them."""

import io
from collections.abc import Sequence

import pypdfium2

from printables.scenes import drawing


def png(svgs: Sequence[str], width_px: int, columns: int) -> bytes:
    """Scenes side by side, each `width_px` wide."""
    from printables.press import engine  # loads for longer than all pictures that are kept take

    height_px = width_px * drawing.HEIGHT / drawing.WIDTH
    rows = -(-len(svgs) // columns)
    style = (
        f"@page {{ size: {columns * width_px}px {rows * height_px}px; margin: 0 }}"
        "body { margin: 0; font-size: 0 }"
        f"svg {{ width: {width_px}px; height: {height_px}px }}"
    )
    title = f"<html lang='zh'><title>scenes</title>{''.join(svgs)}"
    pdf = engine.Document(title, style).lay_out("").write("scenes")
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=96 / 72).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
