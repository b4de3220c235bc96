"""Excel workbooks, through openpyxl: the only file that imports it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from bot.errors import InputError
from bot.files import package, secrecy, worksheet, xml_text
from bot.files.tables import Book, Notice, Row, Table, Value, cell_place
from bot.files.worksheet import MOST_ROWS, Range, Traits, column_name
from bot.texts import staff

if TYPE_CHECKING:
    from bot.files.sheets import Column

    _Sheet = tuple[str, Sequence[Column], Sequence[Sequence[Value | int]]]  # its name, columns and rows

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_OLE = b"\xd0\xcf\x11\xe0"  # .xls, and every workbook with a password
_LIKE_A_FORMULA = re.compile(r"[=+\-@\t\r]")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_NAMED = 20  # hidden rows, uncalculated cells … that a notice lists


def read(content: bytes, name: str) -> Book:
    """Every sheet, hidden ones too (marked); formulas by their stored results. Raises InputError."""
    if content.startswith(_OLE):
        raise InputError(staff.FILE_OLD_OR_LOCKED.format(name=name))
    archive = package.opened(content, name)
    secrecy.check_package(archive, name)
    tables: list[Table] = []
    notices: list[Notice] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl tells of extensions that it leaves out; we read values only
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            several = sum(sheet.sheet_state == "visible" for sheet in workbook.worksheets) > 1
            parts = worksheet.parts(archive)
            for sheet in workbook.worksheets:
                traits = _traits(archive, sheet.title, parts, name)
                table = _table(sheet, sheet.title if several else "", traits.merged)
                tables.append(table)
                notices += _notices(sheet.title, table, traits)
    except InputError:
        raise
    except (
        Exception
    ) as error:  # openpyxl raises whatever its parts raise on a file that is not quite a workbook
        raise InputError(staff.FILE_BROKEN.format(name=name)) from error
    return Book(tuple(tables), tuple(notices))


def write(
    path: Path,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    guidance: Sequence[str],
) -> None:
    """Raises OSError."""
    with path.open("wb") as file:  # first of all: openpyxl leaves loose ends when it cannot save
        _made([(name, columns, rows)], guidance).save(file)


def figures(sheets: Sequence[_Sheet], guidance: Sequence[str]) -> bytes:
    """Tables with numbers to reckon with, as a file's content; the guidance comes last."""
    file = io.BytesIO()
    _made(sheets, guidance).save(file)
    return file.getvalue()


def _traits(archive: zipfile.ZipFile, title: str, parts: dict[str, str], name: str) -> Traits:
    secrecy.check(title, staff.PLACE_SHEET_NAME.format(sheet=title))
    part = parts.get(title)
    if not part:
        raise InputError(staff.FILE_BROKEN.format(name=name))
    traits = worksheet.traits(archive, part)
    for line in traits.printed:
        secrecy.check(line, staff.PLACE_HEADER_FOOTER.format(name=title))
    return traits


def _table(sheet: Any, name: str, merged: Sequence[Range]) -> Table:
    sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
    rows = [
        Row(number, cells)
        for number, values in enumerate(islice(sheet.iter_rows(values_only=True), MOST_ROWS), 1)
        if any(cells := tuple(_value(value) for value in values))
    ]
    return Table(name, tuple(_spread(rows, merged)), sheet.sheet_state != "visible")


def _value(value: Any) -> Value:
    match value:
        case None:
            return ""
        case str():
            return value.replace("_x000D_", "")
        case datetime() if value.time() != time():
            return f"{value:%d/%m/%Y %H:%M}"
        case datetime():
            return value.date()
        case date():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.15g}"
        case _:
            return str(value)


def _spread(rows: list[Row], merged: Sequence[Range]) -> Iterator[Row]:
    """A cell merged over several rows belongs to each of them; Excel stores it in the first."""
    tall: dict[int, list[Range]] = defaultdict(list)
    for area in merged:
        if area.last_row > area.first_row:
            tall[area.first_row].append(area)
    open_areas: list[tuple[Range, Value]] = []
    for row in rows:
        cells = list(row.cells)
        open_areas = [(area, value) for area, value in open_areas if area.last_row >= row.number]
        for area, value in open_areas:
            at = area.first_column - 1
            cells += [""] * (at + 1 - len(cells))
            cells[at] = cells[at] or value
        for area in tall[row.number]:
            if area.first_column <= len(cells):
                open_areas.append((area, cells[area.first_column - 1]))
        yield Row(row.number, tuple(cells))


def _notices(title: str, table: Table, traits: Traits) -> Iterator[Notice]:
    where = staff.PLACE_SHEET.format(sheet=title)
    if table.hidden:
        if table.rows:
            yield Notice(where, staff.HIDDEN_SHEET)
        return
    if traits.hidden_rows:
        yield Notice(where, staff.HIDDEN_ROWS.format(rows=_listed(traits.hidden_rows)))
    if traits.hidden_columns:
        yield Notice(where, staff.HIDDEN_COLUMNS.format(columns=_listed(traits.hidden_columns)))
    for area in traits.merged:
        if area.last_row > area.first_row:
            yield Notice(cell_place(table.name, area.name), staff.MERGED)
    for cell in traits.uncalculated[:_NAMED]:
        yield Notice(cell_place(table.name, cell), staff.UNCALCULATED, serious=True)
    for cell in traits.failed[:_NAMED]:
        yield Notice(cell_place(table.name, cell), staff.ERROR_VALUE, serious=True)


def _made(sheets: Sequence[_Sheet], guidance: Sequence[str]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook(write_only=True)
    for name, columns, rows in sheets:
        _write_rows(workbook.create_sheet(name), columns, rows)
    if guidance:
        beside = workbook.create_sheet(staff.GUIDANCE_SHEET)
        beside.column_dimensions["A"].width = 110
        for line in guidance:
            beside.append([_cell(beside, line)])
    return workbook


def _write_rows(sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Value | int]]) -> None:
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[column_name(at)].width = column.width
        if column.choices:
            choice = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            choice.add(f"{column_name(at)}2:{column_name(at)}{MOST_ROWS}")
            sheet.data_validations.append(choice)
    sheet.append([_heading(sheet, column.heading) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _listed(names: Sequence[object]) -> str:
    return ", ".join(map(str, names[:_NAMED])) + (" …" if len(names) > _NAMED else "")


def _heading(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Value | int) -> Any:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "dd/mm/yyyy"
        return cell
    cell = WriteOnlyCell(sheet, xml_text.allowed(value))
    if value:
        cell.data_type = "s"  # openpyxl would make "=1" a formula and "#N/A" an error
    cell.number_format = "@"  # so that Excel does not turn "1/2025" into a date when it is edited
    cell.alignment = _WRAPPED
    if _LIKE_A_FORMULA.match(value):
        cell.quotePrefix = True
    return cell
