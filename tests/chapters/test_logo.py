"""Logos as people send them: what can be printed is, what cannot is told with its reason."""

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from printables.chapters import logo
from printables.chapters.logo import SIDE_PX, Unfit

BLACK, WHITE, YELLOW = "#111111", "#ffffff", "#ffc900"
XML = "http://www.w3.org/2000/svg"
DISC = '<circle cx="40" cy="40" r="35" fill="#c00"/>'
NESTED = "".join(
    f'<g id="{name}">' + f'<use href="#{before}"/>' * 10 + "</g>"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def svg(shapes: str, size: str = 'viewBox="0 0 200 80"', before: str = "") -> bytes:
    return f'{before}<svg xmlns="{XML}" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{shapes}</svg>'.encode()


def claiming(width: int, height: int) -> bytes:
    """The head of a PNG that says it is so large, and no pixel of it."""
    size = struct.pack(">4sIIBBBBB", b"IHDR", width, height, 8, 6, 0, 0, 0)
    head = struct.pack(">I", 13) + size + struct.pack(">I", zlib.crc32(size))
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I4sI", 0, b"IDAT", zlib.crc32(b"IDAT"))


def png(mode: str = "RGBA", size: tuple[int, int] = (300, 120), fill: str = "#005aa0") -> bytes:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, size[1], size[1]), fill=fill)
    if mode != "RGBA":
        picture.putalpha(255)
        picture = picture.convert("RGB").convert(mode)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def embed(folder: Path, name: str, content: bytes, band: str = BLACK, ground: str = WHITE) -> bytes:
    """What is printed of a logo."""
    (folder / name).write_bytes(content)
    return base64.b64decode(logo.embed(name, folder, band, ground).partition(",")[2])


