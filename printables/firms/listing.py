"""Rows of a list → firms and what is to be printed for each; every wrong row is told at once, with row and column."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from printables.chapters import logo
from printables.chapters.campaign import Campaign
from printables.chapters.chapter import Chapter
from printables.chapters.characters import undrawable
from printables.chapters.owner import MOST_IN_NUMBER, Contact, Owner
from printables.colours import COLOURS
from printables.findings import Finding, finding, nearest
from printables.firms.names import folder_name
from printables.firms.table import NO_RESULT, NUMBERS, Row, first_head
from printables.forms.compose import FORM
from printables.job import FIELD, Firm, Texts
from printables.languages import LANGUAGES
from printables.layout import design, owner_panel, owner_room
from printables.layout.lettering import Room
from printables.layout.owner_room import Tried
from printables.layout.owner_words import set_in
from printables.words import WORDS

Sheet = tuple[str, str, str]  # chapter, design, language
CREDIT_CODE = "unified-social-credit-code"
# Columns that are parts of the register, which fields of forms ask for; a firm's name is `enterprise`.
FIELDS = (
    CREDIT_CODE, "industry", "address", "building", "grid", "landlord", "principal",
    "mobile", "safety-lead", "24-hour-phone", "party-a", "party-b",
)  # fmt: skip
SEPARATED = re.compile(r"\s*[、，,；;]\s*")
LANGUAGE = {
    "中文": "zh", "汉语": "zh", "zh": "zh", "chinese": "zh", "英文": "en", "英语": "en", "en": "en", "english": "en",
    "中英": "zh-en", "中英文": "zh-en", "中英对照": "zh-en", "双语": "zh-en", "zh-en": "zh-en", "both": "zh-en",
}  # fmt: skip
# Three digits one after the other, and not what a workbook makes of a long number, nor a day, nor a fraction.
TELEPHONE = re.compile(r"(?!.*\d[eE][+\d]|\d{4}-\d\d-\d\d$|\d+\.\d+$).*\d[ -]?\d[ -]?\d")
MOBILE, ABROAD = re.compile(r"1[3-9]\d{7}"), re.compile(r"(?:\+|00)(?!86)")
HOME = re.compile(r"(?:\+|00)86|86(?=1\d{10}$)")
# What stands below a list, or in place of a name.
NO_NAME = re.compile(
    r"[\W\d_]+|(合计|小计|总计|共计|总数|total|sum)\W*\d*\s*[家户个]?|共\s*\d+\s*[家户个].{0,9}|"
    r"(填表|填报|制表|审核|联系|统计)(人|单位|日期|时间|部门)\W.*|(备注|说明|注|附|notes?)\s*[:：].*|"
    r"(同上|同前|无|空|略|暂无|没有|待定|none|n/?a)",
    re.IGNORECASE,
)
WHITE, BLACK = COLOURS["white"].light, COLOURS["black"].light


@dataclass(frozen=True)
class Entry:
    """A firm of the list, its row, and its sheets in the order in which they are printed."""

    row: Row
    firm: Firm
    sheets: tuple[Sheet, ...]
    publisher: Firm

    @property
    def name(self) -> str:
        """What people call it."""
        return self.firm.name[0][1]

    def on(self, sheet: Sheet) -> Firm:
        """Who stands on a sheet: the firm; on a form its publisher, with what the list knows of the firm."""
        return replace(self.publisher, filled=self.firm.filled) if sheet[1] == FORM else self.firm


@dataclass(frozen=True)
class Asked:
    """What there is to choose from, and what is printed where a row does not say."""

    publisher: Owner
    twins: Mapping[str, Mapping[str, Chapter]]
    campaigns: Sequence[Campaign]
    synonyms: Mapping[str, Sequence[str]]
    chapters: tuple[str, ...]
    designs: tuple[str, ...]
    languages: tuple[str, ...]
    forms: tuple[str, ...] = ()


def entries(path: Path, rows: Sequence[Row], asked: Asked) -> tuple[list[Entry], list[Finding]]:
    """The firms of the rows in which nothing is wrong, and the findings of the others."""
    good, findings, seen = [], [], dict[str, int]()
    publisher = owner_panel.firm(asked.publisher)
    for row in rows:
        firm = _firm(path, row, asked.publisher)
        sheets, wrong = _sheets(path, row, asked)
        wrong += [*firm[1], *_wrong_words(path, row, firm[0], sheets)]
        name = row["name_zh"] or row["name_en"]
        failed = (key for key, text in row.texts.items() if NO_RESULT.fullmatch(text))
        if key := next(failed, ""):
            wrong = [_told("firms-no-result", path, row, key, text=row[key])]
        elif name and NO_NAME.fullmatch(name):
            key = "name_zh" if row["name_zh"] else "name_en"
            wrong = [_told("firms-no-name", path, row, key, text=name)]
        place = _place(name)
        if name and place in seen:
            wrong.append(_told("firms-twice", path, row, "name_zh", text=name, other=seen[place]))
        seen.setdefault(place, row.number)
        findings += wrong
        if not wrong:
            good.append(Entry(row, firm[0], tuple(sheets), publisher))
    return good, findings


def _place(name: str) -> str:
    """A firm's folder, alike for names that only a keyboard makes differ."""
    return "".join(folder_name(unicodedata.normalize("NFKC", name)).casefold().split())


