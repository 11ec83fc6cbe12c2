"""Limits for untrusted files: names, sizes, characters, HTML, elements, attributes and addresses.

No text is parsed and no tree shown before it passed here. The limits are far above any honest chapter; within them parsing
takes bounded time and memory.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from printables.chapters import characters
from printables.findings import Finding, finding, part
from printables.languages import LANGUAGES

MOST_BYTES = 200_000
MOST_LINES = 1_500
MOST_IN_LINE = 3_000  # characters; a chapter's longest paragraph has some 400
MOST_IN_BLOCK = (
    20_000  # characters of lines with no empty one between; a long list of sources has 6,000
)
MOST_IN_WORD = (
    80  # characters; no line of a page or sheet could break more. Addresses of links are longer
)
MOST_IN_ADDRESS = 400
MOST_DEPTH = 4  # lists in lists, quotations in quotations
MOST_SIGNS = 8  # of Markdown's own in a row
MOST_SPECIAL = 400  # of them in a block
MOST_SPACES = 200  # in a row

SIGNS = re.compile(rf"([*_`~\[\]!<>(){{}}|\\#&])\1{{{MOST_SIGNS},}}")
SPACES = re.compile(rf"[ \t]{{{MOST_SPACES},}}")
SPECIAL = re.compile(r"[*_`\[\]!<({\\&]")
WORD = re.compile(rf"[!-~]{{{MOST_IN_WORD},}}")
HAN_RUN = re.compile(r"[^\s。！？；，、：,.;:!?|)）]{200,}")
ADDRESS = re.compile(r"\]\([^\s()]*\)|<?https?://[^\s)>]+|\[\^[\w.-]+\]")
DEFINITION = re.compile(
    r"^ {0,3}\[[^\[\]]*\]:[ ]*\n?[ ]*(\S+)", re.MULTILINE
)  # as Markdown reads it
DEFINED_MARK = re.compile(r" {0,3}\[\^([^\[\]]*)\]:")
STACKED = re.compile(rf"\s*(?:(?:[-*+]|\d+[.)])\s+|>\s*){{{MOST_DEPTH + 1},}}")
CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
MOST_SHOWN = 60  # characters of what was typed
TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?(?:/?>|$)|<!--|<[!?]")

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
# Nothing that a mail programme would take for a second header, and no name before a host.
ADDRESSES = re.compile(r"https?://[^/@]+(?:/.*)?|mailto:[\w.+-]+@[\w.-]+|tel:[+\d-]+")
ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("ul", "li", "strong", "em", "blockquote", "br", "hr", "code", "pre"), frozenset()
    ),
    **dict.fromkeys(("table", "thead", "tbody", "tr"), frozenset()),
    **dict.fromkeys(("h1", "h2", "h3", "h4"), frozenset({"id", "class"})),
    **dict.fromkeys(("th", "td"), frozenset({"style"})),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "title"}),
    "ol": frozenset({"start"}),
    "div": frozenset({"class"}),
    "p": frozenset({"class"}),
    "abbr": frozenset({"title"}),
}
# Values allowed in attributes with an effect: alignment of cells; ids and classes that the theme does not use.
VALUES = {
    "style": re.compile(r"text-align: (?:left|right|center);"),
    "id": re.compile(r"[^\W_][\w-]*|_\d+"),
    "class": re.compile(r"[A-Za-z]+|admonition-title"),
    "start": re.compile(r"\d{1,4}"),
}
# Ids that the site's own templates, scripts and styles use, and how those begin of which there are many.
RESERVED = frozenset(
    [
        "basket",
        "basket-title",
        "card",
        "own-unit",
        "hand-on",
        "needed",
        "offline",
        "share",
        "starred",
        "kit-never",
        "kit-laws",
        "call",
        "checklist-paper",
        "checklist-table",
        "checklist-tools",
        "edition-number",
        "edition-where",
        "every-chapter",
        "filter",
        "findings",
        "hint",
        "keep",
        "listen",
        "late-reviews",
        "listen-stop",
        "packs",
        "paper",
        "printables",
        "quiz-check",
        "quiz-class",
        "quiz-list",
        "quiz-list-paper",
        "quiz-next",
        "quiz-paper",
        "quiz-parts",
        "quiz-run",
        "quiz-score",
        "quiz-stop",
        "quiz-words",
        "sights",
        "sources",
    ]
)
RESERVED_BEGINNINGS = (
    "source-",
    "part-",
    "kind-",
    "day-",
    "letter-",
    "note-",
    "sight-",
    *(f"{language}-" for language in LANGUAGES),
)
ACTIVE = {"script", "style", "iframe", "object", "embed", "link", "meta", "base"}

SUFFIXES = frozenset({".md", ".png", ".jpg", ".jpeg", ".webp"})
TAKEN = frozenset(
    {"both", "documents", "packs", "quiz", "translations"}
)  # pages that hooks/ add to every language
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z]+)?")
DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?"
)  # no file of Windows has such a name
MOST_READ = 2_000_001  # bytes of any file: enough to see that it is too large


def file(path: Path, key: str) -> Iterator[Finding]:
    """A finding for a name or a kind of file that docs/ does not take; `key` is its path from there."""
    parts = PurePosixPath(key).parts
    if wrong := [part for part in parts if not NAME.fullmatch(part)]:
        yield finding("file-name", path, name=wrong[0])
    elif kept := [part for part in parts if DEVICE.fullmatch(part)]:
        yield finding("file-name-kept", path, name=kept[0])
    elif PurePosixPath(key).suffix not in SUFFIXES:
        yield finding("file-kind", path, kinds=", ".join(sorted(SUFFIXES)))
    elif _is_taken(parts):
        yield finding("name-taken", path, name="/".join(parts[:2]))


def _is_taken(parts: tuple[str, ...]) -> bool:
    """True if the site makes a page of its own at this place."""
    if parts[0] not in LANGUAGES:
        return parts != ("index.md",) and (len(parts) == 1 or not parts[-1].endswith(".md"))
    return len(parts) > 1 and parts[1].removesuffix(".md") in TAKEN


def text(path: Path, content: bytes, text: str, most_lines: int = MOST_LINES) -> list[Finding]:
    """Findings that keep a text from being parsed, each kind at its first line."""
    if len(content) > MOST_BYTES:
        return [finding("page-too-large", path, most=f"{MOST_BYTES // 1000} KB")]
    lines = text.split("\n")
    if len(lines) > most_lines:
        return [finding("page-too-large", path, most=part("lines", count=most_lines))]
    first: dict[str, Finding] = {}
    size = special = 0
    for number, line in enumerate(lines, 1):
        size, special = (
            (size + len(line), special + len(SPECIAL.findall(line))) if line.strip() else (0, 0)
        )
        for code, values in _wrong_line(line, size, special):
            first.setdefault(code, finding(code, path, number, **values))
    return list(first.values())


def _wrong_line(line: str, size: int, special: int) -> Iterator[tuple[str, dict[str, object]]]:
    if CONFLICT.match(line):
        yield "merge-conflict", {"here": line[:MOST_SHOWN]}
        return
    if bullet := characters.WORD_BULLET.match(line):
        rest = line[bullet.end() : bullet.end() + 10]
        yield "mistyped", {"here": line.strip()[:12], "instead": f"{bullet[1]}- {rest}"}
    elif hidden := characters.hidden(line):
        yield "hidden-character", {"character": hidden}
    if len(line) > MOST_IN_LINE or size > MOST_IN_BLOCK:
        yield "line-too-long", {"most": MOST_IN_LINE}
        return  # too long for the patterns below
    depth = (len(line) - len(line.lstrip())) // 4
    if STACKED.match(line) or depth > MOST_DEPTH:
        yield "nested-too-deep", {}
    if SIGNS.search(line) or SPACES.search(line) or special > MOST_SPECIAL:
        yield "signs-in-a-row", {}
    if any(len(address) > MOST_IN_ADDRESS for address in ADDRESS.findall(line)):
        yield "word-too-long", {"most": MOST_IN_ADDRESS}
    words = ADDRESS.sub(" ", line)
    if WORD.search(words) or HAN_RUN.search(words):
        yield "word-too-long", {"most": MOST_IN_WORD}


def tags(path: Path, body: str, first_line: int) -> Iterator[Finding]:
    """A finding for each line with HTML, which Markdown shows as text."""
    for number, line in enumerate(body.split("\n"), first_line):
        if match := TAG.search(line):
            yield finding("raw-html", path, number, tag=match[0][:60])


def definitions(path: Path, body: str, first_line: int) -> Iterator[Finding]:
    """Findings for addresses of reference links, used or not: the site numbers sources, and may make `[1]` a link."""
    for match in DEFINITION.finditer(body):
        if mark := DEFINED_MARK.match(match[0]):
            line = first_line + body.count("\n", 0, match.start())
            yield finding("mark-defined", path, line, here=mark[0].strip(), id=mark[1])
        if not may_lead(match[1]):
            line = first_line + body.count("\n", 0, match.start(1))
            yield finding("link-scheme", path, line, target=match[1][:80])


def tree(root: Element) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Every element, attribute and address that is not allowed: code, words to find it in the source, values."""
    for element in root.iter():
        if element is root or not isinstance(element.tag, str):
            continue
        allowed = ALLOWED.get(element.tag)
        if element.tag == "pre":
            yield "text-indented", "".join(element.itertext()).strip().partition("\n")[0], {}
        if allowed is None:
            words = "".join(element.itertext()).strip().partition("\n")[0]
            yield "tag-not-allowed", words or element.tag, {"tag": element.tag}
            continue
        if is_reserved(element.get("id", "")):
            yield "id-reserved", element.attrib["id"], {"id": element.attrib["id"]}
        for name, value in element.attrib.items():
            pattern = VALUES.get(name)
            if name not in allowed or (
                pattern and not all(map(pattern.fullmatch, _parts(name, value)))
            ):
                attribute = f'{name}="{value}"'[:80]
                values: dict[str, object] = {"attribute": attribute, "tag": element.tag}
                yield "attribute-not-allowed", value or name, values
        if (address := element.get("href")) is not None and not may_lead(address):
            yield "link-scheme", address, {"target": address[:80]}
        if scheme(address := element.get("src", "")):
            yield "image-remote", address, {"target": address[:80]}


