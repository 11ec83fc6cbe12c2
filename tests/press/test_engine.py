"""HTML becomes a PDF: from the project's fonts alone, without a way out, the same every time."""

import functools
import hashlib
import http.server
import io
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from project import ROOT

from printables.job import Job
from printables.press import engine
from printables.press.engine import Document
from printables.press.sheet import Filed

SECRET = b"nobody may print this"
PLACES = [("poster", "zh"), ("poster", "en"), ("poster", "zh-en"), ("flyer", "zh"), ("flyer", "en")]


def write(body: str, style: str = "", head: str = "") -> tuple[bytes, list[str]]:
    """The PDF of a small document, and what the press said about it."""
    html = f'<html lang="en"><head><title>x</title>{head}</head><body>{body}</body></html>'
    with engine.listening() as heard:
        proof = Document(html, f"@page {{ size: 100mm 100mm; margin: 0 }} {style}").lay_out("")
        return proof.write("identifier"), heard


def fonts(pdf: bytes) -> set[str]:
    """Names of the fonts of a PDF, each of which it must carry within itself."""
    names = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys())
                names.add(str(item["/FontName"]))
    return names


# --- fonts


@pytest.mark.parametrize(("design", "language"), PLACES)
def test_sheets_are_set_in_the_project_s_fonts(
    base_sheets: dict[tuple[str, str], Filed], design: str, language: str
) -> None:
    names = fonts(base_sheets[design, language].pdf)
    assert len(names) >= 3
    assert all("Reader" in name or "Noto-Sans-SC" in name or "NotoSansSC" in name for name in names)


@pytest.mark.parametrize("family", ["DejaVu Sans", "serif", "monospace", "Noto Sans CJK SC"])
def test_fonts_of_the_machine_are_never_found(family: str) -> None:
    pdf, heard = write("<p>text 文字", f"p {{ font-family: {family} }}")
    wrong = {name for name in fonts(pdf) if "Noto" not in name and "Reader" not in name}
    assert not wrong
    assert not fonts(pdf) or not heard


def test_each_weight_is_a_face_of_its_own() -> None:
    body = "".join(f'<p style="font-weight: {weight}">国</p>' for weight in engine.WEIGHTS.values())
    pdf, heard = write(body, "p { font-family: Reader }")
    assert not heard
    assert len(fonts(pdf)) == len(engine.WEIGHTS)


def test_a_character_without_a_glyph_is_heard() -> None:
    _, heard = write("<p>𠮷和𠮷 ok", "p { font-family: Reader }")
    assert engine.missing_characters(heard) == "𠮷"


@pytest.mark.parametrize(
    "style",
    ["p { writing-mode: vertical-rl }", ":root { --no: blue } p { width: var(--no) }"],
    ids=["as it is read", "as it is used"],
)
def test_what_is_wrong_with_a_style_is_heard_on_every_sheet(style: str) -> None:
    """Though a style is read once, and WeasyPrint says much of it once."""
    first, second = write("<p>x", style)[1], write("<p>y", style)[1]
    assert first
    assert second == first


# --- no way out


class Door(http.server.SimpleHTTPRequestHandler):
    """A server that remembers who knocked."""

    knocks: list[str]

    def do_GET(self) -> None:
        self.server.knocks.append(self.path)  # type: ignore[attr-defined]
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no sheet may show: a text, a red picture, a style that reddens."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.txt").write_bytes(SECRET)
    red = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="red"/></svg>'
    (folder / "red.svg").write_text(red)
    (folder / "red.css").write_text("html { background: red }")
    return folder


@pytest.fixture(scope="module")
def door(outside: Path) -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Door, directory=str(outside))
    )
    server.knocks = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


