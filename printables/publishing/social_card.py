"""Social cards, a page's picture in chats and search engines: its words, scene and sign on a field of its tone.

All of it stands in the middle square, as some chats show nothing else.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import jinja2

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.colours import TONES
from printables.glyphs import width_em
from printables.layout.headline import breathe
from printables.layout.line_breaks import hold
from printables.layout.panels import chief_scene, scene_address
from printables.layout.template import sign_address
from printables.scenes.scene import PLACE

WIDTH, HEIGHT = 1200, 630  # px: what chats and search engines ask for
EDGE = 34  # within the square
ROOM = HEIGHT - 2 * EDGE
SIGN = 190
SCENE, SMALL = (318, 212), 104  # px; beside a scene the sign is small
STYLE = f"""
@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }}
* {{ margin: 0 }}
body {{ font-family: Reader; width: {WIDTH}px; height: {HEIGHT}px; position: relative }}
header, h1, p, img {{ position: absolute; left: {(WIDTH - HEIGHT) // 2 + EDGE}px; width: {ROOM}px }}
header {{ top: {EDGE}px; border-top: 6px solid; padding-top: 12px; font-size: 32px; font-weight: 700 }}
h1 {{ top: 116px; font-weight: 900; line-height: 1.08 }}
h1 span {{ display: block; white-space: nowrap }}
p {{ bottom: {EDGE}px; font-size: 25px; font-weight: 700 }}
p.beside {{ width: {ROOM - SIGN - 24}px }}
.pictured p {{ width: {ROOM - SCENE[0] - 20}px; font-size: 22px; line-height: 1.25 }}
img {{ left: auto; right: {(WIDTH - HEIGHT) // 2 + EDGE}px; bottom: {EDGE}px; width: {SIGN}px; height: {SIGN}px; object-fit: contain; object-position: right bottom }}
.pictured .sign {{ left: {(WIDTH - HEIGHT) // 2 + EDGE}px; bottom: {EDGE + SCENE[1] - SMALL}px; width: {SMALL}px; height: {SMALL}px; object-position: left top }}
.scene {{ box-sizing: border-box; width: {SCENE[0]}px; height: {SCENE[1]}px; border: 4px solid #ffffff; background: #ffffff }}
"""
PAGE = """<!doctype html><html lang="{{ card.language }}"><title>{{ card.title }}</title>
<body{% if scene %} class="pictured"{% endif %} style="background: {{ ground }}; color: {{ type }}">
<header>{{ card.above }}</header>
<h1 style="font-size: {{ size }}px">{% for line in lines %}<span>{{ line }}</span> {% endfor %}</h1>
{% if sign %}<img class="sign" src="{{ sign }}" alt="{{ card.title }}">{% endif %}
{% if scene %}<img class="scene" src="{{ scene }}" alt="{{ card.title }}">{% endif %}
<p{% if sign %} class="beside"{% endif %}>{{ owner }}</p>
</body></html>"""


@dataclass(frozen=True)
class Card:
    """What a card says: the page's title, a line above, its lines in large; a sign, a tone and a scene, or the owner's band."""

    language: str
    title: str
    above: str
    lines: Sequence[str]
    sign: str = ""
    tone: str = ""
    scene: str = ""  # as a data: address


def of_chapter(chapter: Chapter) -> Card:
    """The card of a chapter: its slogan, its first sign, and the scene that stands for it."""
    front = chapter.front
    lines = breathe(front.slogan, chapter.language)
    name, folder = chief_scene(chapter), chapter.project / PLACE
    scene = scene_address(folder, name, [chapter.language], front.tone, 1.5) if name else ""
    return Card(
        chapter.language, front.title, front.title, lines, front.signs[0], front.tone, scene
    )


def of_page(title: str, site: str, language: str) -> Card:
    """The card of any other page: its title."""
    return Card(language, title, site, breathe(title, language))


def print_card(html: str) -> bytes:
    """The card as PNG, 1200 × 630."""
    from printables.press import engine  # loads for longer than all cached cards take

    name = hashlib.sha256(html.encode()).hexdigest()[:32]
    return picture(engine.Document(html, STYLE).lay_out("").write(name))


def compose(card: Card, owner: Owner) -> str:
    """The card's HTML; its lines are as large as fits below the line above, and over the sign."""
    below = SCENE[1] if card.scene else SIGN if card.sign else 60
    high = HEIGHT - 116 - below - EDGE - 16
    size = min(ROOM / max(map(width_em, card.lines)), high / (1.08 * len(card.lines)), 170)
    tone = TONES.get(card.tone)
    return _template().render(
        card=card,
        owner=hold((owner.brief if card.scene else owner.name)[card.language]),
        lines=card.lines,
        size=int(size),
        scene=card.scene,
        sign=sign_address(card.sign, card.tone) if card.sign else "",
        ground=tone.ground.light if tone else owner.colours.band,
        type=tone.type.light if tone else owner.colours.type,
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