def is_reserved(id_: str) -> bool:
    """True if the site uses this id itself, and a heading with it would take its place."""
    return id_ in RESERVED or id_.startswith(RESERVED_BEGINNINGS)


def _parts(name: str, value: str) -> list[str]:
    return value.split() if name == "class" else [value]


def may_lead(address: str) -> bool:
    """True if a link may have this address: one within the site, or with a scheme of SCHEMES."""
    return not scheme(address) or ADDRESSES.fullmatch(_seen(address)) is not None


def scheme(address: str) -> str:
    """The scheme as a browser reads it, "" for a relative address, "//" for one that begins with a host."""
    seen = _seen(address)
    if seen.startswith("//"):
        return "//"
    before, colon, _ = re.split(r"[/?#]", seen)[0].partition(":")
    return before.lower() if colon else ""


def _seen(address: str) -> str:
    """An address as a browser reads it: entities decoded, spaces and control characters dropped."""
    seen = html.unescape(
        address.replace(characters.AMPERSAND, "&").replace("\x02", "").replace("\x03", "")
    )
    return re.sub(r"[\x00-\x20]", "", seen).replace("\\", "/")


def unsafe(root: Element) -> list[str]:
    """Elements and attributes of a rendered page, after all extensions, that would run or load something."""
    active = []
    for element in root.iter():
        if str(element.tag).lower() in ACTIVE:
            active.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            leads = name in {"href", "action", "formaction"}
            loads = name in {"src", "srcset", "data", "poster"}
            wrong = (leads and scheme(value) not in SCHEMES | {""}) or (loads and scheme(value))
            if name.lower().startswith("on") or wrong:
                active.append(f'{name}="{value[:40]}"')
    return active


def raw_html(keys: object) -> Iterator[tuple[str, str]]:
    """Key and tag of every text with HTML in the keys of a front matter."""
    if isinstance(keys, dict):
        for key, value in keys.items():
            for _, tag in raw_html(value):
                yield str(key), tag
    elif isinstance(keys, (list, tuple)):
        for value in keys:
            yield from raw_html(value)
    elif isinstance(keys, str) and (match := TAG.search(keys)):
        yield "", match[0][:40]


def outside(path: Path, root: Path) -> bool:
    """True if a symbolic link leads out of `root`, or nowhere."""
    try:
        return not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return True
