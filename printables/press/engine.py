"""HTML → laid-out document, PDF and picture; the only module that imports WeasyPrint."""

import io
import logging
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

FONTS = Path(__file__).parent.parent / "fonts"
# Hides the system's fonts: the same fonts, and so the same bytes, on every machine.
os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")

import pikepdf  # noqa: E402
import pydyf  # noqa: E402
import pypdfium2  # noqa: E402
import segno  # noqa: E402

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="No fonts configured")  # as intended
    import weasyprint
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

from printables.geometry import Rect, points_a_unit  # noqa: E402
from printables.press import fields  # noqa: E402
from printables.press.font_file import cut_fonts  # noqa: E402

MM = 25.4 / 96  # one CSS px
WEIGHTS = {"Regular": 400, "Medium": 500, "Bold": 700, "Black": 900}
FIELD = "Field"
# A face of its own for what is typed into fields: WeasyPrint embeds it whole, and so few characters are enough that a
# viewer draws figures and letters; it has fonts for Han itself.
FACES = {f"NotoSansSC-{name}.ttf": ("Reader", weight) for name, weight in WEIGHTS.items()}
FACES["fields/Field.ttf"] = (FIELD, 400)
PICTURE_WIDTH = 720  # px: a phone's screen, sharp enough to read the sheet
SHADES = [round(shade / 17) * 17 for shade in range(256)]  # of a colour, in a picture
LOGGER = logging.getLogger("weasyprint")


class _Fetcher(URLFetcher):
    """Serves `qr:` and `data:` addresses; every other address is refused."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("qr:"):
            return URLFetcherResponse(
                url, code(unquote(url[3:])), {"Content-Type": "image/svg+xml"}
            )
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError(f"refused: {url[:200]}")


class _FontFetcher(_Fetcher):
    """Serves the project's fonts as well; only the press's own style asks it."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url in {(FONTS / name).as_uri() for name in FACES}:
            return URLFetcher.fetch(self, url, headers)
        return super().fetch(url, headers)


class LaidOut:
    """A laid-out document: boxes with an id can be measured; it can be written as PDF."""

    def __init__(self, document: weasyprint.Document, *, typed: bool = False) -> None:
        self._document = document
        self._typed = typed

    @property
    def pages(self) -> int:
        return len(self._document.pages)

    @property
    def boxes(self) -> dict[str, Rect]:
        """Rectangles in mm, overflow included, of the elements with an id, each on its own page."""
        return {
            name: Rect(*(edge * MM for edge in edges))
            for page in self._document.pages
            for name, edges in page.anchors.items()
        }

    def write(
        self,
        identifier: str,
        zoom: float = 1.0,
        title: str = "",
        duplex: str = "Simplex",
        leaves: Sequence[str] = (),
    ) -> bytes:
        """The tagged PDF (PDF/UA-1), `zoom` times enlarged; `identifier` replaces a random one.

        A printer's dialogue begins at actual size, and with `duplex` for its sides (ISO 32000-2, table 147); a reader's
        window calls pages by `leaves`, where there are any (12.4.2).
        """
        unit = self._user_unit(zoom)
        self._document.metadata.title = title or self._document.metadata.title

        def finish(laid_out: weasyprint.Document, pdf: pydyf.PDF) -> None:
            pdf.catalog["ViewerPreferences"] |= {"PrintScaling": "/None", "Duplex": f"/{duplex}"}
            cut_fonts(pdf, FIELD)
            if self._typed:
                fields.settle(laid_out, pdf)
            if leaves:
                called = [pydyf.Dictionary({"P": pydyf.String(name)}) for name in leaves]
                numbers = [part for pair in enumerate(called) for part in pair]
                pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(numbers)})

        pdf = self._document.write_pdf(
            zoom=zoom / unit,
            finisher=finish,
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier.encode(),
            pdf_forms=self._typed,
        )
        return pdf if zoom == unit == 1 else _rebox(pdf, unit)

    def _user_unit(self, zoom: float) -> int:
        longest = max(max(page.width, page.height) for page in self._document.pages)
        return points_a_unit(longest * MM * zoom)


