"""How texts write units of measure and names of documents; the numbers in these are no telephones."""

import re

HAN_NUMERALS = "一二三四五六七八九十"

# Numbers in names of documents, and in places within them, are no measures.
NAMES = re.compile(
    r"(?:GB(?:/T|Z)?|AQ(?:/T)?|JGJ(?:/T)?|TSG|XF|ISO|GA|DB\d*)\s?[A-Z]?\d[\d.]*(?:[-–—:]\d{4})?"
    r"|第\s?[\d一二三四五六七八九十百零]+\s?[条款项章节号部]|(?:Articles?|Order|Orders|Part|Clauses?|No\.|Chapter)\s\d+(?:[.–-]\d+)*"
    r"|(?i:grade|level|class|zone)s?\s\d(?:(?:, | and | or )\d)*|\bISO 7010|\b[A-Z]\d{3}\b|(?<=[（(])\d(?=[)）])|\d{4}\s?年(?:版|修正|修订)",
)
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
    "class h": r"学时|class hours?",  # a lesson, of which no rule says how long it lasts
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
