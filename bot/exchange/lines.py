"""A file as lines: each field's raw values, and where they stand. Knows the formats, not what the values mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.exchange.forms import Field, Form, Headings, understood
from bot.files import secrecy, sheets
from bot.files.tables import Notice, Row, Table, Value, cell_place
from bot.files.worksheet import column_name
from bot.texts import staff

_HEADER_WITHIN = 30  # rows in which the header row is looked for


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as it stands in the file.

    values   field name to its raw values; a field that the file does not have at all is absent
    names    field name to what it is called there: column letters in a sheet, the key in .jsonl
    keyed    whether the line is one of .jsonl
    """

    number: int
    values: Mapping[str, tuple[Value, ...]]
    names: Mapping[str, str]
    sheet: str = ""
    keyed: bool = False

    def place(self, field: str = "") -> str:
        """ "ô C7", "dòng 7, khóa “answer”"; without a field "dòng 7"."""
        if field in self.names and self.keyed:
            return staff.PLACE_KEY.format(row=self.number, key=self.names[field])
        if field in self.names:
            return cell_place(self.sheet, f"{self.names[field]}{self.number}")
        form = staff.PLACE_ROW_OF_SHEET if self.sheet else staff.PLACE_ROW
        return form.format(row=self.number, sheet=self.sheet)


@dataclass(frozen=True, slots=True)
class Source:
    form: Form
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]


def read(path: Path, forms: tuple[Form, ...]) -> Source:
    """A file of one of these forms. Raises InputError where the file as a whole cannot be used."""
    source = _from_jsonl(path, forms) if path.suffix.lower() == ".jsonl" else _from_sheet(path, forms)
    if not source.lines and not any(notice.serious for notice in source.notices):
        raise InputError(staff.NO_ROWS.format(name=path.name))
    return source


def _from_sheet(path: Path, forms: tuple[Form, ...]) -> Source:
    book = sheets.read(path)
    notices = list(book.notices)
    found_forms: dict[str, Form] = {}
    lines: list[Line] = []
    for table in book.tables:
        found = _headings(table, forms)
        if found is None:
            if table.rows and table.name != staff.GUIDANCE_SHEET:
                notices.append(Notice(table.whole(), staff.SHEET_WITHOUT_HEADINGS))
            continue
        row, headings = found
        found_forms[headings.form.kind] = headings.form
        notices += _about(headings, row, table)
        lines += _lines(table, row, headings)
    if not found_forms:
        raise _no_headings(forms)
    if len(found_forms) > 1:
        raise _mixed(*found_forms.values())
    return Source(next(iter(found_forms.values())), tuple(lines), tuple(notices))


def _headings(table: Table, forms: tuple[Form, ...]) -> tuple[Row, Headings] | None:
    """The first row that is a complete header row, else the first that is nearly one."""
    nearly: tuple[Row, Headings] | None = None
    for row in table.rows[:_HEADER_WITHIN]:
        headings = understood(tuple(cell if isinstance(cell, str) else "" for cell in row.cells), forms)
        if headings and not headings.missing:
            _check_title_lines(table, row)
            return row, headings
        if headings and nearly is None:
            nearly = row, headings
    return nearly


def _check_title_lines(table: Table, header: Row) -> None:
    """Above the headings stands what is printed at the head of a page: a mark may be one line among several."""
    for row in table.rows:
        if row.number >= header.number:
            return
        for at, cell in enumerate(row.cells, 1):
            for line in cell.splitlines() if isinstance(cell, str) else ():
                secrecy.check(line, table.place(row.number, at))


def _about(headings: Headings, row: Row, table: Table) -> Iterator[Notice]:
    place = staff.PLACE_ROW_OF_SHEET if table.name else staff.PLACE_ROW
    where = place.format(row=row.number, sheet=table.name)
    if headings.missing:
        names = ", ".join(f"“{field.heading}”" for field in headings.missing)
        yield Notice(where, staff.MISSING_COLUMNS.format(columns=names), serious=True)
    for heading in headings.twice:
        yield Notice(where, staff.COLUMN_TWICE.format(heading=heading), serious=True)
    for heading in headings.unknown:
        yield Notice(where, staff.COLUMN_UNKNOWN.format(heading=heading))


