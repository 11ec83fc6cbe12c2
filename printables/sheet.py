"""A finished printable: its bytes and what was measured in them."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finished:
    """The same sheet after a finishing; `trim_mm` is what the reader's hands hold in the end."""

    finishing: str
    pages: int
    trim_mm: tuple[float, float]
    bleed_mm: float
    pdf: bytes


@dataclass(frozen=True)
class Sheet:
    """PDF and WebP; `fill` is the used share of the emptiest page's height.

    `smallest_text_mm` is the character height, in the finished PDF, of the smallest line that is
    read from the job's distance; `layouts` is how often it was laid out until it fitted.
    """

    pdf: bytes
    picture: bytes
    picture_px: tuple[int, int]
    pages: int
    scales: tuple[float, ...]
    fill: float
    smallest_text_mm: float
    layouts: int
    finished: tuple[Finished, ...] = ()

    def pack(self) -> bytes:
        """One string of bytes that `unpack` can verify: digest, line of measures, files."""
        measures = asdict(self)
        files = [measures.pop("pdf"), measures.pop("picture")]
        files += [after.pop("pdf") for after in measures["finished"]]
        head = json.dumps({"lengths": [len(file) for file in files], **measures}).encode()
        body = b"".join([head, b"\n", *files])
        return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(packed: bytes) -> Sheet:
    """The sheet that was packed; raises ValueError where a byte is missing or altered."""
    digest, _, body = packed.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("damaged")
    head, _, rest = body.partition(b"\n")
    measures = json.loads(head)
    files, start = [], 0
    for length in measures.pop("lengths"):
        files.append(rest[start : start + length])
        start += length
    pdf, picture, *others = files
    finished = tuple(
        Finished(**{**after, "trim_mm": tuple(after["trim_mm"])}, pdf=file)
        for after, file in zip(measures.pop("finished"), others, strict=True)
    )
    for name in ("picture_px", "scales"):
        measures[name] = tuple(measures[name])
    return Sheet(pdf=pdf, picture=picture, finished=finished, **measures)
