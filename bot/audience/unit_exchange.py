"""Units as a file: what its columns are, and everything that is there in that form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.audience import unit_plan, units
from bot.audience.units import KINDS, Tree
from bot.exchange.forms import EXAMPLE, Field, Form
from bot.exchange.kinds import Item, Kind
from bot.exchange.values import Fault, Reading, cell_text, choice, plain
from bot.files.tables import Value
from bot.model import Tx
from bot.texts import units as texts

FORM = Form(
    "units",
    "Đơn vị",
    (
        Field("code", "code", "Mã", ("ma don vi", "ma so"), width=14, longest=50),
        Field("name", "name", "Tên đơn vị", ("don vi", "ten"), width=36, longest=100),
        Field("kind", "kind", "Loại", ("loai don vi", "cap"), width=16, choices=KINDS),
        Field("parent", "parent", "Thuộc", ("truc thuoc", "don vi cap tren", "cap tren"), width=36),
        Field("former", "former", "Tên cũ", width=30, longest=1_000, listed=True, lines=True),
        Field("merged_into", "merged_into", "Sáp nhập vào", ("nhap vao",), width=36),
    ),
    ("name",),
    "code",
)


def _name(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:
    name = plain(cells, field, reading, folder)
    if "," in name:  # a comma stands between a unit and what it lies in: "Tổ dân phố 3, Phường Bình Minh"
        raise Fault(texts.NO_COMMA)
    return name


def _former(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    lines = "\n".join(cell_text(cell, field, reading) for cell in cells).split("\n")
    return tuple(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def _items(tx: Tx, path: Path) -> list[Item]:  # noqa: ARG001 - units have no files
    tree = units.load(tx)
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "parent": reference(tree, unit.parent),
            "former": list(unit.former),
            "merged_into": reference(tree, unit.parent) if unit.merged else "",
        }
        for unit in tree.units.values()
    ]


def named(tx: Tx, key: int) -> str:
    """The same, for a single one."""
    return reference(units.load(tx), key)


def reference(tree: Tree, key: int | None) -> str:
    """What import takes for this unit and no other."""
    return "" if key is None else tree.units[key].code or tree.path(key)


def _cell(name: str, value: Any) -> Value:  # noqa: ARG001 - all are text
    return "\n".join(value) if isinstance(value, list) else str(value)


_EXAMPLES: tuple[Item, ...] = (
    {
        "code": f"{EXAMPLE} 1",
        "name": "Phường Ví Dụ",
        "kind": "phường",
        "parent": "",
        "former": [],
        "merged_into": "",
    },
    {
        "code": f"{EXAMPLE} 2",
        "name": "Tổ dân phố 3",
        "kind": "tổ dân phố",
        "parent": "Phường Ví Dụ",
        "former": ["Khu phố 3"],
        "merged_into": "",
    },
)

UNITS = Kind(
    FORM,
    {"name": _name, "kind": choice({kind: kind for kind in KINDS}, {}), "former": _former},
    unit_plan.repeated,
    unit_plan.plan,
    _items,
    _cell,
    _EXAMPLES,
)
