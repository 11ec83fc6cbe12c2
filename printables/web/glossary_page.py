"""The page of the glossary as Markdown: terms by the letter of their sound, each with its sentence, its law and its sign."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from printables.chapters.bibliography import Bibliography
from printables.chapters.glossary import Term
from printables.languages import FACTS, IN_HAN, LANGUAGES
from printables.signs.drawing import compose
from printables.signs.registry import registry
from printables.web.sources import literal
from printables.words import Words

DIGITS = "0–9"
# The first character of each letter in GB 2312, which orders the 3,755 characters of its first level by their sound.
FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
LAST = "座".encode("gb2312")
PICTURE = "sign-of-term"


def listed(terms: Sequence[Term], language: str, words: Words, bibliography: Bibliography) -> str:
    """Every term with an anchor, below a heading for each letter, and links to the letters before them."""
    ordered = sorted(terms, key=lambda term: (letter(term[language]), sound(term[language])))
    groups = [
        (name, list(found)) for name, found in groupby(ordered, lambda term: letter(term[language]))
    ]
    links = " ".join(f"[{name}](#{_anchor(name)})" for name, _ in groups)
    lines = [links, "{: .letters }", ""]
    for name, found in groups:
        lines += [f"## {name} {{#{_anchor(name)} .letter}}", ""]
        lines += [_entry(term, language, words, bibliography) for term in found]
        lines.append("")
    return "\n".join(lines)


def sound(text: str) -> tuple[bytes, ...]:
    """What a text is ordered by: Han by its sound, letters by the alphabet, digits before both."""
    return tuple(
        each.encode("gb2312", "replace") if IN_HAN.match(each) else each.lower().encode()
        for each in text
    )


def letter(text: str) -> str:
    """The capital letter with which a text begins when it is spoken; digits and what has no known sound share one group."""
    first = text[0]
    if first.isascii():
        return first.upper() if first.isalpha() else DIGITS
    code = first.encode("gb2312", "replace")
    if code > LAST:
        return DIGITS
    return next(
        (
            name
            for begin, name in zip(FIRST[::-1], LETTERS[::-1], strict=True)
            if begin.encode("gb2312") <= code
        ),
        DIGITS,
    )


def _anchor(name: str) -> str:
    return "letter-0" if name == DIGITS else f"letter-{name.lower()}"


def _entry(term: Term, language: str, words: Words, bibliography: Bibliography) -> str:
    other = next(code for code in LANGUAGES if code != language)
    said = [
        f"- **{literal(term[language])}** *{literal(term[other])}*{{: lang={other} }}",
        literal(term.means[language]),
        *_more(term, language, words, bibliography),
    ]
    return f"{' '.join(said)}\n    {{: #{term.id} }}"


def _more(term: Term, language: str, words: Words, bibliography: Bibliography) -> Iterator[str]:
    """Links to what the term rests on, where that is known, and to its sign."""
    colon = FACTS[language].colon
    source = bibliography.source(term.law, language) if term.law else None
    if source:
        named = " ".join(filter(None, (source.title, source.number, source.clause)))
        yield f"[{words['term_law']}{colon}{literal(named)}](sources.md#{term.law}){{: .more }}"
    if term.sign and term.sign in registry():
        name = literal(registry()[term.sign].name[language])
        yield f"[{words['term_sign']}{colon}{name}](signs.md){{: .more .{PICTURE} data-sign={term.sign} }}"


class SignsOfTerms(Extension):
    """Sets the picture of a sign before the link that leads to it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Register after attr_list (8), from which the links have their class, and before links become addresses."""
        md.treeprocessors.register(_Picturing(md), "signs-of-terms", 2)


class _Picturing(Treeprocessor):
    """Draws the signs that links name."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if PICTURE in link.get("class", "").split():
                self._draw(link, link.attrib.pop("data-sign"))

    def _draw(self, link: Element, code: str) -> None:
        picture = SubElement(link, "span", {"aria-hidden": "true"})
        picture.text = self.md.htmlStash.store(compose(code, edge=True))
        picture.tail, link.text = link.text, None
