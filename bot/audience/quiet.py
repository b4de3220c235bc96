"""When a chat is left in peace by what nobody asked for: "21:00-06:30", in local time. Never delays a reply. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from zlib import crc32

from bot.errors import InputError
from bot.model import Address
from bot.texts import quiet as texts

SPREAD = timedelta(minutes=30)  # in which goes out what has waited for the end of a quiet time
_SLOTS = 1_000  # places in it

_TIME = r"(\d{1,2})(?:\s*(?:[:.h]|giờ)\s*(\d{2})?)?"
_SPAN = re.compile(rf"(?:từ )?{_TIME}\s*(?:[-–—]|đến)\s*{_TIME}")


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `begin` until just before `end`, the next morning where that is earlier; the same time twice: never."""

    begin: time
    end: time

    def __str__(self) -> str:
        """As `parse` reads it: the form in which a row keeps it."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}" if self.begin != self.end else texts.NEVER


DEFAULT = Quiet(time(21), time(6, 30))


def parse(words: str) -> Quiet:
    """ "21:00-06:30", "21h đến 6h30", "không". Raises InputError."""
    said = " ".join(words.lower().split())
    if said in (texts.NEVER, "khong"):
        return Quiet(time(0), time(0))
    span = _SPAN.fullmatch(said)
    if span is None:
        raise InputError(texts.NOT_A_SPAN)
    hour, minute, last_hour, last_minute = (int(part or 0) for part in span.groups())
    try:
        return Quiet(_time(hour, minute), _time(last_hour, last_minute))
    except ValueError:
        raise InputError(texts.NOT_A_SPAN) from None


def is_span(words: str) -> bool:
    """Whether it is meant as hours, even if there are none such: "25h-5h"."""
    return _SPAN.fullmatch(" ".join(words.lower().split())) is not None


def until(quiets: Sequence[Quiet], moment: datetime, timezone: tzinfo) -> datetime | None:
    """When it is over: the first moment from now on at which none of them holds; None when none holds now.

    Where together they leave no minute of the day free, the day after is taken: what waits for ever helps nobody.
    """
    free = moment
    while free - moment < timedelta(days=1):
        ends = [end for each in quiets if (end := _end(each, free, timezone)) is not None]
        if not ends:
            return free if free > moment else None
        free = max(ends)
    return free


def place_after(end: datetime, chat: Address) -> datetime:
    """When a chat gets what has waited for the end of its quiet time. It has its place in the half hour after it for good:
    what waits for it there stays in order."""
    return spread(end, crc32(f"{chat.channel} {chat.conversation}".encode()) % _SLOTS, _SLOTS)


def spread(end: datetime, position: int, waiting: int) -> datetime:
    """When the one at `position` (0 …) of those `waiting` goes out after a quiet time: in order, not in a burst."""
    return end + SPREAD * position / max(waiting, 1)


def _time(hour: int, minute: int) -> time:
    return time(0) if (hour, minute) == (24, 0) else time(hour, minute)


def _end(quiet: Quiet, moment: datetime, timezone: tzinfo) -> datetime | None:
    local = moment.astimezone(timezone)
    now, overnight = local.time(), quiet.end < quiet.begin
    since_begin, before_end = now >= quiet.begin, now < quiet.end
    if not ((since_begin or before_end) if overnight else (since_begin and before_end)):
        return None
    tomorrow = overnight and since_begin
    return datetime.combine(local.date() + timedelta(days=tomorrow), quiet.end, timezone)
