"""Numbers with their units and telephone numbers, made comparable between the languages."""

import re
from collections import Counter
from dataclasses import dataclass, field

PHONES = ("12350", "12345", "119", "120", "110", "122")
# A telephone number, and not a measure that happens to read the same: 120 mm, 120 秒.
CALL = re.compile(
    rf"(?<![\d.–～~-])({'|'.join(PHONES)})(?![\d%–～~]|[.-]\d|\s?(?:%|℃|°C|mm|cm|m\b|s\b|V\b|kg\b|米|秒|分|次|天|人|元|万|compress|metre|second|minute|per\b|times))"
)
LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)400-\d{3}-\d{4}(?!\d)")

# Names of documents and places in them hold numbers that are no measures.
NAMES = re.compile(
    r"(?:GB(?:/T|Z)?|AQ(?:/T)?|JGJ(?:/T)?|TSG|XF|ISO|GA|DB\d*)\s?[A-Z]?\d[\d.]*(?:[-–—:]\d{4})?"
    r"|第\s?[\d一二三四五六七八九十百零]+\s?[条款项章节号部]|(?:Articles?|Order|Orders|Part|Clauses?|No\.|Chapter)\s\d+(?:[.–-]\d+)*"
    r"|(?i:grade|level|class|zone)s?\s\d(?:(?:, | and | or )\d)*|\bISO 7010|\b[A-Z]\d{3}\b|(?<=[（(])\d(?=[)）])|\d{4}\s?年(?:版|修正|修订)",
)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = re.compile(rf"(?<=\d )({'|'.join(MONTHS)})\b|\b({'|'.join(MONTHS)})(?= \d)")
TIMES = {"万": 10_000.0, "亿": 100_000_000.0, "million": 1_000_000.0, "thousand": 1_000.0}
UNITS = {
    "%": r"%|％|per cent|percent",
    "‰": r"‰",
    "°C": r"℃|°C|摄氏度|degrees",
    "mg/m³": r"mg/m³|毫克每立方米",
    "ppm": r"ppm",
    "mm": r"mm|毫米|millimetres?",
    "cm": r"cm|厘米|centimetres?",
    "km/h": r"km/h|公里每小时|千米每小时",
    "km": r"km|公里|千米|kilometres?",
    "m²": r"m²|平方米|square metres?",
    "m³": r"m³|立方米|cubic metres?",
    "m/s": r"m/s|米每秒",
    "mA": r"mA|毫安",
    "kV": r"kV|千伏",
    "V": r"V(?![A-Za-z])|伏",
    "MPa": r"MPa",
    "kPa": r"kPa",
    "kg": r"kg|千克|公斤|kilograms?",
    "t": r"t(?![A-Za-z])|吨|tonnes?",
    "CNY": r"元|CNY",
    "h": r"h(?![A-Za-z])|个?小时|hours?",
    "min": r"min(?![A-Za-z])|分钟|minutes?",
    "s": r"s(?![A-Za-z])|秒钟?|seconds?",
    "m": r"m(?![A-Za-z])|米|metres?",
    "month": r"个月|months?",
    "day": r"天|日(?!常)|days?",
    "year": r"年|years?",
    "dB": r"dB",
    "Ω": r"Ω|欧",
}
UNIT = "|".join(f"(?P<u{place}>{pattern})" for place, pattern in enumerate(UNITS.values()))
NUMBER = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:[, ,]\d{3})+|\d+(?:\.\d+)?)(?:\s?(?P<times>万|亿|million|thousand))?"
    rf"(?:[\s-]?(?:{UNIT}))?"
)
CURRENCY = re.compile(r"CNY\s?([\d,. ]*\d(?:\s?million|\s?thousand)?)")


@dataclass(frozen=True, order=True)
class Quantity:
    """A number, its unit in one spelling for both languages ("" where it has none), and as written."""

    value: float
    unit: str
    shown: str = field(compare=False)


def telephones(text: str) -> Counter[str]:
    """The telephone numbers that a text names."""
    return Counter(CALL.findall(text)) + Counter(LANDLINE.findall(text))


def quantities(text: str, language: str) -> list[Quantity]:
    """The measures in a text: no telephone numbers, no numbers of laws, standards and clauses."""
    text = LANDLINE.sub(" ", CALL.sub(" ", NAMES.sub(" ", text)))
    if language == "en":
        text = MONTH.sub(lambda month: f" {MONTHS.index(month[0]) + 1} ", text)
        text = CURRENCY.sub(r"\1 CNY", text)
    return [_quantity(found) for found in NUMBER.finditer(text)]


def _quantity(found: re.Match[str]) -> Quantity:
    value = float(re.sub(r"[, ,]", "", found["number"])) * TIMES.get(found["times"] or "", 1)
    groups = found.groupdict()
    unit = next((name for place, name in enumerate(UNITS) if groups[f"u{place}"]), "")
    return Quantity(round(value, 6), unit, found[0].strip())