class Document:
    """A document with its style, parsed once, to be laid out several times."""

    def __init__(self, html: str, style: str) -> None:
        self.html = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=_Fetcher())
        self.images: dict[str, object] = {}  # drawn once for all layouts
        self._style = _parse_once(style)

    def styles(self, sizes: str) -> list[weasyprint.CSS]:
        """The style sheets of a layout with the custom properties in `sizes` (CSS) on top."""
        return [fonts()[1], self._style, _parse(sizes)]

    def lay_out(self, sizes: str, *, typed: bool = False) -> LaidOut:
        """Lay out with the custom properties in `sizes` (CSS) on top; with `typed`, inputs become fields of the PDF."""
        document = self.html.render(
            stylesheets=self.styles(sizes),
            font_config=fonts()[0],
            cache=self.images,
            pdf_forms=typed,
        )
        return LaidOut(document, typed=typed)


def _rebox(pdf: bytes, unit: int) -> bytes:
    """Set trim and bleed box to the media box, as WeasyPrint leaves them unzoomed, and UserUnit to `unit`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.trimbox = page.bleedbox = page.mediabox
            if unit > 1:
                page.obj.UserUnit = unit
        if unit > 1:
            document.save(out, deterministic_id=True, min_version="1.6")
        else:
            document.save(out, deterministic_id=True)
    return out.getvalue()


def code(text: str) -> bytes:
    """A QR code as SVG: level M, a quiet zone of 4 modules, one path of runs (ISO/IEC 18004)."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue()


def picture(pdf: bytes, width: int = PICTURE_WIDTH) -> bytes:
    """The first page as WebP, `width` px wide, in the few colours that flat artwork has, with sharp edges."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    image = page.render(scale=width / page.get_width(), rev_byteorder=True).to_pil()
    document.close()
    out = io.BytesIO()
    image.point(SHADES * 3).save(out, "WEBP", lossless=True, quality=40, method=2)
    return out.getvalue()


@contextmanager
def listening() -> Iterator[list[str]]:
    """The list of WeasyPrint's warnings within the block; it logs what it cannot print, and does not raise."""
    warned: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warned.append(record.getMessage())

    collector = Collector(logging.WARNING)
    level, propagate = LOGGER.level, LOGGER.propagate
    LOGGER.addHandler(collector)
    LOGGER.setLevel(logging.WARNING)
    LOGGER.propagate = False
    try:
        yield warned
    finally:
        LOGGER.removeHandler(collector)
        LOGGER.setLevel(level)
        LOGGER.propagate = propagate
        if warned:  # much is said once for a parsed style: the next sheet must hear it too
            _parse_once.cache_clear()


def missing_characters(warned: list[str]) -> str:
    """The characters, each once, that no font has according to these warnings."""
    codes = (m for line in warned for m in re.findall(r"U\+([0-9A-Fa-f]{4,6})", line))
    return "".join(dict.fromkeys(chr(int(c, 16)) for c in codes))


@cache
def fonts() -> tuple[FontConfiguration, weasyprint.CSS]:
    """The font configuration and the @font-face rules, shared by all documents of the process."""
    configuration = FontConfiguration()
    rules = (
        f"@font-face {{ font-family: {family}; font-weight: {weight};"
        f" src: url({(FONTS / name).as_uri()}) }}"
        for name, (family, weight) in FACES.items()
    )
    fetcher = _FontFetcher()
    style = weasyprint.CSS(string="\n".join(rules), font_config=configuration, url_fetcher=fetcher)
    return configuration, style


def _parse(style: str) -> weasyprint.CSS:
    return weasyprint.CSS(string=style, font_config=fonts()[0], url_fetcher=_Fetcher())


# A design's style is the same on every sheet of it; those of a site and its books are fewer than these.
_parse_once = lru_cache(maxsize=32)(_parse)
