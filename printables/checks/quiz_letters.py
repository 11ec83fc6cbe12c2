"""Whether a quiz can be passed without reading: right answers have to be spread over the letters."""

from collections import Counter
from collections.abc import Iterator

from printables.chapters.chapter import Chapter
from printables.findings import Finding, finding

LETTERS = "ABCDEFGH"
FEW = 4  # questions of which nothing can be said
OFFERED = 3  # questions that offer a letter before it has to be right once


def lopsided(chapter: Chapter) -> Iterator[Finding]:
    """A finding where one letter is right in more than half of the questions with one answer, or one never is."""
    quiz = chapter.section("quiz")
    asked = [
        item for item in (quiz.items if quiz else ()) if sum(o.right for o in item.options) == 1
    ]
    if quiz is None or len(asked) < FEW:
        return
    right = Counter(
        LETTERS[place] for item in asked for place, each in enumerate(item.options) if each.right
    )
    offered = Counter(letter for item in asked for letter in LETTERS[: len(item.options)])
    letter, most = right.most_common(1)[0]
    if most > (len(asked) + 1) // 2:
        values = {"letter": letter, "count": most, "all": len(asked)}
        yield finding("quiz-lopsided", chapter.path, quiz.line, **values)
    for letter, times in offered.items():
        if times >= OFFERED and not right[letter]:
            yield finding("quiz-letter-never", chapter.path, quiz.line, letter=letter)
