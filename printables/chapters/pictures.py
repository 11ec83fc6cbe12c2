"""Limits for pictures: their kind, bytes and pixels."""

import warnings
from pathlib import Path

from printables.chapters import sanitizer
from printables.findings import Finding, finding

PICTURE_BYTES = sanitizer.MOST_READ - 1

PICTURE_PIXELS = 12_000_000

PICTURE_FORMATS = ("PNG", "JPEG", "WEBP")


def picture(path: Path, content: bytes) -> list[Finding]:
    """A finding for a picture with too many bytes or pixels, an animated one, or one of another kind than its name."""
    import io

    from PIL import Image

    if len(content) > PICTURE_BYTES:
        return [finding("picture-too-large", path, most=f"{PICTURE_BYTES // 1_000_000} MB")]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=PICTURE_FORMATS)
            if image.width * image.height > PICTURE_PIXELS or getattr(image, "n_frames", 1) > 1:
                return [
                    finding("picture-too-large", path, most=f"{PICTURE_PIXELS // 1_000_000} MP")
                ]
            image.load()
    except Exception:  # a decoder meets whatever a stranger sends
        return [finding("picture-broken", path)]
    return []
