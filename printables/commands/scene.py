"""Draw scenes of library/scenes as SVG and PNG, and several of them on one sheet: script/scene gas-tested --out DIR."""

import argparse
import sys
from pathlib import Path

from printables.colours import TONES
from printables.files import whole
from printables.findings import Finding, Rejected
from printables.last_net import run
from printables.project import Project
from printables.publishing.scene_picture import png
from printables.scenes import drawing, scene

PICTURE_PX = 900  # width of a scene's PNG
CELL_PX, COLUMNS = 300, 5  # of the sheet, where scenes are judged as small as on a phone


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all was drawn, 1 with findings."""
    asked = _parser().parse_args(arguments)
    drawn, findings = _drawn(Project().scenes_folder, asked.name, asked.tone)
    for each in findings:
        print(each, file=sys.stderr)
    for name, svg in drawn.items():
        _write(asked.out / f"{name}.svg", svg.encode())
        _write(asked.out / f"{name}.png", png([svg], PICTURE_PX, 1))
    if len(drawn) > 1:
        _write(asked.out / "sheet.png", png(list(drawn.values()), CELL_PX, COLUMNS))
    print(f"{len(drawn)} → {asked.out}")
    return 1 if findings else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/scene",
        description="Draw scenes as SVG and PNG. 把图景画成 SVG 和 PNG。",
        epilog="Example 示例: script/scene gas-tested --out scenes",
    )
    parser.add_argument("name", nargs="*", help="default: all scenes · 图景名，默认全部")
    parser.add_argument("--out", type=Path, default=Path(), help="folder · 输出文件夹")
    parser.add_argument("--tone", choices=list(TONES), default="warning", help="accent · 主色")
    return parser


def _drawn(folder: Path, names: list[str], tone: str) -> tuple[dict[str, str], list[Finding]]:
    """The SVG of each scene, and what is wrong with the others."""
    known = scene.names(folder)
    drawn: dict[str, str] = {}
    findings: list[Finding] = []
    for name in names or known:
        if name not in known:
            findings.append(scene.unknown(folder, 0, name, known))
            continue
        try:
            drawn[name] = drawing.compose(scene.read(folder / f"{name}.toml"), tone=tone)
        except Rejected as rejected:
            findings += rejected.findings
    return drawn, findings


def _write(path: Path, content: bytes) -> None:
    with whole(path) as part:
        part.write_bytes(content)


if __name__ == "__main__":
    sys.exit(run(main))