def _lines(table: Table, header: Row, headings: Headings) -> Iterator[Line]:
    columns = {name: column_name(at[0] + 1) for name, at in headings.columns.items()}
    for row in table.rows:
        if row.number <= header.number or row.cells == header.cells:  # long sheets repeat their headings
            continue
        values = {
            name: tuple(row.cells[one] for one in at if one < len(row.cells))
            for name, at in headings.columns.items()
        }
        if any(any(cells) for cells in values.values()):
            yield Line(row.number, values, columns, table.name)


def _from_jsonl(path: Path, forms: tuple[Form, ...]) -> Source:
    form: Form | None = None
    unknown: dict[str, int] = {}
    lines: list[Line] = []
    notices: list[Notice] = []
    for number, text in enumerate(sheets.text(path).split("\n"), 1):
        if not text.strip():
            continue
        item = _item(text)
        if item is None:
            notices.append(Notice(staff.PLACE_ROW.format(row=number), staff.JSON_BROKEN, serious=True))
            continue
        own = understood(tuple(item), forms)
        if own is None:
            raise _no_headings(forms)
        form = form or own.form
        if own.form is not form:
            raise _mixed(form, own.form)
        for key in own.unknown:
            unknown.setdefault(key, number)
        lines.append(_json_line(number, item, own, notices))
    if form is None:
        if notices:
            form = forms[0]
        else:
            raise InputError(staff.FILE_EMPTY.format(name=path.name))
    ignored = [
        Notice(staff.PLACE_ROW.format(row=number), staff.KEY_UNKNOWN.format(key=key))
        for key, number in unknown.items()
    ]
    return Source(form, tuple(lines), (*ignored, *notices))


def _item(text: str) -> dict[str, Any] | None:
    try:
        item = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return item if isinstance(item, dict) and item else None


def _json_line(number: int, item: dict[str, Any], headings: Headings, notices: list[Notice]) -> Line:
    keys = list(item)
    values: dict[str, tuple[Value, ...]] = {}
    for name, positions in headings.columns.items():
        field = headings.form.field(name)
        for at in positions:
            key = keys[at]
            place = staff.PLACE_KEY.format(row=number, key=key)
            texts = _json_texts(item[key], field)
            if texts is None:
                expected = staff.JSON_LIST if field.listed else staff.JSON_TEXT
                notices.append(Notice(place, staff.JSON_TYPE.format(expected=expected), serious=True))
                texts = ()
            for text in texts:
                secrecy.check(text, place)
            values[name] = (*values.get(name, ()), *texts)
    names = {field.name: field.key for field in headings.form.fields}
    return Line(number, values, names, keyed=True)


def _json_texts(value: Any, field: Field) -> tuple[str, ...] | None:
    """The value as texts; None where it is of another type."""
    match value:
        case None:
            return ("",)
        case str():
            return (value,)
        case bool():
            return ("TRUE" if value else "FALSE",)
        case int():
            return (str(value),)
        case list() if field.listed and all(isinstance(one, str) for one in value):
            return tuple(" ".join(one.split()) for one in value)
        case dict() if field.of_object and (words := field.of_object(value)):
            return (words,)
        case _:
            return None


def _no_headings(forms: tuple[Form, ...]) -> InputError:
    needed = (
        staff.NEEDED.format(
            sheet=form.sheet, columns=" và ".join(f"“{form.field(name).heading}”" for name in form.needed)
        )
        for form in forms
    )
    templates = staff.TEMPLATES if len(forms) > 1 else ""
    return InputError(staff.NO_HEADINGS.format(needed="; ".join(needed)) + templates)


def _mixed(*forms: Form) -> InputError:
    return InputError(staff.MIXED_KINDS.format(sheets=", ".join(form.sheet for form in forms)))
