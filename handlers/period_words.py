"""The period in what somebody types: "tháng 11", "quý IV năm 2025", "từ 1/10/2026 đến 15/10/2026". Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errors import UsageError
from bot.texts import booklet as texts
from knowledge.booklet import month
from knowledge.normalise import fold

_DAY = r"(?:ngay )?(\d{1,2}/\d{1,2}/\d{4})"
_OF_YEAR = r"(?:\s*(?:/|nam)\s*(\d{4}))?"
_BETWEEN = re.compile(rf"\btu {_DAY}(?: den {_DAY})?|\bden {_DAY}")
_MONTH = re.compile(rf"\bthang (?:(\d{{1,2}})\b{_OF_YEAR}|(nay)\b|(truoc)\b)")
_QUARTER = re.compile(rf"\bquy ([1-4]|iv|i{{1,3}})\b{_OF_YEAR}")
_YEAR = re.compile(r"\bnam (\d{4})\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def period_in(text: str, today: date) -> tuple[str, date | None, date | None]:
    """What is left of the text without the period in it, and its first and last day. Raises UsageError."""
    rest, found = taken(_BETWEEN, text)
    if found:
        first, last, until = found.groups()
        return rest, _day(first), _day(last or until)
    rest, found = taken(_MONTH, text)
    if found:
        return rest, *_month(found, today)
    rest, found = taken(_QUARTER, text)
    if found:
        quarter = _ROMAN.get(found[1]) or int(found[1])
        year = _year(found[2]) or _latest(today, 3 * quarter - 2)
        return rest, date(year, 3 * quarter - 2, 1), month(year, 3 * quarter)[1]
    rest, found = taken(_YEAR, text)
    if found:
        year = _year(found[1])
        return rest, date(year, 1, 1), date(year, 12, 31)
    return text, None, None


def _month(found: re.Match[str], today: date) -> tuple[date, date]:
    number, year, this, _ = found.groups()
    if not number:
        day = today if this else today.replace(day=1) - timedelta(days=1)
        return month(day.year, day.month)
    if not 1 <= int(number) <= 12:
        raise UsageError(texts.NOT_A_DAY.format(text=texts.MONTH_ALONE.format(month=number)))
    return month(_year(year) or _latest(today, int(number)), int(number))


def _year(said: str | None) -> int:
    """0 where none was said. Raises UsageError for the year 0, which there was not."""
    if said and not int(said):
        raise UsageError(texts.NOT_A_DAY.format(text=texts.YEAR.format(year=said)))
    return int(said or 0)


def _latest(today: date, number: int) -> int:
    """The year of the last time that this month began: in January, "tháng 11" was last year's."""
    return today.year if number <= today.month else today.year - 1


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day, number, year = map(int, text.split("/"))
        return date(year, number, day)
    except ValueError:
        raise UsageError(texts.NOT_A_DAY.format(text=text)) from None


def taken(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without what fits the pattern, written without accents; and what did."""
    found = pattern.search(fold(text))
    if found is None:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(" .,:"), found
