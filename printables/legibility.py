"""Smallest type for a reading distance, and the height of characters in their em."""

from printables.languages import FACTS, written_in

IMPRINT_FLOOR_MM = 2.0


def height_floor(language: str, distance_m: float) -> float:
    """Least character height in mm for text read from `distance_m` metres."""
    return distance_m * 1000 / FACTS[language].parts


def em_floor(language: str, distance_m: float) -> float:
    """Least type size (em) in mm for text read from `distance_m` metres."""
    return height_floor(language, distance_m) / FACTS[language].face


def character_height(text: str, em_mm: float) -> float:
    """Height in mm of the characters of a run set at `em_mm`: Han face, else Latin capitals."""
    return em_mm * FACTS[written_in(text)].face
