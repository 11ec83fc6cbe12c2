"""Where the page of an edition stands, which is printed in every code on a wall and can never change."""

from project import ROOT

from printables.layout.edition import FOLDER, address


def test_the_address_of_an_edition() -> None:
    assert address("https://readers.example/", "1f3a") == "https://readers.example/e/1f3a/"
    assert address("https://readers.example/") == "https://readers.example/e/"


def test_the_service_worker_leaves_editions_to_the_network() -> None:
    worker = (ROOT / "overrides" / "sw.js").read_text(encoding="utf-8")
    assert f'if (path.startsWith("{FOLDER}/")) return;' in worker
