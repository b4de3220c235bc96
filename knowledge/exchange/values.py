"""From what stands in a cell to a value: text made clean, dates, choices, references; each fault named in Vietnamese.

Pure, but for the files that a document's cell names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.files import attachments
from bot.files.tables import Value
from bot.texts import staff
from knowledge.exchange.forms import DOCUMENT_STATUSES, ENTRIES, ENTRY_STATUSES, LEVELS, Field, Form, folded
from knowledge.exchange.lines import Line
from knowledge.exchange.report import Notice
from knowledge.normalise import clean, fold

_LONGEST_CELL = 30_000  # a cell of Excel, which an export puts all phrasings into, holds 32,767
SCREEN = 600  # characters of an answer that fit a phone screen with its source and buttons

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DAY = re.compile(r"(?:ngay )?(\d{1,2})(?:[/.-]| thang )(\d{1,2})(?:[/.-]| nam )(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ].*)?")
_YEARS = range(1930, 2101)
_YES = frozenset(("co", "x", "true", "1", "yes", "dung"))
_NO = frozenset(("", "khong", "false", "0", "no"))
_STATUSES_IN_OTHER_WORDS = {
    "entries": {
        "da dang": "published",
        "da xuat ban": "published",
        "duyet": "published",
        "noi dung mau": "sample",
    },
    "documents": {"hieu luc": "in force", "co hieu luc": "in force", "het han": "expired"},
}


class _Fault(Exception):
    """Ends the reading of one value; the text is for staff."""


@dataclass(slots=True)
class Reading:
    """The values of one line while they are read: what the draft gets, and what was noticed."""

    line: Line
    given: dict[str, Any]
    notices: list[Notice]

    def warn(self, field: str, text: str) -> None:
        self.notices.append(Notice(self.line.place(field), text))

    def refuse(self, field: str, text: str) -> None:
        self.notices.append(Notice(self.line.place(field), text, serious=True))


def read(line: Line, form: Form, folder: Path) -> Reading:
    """Every field that the line has; `folder` is where the files that it names lie."""
    reading = Reading(line, {}, [])
    parsers = _ENTRY_PARSERS if form is ENTRIES else _DOCUMENT_PARSERS
    faulty: set[str] = set()
    for field in form.fields:
        if field.name in line.values:
            parse = parsers.get(field.name, _plain)
            try:
                reading.given[field.name] = parse(line.values[field.name], field, reading, folder)
            except _Fault as fault:
                reading.refuse(field.name, str(fault))
                faulty.add(field.name)
    for name in form.needed:
        if name not in faulty and not reading.given.get(name):
            reading.refuse(name, staff.REQUIRED.format(what=form.field(name).heading.lower()))
    return reading


def tidy(text: str, *, lines: bool = False) -> str:
    """NFC, without invisible characters; one line unless `lines`, whose ends are bare."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INVISIBLE.sub("", text).replace("\xa0", " ")
    if lines:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return " ".join(text.split())


