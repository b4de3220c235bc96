"""From what stands in a cell to a value: clean text, choices, days; each fault named in Vietnamese. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.exchange.forms import Field, Form, folded
from bot.exchange.lines import Line
from bot.exchange.tidying import tidy
from bot.files.tables import Notice, Value
from bot.texts import staff

_DAY = re.compile(
    r"(?:ng[àa]y\s+)?(?<!\d)(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+th[áa]ng\s+)(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+n[ăa]m\s+)(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_HOUR = re.compile(r"T?\d{1,2}:\d{2}\S*")
_YEARS = range(1930, 2101)
YES_NO = (staff.YES, staff.NO)
_YES = frozenset(("co", "x", "true", "1", "yes"))
_NO = frozenset(("khong", "false", "0", "no"))


class Fault(Exception):
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


# Of one field: its cells, the field, the line that is read, and the folder in which files lie that it may name.
Parser = Callable[[tuple[Value, ...], Field, Reading, Path], Any]


def read(line: Line, form: Form, parsers: Mapping[str, Parser], folder: Path) -> Reading:
    """Every field that the line has; one without a parser of its own is plain text."""
    reading = Reading(line, {}, [])
    faulty: set[str] = set()
    for field in form.fields:
        if field.name in line.values:
            parse = parsers.get(field.name, plain)
            try:
                reading.given[field.name] = parse(line.values[field.name], field, reading, folder)
            except Fault as fault:
                reading.refuse(field.name, str(fault))
                faulty.add(field.name)
    for name in form.needed:
        if name not in faulty and not reading.given.get(name):
            reading.refuse(name, staff.REQUIRED.format(what=form.field(name).heading.lower()))
    return reading


def plain(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:  # noqa: ARG001
    return cell_text(cells[0] if cells else "", field, reading)


def cell_text(value: Value, field: Field, reading: Reading) -> str:
    if isinstance(value, date):
        value = f"{value:%d/%m/%Y}"
        reading.warn(field.name, staff.DATE_AS_TEXT.format(text=value))
    tidied = tidy(value, lines=field.lines)
    if len(tidied) > field.longest:
        raise Fault(
            staff.TOO_LONG.format(what=field.heading.lower(), length=len(tidied), limit=field.longest)
        )
    return tidied


def choice(words: Mapping[str, str], others: Mapping[str, str]) -> Parser:
    """A value that staff write in Vietnamese and the database keeps in English, or None for an empty cell."""
    known = {folded(word): value for value, word in words.items()}
    known.update({folded(value): value for value in words})
    known.update(others)

    def parse(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str | None:
        text = plain(cells, field, reading, folder)
        if text and folded(text) not in known:
            raise Fault(staff.NOT_ONE_OF.format(text=text, allowed=", ".join(words.values())))
        return known[folded(text)] if text else None

    return parse


def yes_or_no(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> bool | None:
    """As people tick it; None for an empty cell."""
    text = plain(cells, field, reading, folder)
    if text and folded(text) not in _YES | _NO:
        raise Fault(staff.NOT_ONE_OF.format(text=text, allowed=", ".join(YES_NO)))
    return folded(text) in _YES if text else None


def ticked(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> bool:
    """The same where an empty cell means no."""
    return bool(yes_or_no(cells, field, reading, folder))


def in_words(value: bool) -> str:
    """How it stands in a cell."""
    return staff.YES if value else staff.NO


def day(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> date | None:
    """A day; an hour behind it, as programs write it, is passed over."""
    text = day_as_text(cells, field, reading, folder)
    found = day_in(text)
    if text and (found is None or (found[1] and not _HOUR.fullmatch(found[1]))):
        raise Fault(staff.NOT_A_DATE.format(text=text))
    return found[0] if found else None


def day_as_text(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:
    """A cell in which a day is expected, also where the sheet knows that it is one."""
    value = cells[0] if cells else ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else plain(cells, field, reading, folder)


def day_in(text: str) -> tuple[date, str] | None:
    """The day that a text names ("31/1/2027", "ngày 31 tháng 1 năm 2027", "2027-01-31"), and what else it says."""
    found = _ISO_DAY.search(text) or _DAY.search(text)
    try:
        named = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
    if found is None or named is None or named.year not in _YEARS:
        return None
    return named, f"{text[: found.start()]} {text[found.end() :]}".strip()
