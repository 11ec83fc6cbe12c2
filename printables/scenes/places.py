"""Props that take measures and stand on the ground: pits, blocks, rails, clouds, water; each function is a kind of prop.

Lengths are units of a scene; a prop's origin is where it stands, y downwards.
"""

from printables.scenes.geometry import Drawing, Shape, disc, line, numbers


def pit(width: float = 90, depth: float = 60, ladder: bool = False) -> Drawing:
    """A pit or manhole in the ground, the middle of its opening at the origin."""
    left, right = -width / 2, width / 2
    shapes = [
        Shape(
            line([(left, -2), (right, -2), (right, depth), (left, depth)], closed=True), fill="pit"
        ),
        Shape(f"M{numbers(left, 0)}V{numbers(depth)}H{numbers(right)}V0", stroke="steel", width=4),
    ]
    if ladder:
        rungs = "".join(
            f"M{numbers(right - 10, y)}H{numbers(right - 2)}" for y in range(8, int(depth), 12)
        )
        shapes.append(Shape(rungs, stroke="steel", width=3.4))
    return shapes, {"left": (left, 0), "right": (right, 0), "bottom": (0, depth), "rim": (0, 0)}


def block(width: float = 120, height: float = 80, colour: str = "grey") -> Drawing:
    """A roof, slab, platform or wall: a grey block that stands on the origin, the left end of its foot."""
    d = line([(0, 0), (0, -height), (width, -height), (width, 0)], closed=True)
    top = f"M0 {numbers(-height)}H{numbers(width)}"
    return [Shape(d, fill=colour), Shape(top, stroke="steel", width=4)], {
        "edge": (width, -height),
        "start": (0, -height),
        "middle": (width / 2, -height),
    }


def rail(length: float = 80, height: float = 62) -> Drawing:
    """A guard-rail with top rail, middle rail and toe board, its left foot at the origin."""
    posts = "".join(
        f"M{numbers(x, 0)}V{numbers(-height)}"
        for x in (0.0, length / 2, length)[:: 1 if length > 60 else 2]
    )
    d = f"{posts}M0 {numbers(-height)}H{numbers(length)}M0 {numbers(-height * 0.52)}H{numbers(length)}"
    toe = f"M0 -4H{numbers(length)}"
    return [Shape(d, stroke="steel", width=4.4), Shape(toe, stroke="steel", width=8)], {
        "top": (length / 2, -height),
        "end": (length, -height),
        "start": (0, -height),
    }


def barrier(length: float = 80, height: float = 42) -> Drawing:
    """A striped barrier on two feet."""
    bar = line(
        [(0, -height), (length, -height), (length, -height + 13), (0, -height + 13)], closed=True
    )
    stripes = ""
    for x in range(6, int(length) - 4, 18):
        foot = [(x, -height + 13), (x + 8, -height), (x + 16, -height), (x + 8, -height + 13)]
        stripes += line([(min(px, length), py) for px, py in foot], closed=True)
    feet = "".join(f"M{numbers(x, 0)}V{numbers(-height)}" for x in (9.0, length - 9))
    return [
        Shape(feet, stroke="steel", width=5),
        Shape(bar, fill="white", stroke="black", width=3),
        Shape(stripes, fill="black"),
    ], {"top": (length / 2, -height)}


def cloud(width: float = 60, colour: str = "steel") -> Drawing:
    """A cloud of gas or smoke, its foot's middle at the origin."""
    u = width / 60
    d = "".join(
        disc((x * u, y * u), r * u)
        for x, y, r in ((-17, -12, 12), (-2, -20, 16), (16, -13, 13), (2, -9, 9))
    )
    return [Shape(d, fill=colour)], {"middle": (0, -16 * u)}


def smoke(width: float = 300, height: float = 60, colour: str = "steel") -> Drawing:
    """Smoke below a ceiling, its upper left corner at the origin."""
    count = max(2, round(width / 44))
    step = width / count
    d = line([(0, 0), (width, 0), (width, height - step / 2), (0, height - step / 2)], closed=True)
    for n in range(count):
        d += disc((step * (n + 0.5), height - step * (0.62 if n % 2 else 0.5)), step * 0.56)
    return [Shape(d, fill=colour)], {}


def stairs(count: int = 5, run: float = 22, rise: float = 15) -> Drawing:
    """Stairs that go up to the right, their foot at the origin."""
    d = "M0 0"
    for step in range(count):
        d += f"V{numbers(-(step + 1) * rise)}H{numbers((step + 1) * run)}"
    points = {f"step{n + 1}": ((n + 0.5) * run, -(n + 1.0) * rise) for n in range(count)}
    return [Shape(d + "V0Z", fill="grey"), Shape(d, stroke="steel", width=4)], points


def rain(width: float = 120, height: float = 80) -> Drawing:
    """Slanting rain below the origin, its upper left corner."""
    d = ""
    for row in range(int(height / 22)):
        for column in range(int(width / 22)):
            x, y = column * 22 + (row % 2) * 11 + 8, row * 22 + 4
            d += f"M{numbers(x, y)}L{numbers(x - 5, y + 12)}"
    return [Shape(d, stroke="blue", width=3.2)], {}


def water(width: float = 120, depth: float = 26) -> Drawing:
    """Standing water with waves, its lower left corner at the origin."""
    count = max(2, round(width / 26))
    step = width / count
    wave = f"M0 {numbers(-depth)}" + "".join(
        f"Q{numbers(step * (n + 0.5), -depth - (9 if n % 2 == 0 else -9))} {numbers(step * (n + 1), -depth)}"
        for n in range(count)
    )
    fill = f"{wave}V0H0Z"
    return [Shape(fill, fill="shine"), Shape(wave, stroke="blue", width=4)], {}


def stripes(width: float = 120) -> Drawing:
    """A marked walkway on the floor, seen from the side: a thick dashed line."""
    d = "".join(f"M{numbers(x, 5)}H{numbers(x + 12)}" for x in range(4, int(width) - 8, 22))
    return [Shape(d, stroke="white", width=7), Shape(d, stroke="accent", width=5.4)], {}
