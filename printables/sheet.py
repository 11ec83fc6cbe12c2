"""A finished printable: its bytes and what was measured in them."""

import hashlib
import json
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Sheet:
    """PDF and WebP; `fill` is the used share of the emptiest page's height.

    `smallest_text_mm` is the character height of the message's smallest line, in the finished PDF;
    `layouts` is how often the sheet was laid out until it fitted.
    """

    pdf: bytes
    picture: bytes
    picture_px: tuple[int, int]
    pages: int
    scales: tuple[float, ...]
    fill: float
    smallest_text_mm: float
    layouts: int

    def pack(self) -> bytes:
        """One string of bytes that `unpack` can verify: digest, line of measures, PDF, picture."""
        measures = {f.name: getattr(self, f.name) for f in fields(self)}
        lengths = {name: len(measures.pop(name)) for name in ("pdf", "picture")}
        head = json.dumps({"lengths": lengths, **measures}).encode()
        body = head + b"\n" + self.pdf + self.picture
        return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(packed: bytes) -> Sheet:
    """The sheet that was packed; raises ValueError where a byte is missing or altered."""
    digest, _, body = packed.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("damaged")
    head, _, rest = body.partition(b"\n")
    measures = json.loads(head)
    middle = measures.pop("lengths")["pdf"]
    for name in ("picture_px", "scales"):
        measures[name] = tuple(measures[name])
    return Sheet(pdf=rest[:middle], picture=rest[middle:], **measures)
