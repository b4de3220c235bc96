"""Time as an argument: aware datetimes in, sortable UTC text in the database, the local day for people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """`2026-11-22T01:02:03.000004Z`: fixed width, so that text order is time order."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def hour(moment: datetime) -> str:
    """`2026-11-22T01:00Z`: all that a lasting row about a question may know of the time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")
