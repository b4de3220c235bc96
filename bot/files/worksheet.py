"""What openpyxl's reading mode does not tell of a worksheet: what is hidden or merged, what was never calculated,
what is printed at the head and foot. And how much there is, before anything is kept."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.errors import InputError
from bot.files.package import elements, local
from bot.texts import staff

MOST_ROWS = 100_000
MOST_COLUMNS = 200

_WANTED = frozenset(
    (
        "row",
        "mergeCell",
        "col",
        "oddHeader",
        "oddFooter",
        "evenHeader",
        "evenFooter",
        "firstHeader",
        "firstFooter",
    )
)
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F+-]{6,}|\d+|[ABDEFGHINOPSTUXYZ])', re.IGNORECASE)
_SECTION = re.compile(r"&[LCR]|\n|_x000[AD]_", re.IGNORECASE)
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Range:
    """Rows and columns count from 1; both ends belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        return f"{cell_name(self.first_row, self.first_column)}:{cell_name(self.last_row, self.last_column)}"


@dataclass(frozen=True, slots=True)
class Traits:
    """`uncalculated` and `failed` name cells: a formula without a stored result, one whose result is an error."""

    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    merged: tuple[Range, ...]
    uncalculated: tuple[str, ...]
    failed: tuple[str, ...]
    printed: tuple[str, ...]


def parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each worksheet, by the sheet's name."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in elements(archive, "xl/_rels/workbook.xml.rels", frozenset(("Relationship",)))
    }
    named = {
        sheet.get("name", ""): targets.get(sheet.get(_RELATION), "")
        for sheet in elements(archive, "xl/workbook.xml", frozenset(("sheet",)))
    }
    return {
        name: target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for name, target in named.items()
    }


def traits(archive: zipfile.ZipFile, part: str) -> Traits:
    """Raises InputError when the sheet holds more rows or columns than are read."""
    hidden_rows: list[int] = []
    hidden_columns: list[str] = []
    merged: list[Range] = []
    uncalculated: list[str] = []
    failed: list[str] = []
    printed: list[str] = []
    for element in elements(archive, part, _WANTED):
        match local(element.tag):
            case "row":
                filled = _filled(element, uncalculated, failed)
                number = int(element.get("r") or 0)
                if filled and number > MOST_ROWS:
                    raise InputError(staff.TOO_MANY_ROWS.format(limit=MOST_ROWS))
                if filled and element.get("hidden") in ("1", "true"):
                    hidden_rows.append(number)
            case "mergeCell":
                merged += _range(element.get("ref") or "")
            case "col":
                hidden_columns += _hidden_columns(element)
            case _:
                printed += _SECTION.split(_CODE.sub("", element.text or ""))
    return Traits(
        tuple(hidden_rows),
        tuple(hidden_columns),
        tuple(merged),
        tuple(uncalculated),
        tuple(failed),
        tuple(printed),
    )


def cell_name(row: int, column: int) -> str:
    """ "C7" for row 7, column 3."""
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _filled(row: Element, uncalculated: list[str], failed: list[str]) -> bool:
    """Whether the row holds anything; cells that staff must put right are noted."""
    filled = False
    for cell in row:
        kinds = {local(child.tag) for child in cell if child.text or len(child)}
        name = cell.get("r") or ""
        if "f" in kinds and "v" not in kinds and "is" not in kinds and cell.get("t") != "str":
            uncalculated.append(name)
        if cell.get("t") == "e":
            failed.append(name)
        if kinds:
            filled = True
            if (match := _CELL.fullmatch(name)) and _column_number(match[1]) > MOST_COLUMNS:
                raise InputError(staff.TOO_MANY_COLUMNS.format(limit=MOST_COLUMNS, cell=name))
    return filled


def _range(ref: str) -> Iterator[Range]:
    first, _, last = ref.partition(":")
    start, end = _CELL.fullmatch(first), _CELL.fullmatch(last)
    if start and end:
        yield Range(int(start[2]), _column_number(start[1]), int(end[2]), _column_number(end[1]))


def _hidden_columns(column: Element) -> Iterator[str]:
    if column.get("hidden") in ("1", "true"):
        first, last = int(column.get("min") or 0), int(column.get("max") or 0)
        yield from (column_name(number) for number in range(max(first, 1), min(last, MOST_COLUMNS) + 1))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
