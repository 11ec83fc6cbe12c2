"""The project's type in pieces: every glyph that a unit may need, as the font has it, and no file that is not wanted."""

import base64
import json
import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from printables.glyphs import drawn, font, width_em
from printables.web import outlines

PIECE = re.compile(r'stamping\.piece\("(\w+)",(\d+),"([A-Za-z0-9+/=]+)"\);\n')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("outlines")
    outlines.deliver(at / "site", at / "kept")
    return at / "site"


def read(path: Path) -> tuple[dict[str, tuple[int, bytes]], dict[str, int]]:
    """Glyphs and kerned pairs of a piece."""
    found = PIECE.fullmatch(path.read_text(encoding="utf-8"))
    assert found and path.name == f"{found[1]}-{int(found[2]):x}.js"
    data = zlib.decompress(base64.b64decode(found[3]))
    glyphs, at = {}, 2
    for _ in range(struct.unpack_from(">H", data)[0]):
        code, advance, length = struct.unpack_from(">IHH", data, at)
        assert code >> outlines.BITS == int(found[2])
        glyphs[chr(code)] = advance, data[at + 8 : at + 8 + length]
        at += 8 + length
    pairs = struct.iter_unpack(">HHh", data[at:])
    return glyphs, {chr(left) + chr(right): by for left, right, by in pairs}


@pytest.mark.parametrize("weight", outlines.WEIGHTS)
def test_all_that_a_sheet_can_show_is_in_a_piece(site: Path, weight: str) -> None:
    made = [read(path) for path in (site / outlines.FOLDER).glob(f"{weight}-*.js")]
    glyphs = {sign: glyph for one, _ in made for sign, glyph in one.items()}
    kerned = {pair: by for _, one in made for pair, by in one.items()}
    wanted = outlines.IN_NUMBERS if weight == "Black" else drawn()
    assert {ord(sign) for sign in glyphs} == wanted - outlines.LEFT_OUT
    whole = font(weight)
    for sign, (advance, outline) in glyphs.items():
        assert advance == whole.get_glyph_h_advance(whole.get_nominal_glyph(ord(sign)))
        assert outline[:2] != b"\xff\xff", f"{sign} is made of other glyphs"
    for text in ("AVATAR-Tools 1/7", "Étoile “Tö”", "有限公司AV（二）", "Office fluffy"):
        if all(sign in glyphs for sign in text):
            pairs = pairwise(text)
            wide = sum(glyphs[sign][0] for sign in text)
            wide += sum(kerned.get("".join(pair), 0) for pair in pairs)
            assert wide / 1000 == pytest.approx(width_em(text, weight, stamped=True))


def test_a_page_knows_which_pieces_there_are(site: Path) -> None:
    text = (site / outlines.FOLDER / "known.js").read_text(encoding="utf-8")
    known = json.loads(text.removeprefix("stamping.known(").removesuffix(");\n"))
    named = {f"{weight}-{number:x}.js" for weight in known for number in known[weight]}
    there = {path.name for path in (site / outlines.FOLDER).iterdir()}
    assert there == named | {"known.js", "OFL.txt"}


def test_no_piece_is_heavy(site: Path) -> None:
    """A name of thirty characters loads about twenty of them, on a bad network."""
    pieces = list((site / outlines.FOLDER).glob("*.js"))
    assert max(path.stat().st_size for path in pieces) < 24_000
    assert sum(path.stat().st_size for path in pieces) < 5_500_000
