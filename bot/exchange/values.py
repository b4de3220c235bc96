"""From what stands in a cell to a value: clean text, choices; each fault named in Vietnamese. Pure."""

from __future__ import annotations

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
