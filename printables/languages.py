"""Facts of each language, from languages.toml; the script of a text."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter
from pydantic_core import PydanticCustomError

# Characters of the script Han (Unicode, Scripts.txt) as they stand in a class of a regular expression.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
IN_HAN = re.compile(f"[{HAN}]")
# Full-width marks, which bring their own space.
WIDE = "\u3000-\u303f\uff01-\uff5e"
# A space that Chinese does not write; it comes from a line end, or from a mark that was left out.
NO_SPACE = re.compile(rf"(?<=[{WIDE}]) | (?=[{WIDE}])|(?<=[{HAN}]) (?=[{HAN}])")

Text = Annotated[str, Field(min_length=1)]
TWICE = "entry-twice"  # type of an error, and code of its finding


def _each_once(listed: tuple[str, ...]) -> tuple[str, ...]:
    """The list as it is; raises PydanticCustomError for an entry that an earlier one repeats."""
    for place, entry in enumerate(listed):
        if entry in listed[:place]:
            raise PydanticCustomError(TWICE, TWICE, {"value": entry})
    return listed


Once = AfterValidator(_each_once)


class Record(BaseModel):
    """A table of a TOML or YAML file; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(Record):
    """A text in every language."""

    zh: Text
    en: Text

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))


class Language(Record):
    """A table of languages.toml; the comments there explain the keys."""

    name: str
    tag: str
    locale: str
    script: Literal["Han", "Latin"]
    face: float
    parts: int
    comma: str
    enumeration: str
    semicolon: str
    colon: str
    stop: str
    letter: str
    joint: str
    gap: str
    extension: str
    sentence: re.Pattern[str]
    bans: tuple[str, ...]
    duty: re.Pattern[str]
    statutory: re.Pattern[str]
    unit: dict[str, str]
    small_words: tuple[str, ...] = ()
    months: tuple[str, ...] = ()

    @property
    def is_spaced(self) -> bool:
        """True if its words are separated by spaces."""
        return self.script != "Han"


def _load(path: Path) -> Mapping[str, Language]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Language]).validate_python(tables)


FACTS = _load(Path(__file__).with_name("languages.toml"))
LANGUAGES = tuple(FACTS)
# The languages of a printable: one, or all on one sheet ("zh-en").
VOICES = (*LANGUAGES, "-".join(LANGUAGES))
Voices = Annotated[str, Field(pattern=f"^({'|'.join(VOICES)})$")]


def written_in(text: str) -> str:
    """The language whose script a text is written in: Han where any character is, else Latin."""
    script = "Han" if IN_HAN.search(text) else "Latin"
    return next(code for code in LANGUAGES if FACTS[code].script == script)
