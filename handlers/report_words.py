""" "báo cáo quý 4", "báo cáo tháng 10/2025", "/baocao năm 2026": the period that a report is asked for in words. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errors import UsageError
from bot.model import Inbound
from bot.texts import talks as texts
from handlers.period_words import period_in
from knowledge.booklet import month, period_in_words
from knowledge.normalise import clean, fold

LONGEST = 80  # characters
_OPENING = re.compile(r"(?:/baocao(?:@\w+)?|bao ?cao)\b[\s:,.–-]*")
_FILLERS = re.compile(r"(?:(?:ket qua|tuyen truyen|cua|trong|cho|ve|ky|nhe|a)\b\s*)*")
_NEAR = re.compile(r"\b(?:(hom|tuan|quy|nam) (nay|qua|truoc|ngoai))\b")
_NO_QUARTER = re.compile(r"quy \d+(?:\s*(?:/|nam)\s*\d{4})?")
_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)")

Period = tuple[date, date]


def is_wish(inbound: Inbound) -> bool:
    """ "báo cáo" with a period after it; other words make a question of it."""
    return inbound.kind == "text" and inbound.private and _rest(inbound.text) not in (None, "")


def read(text: str, today: date) -> Period | None:
    """None where no period is named. Raises UsageError: a day that is none."""
    rest = _rest(text)
    if not rest:
        return None
    if found := _NEAR.search(bare := fold(rest)):
        left = f"{bare[: found.start()]} {bare[found.end() :]}".strip()
        return _near(found[1], found[2] == "nay", today) if _FILLERS.fullmatch(left) else None
    left, first, last = period_in(rest, today)
    said = fold(left)
    opening = _FILLERS.match(said)
    left = said[opening.end() :] if opening else said
    if _NO_QUARTER.fullmatch(left):
        raise UsageError(texts.WHICH_PERIOD)
    if left or not (first or last):
        return None
    begin, end = first or date(2000, 1, 1), last or today
    return min(begin, end), max(begin, end)  # whichever way round the days were said


def _near(word: str, this: bool, today: date) -> Period:
    """ "hôm nay", "tuần trước", "quý này", "năm ngoái"."""
    if word == "hom":
        day = today if this else today - timedelta(days=1)
        return day, day
    if word == "tuan":
        monday = today - timedelta(days=today.weekday() + (0 if this else 7))
        return monday, monday + timedelta(days=6)
    if word == "nam":
        year = today.year if this else today.year - 1
        return date(year, 1, 1), date(year, 12, 31)
    begin = _quarter(today)
    if not this:
        begin = _quarter(begin - timedelta(days=1))
    return begin, month(begin.year, begin.month + 2)[1]


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def of_payload(word: str, today: date) -> Period:
    """ "month", "last", "year", "2026-10-01_2026-12-31"; this month for anything else."""
    if word == "year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if word == "last":
        before = today.replace(day=1) - timedelta(days=1)
        return month(before.year, before.month)
    if found := _SPAN.fullmatch(word):
        try:
            return date.fromisoformat(found[1]), date.fromisoformat(found[2])
        except ValueError:
            pass
    return month(today.year, today.month)


def as_payload(period: Period, today: date) -> str:
    """The short word, where there is one."""
    named = (word for word in texts.PERIODS if of_payload(word, today) == period)
    return next(named, f"{period[0].isoformat()}_{period[1].isoformat()}")


def named(period: Period) -> str:
    return period_in_words(*period)


def _rest(text: str) -> str | None:
    """What follows "báo cáo"; None for what is no report."""
    said = clean(text).strip()
    if len(said) > LONGEST or "?" in said:
        return None
    opening = _OPENING.match(fold(said))
    return said[opening.end() :].strip(" .!") if opening else None
