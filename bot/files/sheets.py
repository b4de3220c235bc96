"""Reads .xlsx and .csv into plain rows whose cells keep their names; writes rows as either."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.errors import InputError, UsageError
from bot.files import encodings, legacy, secrecy, workbooks
from bot.files.tables import Book, Notice, Row, Table, Value
from bot.files.worksheet import MOST_ROWS, column_name
from bot.texts import staff

LARGEST = 20_000_000  # bytes

_QUOTED = re.compile(r"^'(?='*[=+\-@\t\r＝＋－＠])")
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_DELIMITERS = (";", "\t", ",")


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be written. `width` in characters; `choices` become a list to pick from in Excel."""

    heading: str
    width: int = 20
    choices: tuple[str, ...] = ()


def read(path: Path) -> Book:
    """Every visible sheet with its rows; legacy encodings are converted.

    Raises InputError: not a sheet, too large, broken, or it bears a secrecy mark.
    """
    content = _content(path)
    if path.suffix.lower() == ".xlsx":
        book = workbooks.read(content, path.name)
    elif path.suffix.lower() == ".csv":
        book = Book((_csv_table(encodings.decode(content, path.name), path.name),))
    else:
        raise InputError(staff.FORMAT_UNKNOWN.format(name=path.name))
    return _checked(book)


def text(path: Path) -> str:
    """A text file, such as .jsonl, within the same bounds. Raises InputError."""
    return encodings.decode(_content(path), path.name)


def write(
    path: Path,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    guidance: Sequence[str] = (),
) -> None:
    """One sheet with headings; `guidance` becomes a second one (.xlsx only). The file appears whole or not at all.

    Text that Excel would take for a formula stays text: quoted in .xlsx, after an apostrophe in .csv, which `read` takes
    off again. Raises InputError when the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            workbooks.write(partial, name, columns, rows, guidance)
        elif path.suffix.lower() == ".csv":
            _write_csv(partial, columns, rows)
        else:
            raise UsageError(staff.FORMAT_UNWRITABLE.format(name=path.name))
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(staff.FILE_UNWRITABLE.format(name=path.name, reason=error.strerror)) from error


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError(staff.FILE_MISSING.format(name=path.name))
        if path.stat().st_size > LARGEST:
            raise InputError(staff.FILE_TOO_LARGE.format(name=path.name, limit=LARGEST // 1_000_000))
        content = path.read_bytes()
    except OSError as error:
        raise InputError(staff.FILE_UNREADABLE.format(name=path.name)) from error
    if not content.strip():
        raise InputError(staff.FILE_EMPTY.format(name=path.name))
    return content


def _checked(book: Book) -> Book:
    """Unicode throughout, no secrecy mark in any cell, hidden sheets dropped."""
    tables: list[Table] = []
    notices = list(book.notices)
    for table in book.tables:
        readable, converted = _in_unicode(table)
        notices += converted
        for row in readable.rows:
            for at, value in enumerate(row.cells, 1):
                if isinstance(value, str) and (mark := secrecy.mark_in(value)):
                    raise InputError(
                        staff.SECRECY_MARK.format(mark=mark, place=readable.place(row.number, at))
                    )
        if not table.hidden:
            tables.append(readable)
    return Book(tuple(tables), tuple(notices))


def _in_unicode(table: Table) -> tuple[Table, list[Notice]]:
    width = max((len(row.cells) for row in table.rows), default=0)
    columns = [[text for row in table.rows if (text := _text(row, at))] for at in range(width)]
    common = legacy.encoding_of(text for column in columns for text in column)
    encodings_of_columns = [_encoding_of(column, common) for column in columns]
    if not any(encoding for encoding, _ in encodings_of_columns):
        return table, []
    changed: dict[legacy.Encoding, set[int]] = {}
    rows: list[Row] = []
    for row in table.rows:
        cells = list(row.cells)
        for at, value in enumerate(cells):
            encoding, throughout = encodings_of_columns[at]
            if encoding and isinstance(value, str) and _is_in(value, encoding, throughout):
                cells[at] = legacy.converted(value, encoding)
                changed.setdefault(encoding, set()).add(at + 1)
        rows.append(Row(row.number, tuple(cells)))
    notices = [
        Notice(
            table.whole(),
            staff.CONVERTED.format(
                columns=", ".join(staff.PLACE_COLUMN.format(column=column_name(at)) for at in sorted(found)),
                encoding=encoding,
            ),
        )
        for encoding, found in changed.items()
    ]
    return Table(table.name, tuple(rows), table.hidden), notices


def _encoding_of(column: list[str], common: legacy.Encoding | None) -> tuple[legacy.Encoding | None, bool]:
    """The legacy encoding of a column, and whether all of it may be in it (no cell is surely Unicode)."""
    encoding = legacy.encoding_of(column) or common
    throughout = encoding is not None and not any(
        legacy.verdict(text).unicode for text in column if not text.isascii()
    )
    return encoding, throughout


def _is_in(text: str, encoding: legacy.Encoding, throughout: bool) -> bool:
    if text.isascii():
        return False
    found = legacy.verdict(text)
    if not found.words:  # a lone sign: "µ", "®" mean a letter only where everything around does
        return throughout
    return found.encoding == encoding or (throughout and found.allows(encoding))


def _text(row: Row, at: int) -> str:
    value = row.cells[at] if at < len(row.cells) else ""
    return value if isinstance(value, str) else ""


def _csv_table(text: str, name: str) -> Table:
    first, _, rest = text.partition("\n")
    if match := re.fullmatch(r"sep=(.)\s*", first):  # Excel's own line; it does not count as a row
        delimiter, text = match[1], rest
    else:
        delimiter = _delimiter(text)
    rows: list[Row] = []
    for number, cells in enumerate(_records(text, delimiter, name), 1):
        if number > MOST_ROWS:
            raise InputError(staff.TOO_MANY_ROWS.format(limit=MOST_ROWS))
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, tuple(_QUOTED.sub("", cell) for cell in cells)))
    return Table("", tuple(rows))


def _records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(staff.CSV_BROKEN.format(name=name, line=reader.line_num)) from error


def _delimiter(text: str) -> str:
    """The one that cuts the most of the first lines into the same number of cells."""
    head = text[:20_000]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths: list[int] = []
        try:
            widths += map(len, csv.reader(io.StringIO(head, newline=""), delimiter=delimiter))
        except csv.Error:
            return 0, 0
        common = max(set(widths), key=widths.count, default=0)
        return (widths.count(common), common) if common > 1 else (0, 0)

    return max(_DELIMITERS, key=agreement)


def _write_csv(path: Path, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in columns])
        for row in rows:
            writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"'{value}" if _FORMULA.match(value) else value
