"""Until when a digest is postponed, as staff say it: "2 giờ", "sáng mai", "15h30", "25/11 07:30". Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import InputError
from knowledge.normalise import fold
from scheduler import due_times, schedule_words

LONGEST = 60  # characters
MORNING, NOON, AFTERNOON, EVENING = time(7, 30), time(11, 30), time(14), time(18)

_NUMBER_WORDS = {"nua": 0.5, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_IN = re.compile(
    rf"(?:hoan\s+)?(?:them\s+|sau\s+)?(?P<count>\d{{1,3}}|{'|'.join(_NUMBER_WORDS)})\s*"
    r"(?P<unit>phut|p|gio|tieng|h|ngay|tuan)(?P<half>\s+ruoi)?(?:\s+nua|\s+sau)?"
)
_UNITS = {"phut": 1, "p": 1, "gio": 60, "tieng": 60, "h": 60, "ngay": 1_440, "tuan": 10_080}
_PART = re.compile(
    r"(?:hoan\s+(?:den|toi)?\s*)?(?:den\s+)?(?P<part>sang|trua|chieu|toi)\s+(?P<day>nay|mai|mot|kia)"
)
_PARTS = {"sang": MORNING, "trua": NOON, "chieu": AFTERNOON, "toi": EVENING}
_DAYS = {"nay": 0, "mai": 1, "mot": 2, "kia": 2}
_CLOCK = re.compile(r"(?:luc\s+|den\s+)?(?P<hour>\d{1,2})\s*(?:[:h]|gio)\s*(?P<minute>\d{2})?(?:\s*phut)?")


def read(text: str, now: datetime, timezone: ZoneInfo) -> datetime | None:
    """None for what cannot be read. Raises InputError for a day that does not exist. May lie in the past."""
    said = " ".join(fold(text).lower().strip(" .!").split())
    local = now.astimezone(timezone)
    # "7h" at eight in the morning is tomorrow's; "2h" alone is a time, "2 giờ" how long.
    if (found := _CLOCK.fullmatch(said)) and ("gio" not in said or found["minute"]):
        return _next_at(found, local)
    if found := _IN.fullmatch(said):
        count = _NUMBER_WORDS.get(found["count"]) or float(found["count"])
        return now + timedelta(minutes=(count + (0.5 if found["half"] else 0)) * _UNITS[found["unit"]])
    if found := _PART.fullmatch(said):
        day = local.date() + timedelta(days=_DAYS[found["day"]])
        return datetime.combine(day, _PARTS[found["part"]], timezone)
    try:
        rule = schedule_words.parse(text, local.date())
    except InputError:
        if re.search(r"\d\s*/\s*\d", text):
            raise
        return None
    return due_times.following(rule, now, timezone) or _past(rule.once, rule.times, timezone)


def chosen(word: str, now: datetime, timezone: ZoneInfo) -> datetime | None:
    """What a button offers."""
    local = now.astimezone(timezone)
    match word:
        case "1h" | "3h":
            return now + timedelta(hours=int(word[0]))
        case "evening":
            evening = datetime.combine(local.date(), EVENING, timezone)
            return evening if evening > now else evening + timedelta(days=1)
        case "morning":
            return datetime.combine(local.date() + timedelta(days=1), MORNING, timezone)
    return None


def _next_at(found: re.Match[str], local: datetime) -> datetime | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23 or minute > 59:
        return None
    today = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def _past(day: date | None, times: tuple[time, ...], timezone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, times[0], timezone) if day and times else None
