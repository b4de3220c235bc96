"""When a digest is due, as staff write it: "thứ Hai hàng tuần 07:30", "t2, t5 17h", "ngay 1 va 15 hang thang 8h". Pure.

Accents and order do not matter. What is not understood is refused with what to write instead: nothing is guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NoReturn

from bot.errors import InputError
from bot.exchange.forms import folded
from bot.texts import digests as texts

LAST_DAY = -1
SURE_DAYS = 28  # that every month has
LONGEST = 200  # characters


@dataclass(frozen=True, slots=True)
class Rule:
    """times     of the day, each of them
    weekdays  0 is Monday; () with no days: every day
    days      of the month; LAST_DAY: its last one
    week      of each month only the first (1) or last (-1) such weekday; 0: each
    once      on this day only
    """

    times: tuple[time, ...]
    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    week: int = 0
    once: date | None = None


def parse(text: str, today: date | None = None) -> Rule:
    """`today` completes a day without its year, and "ngày mai". Raises InputError with what to write instead."""
    if len(text) > LONGEST:
        _refuse(texts.NOT_UNDERSTOOD, text[:40])
    words = _Words(text)
    times = _times(words)
    if words.take(_UNSUPPORTED):
        raise InputError(texts.UNSUPPORTED)
    once = _once(words, today)
    week = _week(words)
    days = _days(words)
    weekdays = _weekdays(words)
    daily = bool(words.take(_DAILY))
    again = words.has(_AGAIN)
    if left := words.left():
        _refuse(texts.NOT_UNDERSTOOD, left)
    if not times:
        raise InputError(texts.NO_TIME)
    if once is not None:
        return _only_once(once, times, weekdays, other=bool(days or week or daily or again))
    if sum((bool(days), bool(weekdays), daily)) > 1 or (week and not weekdays):
        raise InputError(texts.SEVERAL_WAYS)
    if not (days or weekdays or daily):
        raise InputError(texts.NO_DAY)
    every_day = len(weekdays) == len(texts.WEEKDAYS) and not week
    return Rule(times, () if every_day else weekdays, days, week)


def said(rule: Rule) -> str:
    """As people write it; `parse` reads it back."""
    return f"{_said_days(rule)} {_listed([f'{at:%H:%M}' for at in rule.times])}"


class _Words:
    """A text without accents, from which what has been understood is taken away."""

    def __init__(self, text: str) -> None:
        # Folding would take the marks of times and dates with it.
        kept = re.sub(r"(?<=\d)\s*([:/.\-])\s*(?=\d)", lambda mark: _MARKS[mark[1]], text)
        kept = re.sub(r"\s[-–—]\s|(?<=\w)[-–—](?=\w)", " den ", kept)
        kept = re.sub(r"[,;&+]", " va ", kept)
        self._text = folded(kept)
        self._written = {folded(word): word for word in re.findall(r"\w+", text)}

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self._text))
        self._text = " ".join(pattern.sub(" | ", self._text).split())
        return found

    def has(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self._text))

    def left(self) -> str:
        """What nobody has understood, as it was written, without the words that say nothing."""
        words = re.sub(r"[|]", " ", _FILLING.sub(" ", self._text)).split()
        return " ".join(self._written.get(word, word) for word in words)


_MARKS = {":": " gio ", "/": " xet ", ".": " cham ", "-": " gach "}
_AFTER_NOON = {"trua": 10, "chieu": 12, "toi": 12}  # up to which hour of a clock face they mean a later one
_PERIOD = r"(?:buoi )?(?P<period>sang|trua|chieu|toi|dem)"
_TIME = re.compile(
    r"\b(?:luc |vao luc |vao )?(?P<hour>\d{1,2}) ?(?:gio|h|g|cham(?= \d\d\b(?! cham)))"
    rf"(?: ?(?P<half>ruoi)| ?(?P<minute>\d{{1,2}})(?: ?phut|p)?)?(?:\b)(?: {_PERIOD}\b)?"
)
_LONE_PERIOD = re.compile(rf"\b{_PERIOD}\b")
_UNSUPPORTED = re.compile(
    r"\b(?:hang|moi) (?:nam|quy)\b|\bcach (?:tuan|ngay|thang)\b|"
    r"\b(?:hai|ba|bon|\d+) (?:ngay|tuan|thang|gio|phut) (?:mot|1) lan\b|"
    r"\b(?:moi|cu) (?:hai|ba|bon|\d+) (?:ngay|tuan|thang|gio|phut)\b|\btuan (?:chan|le)\b|\bkem \d+\b"
)
_DATE = re.compile(
    r"\b(?:ngay )?(?P<day>\d{1,2}) (?:xet|cham|gach|thang) (?P<month>\d{1,2})(?: (?:xet|cham|gach|nam) (?P<year>\d{4}))?\b"
)
_NEAR = re.compile(r"\b(?:hom nay|ngay mai|ngay kia|mai)\b")
_NEAR_DAYS = {"hom nay": 0, "ngay mai": 1, "mai": 1, "ngay kia": 2}
_WEEK = re.compile(
    r"\b(?:tuan )?(?:(?P<first>dau tien|dau(?= (?:\w+ )?thang))|(?P<last>cuoi cung|cuoi(?= (?:\w+ )?thang)))\b"
)
_LAST = re.compile(
    r"\b(?:ngay )?(?:cuoi cung (?:cua )?(?:(?:hang|moi) )?thang|cuoi (?:cua )?(?:(?:hang|moi) )?thang)\b"
)
_FIRST = re.compile(r"\b(?:ngay )?dau (?:(?:hang|moi) )?thang\b")
_MIDDLE = re.compile(r"\b(?:ngay )?giua (?:(?:hang|moi) )?thang\b")
_NUMBERS_OF_DAYS = r"(?P<days>\d{1,2}(?: (?:va |ngay |mung )*\d{1,2})*)\b"
_DAY_LIST = re.compile(
    rf"\b(?:cac )?(?:ngay|mung|mong)(?: mung| mong)? {_NUMBERS_OF_DAYS}"
    r"(?= (?:va )?\||$| (?:va )?(?:hang|moi) thang| va (?:ngay )?(?:cuoi|dau|giua))"
)
_BARE_DAY_LIST = re.compile(rf"\b{_NUMBERS_OF_DAYS}(?= (?:va )?(?:hang|moi) thang)")
_MONTHLY = re.compile(r"\b(?:hang|moi|cua|trong) thang\b|\bthang\b")
_NAME = r"(?:hai|ba|tu|nam|sau|bay|[2-7])"
_WORKDAYS = re.compile(r"\b(?:cac )?ngay (?:lam viec|trong tuan|thuong)\b")
_WEEKEND = re.compile(r"\b(?:ngay )?cuoi tuan\b")
_RANGE = re.compile(
    rf"\b(?:tu )?(?:thu|t) ?(?P<first>{_NAME}) (?:den|toi)(?: het)? "
    rf"(?:(?:thu|t) ?(?P<last>{_NAME})|(?P<sunday>chu nhat|cn))\b"
)
_WEEKDAY_LIST = re.compile(
    rf"\b(?:thu|t) ?(?P<names>{_NAME}(?: (?:va )*{_NAME}\b)*)\b|\b(?P<sunday>chu nhat|cn)\b"
)
_AGAIN = re.compile(r"\b(?:hang|moi|dinh ky)\b")  # "thứ Hai 30/11 hàng tuần": once, or every week?
_DAILY = re.compile(r"\b(?:hang|moi) ngay\b|\bngay nao cung\b|\bca tuan\b")
_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_FILLING = re.compile(
    r"\b(?:luc|vao|hang|moi|tuan|ngay|va|cac|gui|buoi|trong|cua|nhe|a|deu|dinh ky|gio|tu|ngay cuoi|tat ca|cung)\b"
)


def _times(words: _Words) -> tuple[time, ...]:
    found = words.take(_TIME)
    # "sáng thứ Hai 7h": said once for all that do not say their own.
    lone = [match["period"] for match in words.take(_LONE_PERIOD)]
    period = lone[0] if lone else ""
    return tuple(sorted({_time(match, match["period"] or period) for match in found}))


def _time(match: re.Match[str], period: str) -> time:
    hour = int(match["hour"])
    minute = 30 if match["half"] else int(match["minute"] or 0)
    if hour < _AFTER_NOON.get(period, 0):
        hour += 12
    elif period == "dem" and 6 <= hour <= 12:  # "11 giờ đêm"; "1 giờ đêm" is in the night
        hour = (hour + 12) % 24
    if hour > 23 or minute > 59 or (period == "sang" and hour > 12):
        _refuse(texts.BAD_TIME, f"{match['hour']}:{match['minute'] or '00'}")
    return time(hour, minute)


def _once(words: _Words, today: date | None) -> date | None:
    found = [_date(match, today) for match in words.take(_DATE)]
    if today is not None:
        found += [today + timedelta(days=_NEAR_DAYS[match[0]]) for match in words.take(_NEAR)]
    if len(found) > 1:
        raise InputError(texts.SEVERAL_DATES)
    return found[0] if found else None


def _date(match: re.Match[str], today: date | None) -> date:
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"] or 0)
    if not 1 <= month <= 12:
        raise InputError(texts.NO_SUCH_MONTH.format(month=month))
    if not year and today is None:
        raise InputError(texts.NO_YEAR)
    years = [year] if year else [today.year + ahead for ahead in range(5)] if today else []
    dates = [date(each, month, day) for each in years if 1 <= day <= calendar.monthrange(each, month)[1]]
    if not dates:
        raise InputError(texts.NO_SUCH_DAY.format(day=day, month=month))
    return dates[0] if year else next((each for each in dates if today and each >= today), dates[-1])


def _week(words: _Words) -> int:
    """ "thứ Hai đầu tiên của tháng", "thứ Sáu cuối tháng" """
    if not words.has(_WEEKDAY_LIST) or words.has(_DAY_LIST):
        return 0
    found = words.take(_WEEK)
    if found:
        words.take(_MONTHLY)
    return 0 if not found else 1 if found[0]["first"] else -1


def _days(words: _Words) -> tuple[int, ...]:
    days: set[int] = set()
    for pattern, day in ((_LAST, LAST_DAY), (_FIRST, 1), (_MIDDLE, 15)):
        if words.take(pattern):
            days.add(day)
    for match in (*words.take(_DAY_LIST), *words.take(_BARE_DAY_LIST)):
        days |= {int(number) for number in re.findall(r"\d+", match["days"])}
    if days:
        words.take(_MONTHLY)
    for day in sorted(days - {LAST_DAY}):
        if not 1 <= day <= 31:
            raise InputError(texts.NO_DAY_OF_MONTH.format(day=day))
        if day > SURE_DAYS:
            raise InputError(texts.NOT_EVERY_MONTH.format(day=day))
    return tuple(sorted(days, key=lambda day: day % 100))


def _weekdays(words: _Words) -> tuple[int, ...]:
    found: set[int] = set()
    if words.take(_WORKDAYS):
        found |= set(range(5))
    if words.take(_WEEKEND):
        found |= {5, 6}
    for match in words.take(_RANGE):
        first, last = _weekday(match["first"]), 6 if match["sunday"] else _weekday(match["last"])
        if first > last:
            raise InputError(texts.BACKWARDS)
        found |= set(range(first, last + 1))
    for match in words.take(_WEEKDAY_LIST):
        found |= set(_named(match))
    return tuple(sorted(found))


def _named(match: re.Match[str]) -> Iterator[int]:
    if match["sunday"]:
        yield 6
    else:
        yield from (_weekday(name) for name in re.findall(rf"\b{_NAME}\b", match["names"]))


def _weekday(name: str) -> int:
    return int(name) - 2 if name.isdigit() else _NUMBERS[name]


def _only_once(day: date, times: tuple[time, ...], weekdays: Iterable[int], *, other: bool) -> Rule:
    if other:
        raise InputError(texts.SEVERAL_WAYS)
    if any(weekday != day.weekday() for weekday in weekdays):
        raise InputError(
            texts.OTHER_WEEKDAY.format(day=f"{day:%d/%m/%Y}", weekday=texts.WEEKDAYS[day.weekday()])
        )
    return Rule(times, once=day)


def _said_days(rule: Rule) -> str:
    if rule.once is not None:
        return texts.ONCE.format(day=f"{rule.once:%d/%m/%Y}")
    if rule.week:
        form = texts.FIRST_OF_MONTH if rule.week > 0 else texts.LAST_OF_MONTH
        return form.format(days=_weekday_names(rule.weekdays))
    if rule.days == (LAST_DAY,):
        return texts.LAST_DAY
    if rule.days:
        numbers = [texts.LAST_AMONG if day == LAST_DAY else str(day) for day in rule.days]
        return texts.MONTHLY.format(days=_listed(numbers))
    if rule.weekdays == tuple(range(5)):
        return texts.WORKDAYS
    return texts.WEEKLY.format(days=_weekday_names(rule.weekdays)) if rule.weekdays else texts.DAILY


def _weekday_names(weekdays: Iterable[int]) -> str:
    return ", ".join(texts.WEEKDAYS[day] for day in weekdays)


def _listed(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} {texts.AND} {last}" if first else last


def _refuse(form: str, text: str) -> NoReturn:
    raise InputError(form.format(text=text))
