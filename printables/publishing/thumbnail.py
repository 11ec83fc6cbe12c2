"""Thumbnails: a sheet's picture as small as lists show it."""

import io

from PIL import Image

WIDTH = 160  # px: 80 on a page, of which a phone makes two each


def small(picture: bytes) -> bytes:
    """The picture as WebP, WIDTH px wide."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    out = io.BytesIO()
    image.resize((WIDTH, max(1, round(image.height * WIDTH / image.width)))).save(
        out, "WEBP", quality=50, method=6
    )
    return out.getvalue()
