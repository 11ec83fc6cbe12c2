"""What the tests ask of a stamp."""

import io

import pikepdf

from printables.job import Firm
from printables.layout.owner_words import set_in
from printables.stamping.stamp import boxes, kind_of, room_of


def said(firm: Firm, pdf: bytes) -> list[tuple[str, list[str]]]:
    """The kind of every box for words on a sheet, and the lines that stand in it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        rooms = [(kind_of(each), room_of(each)) for each in boxes(document)]
    settings = [(kind, set_in(firm, kind, room)[0]) for kind, room in rooms if kind != "mark"]
    return [
        (kind, ["".join(run.text for run in line) for line in setting.lines])
        for kind, setting in settings
    ]


def said_in_all(firm: Firm, pdf: bytes) -> str:
    """All words of a firm on a sheet."""
    return "".join(line for _, lines in said(firm, pdf) for line in lines)


def _firm(zh: str, en: str, *telephones: tuple[str, str]) -> Firm:
    """A firm; a telephone is what it is called, and its number, in Chinese."""
    return Firm(
        name=tuple((code, name) for code, name in (("zh", zh), ("en", en)) if name),
        telephones=tuple(
            (
                (("zh", label), ("en", "Duty phone")),
                (
                    ("zh", (number,) if number else ()),
                    ("en", (number.replace("转", "ext."),) if number else ()),
                ),
            )
            for label, number in telephones
        ),
    )


LONG = _firm(
    "湖南湘江新区精密机械制造股份有限公司长沙望城分公司第三车间一",
    "Hunan Xiangjiang New Area Precision Machinery Manufacturing Co., Ltd. A",
    ("本单位值班电话", "0731-88889999 转 8806"),
    ("安全负责人", "+86 731 8888 9999 转 8806"),
)
FIRMS = (
    LONG,
    _firm("宏达", "H", ("电话", "110")),
    _firm("内蒙古锡林郭勒盟苏尼特右旗朱日和镇聚鑫源矿业有限责任公司", "", ("安全员", "13800000000")),
    _firm("伊犁哈萨克自治州察布查尔锡伯自治县阿·买买提粮油加工厂", "Yili Grain", ("值班", "0999-3620000")),
    _firm("", "BASF-YPC Company Limited (Nanjing) – Ethylene & Derivatives Unit", ("值班", "")),
    _firm("上海ABC-123精密仪器（昆山）有限公司", "Shanghai ABC-123 Instruments", ("车间主任", "0512-57000000")),
)  # fmt: skip