def _told(code: str, path: Path, row: Row, key: str, **values: object) -> Finding:
    return finding(code, path, row.number, column=row.heads.get(key) or first_head(key), **values)


def _firm(path: Path, row: Row, publisher: Owner) -> tuple[Firm, list[Finding]]:
    """The firm of a row, and what is wrong with its mark and numbers."""
    name = _texts(row["name_zh"], row["name_en"])
    telephones, findings = [], []
    if not name:
        findings.append(_told("firms-nameless", path, row, "name_zh"))
    findings += [each for key in NUMBERS if row[key] for each in _wrong_number(path, row, key)]
    if CREDIT_CODE in row.numeric and row[CREDIT_CODE]:
        findings.append(_told("firms-code-cut", path, row, CREDIT_CODE, text=row[CREDIT_CODE]))
    for phone, person in (("phone", "person"), ("phone_2", "person_2")):
        if not row[phone] and not row[person] and phone != "phone":
            continue
        named = row[person] or (row["safety-lead"] if person == "person" else "")
        called = {code: named or WORDS[code]["firm_phone"] for code in LANGUAGES}
        number = row[phone][:MOST_IN_NUMBER] if TELEPHONE.match(row[phone]) else ""
        contact = Contact(zh=called["zh"], en=called["en"], number=number)
        shown = tuple((c, tuple(each.shown for each in contact.numbers(c))) for c in LANGUAGES)
        telephones.append((tuple(called.items()), shown))
    marks: list[tuple[str, str]] = []
    if row["mark"]:
        grounds = (publisher.colours.band, publisher.colours.type), (WHITE, BLACK)
        try:
            file = row["mark"].strip("\"'“”").replace("\\", "/")  # as Windows copies a path
            marks = [(on, logo.embed(file, path.parent, on, ink)) for on, ink in grounds]
        except logo.Unfit as unfit:
            told = {"logo": row["mark"], "reason": unfit.reason}
            findings.append(_told("firms-mark", path, row, "mark", **told))
    short = _texts(row["short_zh"], "")
    firm = Firm(name or (("zh", ""),), short, tuple(telephones), tuple(marks), _known(row, name))
    return firm, findings


def _known(row: Row, name: Texts) -> tuple[tuple[str, Texts], ...]:
    """What the list knows of a firm, by parts of the register; it is party B of what it signs, unless it is party A."""
    known = {"enterprise": name} | {key: _texts(row[key], "") for key in FIELDS}
    if not known["party-b"] and row["party-a"] not in dict(name).values():
        known["party-b"] = name
    return tuple((key, texts) for key, texts in known.items() if texts)