def _plain(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:  # noqa: ARG001
    return _text(cells[0] if cells else "", field, reading)


def _text(value: Value, field: Field, reading: Reading) -> str:
    if isinstance(value, date):
        value = f"{value:%d/%m/%Y}"
        reading.warn(field.name, staff.DATE_AS_TEXT.format(text=value))
    text = tidy(value, lines=field.lines)
    if len(text) > field.longest:
        raise _Fault(staff.TOO_LONG.format(what=field.heading.lower(), length=len(text), limit=field.longest))
    return text


def _number(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str | None:
    if cells and isinstance(cells[0], date):  # "12/2024" typed into a cell of format General
        raise _Fault(staff.TURNED_INTO_DATE.format(text=f"{cells[0]:%d/%m/%Y}"))
    text = _plain(cells, field, reading, folder)
    return re.sub(r"\s*([-/])\s*", r"\1", text.replace("–", "-")) or None


def _phrasings(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    """One a line, one a column, or both; what is said twice is kept once."""
    found: dict[str, str] = {}
    for cell in cells:
        for part in _lines(cell):
            if text := _text(part, field, reading):
                found.setdefault(clean(text), text)
    if (length := sum(map(len, found.values()))) > _LONGEST_CELL:
        raise _Fault(staff.TOO_LONG.format(what=field.heading.lower(), length=length, limit=_LONGEST_CELL))
    return tuple(found.values())


def _lines(cell: Value) -> list[Value]:
    return [*cell.splitlines()] if isinstance(cell, str) else [cell]


def _answer(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:
    text = _plain(cells, field, reading, folder)
    if len(text) > SCREEN:
        reading.warn(field.name, staff.ANSWER_LONG.format(length=len(text), limit=SCREEN))
    return text


def _day(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> date | None:  # noqa: ARG001
    value = cells[0] if cells else ""
    if isinstance(value, date):
        day: date | None = value
    elif not (text := fold(clean(value))):
        return None
    else:
        day = _read_day(text)
    if day is None or day.year not in _YEARS:
        raise _Fault(staff.NOT_A_DATE.format(text=value))
    return day


def _read_day(text: str) -> date | None:
    if match := _DAY.fullmatch(re.sub(r"\s*([/.-])\s*", r"\1", text)):
        year, month, day = match[3], match[2], match[1]
    elif match := _ISO_DAY.fullmatch(text):
        year, month, day = match[1], match[2], match[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _choice(words: Mapping[str, str], others: Mapping[str, str]) -> Callable[..., str | None]:
    """A value that staff write in Vietnamese and the database keeps in English, or None for an empty cell."""
    known = {folded(word): value for value, word in words.items()}
    known.update({folded(value): value for value in words})
    known.update(others)

    def parse(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str | None:
        text = _plain(cells, field, reading, folder)
        if text and folded(text) not in known:
            raise _Fault(staff.NOT_ONE_OF.format(text=text, allowed=", ".join(words.values())))
        return known[folded(text)] if text else None

    return parse


def _topics(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    """Separated by ";" or line breaks; a comma belongs to the name ("Khoa học, công nghệ")."""
    parts = (part for cell in cells for part in re.split(r"[;\n]", _text(cell, field, reading)))
    return tuple(dict.fromkeys(text for part in parts if (text := tidy(part))))


def _address(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str | None:
    text = _plain(cells, field, reading, folder)
    if text and not re.fullmatch(r"https?://[^\s/]+\S*", text, re.IGNORECASE):
        raise _Fault(staff.ADDRESS_BAD.format(text=text))
    return text or None


def _flag(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> bool:
    text = folded(_plain(cells, field, reading, folder))
    if text not in _YES | _NO:
        raise _Fault(staff.NOT_ONE_OF.format(text=text, allowed=field.choices[0]))
    return text in _YES


def _file(
    cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path
) -> attachments.Attachment | None:
    """A path from the sheet's own folder; it may not lead out of it, wherever the sheet came from."""
    text = _plain(cells, field, reading, folder).replace("\\", "/")
    if not text:
        return None
    path = folder / text
    try:
        inside = not text.startswith("/") and path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        inside = False
    if not inside:
        raise _Fault(staff.FILE_OUTSIDE.format(name=text))
    try:
        return attachments.read(path)
    except InputError as error:
        raise _Fault(str(error)) from error


_ENTRY_PARSERS: Mapping[str, Callable[..., Any]] = {
    "phrasings": _phrasings,
    "answer": _answer,
    "review_by": _day,
    "status": _choice(ENTRY_STATUSES, _STATUSES_IN_OTHER_WORDS["entries"]),
}
_DOCUMENT_PARSERS: Mapping[str, Callable[..., Any]] = {
    "number": _number,
    "level": _choice(
        {level: level for level in LEVELS}, {"tw": "Trung ương", "cap tinh": "tỉnh", "cap xa": "xã"}
    ),
    "issued_on": _day,
    "topics": _topics,
    "address": _address,
    "file": _file,
    "sample": _flag,
    "status": _choice(DOCUMENT_STATUSES, _STATUSES_IN_OTHER_WORDS["documents"]),
}
