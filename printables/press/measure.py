"""Measuring a finished PDF: its pages, and the height of every line of text in mm."""

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from printables.geometry import Rect
from printables.legibility import character_height


@dataclass(frozen=True)
class Line:
    """A line of text, on one baseline and in one size: page from 0, character height and box in mm.

    `parts` are the boxes of its runs, which may stand far apart.
    """

    page: int
    text: str
    height_mm: float
    box: Rect
    parts: tuple[Rect, ...] = ()


@dataclass(frozen=True)
class Run:
    """Text drawn in one go: page from 0, a number for its font; em, baseline above the page's foot and box in mm."""

    page: int
    text: str
    font: int
    em_mm: float
    baseline_mm: float
    box: Rect


def lines(pdf: bytes, width_mm: float) -> tuple[int, list[Line]]:
    """Number of pages and every line of visible text, in the order in which they are drawn.

    `width_mm` is that of the finished sheet, as a very long one is written in larger units (UserUnit).
    """
    pages, found = runs(pdf, width_mm)
    parts: dict[tuple[int, float, float], list[Run]] = {}
    for run in found:
        place = run.page, round(run.em_mm, 3), round(run.baseline_mm, 2)
        parts.setdefault(place, []).append(run)
    return pages, [_line(each) for each in parts.values()]


def runs(pdf: bytes, width_mm: float) -> tuple[int, list[Run]]:
    """Number of pages and every run of visible text, in the order in which they are drawn."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            words, mm = page.get_textpage(), width_mm / page.get_width()
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                text = _text(words, item.raw)
                if text.strip():
                    em, baseline = _em_and_baseline(item.raw)
                    box = _box(page, item.raw).times(mm)
                    font = ctypes.cast(pdfium.FPDFTextObj_GetFont(item.raw), ctypes.c_void_p)
                    found.append(Run(number, text, font.value or 0, em * mm, baseline * mm, box))
        return len(document), found
    finally:
        document.close()


def _line(parts: list[Run]) -> Line:
    text = "".join(run.text for run in parts)
    boxes = tuple(run.box for run in parts)
    return Line(parts[0].page, text, character_height(text, parts[0].em_mm), around(boxes), boxes)


def around(boxes: Sequence[Rect]) -> Rect:
    """The smallest rectangle that holds all boxes."""
    return Rect(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _text(words: pypdfium2.PdfTextPage, item: object) -> str:
    size = pdfium.FPDFTextObj_GetText(item, words.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(
        item, words.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _em_and_baseline(item: object) -> tuple[float, float]:
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(item, size)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return size.value * math.hypot(matrix.b, matrix.d), matrix.f


def _box(page: pypdfium2.PdfPage, item: object) -> Rect:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    height = page.get_height()
    edges = (left.value, height - top.value, right.value, height - bottom.value)
    return Rect(*edges)
