"""The pages of forms in a real browser: accessible, quiet, linked from the chapter that needs them."""

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE, build, follow, make_project, serving
from playwright.sync_api import Browser, expect
from project import ROOT

SMALL = ROOT / "tests" / "forms" / "small"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with one kit, its form a paper of the sample chapter."""
    at = make_project(tmp_path_factory.mktemp("papers"))
    forms = shutil.copytree(SMALL, at / "library" / "forms")
    form = forms / "1A.toml"
    head = form.read_text(encoding="utf-8")
    form.write_text(
        head.replace("keep =", 'chapters = ["topics/sample"]\nkeep =', 1), encoding="utf-8"
    )
    settings = at / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("  - hooks/sheets.py\n", "  - hooks/sheets.py\n  - hooks/documents.py\n"),
        encoding="utf-8",
    )
    hook = at / "hooks" / "sheets.py"
    told = hook.read_text(encoding="utf-8")
    last = 'for design in ("flyer", "talk") for language in ("zh", "en"))'
    assert last in told
    form = 'made(folder, "forms/1A", ("巡查表", "Patrol sheet"), "form", language, "a4", (210.0, 297.0), 0.5)'
    shown = f'{last}, *({form} for language in ("zh", "en"))'
    hook.write_text(told.replace(last, shown), encoding="utf-8")
    built = build(at)
    assert built.returncode == 0, built.stdout + built.stderr
    with serving(at / "site") as address:
        yield address


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["documents/", "documents/patrol/"])
def test_pages_of_forms_are_accessible_and_quiet(
    papers: str, browser: Browser, language: str, path: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{papers}{language}/{path}")
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert errors == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.close()


def test_a_chapter_leads_to_its_forms_and_they_lead_back(papers: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{papers}en/topics/sample/")
    follow(page.locator("text=1A Patrol sheet"))
    assert page.url.endswith("/en/documents/patrol/#1A")
    expect(page.locator(".paper-form__files a", has_text="PDF")).to_have_count(1)
    follow(page.locator(".paper-form__chapters a"))
    assert page.url.endswith("/en/topics/sample/")
    page.close()
