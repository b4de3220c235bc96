"""Schedules as a file: what its columns are, what a row means against those that are there, and all of them in that form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.audience import unit_names, units
from bot.audience.unit_exchange import reference
from bot.audience.unit_names import Names
from bot.errors import InputError
from bot.exchange.forms import EXAMPLE, Field, Form, folded
from bot.exchange.kinds import Item, Kind
from bot.exchange.plan import Given, Plan
from bot.exchange.values import YES_NO, Fault, Parser, Reading, cell_text, choice, in_words, plain, ticked
from bot.files.tables import Notice, Value
from bot.model import Tx
from bot.texts import digests as texts
from bot.texts import staff
from scheduler import due_times, schedule_words, schedules
from scheduler.schedule_lines import levels_in, only
from scheduler.schedule_words import Rule
from scheduler.schedules import AHEAD_HOURS, LONGEST_AHEAD, LONGEST_VALID, VALID_HOURS, Schedule

KIND = "schedules"

FORM = Form(
    KIND,
    "Lịch gửi",
    (
        Field("name", "name", "Tên lịch", ("lich gui", "ten lich gui"), width=24, longest=80),
        Field("rule", "times", "Thời gian", ("thoi diem", "gio gui", "khi nao"), width=32, longest=200),
        Field("levels", "levels", "Cấp văn bản", ("cap",), width=20, listed=True),
        Field("topics", "topics", "Chủ đề", ("linh vuc",), width=30, longest=500, listed=True),
        Field("unit", "unit", "Đơn vị", ("gui cho don vi", "thuoc don vi"), width=28),
        Field("audience", "audience", "Gửi cho", ("noi nhan",), width=20, choices=tuple(texts.AUDIENCES.values())),
        Field("valid_hours", "valid_hours", "Hạn gửi (giờ)", ("han gui", "hieu luc gio"), width=14),
        Field("ahead_hours", "ahead_hours", "Bản thảo trước (giờ)", ("ban thao truoc", "gui ban thao truoc gio")),
        Field("automatic", "automatic", "Tự động duyệt", ("tu duyet", "khong can duyet"), width=14, choices=YES_NO),
        Field("most_asked", "most_asked", "Kèm câu hỏi nhiều", ("cau hoi nhieu",), width=18, choices=YES_NO),
        Field("poll", "poll", "Kèm khảo sát", ("khao sat",), width=14, choices=YES_NO),
        Field("active", "status", "Trạng thái", width=12, choices=tuple(texts.SWITCHES.values())),
    ),
    ("name", "rule"),
    "name",
)  # fmt: skip


def schedules_kind(timezone: ZoneInfo, now: Callable[[], datetime]) -> Kind:
    """`now` tells which times have passed: a schedule that will never be due is a slip."""

    def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:  # noqa: ARG001 - a schedule is there or is not
        return _plan(tx, rows, now(), timezone)

    return Kind(FORM, _PARSERS, _repeated, plan, _items, _cell, _EXAMPLES)


@dataclass(frozen=True, slots=True)
class _Row:
    given: Given
    schedule: Schedule
    old: Schedule | None


def _plan(tx: Tx, rows: Sequence[Given], now: datetime, timezone: ZoneInfo) -> Plan:
    names = unit_names.load(tx)
    there = {folded(each.name): each for each in schedules.all_schedules(tx)}
    planned: list[_Row] = []
    notices: list[Notice] = []
    for given in rows:
        old = there.get(folded(given.values["name"]))
        try:
            planned.append(_Row(given, _schedule(given, old, names), old))
        except InputError as error:
            notices.append(_error(given, "unit", str(error)))
    notices += [
        _error(row.given, "rule", texts.IN_THE_PAST) for row in planned if _is_over(row, now, timezone)
    ]
    added = sum(row.old is None for row in planned)
    changed = sum(row.old is not None and _differs(row) for row in planned)

    def write(tx: Tx, moment: datetime) -> None:
        for row in planned:
            schedules.save(tx, row.schedule, None, moment, timezone)

    return Plan(added, changed, len(planned) - added - changed, tuple(notices), write)


def _is_over(row: _Row, now: datetime, timezone: ZoneInfo) -> bool:
    """Whether somebody has just written a schedule that will never be due."""
    changed = row.schedule.active and _differs(row)
    return changed and due_times.following(row.schedule.rule, now, timezone) is None


def _schedule(given: Given, old: Schedule | None, names: Names) -> Schedule:
    """What the file has no column for stays as it is."""
    values = dict(given.values)
    base = old or Schedule(values["name"], values["rule"])
    if "unit" in values:
        values["unit"] = only(names.exactly(values["unit"]), values["unit"]) if values["unit"] else None
        was = names.tree.units.get(base.unit or 0)
        if was and names.tree.survivor(was).key == values["unit"]:  # it has been merged since
            values["unit"] = base.unit
    return replace(base, **values)


def _differs(row: _Row) -> bool:
    return row.old is None or schedules.differs(row.old, row.schedule)


def _repeated(rows: Sequence[Given]) -> list[Notice]:
    first: dict[str, Given] = {}
    notices = []
    for row in rows:
        name = folded(row.values.get("name", ""))
        if name and first.setdefault(name, row) is not row:
            place = first[name].line.place("name")
            notices.append(_error(row, "name", texts.NAME_TWICE.format(name=row.values["name"], place=place)))
    return notices


def _error(row: Given, field: str, text: str) -> Notice:
    return Notice(row.line.place(field), text, serious=True)


def _rule(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> Rule | None:
    if cells and isinstance(cells[0], date):  # a day without an hour: something else was typed
        raise Fault(staff.TURNED_INTO_DATE.format(text=f"{cells[0]:%d/%m/%Y}"))
    text = plain(cells, field, reading, folder)
    try:
        return schedule_words.parse(text) if text else None
    except InputError as error:
        raise Fault(str(error)) from None


def _parts(cells: tuple[Value, ...], field: Field, reading: Reading) -> Iterator[str]:
    for cell in cells:
        for part in re.split(r"[;\n]", cell if isinstance(cell, str) else cell_text(cell, field, reading)):
            if text := cell_text(part, field, reading):
                yield text


def _topics(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(dict.fromkeys(_parts(cells, field, reading)))


def _levels(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    try:
        return levels_in(", ".join(parts)) if (parts := [*_parts(cells, field, reading)]) else ()
    except InputError as error:
        raise Fault(str(error)) from None


def _hours(least: int, most: int, usual: int, told: str) -> Parser:
    def parse(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> int:
        text = re.sub(r"\s*(?:giờ|h)$", "", plain(cells, field, reading, folder).lower())
        if not text:
            return usual
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise Fault(told.format(most=most))
        return int(text)

    return parse


def _one_of(words: dict[str, str], others: dict[str, str], usual: str) -> Parser:
    parse_word = choice(words, others)

    def parse(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:
        return parse_word(cells, field, reading, folder) or usual

    return parse


def _is(value: str, parse: Parser) -> Parser:
    def parse_flag(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> bool:
        return bool(parse(cells, field, reading, folder) == value)

    return parse_flag


_PARSERS = {
    "rule": _rule,
    "levels": _levels,
    "topics": _topics,
    "audience": _one_of(
        texts.AUDIENCES,
        {"tat ca": "all", "nhom": "groups", "cac nhom": "groups", "ca nhan": "private", "rieng": "private"},
        "all",
    ),
    "valid_hours": _hours(1, LONGEST_VALID, VALID_HOURS, texts.VALID_HOURS),
    "ahead_hours": _hours(0, LONGEST_AHEAD, AHEAD_HOURS, texts.AHEAD_HOURS),
    "automatic": ticked,
    "most_asked": ticked,
    "poll": ticked,
    "active": _is("on", _one_of(texts.SWITCHES, {"co": "on", "dang dung": "on", "khong": "off", "dung": "off"}, "on")),
}  # fmt: skip


def _items(tx: Tx, path: Path) -> list[Item]:  # noqa: ARG001 - schedules have no files
    tree = units.load(tx)
    found = schedules.all_schedules(tx)
    return [_item(each, reference(tree, each.unit) if each.unit in tree.units else "") for each in found]


def _item(schedule: Schedule, unit: str) -> Item:
    return {
        "name": schedule.name,
        "rule": schedule.words,
        "levels": list(schedule.levels),
        "topics": list(schedule.topics),
        "unit": unit,
        "audience": schedule.audience,
        "valid_hours": schedule.valid_hours,
        "ahead_hours": schedule.ahead_hours,
        "automatic": schedule.automatic,
        "most_asked": schedule.most_asked,
        "poll": schedule.poll,
        "active": "on" if schedule.active else "off",
    }


def _cell(name: str, value: Any) -> Value:
    if isinstance(value, bool):
        return in_words(value)
    words = {"audience": texts.AUDIENCES, "active": texts.SWITCHES}.get(name)
    if words:
        return words[value]
    return "; ".join(value) if isinstance(value, list) else str(value)


_EXAMPLES: tuple[Item, ...] = tuple(
    _item(each, "")
    for each in (
        Schedule(f"{EXAMPLE} 1", schedule_words.parse(texts.EXAMPLES[0]), most_asked=True),
        Schedule(
            f"{EXAMPLE} 2",
            schedule_words.parse(texts.EXAMPLES[1]),
            levels=("Trung ương", "tỉnh"),
            topics=("Đất đai",),
            audience="groups",
        ),
    )
)
