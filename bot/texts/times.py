"""Days and moments as people read them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_MOMENT = "{time} ngày {day}"


def day(value: date) -> str:
    """ "22/12/2024" """
    return f"{value:%d/%m/%Y}"


def moment(value: datetime, timezone: ZoneInfo) -> str:
    """ "08:00 ngày 22/12/2024", by the department's clocks."""
    there = value.astimezone(timezone)
    return _MOMENT.format(time=f"{there:%H:%M}", day=day(there))
