"""Smallest type for a reading distance, and the height of characters in their em."""

from printables.languages import FACTS, written_in

IMPRINT_FLOOR_MM = 2.0
SIGN_PARTS = 40  # of its distance, the least height of a sign


def height_floor(language: str, distance_m: float) -> float:
    """Least character height in mm for text read from `distance_m` metres."""
    return distance_m * 1000 / FACTS[language].parts


def em_floor(language: str, distance_m: float) -> float:
    """Least type size (em) in mm for text read from `distance_m` metres."""
    return height_floor(language, distance_m) / FACTS[language].face


def sign_floor(distance_m: float) -> float:
    """Least height in mm of a sign that is recognised from `distance_m` metres."""
    return distance_m * 1000 / SIGN_PARTS


def character_height(text: str, em_mm: float) -> float:
    """Height in mm of the characters of a run set at `em_mm`: Han face, else Latin capitals."""
    return em_mm * FACTS[written_in(text)].face
