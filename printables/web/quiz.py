"""A quiz and a checklist on a page: letters, answers that open without a script, boxes with a label to tap."""

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from printables.languages import FACTS
from printables.words import Words


def make_quiz(section: Element, md: Markdown, words: Words, language: str) -> None:
    """Letter the options and fold each explanation away with the answer that it explains."""
    for question in section.findall("./ol/li"):
        options = question.find("ul")
        reason = question.find("blockquote")
        if options is None:
            continue
        right = _letter_options(options, md)
        if reason is not None:
            _fold(question, reason, FACTS[language].semicolon.join(right), words)


def make_checklist(section: Element) -> None:
    """Give each item a label to tap; its box can be ticked even where no script runs."""
    for item in section.iter("li"):
        holder = item[0] if len(item) and item[0].tag == "p" else item
        box = HTML_PLACEHOLDER_RE.match(holder.text or "")
        if not box:
            continue
        label = Element("label")
        tick = SubElement(label, "input", {"type": "checkbox", "autocomplete": "off"})
        tick.tail = (holder.text or "")[box.end() :]
        for child in list(holder):
            if child.get("class") == "source":  # a link of its own, not part of the name
                break
            holder.remove(child)
            label.append(child)
        holder.text = None
        holder.insert(0, label)


def _letter_options(options: Element, md: Markdown) -> list[str]:
    """Turn tick boxes into a list A, B, C; return the right ones in words."""
    options.tag = "ol"
    options.attrib = {"class": "options", "type": "A"}
    right = []
    for place, option in enumerate(options.findall("li")):
        option.attrib.pop("class", None)
        holder = option[0] if len(option) and option[0].tag == "p" else option
        box = HTML_PLACEHOLDER_RE.match(holder.text or "")
        if not box:
            continue
        holder.text = (holder.text or "")[box.end() :].lstrip()
        if "checked" in str(md.htmlStash.rawHtmlBlocks[int(box[1])]):
            right.append(f"{chr(ord('A') + place)} {''.join(option.itertext()).strip()}")
    options.set("data-right", "".join(answer[0] for answer in right))
    return right


def _fold(question: Element, reason: Element, right: str, words: Words) -> None:
    """Replace an explanation by details that open without a script."""
    details = Element("details", {"class": "answer"})
    SubElement(details, "summary").text = words["answer_and_why"]
    SubElement(details, "p", {"class": "right"}).text = right
    details.extend(reason)
    details.tail = reason.tail
    question[list(question).index(reason)] = details
