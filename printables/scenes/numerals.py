"""Figures, units and the letters SDS in a scene, such as 119 or 15 min, drawn as strokes so that no font is needed."""

from printables.scenes.geometry import Drawing, Shape, numbers

# Digits and signs as strokes in a box 20 wide and 32 high, its left foot at the origin.
STROKES = {
    "0": (20, "M2 -22A8 8 0 0 1 18 -22V-10A8 8 0 0 1 2 -10Z"),
    "1": (12, "M1 -25L8 -30V-2"),
    "2": (20, "M2 -23A8 7.5 0 0 1 18 -22Q17 -16 2 -2H18"),
    "3": (20, "M2 -25A8 7 0 1 1 10 -17A8 7.5 0 1 1 2 -7"),
    "4": (21, "M14 -2V-30L2 -10H19"),
    "5": (20, "M17 -30H4L3 -17A8 8 0 1 1 2 -6"),
    "6": (20, "M14 -30Q3 -21 2 -10A8 8 0 1 0 3 -14"),
    "7": (19, "M2 -30H17Q8 -18 7 -2"),
    "8": (20, "M10 -17A6.5 6.5 0 1 1 10.1 -17A8 7.5 0 1 1 9.9 -17"),
    "9": (20, "M6 -2Q17 -11 18 -22A8 8 0 1 0 17 -18"),
    "°": (10, "M1 -27A3.5 3.5 0 1 1 8 -27A3.5 3.5 0 1 1 1 -27"),
    "C": (20, "M18 -24A8.5 8.5 0 0 0 2 -21V-11A8.5 8.5 0 0 0 18 -8"),
    "%": (24, "M20 -30L4 -2M1 -25A3 3 0 1 1 7 -25A3 3 0 1 1 1 -25M17 -7A3 3 0 1 1 23 -7A3 3 0 1 1 17 -7"),
    "V": (20, "M1 -30L10 -2L19 -30"),
    "m": (28, "M2 -2V-20M2 -15Q4 -20 9 -20Q14 -20 14 -14V-2M14 -14Q15 -20 20 -20Q26 -20 26 -14V-2"),
    "×": (20, "M3 -23L17 -9M17 -23L3 -9"),
    "′": (8, "M6 -31L2 -24"),
    "?": (18, "M2 -24A7 6.5 0 1 1 9 -17V-11M9 -3V-2"),
    "/": (16, "M13 -30L3 2"),
    "i": (6, "M3 -20V-2M3 -29V-28.9"),
    "n": (18, "M2 -2V-20M2 -14Q4 -20 9 -20Q16 -20 16 -13V-2"),
    "h": (18, "M2 -2V-31M2 -14Q4 -20 9 -20Q16 -20 16 -13V-2"),
    " ": (4, ""),
    ":": (6, "M3 -20V-19.8M3 -6V-5.8"),
    "≤": (20, "M18 -28L3 -18L18 -9M3 -2H18"),
    "≥": (20, "M2 -28L17 -18L2 -9M2 -2H17"),
    "–": (16, "M1 -15H15"),
    "!": (6, "M3 -30V-12M3 -3V-2"),
    "<": (20, "M17 -26L3 -16L17 -6"),
    "t": (13, "M5 -28V-8Q5 -2 11 -2M1 -19H11"),
    "S": (20, "M17 -25Q15 -30 10 -30Q3 -30 3 -24Q3 -18 10 -16.5Q18 -15 18 -8.5Q18 -2 10 -2Q4 -2 2 -7"),
    "D": (21, "M3 -2V-30H8Q18 -30 18 -16Q18 -2 8 -2Z"),
}  # fmt: skip


def number(text: str = "1", colour: str = "black", width: float = 5.5) -> Drawing:
    """Figures, such as 119 or 37°C, centred above the origin."""
    advances = [STROKES[character][0] + 7 for character in text]
    x = -(sum(advances) - 7) / 2
    shapes = []
    for character, advance in zip(text, advances, strict=True):
        if d := STROKES[character][1]:
            shapes.append(Shape(_moved(d, x), stroke=colour, width=width))
        x += advance
    return shapes, {}


def _moved(d: str, by: float) -> str:
    """A path of M, L, H, V, Q, A and Z, moved to the right."""
    moved, words = [], d.replace("A", " A ").replace("Q", " Q ")
    for command in ("M", "L", "H", "V", "Z"):
        words = words.replace(command, f" {command} ")
    values, command, place = words.split(), "", 0
    for word in values:
        if word.isalpha():
            command, place = word, 0
            moved.append(word)
            continue
        across = {"H": True, "V": False}.get(command, place % 2 == 0)
        if command == "A":
            across = place % 7 == 5
        moved.append(numbers(float(word) + by) if across else word)
        place += 1
    return " ".join(moved)
