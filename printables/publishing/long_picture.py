"""Long pictures: what a chapter says in one picture that a phone scrolls, for chats that take no links."""

import hashlib
import math
from functools import cache

import jinja2

from printables.chapters.chapter import Chapter
from printables.chapters.owner import Owner
from printables.chapters.telephones import NUMBERS
from printables.colours import COLOURS, TONES
from printables.glyphs import width_em
from printables.languages import FACTS
from printables.layout.headline import breathe
from printables.layout.line_breaks import hold
from printables.layout.panels import scene_address
from printables.layout.template import sign_address
from printables.scenes import scene
from printables.words import Words

WIDTH = 750  # px: a phone shows it at half of that, and every letter of it is read
MOST = 16000  # px of height, three times what the longest chapter needs
RATIO = 1.5  # of a scene: width to height
ROOMS = (
    "publishing/long_picture.py",
    "layout",
    "scenes",
    "signs",
    "colours.toml",
    "telephones.toml",
)  # of the package: what decides how a chapter looks here
ROLES = ("points", "steps", "never", "emergency")  # in the order of the page
SHOWN = {"steps", "emergency"}  # with their scenes, which mostly repeat in the others
STYLE = f"""
@page {{ size: {WIDTH}px {MOST}px; margin: 0 }}
* {{ margin: 0; padding: 0; box-sizing: border-box }}
body {{ font: 500 28px/1.4 Reader; color: {COLOURS["black"].light}; background: #fff }}
header, section, footer {{ padding: 32px 36px }}
header p {{ border-top: 6px solid; padding-top: 12px; font-weight: 700 }}
h1 {{ margin-top: 20px; font-weight: 900; line-height: 1.1 }}
h1 span {{ display: block; white-space: nowrap }}
header img {{ display: block; height: 150px; margin-top: 26px }}
h2 {{ border-top: 6px solid; padding-top: 12px; font-size: 40px; font-weight: 900 }}
.emergency h2, .never i {{ color: {COLOURS["red"].light} }}
ol, ul {{ list-style: none }}
li {{ position: relative; min-height: 60px; margin-top: 22px; padding-left: 58px }}
li.seen {{ min-height: 154px; padding-left: 292px }}
li img {{ position: absolute; left: 58px; top: 6px; width: 216px; height: 144px }}
i {{ position: absolute; left: 0; top: 0; font-style: normal; font-size: 40px; font-weight: 900; line-height: 1.1 }}
b {{ display: block; font-size: 32px; font-weight: 700; line-height: 1.3 }}
footer {{ display: flow-root; font-size: 25px }}
footer img {{ float: right; width: 200px; height: 200px; margin-left: 30px; padding: 12px; background: #fff }}
footer b {{ display: inline; font-size: 40px; font-weight: 900 }}
"""
PAGE = """<!doctype html><html lang="{{ tag }}"><title>{{ front.title }}</title><body>
<header style="background: {{ tone.ground.light }}; color: {{ tone.type.light }}">
<p>{{ front.title }}</p>
<h1 style="font-size: {{ size }}px">{% for line in lines %}<span>{{ line }}</span> {% endfor %}</h1>
{% for sign in front.signs %}<img src="{{ sign | sign(front.tone) }}" alt="" style="display: inline; margin-right: 20px">{% endfor %}
</header>
{% for section in sections %}<section class="{{ section.role }}"><h2>{{ section.title }}</h2><ol>
{% for item in section.items %}{% set seen = item.scene and section.role in shown %}<li{% if seen %} class="seen"{% endif %}><i>{{ "×" if section.role == "never" else loop.index }}</i>
{% if seen %}<img src="{{ scene(item.scene) }}" alt="">{% endif %}
{% if item.lead %}<b>{{ item.lead | held }}</b>{% endif %} {{ item.text | held }}</li>{% endfor %}
</ol></section>{% endfor %}
<footer style="background: {{ owner.colours.band }}; color: {{ owner.colours.type }}">
<img src="qr:{{ address | urlencode }}" alt="">
{% for number in owner.emergency %}<p><b>{{ number }}</b> {{ numbers[number].label[language] }}</p>{% endfor %}
<p>{{ owner.name[language] | held }}</p><p>{{ words.picture_of.format(front.reviewed) | held }}</p><p>{{ address }}</p>
</footer><div id="end"></div></body></html>"""


def compose(chapter: Chapter, owner: Owner, words: Words, address: str) -> str:
    """The picture's HTML; `address` is that of the chapter's page, where the text is that of today."""
    lines = breathe(chapter.front.slogan, chapter.language)
    folder = chapter.project / scene.PLACE
    return _template().render(
        front=chapter.front,
        language=chapter.language,
        tag=FACTS[chapter.language].tag,
        tone=TONES[chapter.front.tone],
        lines=lines,
        size=int(min((WIDTH - 72) / max(map(width_em, lines)), 150)),
        sections=[each for role in ROLES if (each := chapter.section(role))],
        scene=lambda name: scene_address(
            folder, name, (chapter.language,), chapter.front.tone, RATIO
        ),
        shown=SHOWN,
        owner=owner,
        numbers=NUMBERS,
        words=words,
        address=address,
    )


def print_picture(html: str) -> bytes:
    """The picture as WebP, as high as what stands in it."""
    from printables.press import engine  # loads for longer than all pictures that are kept take

    document = engine.Document(html, STYLE)
    high = document.lay_out("").boxes["end"].bottom / engine.MM
    fitting = document.lay_out(f"@page {{ size: {WIDTH}px {math.ceil(high)}px }}")
    return engine.picture(fitting.write(hashlib.sha256(html.encode()).hexdigest()[:32]), WIDTH)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True)
    environment.filters |= {"held": hold, "sign": sign_address}
    return environment.from_string(PAGE)
