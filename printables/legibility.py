"""How large type must be for a reading distance, and how high a character stands in its em."""

# Noto Sans SC, font units by em: 国 is 0.92 high, H 0.733 (OS/2 sCapHeight).
FACE = {"zh": 0.92, "en": 0.733}

# Character height = distance / parts: Han body (print-craft rule of thumb), Latin (ANSI Z535, good light).
PARTS = {"zh": 200, "en": 300}

IMPRINT_FLOOR_MM = 2.0


def height_floor(language: str, distance_m: float) -> float:
    """Least character height in mm for text read from `distance_m` metres."""
    return distance_m * 1000 / PARTS[language]


def em_floor(language: str, distance_m: float) -> float:
    """Least type size (em) in mm for text read from `distance_m` metres."""
    return height_floor(language, distance_m) / FACE[language]


def is_han(character: str) -> bool:
    """Whether the character is a Han ideograph."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


def character_height(text: str, em_mm: float) -> float:
    """Height in mm of the characters of a run set at `em_mm`: Han face, else Latin capitals."""
    return em_mm * FACE["zh" if any(map(is_han, text)) else "en"]
