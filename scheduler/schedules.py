"""Schedules: which digest is due when, for whom. Rows that staff write in words; the next time stands in the row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.audience import audit
from bot.clock import stamp
from bot.errors import InputError
from bot.model import Tx
from bot.storage.base import Row
from bot.texts import digests as texts
from knowledge.documents import Level
from scheduler import due_times, schedule_words
from scheduler.digest_rows import Audience
from scheduler.schedule_words import Rule

FIRST_LOOKS_BACK = timedelta(days=7)  # what a new schedule finds new at its first time
VALID_HOURS, AHEAD_HOURS = 12, 12
LONGEST_VALID, LONGEST_AHEAD = 168, 72


@dataclass(frozen=True, slots=True)
class Schedule:
    """rule         when, in words and as a rule
    levels, topics  of the documents; (): every one
    unit         whose chats, with everything below it; None: everywhere
    valid_hours  for how long after its time a digest may still go out
    ahead_hours  how long before it approvers get the draft
    automatic    whether it goes out without anybody's approval
    most_asked, poll  whether the question asked most and an open poll go along
    next_run_at  None: never again, or not while it is switched off
    """

    name: str
    rule: Rule
    levels: tuple[Level, ...] = ()
    topics: tuple[str, ...] = ()
    unit: int | None = None
    audience: Audience = "all"
    valid_hours: int = VALID_HOURS
    ahead_hours: int = AHEAD_HOURS
    automatic: bool = False
    most_asked: bool = False
    poll: bool = False
    active: bool = True
    key: int = 0
    next_run_at: datetime | None = None
    since: datetime | None = None

    @property
    def words(self) -> str:
        """ "thứ Hai hàng tuần 07:30" """
        return schedule_words.said(self.rule)


def all_schedules(tx: Tx) -> list[Schedule]:
    return [_schedule(row) for row in tx.rows("SELECT * FROM digest_schedules ORDER BY key")]


def by_key(tx: Tx, key: int) -> Schedule | None:
    row = tx.row("SELECT * FROM digest_schedules WHERE key = :key", key=key)
    return _schedule(row) if row else None


def by_name(tx: Tx, name: str) -> Schedule | None:
    """In any case and spacing."""
    name = _folded(name)
    return next((each for each in all_schedules(tx) if _folded(each.name) == name), None)


def save(tx: Tx, schedule: Schedule, by: int | None, now: datetime, timezone: ZoneInfo) -> Schedule:
    """Insert (key 0), or update; what has not changed changes nothing. Raises InputError where it can never be due."""
    old = by_key(tx, schedule.key) if schedule.key else None
    if old is not None and not differs(old, schedule):
        return old
    _check(schedule)
    next_run_at = due_times.following(schedule.rule, now, timezone) if schedule.active else None
    if schedule.active and next_run_at is None and (old is None or old.rule != schedule.rule):
        raise InputError(texts.IN_THE_PAST)
    columns = _columns(schedule) | {"next_run_at": _stamped(next_run_at), "changed_at": stamp(now)}
    if old is None:
        columns["since"] = stamp(now - FIRST_LOOKS_BACK)
        names = ", ".join(columns)
        values = ", ".join(f":{name}" for name in columns)
        row = tx.row(f"INSERT INTO digest_schedules ({names}) VALUES ({values}) RETURNING key", **columns)  # noqa: S608
        assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
        key, act = int(row["key"]), "schedule.added"
    else:
        sets = ", ".join(f"{name} = :{name}" for name in columns)
        tx.run(f"UPDATE digest_schedules SET {sets} WHERE key = :key", key=old.key, **columns)  # noqa: S608
        key, act = old.key, "schedule.changed"
    audit.record(tx, by, act, f"schedule:{key}", now)
    return _require(tx, key)


def differs(old: Schedule, new: Schedule) -> bool:
    """In what staff decide."""
    return _what(old) != _what(new)


def switch(tx: Tx, key: int, *, active: bool, by: int | None, now: datetime, timezone: ZoneInfo) -> Schedule:
    """Raises InputError where there is none, or none of its times is still to come."""
    return save(tx, replace(_require(tx, key), active=active), by, now, timezone)


def remove(tx: Tx, key: int, by: int | None, now: datetime) -> None:
    """Digests that it has made stay, and so do those that wait for approval."""
    _require(tx, key)
    tx.run("DELETE FROM digest_schedules WHERE key = :key", key=key)
    audit.record(tx, by, "schedule.removed", f"schedule:{key}", now)


def move_on(tx: Tx, schedule: Schedule, next_run_at: datetime | None) -> bool:
    """The next time; whether it was still at the one that `schedule` says, so that of two runners one moves it."""
    return bool(
        tx.run(
            "UPDATE digest_schedules SET next_run_at = :next WHERE key = :key AND next_run_at = :was",
            key=schedule.key,
            next=_stamped(next_run_at),
            was=_stamped(schedule.next_run_at),
        )
    )


def described(schedule: Schedule, unit: str = "") -> str:
    """One line for staff: when, for whom, what. `unit` is its name."""
    parts = [
        schedule.words,
        *([texts.LEVELS.format(names=", ".join(schedule.levels))] if schedule.levels else []),
        *([", ".join(schedule.topics)] if schedule.topics else []),
        texts.AUDIENCES[schedule.audience],
        *([unit] if unit else []),
        texts.AUTOMATIC if schedule.automatic else texts.APPROVED_BY_HAND,
    ]
    return " · ".join(parts)


def _check(schedule: Schedule) -> None:
    if not 1 <= schedule.valid_hours <= LONGEST_VALID:
        raise InputError(texts.VALID_HOURS.format(most=LONGEST_VALID))
    if not 0 <= schedule.ahead_hours <= LONGEST_AHEAD:
        raise InputError(texts.AHEAD_HOURS.format(most=LONGEST_AHEAD))


def _what(schedule: Schedule) -> Schedule:
    """All that staff decide."""
    return replace(schedule, key=0, next_run_at=None, since=None)


def _columns(schedule: Schedule) -> dict[str, Any]:
    return {
        "name": schedule.name,
        "times": schedule.words,
        "levels": _listed(schedule.levels),
        "topics": _listed(schedule.topics),
        "unit": schedule.unit,
        "audience": schedule.audience,
        "valid_hours": schedule.valid_hours,
        "ahead_hours": schedule.ahead_hours,
        "automatic": int(schedule.automatic),
        "most_asked": int(schedule.most_asked),
        "poll": int(schedule.poll),
        "active": int(schedule.active),
    }


def _schedule(row: Row) -> Schedule:
    return Schedule(
        name=row["name"],
        rule=schedule_words.parse(row["times"]),
        levels=tuple(json.loads(row["levels"])),
        topics=tuple(json.loads(row["topics"])),
        unit=row["unit"],
        audience=row["audience"],
        valid_hours=row["valid_hours"],
        ahead_hours=row["ahead_hours"],
        automatic=bool(row["automatic"]),
        most_asked=bool(row["most_asked"]),
        poll=bool(row["poll"]),
        active=bool(row["active"]),
        key=row["key"],
        next_run_at=datetime.fromisoformat(row["next_run_at"]) if row["next_run_at"] else None,
        since=datetime.fromisoformat(row["since"]),
    )


def _require(tx: Tx, key: int) -> Schedule:
    schedule = by_key(tx, key)
    if schedule is None:
        raise InputError(texts.NO_SUCH_SCHEDULE)
    return schedule


def _listed(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _stamped(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
