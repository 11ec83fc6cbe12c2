"""Where the page of an edition stands, which is printed in every code on a wall and can never change."""

from project import ROOT

from printables.layout.edition import FOLDER, address, identify
from printables.layout.line_breaks import JOINER


def test_the_address_of_an_edition() -> None:
    assert address("https://readers.example/", "1f3a") == "https://readers.example/e/1f3a/"
    assert address("https://readers.example/") == "https://readers.example/e/"


def test_the_service_worker_leaves_editions_to_the_network() -> None:
    worker = (ROOT / "overrides" / "sw.js").read_text(encoding="utf-8")
    assert f'if (path.startsWith("{FOLDER}/"))' in worker


def test_where_a_line_may_break_is_no_part_of_an_edition() -> None:
    assert (
        identify(f"<p>安{JOINER}全绳</p>") == identify("<p>安全绳</p>") != identify("<p>安全帽</p>")
    )
