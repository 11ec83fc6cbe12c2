"""Events of the other views: adds and fills the page of both languages and the quiz of a whole reader."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import build
from hooks.build import Build, Context, language_of, name_of
from printables.languages import LANGUAGES
from printables.web.side_by_side import Questions, Twins, paired, questions, quizzed


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every view."""
    this = build.of(config)
    chapters = _twins(this)
    for language in LANGUAGES:
        for name, twins in chapters.items():
            front = twins[language].front
            shown = {"title": front.title, "tone": front.tone, "summary": front.summary}
            uri = f"{language}/both/{name}.md"
            files.append(build.view(config, uri, template="both.html", **shown))
        for reader, _ in quizzed(chapters.values(), language):
            title = this.words[language]["quiz"]
            uri = f"{language}/quiz/{reader}.md"
            files.append(build.view(config, uri, template="quiz.html", title=title))
    return files


def on_page_context(context: Context, page: Page, config: MkDocsConfig, nav: Navigation) -> Context:
    """Hand a view what it shows, and a chapter the addresses of its views."""
    this, language, name = build.of(config), language_of(page), name_of(page)
    template = page.meta.get("template")
    if template == "both.html":
        return {**context, **_both(this, page, language, name.partition("/")[2])}
    if template == "quiz.html":
        return {**context, **_quiz(this, page, language, name.partition("/")[2])}
    context["both"] = this.page(f"{language}/both/{name}.md")
    context["quiz"] = this.page(f"{language}/quiz/{name.partition('/')[0]}.md")
    return context


def _twins(this: Build) -> dict[str, Twins]:
    """Chapters that stand in both languages, by name."""
    known = this.collection.twins().items()
    return {name: twins for name, twins in known if len(twins) == len(LANGUAGES)}


def _both(this: Build, page: Page, language: str, name: str) -> Context:
    other = next(code for code in LANGUAGES if code != language)
    uris = f"{language}/{name}.md", f"{other}/{name}.md"
    own, twin = (this.files.src_uris[uri].page for uri in uris)
    urls = this.files.src_uris[uris[0]].url, this.files.src_uris[uris[1]].url
    pairs = paired(this.parts[uris[0]], this.parts[uris[1]], urls, page.url, f"{other}-")
    chapter = this.collection.chapters[language, name]
    return {"pairs": pairs, "own": own, "own_chapter": chapter, "twin": twin, "other": other}


def _quiz(this: Build, page: Page, language: str, reader: str) -> Context:
    chapters = dict(quizzed(_twins(this).values(), language))[reader]
    uris = {chapter.name: f"{language}/{chapter.name}.md" for chapter in chapters}
    urls = {name: this.files.src_uris[uri].url for name, uri in uris.items()}
    return {
        "reader": this.page(f"{language}/{reader}/index.md"),
        "chapters": chapters,
        "parts": [
            Questions(
                chapter.front.title,
                urls[chapter.name],
                questions(this.parts[uris[chapter.name]], urls[chapter.name], page.url),
            )
            for chapter in chapters
        ],
    }
