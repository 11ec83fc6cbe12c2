"""Social cards, a chapter's picture in chats and search engines: slogan and sign on its tone's field."""

import hashlib
import io
from functools import cache

import jinja2

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.colours import TONES
from printables.layout.headline import breathe, width_em
from printables.layout.template import sign_address

WIDTH, HEIGHT = 1200, 630  # px: what chats and search engines ask for
EDGE, SIGN, GAP = 64, 260, 40
STYLE = f"""
@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }}
* {{ margin: 0 }}
body {{ font-family: Reader; width: {WIDTH}px; height: {HEIGHT}px; position: relative }}
header, h1, p, img {{ position: absolute; left: {EDGE}px }}
header {{ top: 44px; right: {EDGE}px; border-top: 6px solid; padding-top: 16px; font-size: 34px; font-weight: 700 }}
h1 {{ bottom: 128px; font-weight: 900; line-height: 1.1 }}
h1 span {{ display: block; white-space: nowrap }}
p {{ bottom: 44px; font-size: 30px; font-weight: 700; white-space: nowrap }}
img {{ left: auto; right: {EDGE}px; bottom: 128px; width: {SIGN}px }}
"""
PAGE = """<!doctype html><html lang="{{ chapter.language }}"><title>{{ chapter.front.title }}</title>
<body style="background: {{ tone.ground.light }}; color: {{ tone.type.light }}">
<header>{{ chapter.front.title }}</header>
<h1 style="font-size: {{ size }}px">{% for line in lines %}<span>{{ line }}</span> {% endfor %}</h1>
<img src="{{ sign }}" alt="{{ chapter.front.title }}">
<p>{{ owner.name[chapter.language] }}</p>
</body></html>"""


def print_card(html: str) -> bytes:
    """The card as PNG, 1200 × 630."""
    from printables.press import engine  # loads for longer than all cached cards take

    name = hashlib.sha256(html.encode()).hexdigest()[:32]
    return picture(engine.Document(html, STYLE).lay_out("").write(name))


def compose(chapter: Chapter, owner: Owner) -> str:
    """The card's HTML; the slogan is as large as fits beside the sign and above the name."""
    front = chapter.front
    lines = breathe(front.slogan, chapter.language)
    room = WIDTH - 2 * EDGE - SIGN - GAP
    size = min(room / max(map(width_em, lines)), 360 / (1.1 * len(lines)))
    sign = sign_address(front.signs[0], front.tone)
    return _template().render(
        chapter=chapter,
        owner=owner,
        lines=lines,
        size=int(size),
        sign=sign,
        tone=TONES[front.tone],
    )


@cache
def _template() -> jinja2.Template:
    return jinja2.Environment(autoescape=True).from_string(PAGE)


def picture(pdf: bytes) -> bytes:
    """The page as PNG with 32 colours, enough for flat fields, and small for phones."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    document.close()
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()