WAYS = {
    "attachment in the head": ("", "", '<link rel="attachment" href="{at}/secret.txt">'),
    "attachment in the text": ('<a rel="attachment" href="{at}/secret.txt">x</a>', "", ""),
    "picture": ('<img src="{at}/red.svg" alt="x">', "", ""),
    "object": ('<object data="{at}/red.svg">x</object>', "", ""),
    "background": ("", 'body {{ height: 50mm; background: url("{at}/red.svg") }}', ""),
    "list mark": ("<ul><li>x</ul>", 'li {{ list-style-image: url("{at}/red.svg") }}', ""),
    "content": ("", 'body::before {{ content: url("{at}/red.svg") }}', ""),
    "import": ("", '@import "{at}/red.css";', ""),
    "sheet in the head": ("", "", '<link rel="stylesheet" href="{at}/red.css">'),
    "style in the text": ('<style>@import "{at}/red.css";</style>', "", ""),
    "picture in a drawing": (
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{at}/red.svg" width="80" height="80"/></svg>',
        "",
        "",
    ),
    "base": ('<img src="red.svg" alt="x">', "", '<base href="{at}/">'),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["file", "http"])
def test_nothing_from_outside_is_printed(
    way: str, kind: str, outside: Path, door: http.server.ThreadingHTTPServer
) -> None:
    at = outside.as_uri() if kind == "file" else f"http://127.0.0.1:{door.server_port}"
    body, style, head = (part.format(at=at) for part in WAYS[way])
    pdf, heard = write(body, style, head)
    assert heard, "refused without a word"
    assert not door.knocks  # type: ignore[attr-defined]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                assert SECRET not in item.read_bytes()
    page = pypdfium2.PdfDocument(pdf)[0].render().to_pil().convert("RGB")
    assert not any(r > 200 and g < 80 for r, g, _ in page.get_flattened_data())


def test_the_ways_out_are_real(outside: Path, door: http.server.ThreadingHTTPServer) -> None:
    """What the test above would see if the fetcher let things in."""
    import weasyprint

    html = WAYS["attachment in the head"][2].format(at=outside.as_uri())
    with pikepdf.open(io.BytesIO(weasyprint.HTML(string=html).write_pdf())) as document:
        [(_, spec)] = document.attachments.items()
        assert spec.get_file().read_bytes() == SECRET


# --- the same job, the same bytes


def test_the_same_job_gives_the_same_bytes_in_another_process(
    base_jobs: dict[tuple[str, str], Job], base_sheets: dict[tuple[str, str], Filed], tmp_path: Path
) -> None:
    (tmp_path / "jobs").write_bytes(
        pickle.dumps([base_jobs["flyer", "en"], base_jobs["poster", "zh"]])
    )
    script = (
        "import hashlib, pickle; from printables.stamping.print_stamped import print_stamped\n"
        "for job in pickle.load(open('jobs', 'rb')):\n"
        "    sheet = print_stamped(job)\n"
        "    print(hashlib.sha256(sheet.pdf + sheet.picture).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    sheets = [base_sheets["flyer", "en"], base_sheets["poster", "zh"]]
    hashes = [hashlib.sha256(sheet.pdf + sheet.picture).hexdigest() for sheet in sheets]
    assert done.stdout.split() == hashes


# --- pictures


def test_the_picture_is_the_first_page(base_sheets: dict[tuple[str, str], Filed]) -> None:
    from PIL import Image, ImageChops, ImageStat

    sheet = base_sheets["flyer", "zh"]
    picture = Image.open(io.BytesIO(sheet.picture))
    assert (picture.format, picture.size) == ("WEBP", sheet.picture_px)
    assert picture.width == engine.PICTURE_WIDTH
    page = pypdfium2.PdfDocument(sheet.pdf)[0]
    shown = page.render(scale=picture.width / page.get_width()).to_pil().convert("RGB")
    apart = ImageChops.difference(shown.resize(picture.size), picture.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 6


def test_listening_leaves_the_log_as_it_was() -> None:
    before = (engine.LOGGER.level, engine.LOGGER.propagate, list(engine.LOGGER.handlers))
    with pytest.raises(RuntimeError), engine.listening() as heard:
        engine.LOGGER.warning("heard")
        raise RuntimeError
    assert heard == ["heard"]
    assert (engine.LOGGER.level, engine.LOGGER.propagate, list(engine.LOGGER.handlers)) == before
