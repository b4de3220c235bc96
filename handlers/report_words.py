""" "báo cáo quý 4", "báo cáo tháng 10/2025", "/baocao năm 2026": the period that a report is asked for in words. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.model import Inbound
from bot.texts import talks as texts
from handlers.staff.booklet_words import period_in
from knowledge.booklet import month, period_in_words
from knowledge.normalise import clean, fold

LONGEST = 80  # characters
_OPENING = re.compile(r"(?:/baocao(?:@\w+)?|bao ?cao)\b[\s:,.–-]*")
_FILLERS = re.compile(r"(?:(?:ket qua|tuyen truyen|cua|trong|cho|ve|ky|nhe|a)\b\s*)*")
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
    left, first, last = period_in(rest, today)
    if _FILLERS.fullmatch(fold(left)) is None or not (first or last):
        return None
    return first or date(2000, 1, 1), last or today


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