def _texts(zh: str, en: str) -> Texts:
    return tuple((code, text) for code, text in zip(LANGUAGES, (zh, en), strict=True) if text)


def _wrong_number(path: Path, row: Row, key: str) -> Iterator[Finding]:
    """What is wrong with the telephones of a cell, the first of it."""
    if not TELEPHONE.match(row[key]):
        yield _told("firms-phone", path, row, key, text=row[key])
        return
    for each in Contact(zh=key, en=key, number=row[key][:MOST_IN_NUMBER]).numbers("zh"):
        if _lost_zero(each.dialled):
            yield _told("firms-phone-zero", path, row, key, text=each.shown)
            return
        if _miscounted(each.dialled):
            count = sum(map(str.isdecimal, each.dialled))
            yield _told("firms-phone-digits", path, row, key, text=each.shown, count=count)
            return


def _lost_zero(number: str) -> bool:
    """Whether this was an area code and a telephone: no mobile begins so."""
    return (len(number) == 11 and number[0] not in "01+") or (
        len(number) == 10 and number[:2] in ("10", "20")
    )


def _miscounted(number: str) -> bool:
    """Whether digits are missing or too many; short ones may be extensions, or of a place."""
    if ABROAD.match(number):
        return False
    home = HOME.match(number)
    number = number[home.end() :] if home else number
    if MOBILE.match(number):
        return len(number) != 11
    if home:  # without the zero of the area code
        return not 10 <= len(number) <= 12
    if number.startswith("0"):
        return len(number) not in (11, 12)
    return len(number) > 8 and not (len(number) == 10 and number[:3] in ("400", "800"))


