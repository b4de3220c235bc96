"""When somebody of the department is there: "T2–T6 07:30–11:30, 13:30–17:00", in local time. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

OFFICE_HOURS = "T2–T6 07:30–11:30, 13:30–17:00"

_WEEK = ("t2", "t3", "t4", "t5", "t6", "t7", "cn")  # Monday is "thứ 2", Sunday "chủ nhật"
_DAYS = re.compile(r"(t[2-7]|cn)(?:-(t[2-7]|cn))?")
_SPAN = re.compile(r"(\d{1,2})[:h]?(\d{2})?-(\d{1,2})[:h]?(\d{2})?")
_DASH = re.compile(r"\s*(?:[-–—]|đến)\s*")


@dataclass(frozen=True, slots=True)
class Shift:
    """From `begin` until just before `end`, on these days of the week (0 is Monday)."""

    days: frozenset[int]
    begin: time
    end: time


@cache
def shifts(hours: str) -> tuple[Shift, ...]:
    """Days, then one or more spans of time; further days begin anew. Raises ValueError for what is none."""
    found: list[Shift] = []
    days: frozenset[int] = frozenset()
    complete = False  # whether the days have their spans
    for word in re.split(r"[\s,;]+", _DASH.sub("-", hours.strip().lower())):
        if named := _DAYS.fullmatch(word):
            days = (frozenset() if complete else days) | _days(named[1], named[2] or named[1])
            complete = False
        elif (span := _SPAN.fullmatch(word)) and days:
            found.append(_shift(days, *(int(part or 0) for part in span.groups())))
            complete = True
        else:
            raise ValueError(f"not a day or a span of time: {word}")
    if not complete:
        raise ValueError("days without hours")
    return tuple(found)


def on_duty(hours: str, now: datetime) -> bool:
    """`now` in the department's own zone."""
    return any(
        now.weekday() in shift.days and shift.begin <= now.time() < shift.end for shift in shifts(hours)
    )


def next_duty(hours: str, now: datetime) -> datetime:
    """When somebody is there: now, or the beginning of the next shift."""
    if on_duty(hours, now):
        return now
    begins = (
        datetime.combine(now.date() + timedelta(days=ahead), shift.begin, now.tzinfo)
        for ahead in range(8)
        for shift in shifts(hours)
        if (now + timedelta(days=ahead)).weekday() in shift.days
    )
    return min(begin for begin in begins if begin > now)


def _days(first: str, last: str) -> frozenset[int]:
    days = frozenset(range(_WEEK.index(first), _WEEK.index(last) + 1))
    if not days:
        raise ValueError("a week begins on Monday")
    return days


def _shift(days: frozenset[int], hour: int, minute: int, last_hour: int, last_minute: int) -> Shift:
    begin, end = time(hour, minute), time(last_hour, last_minute)
    if begin >= end:
        raise ValueError("a span ends after it begins")
    return Shift(days, begin, end)
