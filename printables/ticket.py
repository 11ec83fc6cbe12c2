"""The job ticket that goes to a print shop with a file: what to print, on what, and what is left open."""

from pathlib import Path

from printables import words
from printables.job import Order
from printables.sheet import Finished

WORDS = words.load(Path(__file__).with_name("words.toml"))
FOLDED = {"trifold"}
STUCK = {"sticker", "label"}


def ticket(job: Order, after: Finished, design: dict[str, str]) -> str:
    """The ticket of a print-shop file as text in both languages; `design` is its name in each."""
    return "\n".join(_said(job, after, WORDS[code], design[code]) for code in words.LANGUAGES)


def _said(job: Order, after: Finished, say: words.Words, design: str) -> str:
    width, height = after.trim_mm
    paper = "adhesive" if job.design in STUCK else "coated"
    rows = [
        ("ticket", f"{job.title} · {design} · {job.language}"),
        ("ticket-file", f"{job.stem}-{after.finishing}.pdf"),
        ("ticket-size", f"{width:g} × {height:g} mm + {after.bleed_mm:g} mm"),
        ("ticket-pages", str(after.pages)),
        ("ticket-colour", say["ticket-cmyk"]),
        ("ticket-paper", say[f"ticket-{paper}"]),
        ("ticket-fold", say["ticket-three" if job.design in FOLDED else "ticket-none"]),
        ("edition", job.edition),
        ("ticket-quantity", "________"),
        ("ticket-client", "________"),
    ]
    return "".join(f"{say[key]}: {value}\n" for key, value in rows)
