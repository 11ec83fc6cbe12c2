"""Names that change with what stands in a file, so that browsers may keep it for ever: share.js → share.1a2b3c4d.js."""

import hashlib
from pathlib import Path, PurePosixPath

HASHED = {".js", ".css"}
FOLDER = "assets"


def hashed(place: str, overrides: Path) -> str:
    """The name on the site of a script or style of ours, `assets/share.js`; any other place stays as it is."""
    path, pure = overrides / place, PurePosixPath(place)
    if pure.parent.as_posix() != FOLDER or pure.suffix not in HASHED or not path.is_file():
        return place
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return str(pure.with_name(f"{pure.stem}.{digest}{pure.suffix}"))
