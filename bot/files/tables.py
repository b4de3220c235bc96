"""Rows of a sheet without the library that read them, and the names by which people find a cell again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.files.worksheet import cell_name
from bot.texts import staff

Value = str | date  # an empty cell is ""; numbers are text ("57", never "57.0")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the one that Excel shows."""

    number: int
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet; `name` is "" where there is only one."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False

    def place(self, row: int, column: int) -> str:
        return cell_place(self.name, cell_name(row, column))

    def whole(self) -> str:
        return staff.PLACE_SHEET.format(sheet=self.name) if self.name else staff.PLACE_WHOLE


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that staff should know about a file; a serious one must be put right first."""

    place: str
    text: str
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    tables: tuple[Table, ...]
    notices: tuple[Notice, ...] = ()


def cell_place(sheet: str, cell: str) -> str:
    form = staff.PLACE_CELL_OF_SHEET if sheet else staff.PLACE_CELL
    return form.format(cell=cell, sheet=sheet)
