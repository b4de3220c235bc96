"""What stands in the cells of questions and documents: dates, statuses, references, files.

Pure, but for the files that a document's cell names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.errors import InputError
from bot.exchange.forms import Field
from bot.exchange.tidying import tidy
from bot.exchange.values import Fault, Parser, Reading, cell_text, choice, day, plain, ticked
from bot.files import attachments
from bot.files.tables import Value
from bot.texts import staff
from knowledge.exchange.forms import DOCUMENT_STATUSES, ENTRY_STATUSES, LEVELS
from knowledge.normalise import clean

_LONGEST_CELL = 30_000  # a cell of Excel, which an export puts all phrasings into, holds 32,767
SCREEN = 600  # characters of an answer that fit a phone screen with its source and buttons

_STATUSES_IN_OTHER_WORDS = {
    "entries": {
        "da dang": "published",
        "da xuat ban": "published",
        "duyet": "published",
        "noi dung mau": "sample",
    },
    "documents": {"hieu luc": "in force", "co hieu luc": "in force", "het han": "expired"},
}


def _number(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str | None:
    if cells and isinstance(cells[0], date):  # "12/2024" typed into a cell of format General
        raise Fault(staff.TURNED_INTO_DATE.format(text=f"{cells[0]:%d/%m/%Y}"))
    text = plain(cells, field, reading, folder)
    return re.sub(r"\s*([-/])\s*", r"\1", text.replace("–", "-")) or None


def _phrasings(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    """One a line, one a column, or both; what is said twice is kept once."""
    found: dict[str, str] = {}
    for cell in cells:
        for part in _lines(cell):
            if text := cell_text(part, field, reading):
                found.setdefault(clean(text), text)
    if (length := sum(map(len, found.values()))) > _LONGEST_CELL:
        raise Fault(staff.TOO_LONG.format(what=field.heading.lower(), length=length, limit=_LONGEST_CELL))
    return tuple(found.values())


def _lines(cell: Value) -> list[Value]:
    return [*cell.splitlines()] if isinstance(cell, str) else [cell]


def _answer(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:
    text = plain(cells, field, reading, folder)
    if len(text) > SCREEN:
        reading.warn(field.name, staff.ANSWER_LONG.format(length=len(text), limit=SCREEN))
    return text


def _topics(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    """Separated by ";" or line breaks; a comma belongs to the name ("Khoa học, công nghệ")."""
    parts = (part for cell in cells for part in re.split(r"[;\n]", cell_text(cell, field, reading)))
    return tuple(dict.fromkeys(text for part in parts if (text := tidy(part))))


def _address(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str | None:
    text = plain(cells, field, reading, folder)
    if text and not re.fullmatch(r"https?://[^\s/]+\S*", text, re.IGNORECASE):
        raise Fault(staff.ADDRESS_BAD.format(text=text))
    return text or None


def _file(
    cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path
) -> attachments.Attachment | None:
    """A path from the sheet's own folder; it may not lead out of it, wherever the sheet came from."""
    text = plain(cells, field, reading, folder).replace("\\", "/")
    if not text:
        return None
    path = folder / text
    try:
        inside = not text.startswith("/") and path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        inside = False
    if not inside:
        raise Fault(staff.FILE_OUTSIDE.format(name=text))
    try:
        return attachments.read(path)
    except InputError as error:
        raise Fault(str(error)) from error


ENTRY_PARSERS: Mapping[str, Parser] = {
    "phrasings": _phrasings,
    "answer": _answer,
    "review_by": day,
    "status": choice(ENTRY_STATUSES, _STATUSES_IN_OTHER_WORDS["entries"]),
}
DOCUMENT_PARSERS: Mapping[str, Parser] = {
    "number": _number,
    "level": choice(
        {level: level for level in LEVELS}, {"tw": "Trung ương", "cap tinh": "tỉnh", "cap xa": "xã"}
    ),
    "issued_on": day,
    "topics": _topics,
    "address": _address,
    "file": _file,
    "sample": ticked,
    "status": choice(DOCUMENT_STATUSES, _STATUSES_IN_OTHER_WORDS["documents"]),
}