def _wrong_words(path: Path, row: Row, firm: Firm, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Characters without a glyph, and words for which a sheet has no room."""
    keys = ("name_zh", "name_en", "short_zh", "phone", "person", "phone_2", "person_2", *FIELDS)
    lacking = [(key, found) for key in keys if (found := undrawable(row[key]))]
    for key, characters in lacking:
        yield _told("firms-characters", path, row, key, characters=characters)
    if lacking or not firm.name[0][1] or not sheets:
        return
    for tried in _tried(firm, sheets):
        key = _key(row, tried)
        if not tried.most:
            continue
        if tried.language == "en" and not row["name_en"] and key.startswith("name"):
            yield _told("firms-nameless", path, row, "name_en")
        else:
            yield _told("firms-text-long", path, row, key, **tried.values)


def cut(path: Path, good: Sequence[Entry]) -> Iterator[Finding]:
    """What of a firm's words does not stand on each of its sheets, though the sheets are printed."""
    for entry in good:
        for tried in _tried(entry.firm, entry.sheets):
            yield _told("firms-words-cut", path, entry.row, _key(entry.row, tried), **tried.values)


def fitting(
    path: Path, good: Sequence[Entry], rooms: Mapping[Sheet, Sequence[tuple[str, Room]]]
) -> tuple[list[Entry], list[Finding]]:
    """Firms with the sheets that have room for them; `rooms` are those of forms, each with its kind of box."""
    kept, findings = [], []
    for entry in good:
        fit = []
        for sheet in entry.sheets:
            firm = entry.on(sheet)
            small = [k for k, room in rooms.get(sheet, ()) if set_in(firm, k, room)[0].scale < 1]
            findings += [_no_room(path, entry, kind, sheet) for kind in small[:1]]
            fit += [] if small else [sheet]
        kept.append(replace(entry, sheets=tuple(fit)))
    return kept, findings


def _no_room(path: Path, entry: Entry, kind: str, sheet: Sheet) -> Finding:
    field, (chapter, _, language) = kind.removeprefix(FIELD), sheet
    key = field if entry.row[field] else "name_zh" if entry.row["name_zh"] else "name_en"
    told = {"text": entry.row[key], "form": chapter.partition("/")[2], "language": language}
    return _told("firms-field-long", path, entry.row, key, **told)


def _tried(firm: Firm, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """What of a firm's words lacks room; a form names its publisher, whose words were tried before."""
    wanted = {(name, language) for _, name, language in sheets if name != FORM}
    return owner_room.tried(firm, wanted) if wanted else iter(())


def _key(row: Row, tried: Tried) -> str:
    """The column of words that were tried."""
    if tried.kind.isdecimal():
        number = "_2" if tried.kind == "2" else ""
        return f"phone{number}" if row[f"phone{number}"] else f"person{number}"
    key = "short_zh" if tried.kind == "short" and row["short_zh"] else "name_zh"
    return key if row[key] and row["name_en"] != tried.text else "name_en"


def _sheets(path: Path, row: Row, asked: Asked) -> tuple[list[Sheet], list[Finding]]:
    """What is to be printed for a row, and names in it that nothing is known of."""
    findings: list[Finding] = []

    def words(key: str) -> list[str]:
        return [word for word in SEPARATED.split(row[key]) if word]

    def known(key: str, text: str, names: Mapping[str, str]) -> str:
        """What a word stands for; "" with a finding for one that nothing is known of."""
        if text not in names:
            told = {"text": text, "near": nearest(text, names)}
            findings.append(_told("firms-unknown", path, row, key, **told))
        return names.get(text, "")

    called = {**design.called(), **{name: name for name in design.names()}}
    designs = [known("designs", word, called) for word in words("designs")]
    languages = [known("languages", word.lower(), LANGUAGE) for word in words("languages")]
    titles = {c.front.title: n for n, twins in asked.twins.items() for c in twins.values()}
    titles |= {name: name for name in asked.twins}
    chapters = [known("chapters", word, titles) for word in words("chapters")]
    for word in words("hazards"):
        chapters += _about(word, asked) or [known("hazards", word, titles)]
    packs = {text: each for each in asked.campaigns for text in _names(each)}
    pairs: list[tuple[str, str]] = []
    for word in words("packs"):
        if known("packs", word, dict.fromkeys(packs, word)):
            dates = packs[word].dates
            pairs += [(chapter, name) for chapter in dates.chapters for name in dates.designs]
    if not (chapters or pairs):
        chapters = list(asked.chapters)
    pairs += [(c, d) for c in chapters if c for d in designs or asked.designs if d]
    spoken = [each for each in languages if each] or asked.languages
    sheets = _offered(pairs, spoken, asked)
    sheets += [(f"forms/{code}", FORM, language) for code in asked.forms for language in spoken]
    if not sheets and not findings:
        findings.append(_told("firms-nothing", path, row, "chapters"))
    return sheets, findings


def _names(campaign: Campaign) -> list[str]:
    return [campaign.name, *campaign.dates.title.model_dump().values()]


def _offered(
    pairs: Sequence[tuple[str, str]], languages: Sequence[str], asked: Asked
) -> list[Sheet]:
    """The sheets that there are, each once."""
    found: dict[Sheet, None] = {}
    for chapter, name in pairs:
        twins = asked.twins.get(chapter, {})
        if twins and name in next(iter(twins.values())).front.prints:
            offered = design.find(name).spec.languages
            for language in languages:
                if language in offered and all(code in twins for code in language.split("-")):
                    found[chapter, name, language] = None
    return list(found)


def _about(word: str, asked: Asked) -> list[str]:
    """The chapters whose title names a hazard, or what people also call it."""
    alike = {word, *(page for page, typed in asked.synonyms.items() if word in typed)}
    alike |= set(asked.synonyms.get(word, ()))
    return [
        name
        for name, twins in asked.twins.items()
        if any(each.lower() in c.front.title.lower() for each in alike for c in twins.values())
    ]