def refused(folder: Path, name: str, content: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        embed(folder, name, content)
    assert set(unfit.value.reason) == {"zh", "en"}
    return unfit.value.reason["en"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cannot be read"),
        (b"<html>404</html>", "cannot be read"),
        (f'<svg xmlns="{XML}"><circle'.encode(), "cannot be read"),
        (b"<svg><circle r='9'/></svg>", "cannot be read"),
        (svg(DISC, size=""), "has no size"),
        (svg(DISC, size='width="100%" height="100%"'), "has no size"),
        (svg(DISC, size='viewBox="0 0 0 80"'), "has no size"),
        (svg(DISC, size='viewBox="0 0 nan 80"'), "has no size"),
        (svg("<g/>"), "shows nothing"),
        (svg(DISC + "<script>alert(1)</script>"), "runs, moves or loads something: <script>"),
        (svg('<g onload="alert(1)"><path d="M0 0h9"/></g>'), 'loads something: onload="alert(1)"'),
        (svg("<foreignObject><p>x</p></foreignObject>"), "loads something: <foreignObject>"),
        (svg(f'<a href="#x">{DISC}</a>'), "loads something: <a>"),
        (svg('<image href="logo_1.png"/>'), 'loads something: href="logo_1.png"'),
        (svg('<image xlink:href="file:///etc/passwd"/>'), "loads something: href="),
        (svg('<image href="data:text/html;base64,PGI+"/>'), "loads something: href="),
        (svg('<path d="M0 0h9" style="fill: url(http://x.example/)"/>'), "loads something: style="),
        (svg("<style>@import 'x.css'</style>" + DISC), "loads something: <style>"),
        (svg("<animate/>" + DISC), "loads something: <animate>"),
        (svg("<filter/>" + DISC), "uses <filter>, which cannot be printed"),
        (svg(f'<rect id="a" width="1" height="1"/>{NESTED}<use href="#i"/>'), "draws too many shapes"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "draws too many shapes"),
        (svg(DISC, before='<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'), "loads something: <!ENTITY>"),
        (svg(DISC, before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "loads something: <!ENTITY>"),
        (svg(f"<!--{'x' * 600_000}-->"), "too large"),
        (svg(DISC * 20_001), "too"),
        (svg("<g>" * 3000 + DISC + "</g>" * 3000), "draws too many shapes"),
        (svg('<image href="data:image/png;base64,A=A"/>'), "cannot be read"),
    ],
)  # fmt: skip
def test_a_drawing_that_cannot_be_used_says_why(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    assert reason in refused(tmp_path, "logo.svg", content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cannot be read"),
        (b"<html>404</html>", "cannot be read"),
        ("\u0089PNG nonsense".encode(), "cannot be read"),
        (png()[: len(png()) // 2], "cannot be read"),
        (png() + bytes(3_000_000), "too large"),
        (claiming(4_000, 4_000), "too large"),
        (claiming(60_000, 60_000), "too large"),
        (png(fill="#00000000"), "shows nothing"),
    ],
)
def test_a_picture_that_cannot_be_used_says_why(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    assert reason in refused(tmp_path, "logo.png", content)


@pytest.mark.parametrize("name", ["../logo.svg", "/etc/passwd", "link.svg", "folder/logo.svg"])
def test_a_logo_from_elsewhere_is_not_read(tmp_path: Path, name: str) -> None:
    own, away = tmp_path / "own", tmp_path / "away"
    own.mkdir()
    away.mkdir()
    for place in (tmp_path / "logo.svg", away / "logo.svg"):
        place.write_bytes(svg(DISC))
    (own / "link.svg").symlink_to(tmp_path / "logo.svg")
    (own / "folder").symlink_to(away)
    with pytest.raises(Unfit) as unfit:
        logo.embed(name, own, BLACK, WHITE)
    assert "lies outside" in unfit.value.reason["en"]


@pytest.mark.parametrize(
    "content",
    [
        svg(DISC, before='<?xml version="1.0" encoding="GB2312"?>'),
        '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16") + svg(DISC).decode().encode("utf-16")[2:],
        b"\xef\xbb\xbf" + svg(DISC),
        svg(DISC, before=f'<!DOCTYPE svg [<!ENTITY ns_svg "{XML}">]>'),
        svg(f'<metadata>x</metadata><title>x</title><i:pgf xmlns:i="http://x.example/">y</i:pgf>{DISC}'),
        svg(DISC, size='width="200px" height="80"'),
        svg(DISC, size='width="150pt" height="60pt"'),
        svg(f"""<g fill="url('#x')">{DISC}</g>"""),
        svg(f"<style>.a{{fill:#c00}}</style>{DISC}"),
    ],
    ids=["gb2312", "utf-16", "mark", "illustrator", "metadata", "pixels", "points", "quoted", "style"],
)  # fmt: skip
def test_what_drawing_programs_write_is_taken(tmp_path: Path, content: bytes) -> None:
    printed = embed(tmp_path, "logo.svg", content)
    assert all(
        part in printed for part in (b'viewBox="0 0 200 80"', b'width="200"', b'height="80"')
    )
    assert b"<circle" in printed
    assert b"pgf" not in printed and b"<title" not in printed


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "P", "L", "LA", "1"])
def test_every_kind_of_png_is_taken(tmp_path: Path, mode: str) -> None:
    printed = Image.open(io.BytesIO(embed(tmp_path, "logo.png", png(mode))))
    assert printed.size == (300, 120)
    assert printed.mode == {"RGBA": "RGBA", "RGB": "RGB", "P": "RGB"}.get(mode, "L")


def test_a_picture_that_moves_is_refused_and_a_telephone_s_is_not(tmp_path: Path) -> None:
    """A JPEG of several pictures, of which the first is the whole one."""
    several = [Image.new("RGB", (60, 30), colour) for colour in ("red", "blue")]
    made = {}
    for kind in ("PNG", "MPO"):
        out = io.BytesIO()
        several[0].save(out, kind, save_all=True, append_images=several[1:])
        made[kind] = out.getvalue()
    assert "moves" in refused(tmp_path, "logo.png", made["PNG"])
    printed = Image.open(io.BytesIO(embed(tmp_path, "logo.jpg", made["MPO"]))).convert("RGB")
    red, _, blue = printed.getpixel((30, 15))  # type: ignore[misc]
    assert red > 200 and blue < 60


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP", "TIFF", "PDF"])
def test_another_kind_under_a_known_name_is_refused(tmp_path: Path, kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 30), "red").save(out, kind)
    assert "cannot be read" in refused(tmp_path, "logo.png", out.getvalue())


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    printed = Image.open(io.BytesIO(embed(tmp_path, "logo.png", png("RGB", (3000, 1000)))))
    assert printed.size == (SIDE_PX, SIDE_PX // 3)


@pytest.mark.parametrize(
    ("fill", "band", "ground", "plated"),
    [
        ("#000000", BLACK, WHITE, True),
        ("#ffffff", BLACK, WHITE, False),
        ("#cc0000", BLACK, WHITE, False),
        ("#003a8c", "#003a8c", WHITE, True),
        ("#ffffff", WHITE, BLACK, True),
    ],
)
def test_a_logo_that_would_vanish_stands_on_a_plate(
    tmp_path: Path, fill: str, band: str, ground: str, plated: bool
) -> None:
    drawing = embed(tmp_path, "a.svg", svg(f'<path d="M0 0h9v9z" fill="{fill}"/>'), band, ground)
    assert (f'fill="{ground}"'.encode() in drawing.partition(b"<path")[0]) == plated
    picture = Image.open(io.BytesIO(embed(tmp_path, "a.png", png(fill=fill), band, ground)))
    assert (picture.size != (300, 120)) == plated
    assert (picture.mode in {"RGB", "L"}) == plated
