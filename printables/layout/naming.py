"""How a sheet and what is made of it are called: in the window of a reader, in a print queue, on a map of tiles."""

from functools import cache

from printables import sizes
from printables.languages import FACTS
from printables.layout.design import Design
from printables.layout.template import shared
from printables.words import WORDS


def titles(title: str, design: Design, size: str, language: str) -> tuple[tuple[str, str], ...]:
    """The PDF's title by finishing, "plain" first: `有限空间作业 · 海报 · A3 · 中文 · A4 拼贴`."""
    lead = language.partition("-")[0]
    say = WORDS[lead]
    printed = say[f"printed_{language.replace('-', '_')}"]
    plain = " · ".join([title, design.spec.name[lead], sizes.called(size, lead), printed])
    made = design.spec.finishings.get(size, ())
    named = ((name, say[f"finishing_{name.replace('-', '_')}"]) for name in made)
    return ("plain", plain), *((name, f"{plain} · {called}") for name, called in named)


@cache
def guide(language: str) -> str:
    """The document with what to do with tiles, which stands above their map."""
    codes = language.split("-")
    return shared("guide.html").render(codes=codes, words=WORDS, languages=FACTS)
